package db

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
)

// scheme is what makes a text a URI. A single letter is a Windows drive.
var scheme = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]+):`)

// Path is the file that a DSN names: a path, or a file: URI as SQLite reads it. It opens nothing. Options in the URI
// are left out, because the program sets its own; those that would lose the history are refused.
func Path(dsn string) (string, error) {
	if strings.TrimSpace(dsn) == "" {
		return "", errors.New("no history named: give the path of a file, such as seedbank.db")
	}
	if strings.Contains(strings.ToLower(dsn), ":memory:") {
		return "", errMemory
	}
	if strings.ContainsRune(dsn, 0) {
		return "", errNUL
	}
	m := scheme.FindStringSubmatch(dsn)
	if m == nil {
		if strings.ContainsRune(dsn, '?') {
			return "", errors.New("the history is named with options after a ?: give the path alone, as the program sets " +
				"its options itself (a ? in a file's own name is written file:name%3F.db)")
		}
		return dsn, nil
	}
	switch name := strings.ToLower(m[1]); name {
	case "file":
		return uriPath(dsn[len(m[0]):])
	case "postgres", "postgresql":
		return "", fmt.Errorf("%w: name a SQLite file instead, such as seedbank.db", ErrNotYet)
	default: // never the whole text: it may hold a password
		return "", fmt.Errorf("the history is a SQLite file; %s: is nothing that can be opened: give a path, such as "+
			"seedbank.db, or a file: URI", name)
	}
}

var (
	errMemory = errors.New("a history in memory would be lost at the first restart: give the path of a file, such as " +
		"seedbank.db")
	errNUL = errors.New("the name of the history holds a NUL byte: give the path of a file, such as seedbank.db")
)

// uriPath reads what follows "file:" by the rules of https://www.sqlite.org/uri.html.
func uriPath(rest string) (string, error) {
	rest, _, _ = strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	options, err := url.ParseQuery(query)
	if err != nil {
		return "", errors.New("the file: URI of the history has options that cannot be read: leave them out, " +
			"the program sets its own")
	}
	switch mode := options.Get("mode"); {
	case mode == "memory" || options.Get("vfs") == "memdb":
		return "", errMemory
	case mode == "ro" || options.Has("immutable"):
		return "", errors.New("the file: URI of the history asks for reading only, but answers must be kept: " +
			"leave its options out")
	}
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		host, path, _ := strings.Cut(after, "/")
		if host != "" && host != "localhost" {
			return "", fmt.Errorf("the file: URI of the history names the host %q: write file:/an/absolute/path or "+
				"file:a/relative/path", host)
		}
		rest = "/" + path
	}
	path, err := url.PathUnescape(rest)
	switch {
	case err != nil:
		return "", fmt.Errorf("the file: URI of the history cannot be read: %w", err)
	case strings.ContainsRune(path, 0):
		return "", errNUL
	case strings.Contains(strings.ToLower(path), ":memory:"):
		return "", errMemory
	case strings.Trim(path, "/ ") == "":
		return "", errors.New("the file: URI of the history names no file: write file:seedbank.db")
	}
	if drive := strings.TrimPrefix(path, "/"); filepath.VolumeName(filepath.FromSlash(drive)) != "" {
		path = drive // file:///C:/seedbank.db
	}
	return filepath.FromSlash(path), nil
}

// uri names an absolute path for SQLite, whatever characters are in it.
func uri(path, options string) string {
	path = (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	switch {
	case strings.HasPrefix(path, "//"): // a share of another machine
		path = "//" + path
	case !strings.HasPrefix(path, "/"): // a Windows drive
		path = "///" + path
	}
	return "file:" + path + "?" + options
}
