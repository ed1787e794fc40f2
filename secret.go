package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
)

// masked stands wherever a secret would have been written.
const masked = "[secret]"

// Secret is a setting that no log, error or printed structure may show. Only Reveal gives the value. It lies behind a
// pointer since fmt prints the unexported fields of others without asking their methods.
type Secret struct{ value *string }

func newSecret(value string) Secret { return Secret{&value} }

// Reveal is the value itself, for the one place that sends it.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// String never shows the value.
func (s Secret) String() string {
	if s.Reveal() == "" {
		return ""
	}
	return masked
}

// GoString never shows the value.
func (s Secret) GoString() string { return s.String() }

// Format never shows the value, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue never shows the value.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText never shows the value; encoding/json uses it too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// masker replaces secrets in all that is written through it: the last safety net, below every format and every error of
// every library. A secret must arrive within one Write, which slog's handlers and fmt's functions ensure.
type masker struct {
	to      io.Writer
	replace *strings.Replacer
}

// mask returns a writer that shows none of the secrets, neither as they are nor as they look inside a URL.
func mask(to io.Writer, secrets ...Secret) io.Writer {
	var pairs []string
	for _, s := range secrets {
		plain := s.Reveal()
		if plain == "" {
			continue
		}
		pairs = append(pairs, plain, masked)
		for _, escaped := range []string{url.QueryEscape(plain), url.PathEscape(plain)} {
			if escaped != plain {
				pairs = append(pairs, escaped, masked)
			}
		}
	}
	if len(pairs) == 0 {
		return to
	}
	return &masker{to: to, replace: strings.NewReplacer(pairs...)}
}

// Write writes p without its secrets. It reports p as written whole, since a caller counts its own bytes.
func (m *masker) Write(p []byte) (int, error) {
	if _, err := m.replace.WriteString(m.to, string(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}
