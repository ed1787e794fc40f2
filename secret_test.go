package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASecretIsNeverPrinted(t *testing.T) {
	t.Parallel()
	secret := newSecret(useapiSecret)
	hidden := struct{ unexported Secret }{secret}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%T", "%p", "%U", "%10s"} {
		for _, value := range []any{secret, &secret, []Secret{secret}, Config{UseapiToken: secret}, hidden, map[string]Secret{"a": secret}} {
			printed := fmt.Sprintf(verb, value)
			require.NotContains(t, printed, "4711", verb)
			require.NotContains(t, printed, fmt.Sprintf("%x", "4711"), verb)
		}
	}
	encoded, err := json.Marshal(map[string]any{"a": secret, "b": &secret, "c": Config{UseapiToken: secret}, "d": hidden})
	require.NoError(t, err)
	require.NotContains(t, string(encoded), "4711")
	require.Equal(t, useapiSecret, secret.Reveal())
	require.Empty(t, Secret{}.Reveal())
	require.Empty(t, Secret{}.String(), "no value can be told from a hidden one")
}

// wordy is a value that slog knows nothing about.
type wordy struct{ Text string }

func TestTheLogMasksTokensWhereverTheyStand(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			discord, useapi := newSecret(discordSecret), newSecret(useapiSecret)
			log := newLog(mask(&out, discord, useapi), Config{LogFormat: format, LogLevel: slog.LevelDebug})
			request := &url.Error{Op: "Get", URL: "https://example.com/?token=" + url.QueryEscape(useapiSecret), Err: errors.New(discordSecret)}
			log.With("always", useapiSecret).WithGroup(discordSecret).Debug("sent Bot "+discordSecret,
				useapiSecret, "a key",
				"error", fmt.Errorf("send: %w", request),
				"nested", slog.GroupValue(slog.String("header", "Bearer "+useapiSecret)),
				"any", []any{map[string]any{"x": useapiSecret}, wordy{discordSecret}, &wordy{useapiSecret}},
				"quoted", fmt.Sprintf("%q", useapiSecret),
				"bytes", []byte(discordSecret),
				"json", json.RawMessage(`{"token":"`+useapiSecret+`"}`),
				"secret", discord)
			require.Contains(t, out.String(), masked)
			require.Contains(t, out.String(), "sent Bot ")
			for _, part := range []string{"MTIzNDU2", "not-a-real", "4711", "NotAReal"} {
				require.NotContains(t, out.String(), part)
			}
			require.Equal(t, 1, strings.Count(out.String(), "\n"))
			if format == "json" {
				require.True(t, json.Valid([]byte(out.String())))
			}
		})
	}
}

func TestTheLogKeepsToItsLevel(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	log := newLog(&out, Config{LogFormat: "text", LogLevel: slog.LevelWarn})
	log.Info("hidden")
	log.Warn("shown")
	require.NotContains(t, out.String(), "hidden")
	require.Contains(t, out.String(), "shown")
}
