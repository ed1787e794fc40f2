package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	return string(text)
}

func TestTheReadmeListsEverySettingWithItsDefault(t *testing.T) {
	t.Parallel()
	var listed, want []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| ([^|]*)\\|").FindAllStringSubmatch(readme(t), -1) {
		listed = append(listed, row[1]+" "+strings.Trim(row[2], " `"))
	}
	for _, s := range settings(&Config{}) {
		fallback := s.fallback
		if s.missing != "" {
			fallback = "required"
		}
		want = append(want, s.name+" "+fallback)
	}
	require.Equal(t, want, listed)
}

func TestTheReadmeInvitesWithThePermissionsItNames(t *testing.T) {
	t.Parallel()
	want := discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
		discordgo.PermissionAttachFiles | discordgo.PermissionReadMessageHistory
	require.Contains(t, readme(t), fmt.Sprintf("&permissions=%d\n", want))
}

// The tree is the only map, so every package stands in it, and what stands in it is there.
func TestTheReadmeShowsTheTree(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	parent := ""
	for _, entry := range regexp.MustCompile(`(?m)^    ( *)([a-z_]+(?:/|\.go))  +\S`).FindAllStringSubmatch(readme(t), -1) {
		name := strings.TrimSuffix(entry[2], "/")
		if entry[1] != "" {
			name = parent + "/" + name
		} else {
			parent = name
		}
		shown[name] = true
		if _, planned := arrows()[name]; !planned {
			require.FileExists(t, name)
		}
	}
	require.True(t, shown["main.go"] && shown["useapi/useapitest"], "the tree is read")
	for _, p := range listPackages(t) {
		if name := short(p.ImportPath); name != "." && !strings.Contains(name, "/internal/") {
			require.True(t, shown[name], "%s is not in README's tree", name)
		}
	}
	for name := range arrows() {
		require.True(t, name == "." || shown[name], "%s is not in README's tree", name)
	}
}

// `make` prints the targets with a "## …" behind them.
func TestMakeExplainsEveryTarget(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile("Makefile")
	require.NoError(t, err)
	phony := regexp.MustCompile(`(?m)^\.PHONY: (.*)$`).FindStringSubmatch(string(makefile))
	require.NotNil(t, phony)
	for target := range strings.FieldsSeq(phony[1]) {
		require.Regexp(t, `(?m)^`+target+`:.* ## \S`, string(makefile))
	}
	for _, command := range regexp.MustCompile("`make ([a-z]+)`").FindAllStringSubmatch(readme(t), -1) {
		require.Contains(t, strings.Fields(phony[1]), command[1], "README names a target that is not there")
	}
}
