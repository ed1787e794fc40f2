package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/joho/godotenv"
)

// lookup finds a variable of the environment; os.LookupEnv is one.
type lookup func(name string) (value string, set bool)

// maxDotenvBytes keeps a mistaken link to something huge from being read as settings.
const maxDotenvBytes = 1 << 20

// withDotenv adds the variables of a file to env, which goes first: what is set there, even to nothing, stays. No file is
// fine. Errors name the file and the line and never its content, since the content is secrets.
func withDotenv(env lookup, path string) (lookup, error) {
	vars, err := readDotenv(path)
	if err != nil {
		return nil, err
	}
	return func(name string) (string, bool) {
		if value, set := env(name); set {
			return value, true
		}
		value, set := vars[name]
		return value, set
	}, nil
}

func readDotenv(path string) (map[string]string, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read settings: %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder: it has to be a file with lines like NAME=value", path)
	case info.Size() > maxDotenvBytes:
		return nil, fmt.Errorf("%s is larger than %d bytes: it has to be a file with lines like NAME=value", path, maxDotenvBytes)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return nil, fmt.Errorf("%s is saved as UTF-16: save it as UTF-8", path)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")) // Windows editors begin UTF-8 with a mark
	vars, ok := parseDotenv(text)
	if !ok {
		return nil, fmt.Errorf("%s cannot be read from line %d on: write NAME=value, close every quote, begin comments with #",
			path, brokenLine(text))
	}
	return vars, nil
}

// parseDotenv drops godotenv's error, which quotes the file.
func parseDotenv(text []byte) (vars map[string]string, ok bool) {
	vars, err := godotenv.UnmarshalBytes(text)
	if _, nameless := vars[""]; err != nil || nameless { // a last line without "=" becomes a value without a name
		return nil, false
	}
	for name, value := range vars {
		if strings.HasPrefix(value, "#") { // godotenv takes a comment behind an empty value for the value
			vars[name] = ""
		}
	}
	return vars, true
}

// brokenLine is the number of the line at which the text stops being readable: the one after the longest beginning that
// is. It tries them all, since a quoted value may cross lines.
func brokenLine(text []byte) int {
	line, end := 1, 0
	for n := 2; ; n++ {
		next := bytes.IndexByte(text[end:], '\n')
		if next < 0 {
			return line
		}
		end += next + 1
		if _, ok := parseDotenv(text[:end]); ok {
			line = n
		}
	}
}
