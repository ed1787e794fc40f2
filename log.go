package main

import (
	"io"
	"log/slog"
)

// newLog writes the log in the format and from the level that the settings say.
func newLog(to io.Writer, c Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(to, options))
	}
	return slog.New(slog.NewTextHandler(to, options))
}
