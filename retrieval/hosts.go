package retrieval

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

var errHostDenied = errors.New("pictures may not be fetched from this host")

// hosts are where pictures may be fetched from. What a picture's address says comes from other people, so nothing else
// is ever asked: not this machine, not its network, not the host a redirect names.
type hosts map[string]bool

// newHosts checks the list: a host name stands for its https port; a loopback host:port is taken as it is.
func newHosts(list []string) (hosts, error) {
	h := hosts{}
	for _, entry := range list {
		entry = strings.ToLower(strings.TrimSpace(entry))
		if name, _, err := net.SplitHostPort(entry); err == nil && !isLoopback(name) {
			return nil, fmt.Errorf("image host %q: a port can be given for a loopback host only", entry)
		}
		h[entry] = true
	}
	return h, nil
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// allow tells whether a picture may be fetched from the address.
func (h hosts) allow(u *url.URL) error {
	name := strings.ToLower(u.Hostname())
	port := u.Port()
	switch {
	case u.User != nil:
	case u.Scheme == "https" && (port == "" || port == "443") && h[name] && !isLoopback(name):
		return nil
	case (u.Scheme == "http" || u.Scheme == "https") && isLoopback(name) && port != "" && h[net.JoinHostPort(name, port)]:
		return nil
	}
	return fmt.Errorf("%w: %s", errHostDenied, u.Host)
}

// pictureClient fetches from allowed hosts only, redirects included, and sends no cookies.
func pictureClient(allowed hosts) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 8
	return &http.Client{
		Transport: guarded{next: transport, allowed: allowed},
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) >= 3 {
				return errors.New("too many redirects")
			}
			return nil
		},
	}
}

type guarded struct {
	next    http.RoundTripper
	allowed hosts
}

// RoundTrip is http.RoundTripper's.
func (g guarded) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := g.allowed.allow(req.URL); err != nil {
		return nil, err
	}
	return g.next.RoundTrip(req)
}
