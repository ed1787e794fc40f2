package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func writeDotenv(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), ".env")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestDotenvAddsToTheEnvironment(t *testing.T) {
	t.Parallel()
	path := writeDotenv(t, "\xef\xbb\xbfFROM_FILE=file\r\nBOTH=file\r\nEMPTIED=file\r\nNOTED=   # said later\r\nexport QUOTED='a # b'")
	real := map[string]string{"FROM_ENV": "env", "BOTH": "env", "EMPTIED": ""}
	env, err := withDotenv(func(name string) (string, bool) {
		value, set := real[name]
		return value, set
	}, path)
	require.NoError(t, err)
	for name, want := range map[string]string{
		"FROM_FILE": "file", "FROM_ENV": "env", "BOTH": "env", "EMPTIED": "", "NOTED": "", "QUOTED": "a # b",
	} {
		value, set := env(name)
		require.True(t, set, name)
		require.Equal(t, want, value, name)
	}
	_, set := env("NEITHER")
	require.False(t, set)
}

func TestNoDotenvIsFine(t *testing.T) {
	t.Parallel()
	env, err := withDotenv(environment(nil), filepath.Join(t.TempDir(), ".env"))
	require.NoError(t, err)
	_, err = loadConfig(env)
	require.NoError(t, err)
}

func TestABrokenDotenvIsToldWithoutItsContent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, says string }{
		"a quote left open":           {"A=1\nDISCORD_TOKEN=\"hunter2\nB=2\n", "line 2"},
		"a quote open after many":     {"A='one\ntwo'\n# note\nDISCORD_TOKEN='hunter2", "line 4"},
		"a name with a dash":          {"A=1\n\nDISCORD-hunter2=hunter2\n", "line 3"},
		"a token alone":               {"hunter2.hunter2.hunter2\nA=1\n", "line 1"},
		"a token alone, in the end":   {"A=1\nhunter2", "line 2"},
		"saved as UTF-16":             {"\xff\xfeh\x00u\x00n\x00t\x00e\x00r\x002\x00", "UTF-8"},
		"saved as UTF-16, big-endian": {"\xfe\xff\x00h\x00u\x00n\x00t\x00e\x00r\x002", "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := withDotenv(environment(nil), writeDotenv(t, c.text))
			require.ErrorContains(t, err, ".env")
			require.ErrorContains(t, err, c.says)
			require.NotContains(t, err.Error(), "hunter2")
		})
	}
}

func TestADotenvThatIsNoFileIsTold(t *testing.T) {
	t.Parallel()
	_, err := withDotenv(environment(nil), t.TempDir())
	require.ErrorContains(t, err, "is a folder")
}
