package main

import (
	"fmt"
	"log/slog"
	"strings"
)

// Config is what the program is told from outside, read once at start.
type Config struct {
	DiscordToken Secret
	Guilds       []string // servers that get the commands at once; none: all servers get them
	DiscordURL   string   // origin of Discord's REST API
	UseapiToken  Secret
	UseapiURL    string     // origin of the useapi.net API
	UseapiSlots  int        // seeds that one Midjourney account is asked for at the same time
	Database     string     // path or file: URI of the history
	AllowImagine bool       // members may have pictures made, which costs
	Sheets       bool       // small contact sheets are kept in the history
	ImageHosts   []string   // lower case; "host" is https alone, a loopback "host:port" may be http
	HTTPAddr     string     // where health is served; "" for nowhere
	LogLevel     slog.Level // least level that is written
	LogFormat    string     // "text" or "json"
}

// setting is one variable: its name, what it is when it is not set, how it is told to people, and how it is read.
type setting struct {
	name     string
	fallback string // also shown in .env.example and README, which tests compare
	missing  string // what to do when there is neither a value nor a fallback; "" when the setting may be left out
	about    string // one line for the help text
	read     func(value string) error
}

// settings is the one list of what can be set. It reads into c.
func settings(c *Config) []setting {
	return []setting{
		{
			name:    "DISCORD_TOKEN",
			missing: "copy the token from https://discord.com/developers/applications → your application → Bot → Reset Token",
			about:   "token of the Discord bot",
			read:    into(&c.DiscordToken, discordToken),
		}, {
			name:    "USEAPI_TOKEN",
			missing: "copy the API token of your useapi.net account; it looks like user:1234-…",
			about:   "token of the useapi.net account",
			read:    into(&c.UseapiToken, useapiToken),
		}, {
			name:  "DISCORD_GUILD_ID",
			about: "server IDs, separated by commas, that get the commands at once; empty: every server",
			read:  into(&c.Guilds, guildIDs),
		}, {
			name:     "DATABASE_URL",
			fallback: "seedbank.db",
			about:    "file of the history, a path or a file: URI",
			read:     into(&c.Database, database),
		}, {
			name:     "USEAPI_SLOTS",
			fallback: "3",
			about:    "seeds that one Midjourney account is asked for at the same time, 1 to 12",
			read:     into(&c.UseapiSlots, slots),
		}, {
			name:     "ALLOW_IMAGINE",
			fallback: "false",
			about:    "true lets members with a role for it make pictures, which costs; false: nobody",
			read:     into(&c.AllowImagine, yesOrNo),
		}, {
			name:     "IMAGE_HOSTS",
			fallback: "cdn.discordapp.com,media.discordapp.net",
			about:    "hosts that pictures may be fetched from, separated by commas",
			read:     into(&c.ImageHosts, imageHosts),
		}, {
			name:     "CONTACT_SHEETS",
			fallback: "true",
			about:    "true keeps a small contact sheet of each card in the history, some 20 kB, for when its pictures are gone",
			read:     into(&c.Sheets, yesOrNo),
		}, {
			name:  "HTTP_ADDR",
			about: "address that serves /healthz and /readyz, such as 127.0.0.1:8080; empty: none",
			read:  into(&c.HTTPAddr, httpAddr),
		}, {
			name:     "LOG_LEVEL",
			fallback: "info",
			about:    "debug, info, warn or error",
			read:     into(&c.LogLevel, logLevel),
		}, {
			name:     "LOG_FORMAT",
			fallback: "text",
			about:    "text or json",
			read:     into(&c.LogFormat, logFormat),
		}, {
			name:     "DISCORD_API_URL",
			fallback: "https://discord.com",
			about:    "origin of Discord's REST API",
			read:     into(&c.DiscordURL, origin),
		}, {
			name:     "USEAPI_URL",
			fallback: "https://api.useapi.net",
			about:    "origin of the useapi.net API",
			read:     into(&c.UseapiURL, origin),
		},
	}
}

// into makes a setting's reader out of a parser and the field it fills.
func into[T any](field *T, parse func(string) (T, error)) func(string) error {
	return func(value string) (err error) {
		*field, err = parse(value)
		return err
	}
}

// loadConfig reads all settings. A value of nothing but spaces counts as not set. The error is a Problems with a line for
// every setting that is wrong; no line repeats a value, since a token may have been put in the wrong place.
func loadConfig(env lookup) (Config, error) {
	var c Config
	var problems Problems
	for _, s := range settings(&c) {
		raw, set := env(s.name)
		value := tidy(raw)
		if value == "" {
			value = s.fallback
		}
		switch {
		case value != "":
			if err := s.read(value); err != nil {
				problems = append(problems, fmt.Sprintf("%s %v", s.name, err))
			}
		case s.missing != "" && set:
			problems = append(problems, fmt.Sprintf("%s is empty: %s", s.name, s.missing))
		case s.missing != "":
			problems = append(problems, fmt.Sprintf("%s is missing: %s", s.name, s.missing))
		}
	}
	if len(problems) > 0 {
		return Config{}, problems
	}
	return c, nil
}

// Problems is everything that is wrong with the settings, a line each: which one, what is wrong, what to do.
type Problems []string

// Error is all lines.
func (p Problems) Error() string { return strings.Join(p, "\n") }

// tidy takes off what gets around a value by accident: spaces, and quotes that belonged to a shell or a file.
func tidy(value string) string {
	for {
		trimmed := strings.TrimSpace(value)
		for _, quote := range []string{`"`, `'`} {
			if len(trimmed) >= 2 && strings.HasPrefix(trimmed, quote) && strings.HasSuffix(trimmed, quote) {
				trimmed = trimmed[1 : len(trimmed)-1]
			}
		}
		if trimmed == value {
			return value
		}
		value = trimmed
	}
}
