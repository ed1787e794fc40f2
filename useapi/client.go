// Package useapi speaks to useapi.net's Midjourney API, version 3: it asks for the seed of a finished image or for a
// new one, follows the job that does it, and reads jobs and accounts. It knows nothing of who asks or where the answer goes.
//
// useapi.net announced the end of its Midjourney service for June 2026. Whatever answers at the base URL is therefore
// not trusted to be the API: an answer that is not the API's is an error of its own kind, ErrNotJSON.
//
// Facts come from the vendor's pages at https://useapi.net/docs/api-midjourney-v3 and from real answers; what only
// clients have shown is marked so.
package useapi

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	defaultBaseURL   = "https://api.useapi.net"
	defaultUserAgent = "seedbank-useapi/1"
	defaultIdle      = 2 * time.Minute
	defaultTimeout   = 30 * time.Second

	apiPath      = "/v3/midjourney"
	maxRedirects = 3
)

// Client is a client of one useapi.net account. It holds no state between calls and is safe for concurrent use.
// Printing it shows no token.
type Client struct {
	http    *http.Client
	base    *url.URL
	agent   string
	timeout time.Duration // of calls that are not streams
	idle    time.Duration // the longest silence on a stream
	log     *slog.Logger  // nil for none

	// The token lives in these two closures only, so that no verb of fmt can print it.
	authorize func(http.Header)
	mask      func(string) string
}

// Option changes how New builds a Client.
type Option func(*Client) error

// WithBaseURL sets the origin to ask instead of https://api.useapi.net. A path in it stays in front of the API's own.
// Plain http is accepted for loopback hosts only: the token would travel in clear.
func WithBaseURL(raw string) Option {
	return func(c *Client) (err error) {
		c.base, err = parseBase(raw)
		return err
	}
}

// WithHTTPClient lends the client's Transport and Jar. Its Timeout, if any, bounds the calls that are not streams;
// those have 30 seconds otherwise. Its redirect policy is not used. Nil changes nothing.
func WithHTTPClient(h *http.Client) Option {
	return func(c *Client) error {
		if h == nil {
			return nil
		}
		c.http.Transport, c.http.Jar = h.Transport, h.Jar
		if h.Timeout > 0 {
			c.timeout = h.Timeout
		}
		return nil
	}
}

// WithUserAgent sets the User-Agent header.
func WithUserAgent(agent string) Option {
	return func(c *Client) error {
		if hasControl(agent) {
			return errors.New("the user agent holds control characters")
		}
		c.agent = agent
		return nil
	}
}

// WithIdleTimeout sets for how long a stream may be silent, comments included, before it counts as cut. The default
// is two minutes: the API documents no heartbeat.
func WithIdleTimeout(d time.Duration) Option {
	return func(c *Client) error {
		if d <= 0 {
			return errors.New("the idle timeout must be positive")
		}
		c.idle = d
		return nil
	}
}

// WithLogger logs every call at debug level: method, path, status and time taken; no headers, no bodies, no token.
func WithLogger(log *slog.Logger) Option {
	return func(c *Client) error {
		c.log = log
		return nil
	}
}

// New makes a client for the account of token, which looks like "user:12345-abc" and is sent as it is. No error of it
// shows the token.
func New(token string, opts ...Option) (*Client, error) {
	switch {
	case token == "":
		return nil, errors.New("useapi: no token")
	case hasControl(token):
		return nil, errors.New("useapi: the token holds line breaks or other control characters")
	case strings.ContainsAny(token, " \t\u00a0"):
		return nil, errors.New("useapi: the token holds spaces")
	}
	base, err := parseBase(defaultBaseURL)
	if err != nil {
		return nil, fmt.Errorf("useapi: %w", err)
	}
	c := &Client{
		http:      &http.Client{},
		base:      base,
		agent:     defaultUserAgent,
		timeout:   defaultTimeout,
		idle:      defaultIdle,
		authorize: func(h http.Header) { h.Set("Authorization", "Bearer "+token) },
		mask:      masker(token),
	}
	for _, opt := range opts {
		if err := opt(c); err != nil {
			return nil, fmt.Errorf("useapi: %w", err)
		}
	}
	c.http.CheckRedirect = sameOrigin
	return c, nil
}

// parseBase checks a base URL. Its errors do not repeat it: people do mix up settings, and it may be a token.
func parseBase(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(raw, "/"))
	switch {
	case err != nil:
		return nil, errors.New("the base URL cannot be parsed")
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "":
		return nil, errors.New("the base URL must look like https://host")
	case u.User != nil, u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return nil, errors.New("the base URL must not hold a user, a query or a fragment")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, errors.New("the base URL must be https: the token would travel in clear (http is for loopback hosts only)")
	}
	return u, nil
}

func isLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// sameOrigin follows a redirect only where the token may go anyway, and only if the method survives: a POST that
// turns into a GET is not what was asked. Any other redirect becomes the answer, and so an *Error.
func sameOrigin(req *http.Request, via []*http.Request) error {
	first := via[0]
	if req.URL.Scheme != first.URL.Scheme || req.URL.Host != first.URL.Host ||
		req.Method != first.Method || len(via) > maxRedirects {
		return http.ErrUseLastResponse
	}
	return nil
}
