package bot

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// discordOrigin is the origin that discordgo and this package write into every REST address.
const discordOrigin = "https://discord.com"

// discordOnly sends what is addressed to Discord to another origin, and nothing anywhere else. It keeps the bot token
// from reaching a host that nobody meant, and lets tests put a local server in Discord's place without touching
// discordgo's package-wide endpoint variables.
type discordOnly struct {
	base http.RoundTripper
	to   *url.URL
}

func newDiscordOnly(base http.RoundTripper, apiURL string) (*discordOnly, error) {
	if apiURL == "" {
		apiURL = discordOrigin
	}
	to, err := url.Parse(strings.TrimSuffix(apiURL, "/"))
	if err != nil {
		return nil, fmt.Errorf("discord API address: %w", err)
	}
	if (to.Scheme != "https" && to.Scheme != "http") || to.Host == "" {
		return nil, fmt.Errorf("discord API address %q: want http(s)://host", apiURL)
	}
	if base == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.MaxIdleConnsPerHost = 32 // every ask that runs talks to the one host
		// A connection that died silently must not swallow try after try.
		own.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 5 * time.Second}
		base = own
	}
	return &discordOnly{base: base, to: to}, nil
}

// RoundTrip sends the request to the configured origin.
func (t *discordOnly) RoundTrip(req *http.Request) (*http.Response, error) {
	if origin := req.URL.Scheme + "://" + req.URL.Host; origin != discordOrigin {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, fmt.Errorf("refused to send a request to %s: only Discord's API is spoken to", origin)
	}
	out := req.Clone(req.Context())
	out.URL.Scheme, out.URL.Host, out.Host = t.to.Scheme, t.to.Host, ""
	out.URL.Path = t.to.Path + req.URL.Path
	if req.URL.RawPath != "" {
		out.URL.RawPath = t.to.EscapedPath() + req.URL.RawPath
	}
	return t.base.RoundTrip(out)
}
