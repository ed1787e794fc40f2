package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "seedbank"

// arrows says which packages of this module each package may import, tests aside. A package that is not here may not
// exist: whoever adds one says here, and in README, where it stands.
func arrows() map[string][]string {
	return map[string][]string{
		".":                 {"bot", "commands", "retrieval", "useapi", "prompt", "db", "demo", "useapi/useapitest", "discordtest"},
		"bot":               {},
		"commands":          {"bot", "retrieval", "exchange", "locale", "prompt", "picture", "db"},
		"exchange":          {"prompt", "db"},
		"locale":            {},
		"retrieval":         {"useapi", "prompt", "picture", "db"},
		"useapi":            {},
		"useapi/useapitest": {},
		"prompt":            {},
		"picture":           {},
		"db":                {},
		"discordtest":       {},
		"discordtest/play":  {"discordtest"},
		"demo":              {"useapi/useapitest", "discordtest", "discordtest/play"},
	}
}

// keepers says which packages may import a library that the others must not know. Libraries that are not here are free.
func keepers() map[string][]string {
	return map[string][]string{
		"github.com/bwmarrin/discordgo":            {"bot", "commands", "locale"},
		"github.com/mattn/go-sqlite3":              {"db"},
		"github.com/pressly/goose/v3":              {"db"},
		"database/sql":                             {"db", "retrieval"}, // retrieval prunes the engine's own file
		"github.com/dbos-inc/dbos-transact-golang": {"retrieval"},
		"github.com/tmaxmax/go-sse":                {"useapi"},
		"github.com/gorilla/websocket":             {"bot", "discordtest", "discordtest/play"},
		"github.com/joho/godotenv":                 {"."},
		"github.com/stretchr/testify":              {},
		"testing":                                  {},
	}
}

// goPackage is what `go list -json` says about a package.
type goPackage struct {
	ImportPath string
	Imports    []string // without those of tests
}

func TestTheArrowsHold(t *testing.T) {
	t.Parallel()
	packages := listPackages(t)
	require.NotEmpty(t, packages)
	for _, p := range packages {
		name := short(p.ImportPath)
		allowed, known := arrows()[name]
		if !known {
			t.Errorf("package %s is not in the table of arrows: say there, and in README, where it stands", name)
			continue
		}
		for _, imported := range p.Imports {
			if sibling := short(imported); sibling != imported && !slices.Contains(allowed, sibling) {
				t.Errorf("%s must not import %s; it may import %v", name, sibling, allowed)
			}
			for library, users := range keepers() {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(users, name) {
					t.Errorf("%s must not import %s; only %v may", name, imported, users)
				}
			}
		}
	}
}

// short is a package's path in this module, "." for its root, and any other path as it is.
func short(path string) string {
	if path == module {
		return "."
	}
	return strings.TrimPrefix(path, module+"/")
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	// -e: a package that does not compile is for the compiler to tell.
	out, err := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports", "./...").Output()
	require.NoError(t, err)
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else {
			require.NoError(t, err)
		}
		packages = append(packages, p)
	}
}
