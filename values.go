package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedbank/db"
)

// How the values of the settings are read. Errors continue "NAME …": what is wrong, then what to write. None repeats
// the value.

func discordToken(value string) (Secret, error) {
	token := bare(value, "bot")
	switch {
	case strings.HasPrefix(token, "user:"):
		return Secret{}, errors.New("holds what looks like the useapi.net token: it belongs in USEAPI_TOKEN")
	case isSnowflake(token):
		return Secret{}, errors.New("holds an ID: copy the token itself, from the Bot page of the developer portal")
	}
	return secretToken(token)
}

func useapiToken(value string) (Secret, error) {
	token := bare(value, "bearer")
	if isBotToken(token) {
		return Secret{}, errors.New("holds what looks like the token of the Discord bot, which must not get into other hands: it belongs in DISCORD_TOKEN")
	}
	return secretToken(token)
}

// isBotToken knows a token of Discord's by its first part, which is the bot's ID in base64.
func isBotToken(token string) bool {
	first, rest, _ := strings.Cut(token, ".")
	id, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(first, "="))
	return err == nil && isSnowflake(string(id)) && strings.Contains(rest, ".")
}

// bare takes off an authorization scheme that was copied along with a token.
func bare(token, scheme string) string {
	for {
		word, rest, _ := strings.Cut(token, " ")
		if !strings.EqualFold(word, scheme) {
			return token
		}
		token = tidy(rest)
	}
}

// secretToken lets pass what an HTTP header can carry and a log can mask: visible ASCII without quotes.
func secretToken(token string) (Secret, error) {
	for _, r := range token {
		switch {
		case r == '\n' || r == '\r':
			return Secret{}, errors.New("holds a line break: copy the token again, as one line")
		case r == ' ' || r == '\t':
			return Secret{}, errors.New("holds a space: copy the token again, without anything around it")
		case r <= ' ' || r >= 0x7f || strings.ContainsRune("\"'\\`", r):
			return Secret{}, errors.New("holds a character that no token has: copy the token again")
		}
	}
	if token == "" {
		return Secret{}, errors.New("holds no token: copy the token again")
	}
	return newSecret(token), nil
}

func guildIDs(value string) ([]string, error) {
	ids, err := list(value, func(id string) (string, error) {
		if !isSnowflake(id) {
			return "", errors.New("is not a server ID (17 to 20 digits): " +
				"turn on Developer Mode in Discord, right-click the server, Copy Server ID")
		}
		return id, nil
	})
	if err == nil && len(ids) == 0 {
		err = errors.New("names no server: write server IDs separated by commas, or leave it empty")
	}
	return ids, err
}

// isSnowflake tells whether s can be one of Discord's IDs.
func isSnowflake(s string) bool {
	if len(s) < 17 || len(s) > 20 || strings.Trim(s, "0123456789") != "" {
		return false
	}
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// list reads entries separated by commas, each once; empty ones are passed over.
func list(value string, entry func(string) (string, error)) ([]string, error) {
	var entries []string
	for n, part := range strings.Split(value, ",") {
		if part = tidy(part); part == "" {
			continue
		}
		one, err := entry(part)
		if err != nil {
			return nil, fmt.Errorf("entry %d %w", n+1, err)
		}
		if !slices.Contains(entries, one) {
			entries = append(entries, one)
		}
	}
	return entries, nil
}

// apiPath is what belongs to every call of Discord's API or useapi.net's, and not to their address.
var apiPath = regexp.MustCompile(`/(?:api(?:/v\d+)?|v\d+(?:/midjourney)?)/?$`)

// origin reads the address of an API. Plain http is for this machine alone: a token is sent there.
func origin(value string) (string, error) {
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "" || !validPort(u.Port(), true):
		return "", errors.New("is not a web address: write https:// and the host")
	case u.Scheme != "https" && u.Scheme != "http":
		return "", errors.New("begins with neither https:// nor http://: write https:// and the host")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return "", errors.New("is plain http to another machine, where anyone on the way could read the token: write https://")
	case u.User != nil:
		return "", errors.New("holds a user name or password: write https:// and the host alone")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", errors.New("holds something after ? or #: write https:// and the host alone")
	case apiPath.MatchString(u.Path):
		return "", errors.New("ends with the API's own path, which is added by itself: write https:// and the host alone")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// isLoopback tells whether a host, without a port, is this machine whatever the name service says.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

func validPort(port string, optional bool) bool {
	if port == "" {
		return optional
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}

// database lets the history itself say what it can open; what it says shows no password.
func database(value string) (string, error) {
	if _, err := db.Path(value); err != nil {
		return "", fmt.Errorf("cannot be used: %w", err)
	}
	return value, nil
}

func slots(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > 12 {
		return 0, errors.New("is not a whole number from 1 to 12: 3 suits an account with useapi.net's own defaults")
	}
	return n, nil
}

func imageHosts(value string) ([]string, error) {
	hosts, err := list(value, imageHost)
	if err == nil && len(hosts) == 0 {
		err = errors.New("names no host: write hosts separated by commas, or leave it empty")
	}
	return hosts, err
}

// imageHost reads one entry: a host name, or loopback with its port.
func imageHost(entry string) (string, error) {
	entry = strings.ToLower(entry)
	switch {
	case strings.Contains(entry, "://"):
		return "", errors.New("has a scheme: write the host alone, such as cdn.discordapp.com")
	case strings.ContainsAny(entry, "/?#"):
		return "", errors.New("has a path: write the host alone, such as cdn.discordapp.com")
	case strings.Contains(entry, "*"):
		return "", errors.New("has a wildcard: write every host out, separated by commas")
	case strings.Contains(entry, "@"):
		return "", errors.New("has a user name: write the host alone, such as cdn.discordapp.com")
	}
	if isLoopback(strings.Trim(entry, "[]")) {
		return "", errors.New("is this machine without a port: write it out, such as 127.0.0.1:8080")
	}
	if host, port, err := net.SplitHostPort(entry); err == nil {
		switch {
		case !isLoopback(host):
			return "", errors.New("has a port, which only this machine's own addresses may have: write the host alone")
		case !validPort(port, false):
			return "", errors.New("has no valid port: write a number from 1 to 65535, such as 127.0.0.1:8080")
		}
		return net.JoinHostPort(host, port), nil
	}
	if strings.Trim(entry, "abcdefghijklmnopqrstuvwxyz0123456789-._") != "" || strings.Trim(entry, "-._") != entry {
		return "", errors.New("is not a host name: write it as in a web address, such as cdn.discordapp.com")
	}
	return entry, nil
}

func httpAddr(value string) (string, error) {
	_, port, err := net.SplitHostPort(value)
	if err != nil || port != "0" && !validPort(port, false) {
		return "", errors.New("is not host:port: write an address such as 127.0.0.1:8080")
	}
	return value, nil
}

func logLevel(value string) (slog.Level, error) {
	switch strings.ToLower(value) {
	case "debug":
		return slog.LevelDebug, nil
	case "info":
		return slog.LevelInfo, nil
	case "warn", "warning":
		return slog.LevelWarn, nil
	case "error":
		return slog.LevelError, nil
	}
	return 0, errors.New("is not a level: write debug, info, warn or error")
}

func logFormat(value string) (string, error) {
	switch format := strings.ToLower(value); format {
	case "text", "json":
		return format, nil
	}
	return "", errors.New("is not a format: write text or json")
}

func yesOrNo(value string) (bool, error) {
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1":
		return true, nil
	case "false", "no", "off", "0":
		return false, nil
	}
	return false, errors.New("is no choice: write true or false")
}
