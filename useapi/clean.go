package useapi

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxMessage = 500 // characters of the service's words that an error repeats
	masked     = "[token]"
)

// tokenShape is what a useapi.net token looks like. A v2 job id holds "-user:…-" too, hence the look at what stands
// in front.
var tokenShape = regexp.MustCompile(`(^|[^-\w])user:\d+-[\w-]+`)

// masker makes a function that hides token, plain or percent-encoded, and anything of a token's shape.
func masker(token string) func(string) string {
	hide := strings.NewReplacer(token, masked, url.QueryEscape(token), masked, url.PathEscape(token), masked)
	return func(s string) string { return maskShape(hide.Replace(s)) }
}

func maskShape(s string) string { return tokenShape.ReplaceAllString(s, "${1}"+masked) }

// line makes foreign text fit for one line of a log or a reply: no control or formatting characters (they can
// reorder what is shown), runs of spaces as one.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r), r == utf8.RuneError:
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// cut shortens s to at most limit characters.
func cut(s string, limit int) string {
	n := 0
	for i := range s {
		if n == limit-1 && utf8.RuneCountInString(s[i:]) > 1 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

func hasControl(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }

// words is what an error may repeat of the service's text.
func (c *Client) words(s string) string { return cut(c.mask(line(s)), maxMessage) }

// quiet returns err, or a stand-in whose text has the token hidden: a transport lent to us may put anything into its
// errors.
func (c *Client) quiet(err error) error {
	text := err.Error()
	if masked := c.mask(text); masked != text {
		return &quietError{masked, err}
	}
	return err
}

// quietError lets errors.Is and errors.As through but does not unwrap, so that nobody prints what it hides.
type quietError struct {
	text string
	err  error
}

func (e *quietError) Error() string        { return e.text }
func (e *quietError) Is(target error) bool { return errors.Is(e.err, target) }
func (e *quietError) As(target any) bool   { return errors.As(e.err, target) }
