package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

const demoUsage = `Usage: seedbank demo [-addr host:port]
       seedbank demo -tour [-keep]

Serves a page that looks and feels like Discord, with the real bot in it, on a local Discord and a local useapi.net. It
needs no token and no network, and runs until Ctrl+C.

  -addr   where the page is served (127.0.0.1:8377); whoever reaches an address that is not this machine's alone can
          use the page
  -tour   play a tour here in the terminal instead; it ends by itself and saves the pictures of the first card in the
          folder demo-pictures
  -keep   leave everything running after the tour, until Ctrl+C
  -h      show this help
`

const versionUsage = `Usage: seedbank version

Shows which build this is.

  -h   show this help
`

const commandUsage = `Usage: seedbank [command]

Commands:
  (none)    run the bot
  demo      try the bot in a browser; needs no token and no network
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
