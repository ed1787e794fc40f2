package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

const demoUsage = `Usage: seedbank demo [-keep]

Plays a tour: the real bot against a local Discord and a local useapi.net. It needs no token and no network, and ends
by itself. The pictures of the first card are saved in the folder demo-pictures.

  -keep   leave everything running afterwards, until Ctrl+C
  -h      show this help
`

const versionUsage = `Usage: seedbank version

Shows which build this is.

  -h   show this help
`

const commandUsage = `Usage: seedbank [command]

Commands:
  (none)    run the bot
  demo      play a tour on local stand-ins; needs no token and no network
  version   show which build this is
  help      show help; "help demo" explains a command
`

// botUsage is the help for the whole program.
func botUsage() string {
	var b strings.Builder
	b.WriteString("Seedbank is a Discord bot that fetches the seeds of Midjourney jobs and keeps every answer.\n\n")
	b.WriteString(commandUsage)
	b.WriteString("\nSettings, from the environment and the file .env, which .env.example explains:\n")
	for _, s := range settings(&Config{}) {
		note := ""
		switch {
		case s.missing != "":
			note = " (required)"
		case s.fallback != "":
			note = " (" + s.fallback + ")"
		}
		fmt.Fprintf(&b, "  %-17s %s%s\n", s.name, s.about, note)
	}
	return b.String()
}

// indent puts every line of an error into a list.
func indent(err error) string {
	return "  - " + strings.ReplaceAll(err.Error(), "\n", "\n  - ")
}

// buildVersion is the version with the commit it was built from, as far as the build knows them.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return fmt.Sprintf("(unknown) %s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	}
	return describeBuild(info)
}

func describeBuild(info *debug.BuildInfo) string {
	version, commit := info.Main.Version, ""
	if version == "" {
		version = "(devel)"
	}
	modified := false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			modified = s.Value == "true"
		}
	}
	if commit != "" {
		version += " commit " + commit
		if modified {
			version += " (modified)"
		}
	}
	return fmt.Sprintf("%s %s %s/%s", version, info.GoVersion, runtime.GOOS, runtime.GOARCH)
}
