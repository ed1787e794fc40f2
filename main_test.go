package main

import (
	"context"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// start runs the program with the settings, far from any .env of the developer.
func start(t *testing.T, env map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	p := program{stdout: &out, stderr: &errs, dotenv: filepath.Join(t.TempDir(), ".env"), env: func(name string) (string, bool) {
		value, set := env[name]
		return value, set
	}}
	code = p.run(t.Context(), args)
	return code, out.String(), errs.String()
}

func TestHelpIsGivenWhereItIsAskedFor(t *testing.T) {
	t.Parallel()
	for line, says := range map[string]string{
		"-h":           "DISCORD_TOKEN",
		"--help":       "DISCORD_TOKEN",
		"-help":        "seedbank [command]",
		"help":         "seedbank [command]",
		"help -h":      "seedbank [command]",
		"demo -h":      "seedbank demo",
		"demo --help":  "-tour",
		"help demo":    "seedbank demo",
		"version -h":   "seedbank version",
		"help version": "seedbank version",
	} {
		code, stdout, stderr := start(t, nil, strings.Fields(line)...)
		require.Zero(t, code, line)
		require.Contains(t, stdout, says, line)
		require.Empty(t, stderr, line)
	}
}

func TestAMistypedCommandLineIsRefused(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"dmeo", "help dmeo", "run", "-x", "demo -kep", "demo now", "version now", "-keep", "-addr :1", "demo -keep=perhaps", "demo -tour now", "demo -addr"} {
		code, stdout, stderr := start(t, nil, strings.Fields(line)...)
		require.Equal(t, exitUsage, code, line)
		require.Empty(t, stdout, line)
		require.Contains(t, stderr, "Usage: seedbank", line)
	}
	code, _, _ := start(t, nil, "")
	require.Equal(t, exitUsage, code, "an empty word is a word")
}

func TestWrongSettingsEndTheStart(t *testing.T) {
	t.Parallel()
	code, stdout, stderr := start(t, map[string]string{"DISCORD_TOKEN": discordSecret, "LOG_LEVEL": "loud"})
	require.Equal(t, exitFailed, code)
	require.Empty(t, stdout)
	require.Contains(t, stderr, "  - USEAPI_TOKEN is missing")
	require.Contains(t, stderr, "  - LOG_LEVEL is not a level")
	require.Contains(t, stderr, ".env, which is not in this folder; .env.example")
	require.NotContains(t, stderr, "not-a-real")
	require.NotContains(t, stderr, "goroutine")
}

func TestABrokenDotenvEndsTheStart(t *testing.T) {
	t.Parallel()
	var stderr strings.Builder
	p := program{stderr: &stderr, env: environment(nil), dotenv: writeDotenv(t, "USEAPI_TOKEN='hunter2")}
	require.Equal(t, exitFailed, p.run(context.Background(), nil))
	require.Contains(t, stderr.String(), "line 1")
	require.NotContains(t, stderr.String(), "not in this folder")
	require.NotContains(t, stderr.String(), "hunter2")
}

func TestTheVersionIsTold(t *testing.T) {
	t.Parallel()
	code, stdout, _ := start(t, nil, "version")
	require.Zero(t, code)
	require.Regexp(t, `^seedbank \S+ .*go1\.\S+ \w+/\w+\n$`, stdout)
}

func TestABuildIsDescribed(t *testing.T) {
	t.Parallel()
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"}
	modified := debug.BuildSetting{Key: "vcs.modified", Value: "true"}
	for want, info := range map[string]debug.BuildInfo{
		"(devel) go1.26.8 ":                               {GoVersion: "go1.26.8"},
		"v1.2.3 go1.26.8 ":                                {GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3"}},
		"v1.2.3 commit 0123456789ab go1.26.8 ":            {GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{revision}},
		"(devel) commit 0123456789ab (modified) go1.26.8": {GoVersion: "go1.26.8", Settings: []debug.BuildSetting{revision, modified}},
	} {
		require.Contains(t, describeBuild(&info), want)
	}
}
