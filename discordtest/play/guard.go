package play

import (
	"net"
	"net/http"
	"net/netip"
)

// Guard keeps other web pages away from h, which lets whoever reaches it act as every member.
//
// A request must name this machine: by an address, by localhost, or by one of names. Another name could be one that a
// stranger's page has pointed here (DNS rebinding). And a page of another origin may neither post nor open a WebSocket:
// browsers say by Sec-Fetch-Site and Origin where a request comes from.
func Guard(h http.Handler, names ...string) http.Handler {
	known := map[string]bool{"localhost": true}
	for _, name := range names {
		known[name] = true
	}
	sameOrigin := http.NewCrossOriginProtection().Handler(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if _, err := netip.ParseAddr(trimBrackets(host)); err != nil && !known[host] {
			refuse(w, http.StatusForbidden, "this address is not known here: use the one that was printed at the start")
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		sameOrigin.ServeHTTP(w, r)
	})
}

func trimBrackets(host string) string {
	if len(host) > 1 && host[0] == '[' && host[len(host)-1] == ']' {
		return host[1 : len(host)-1]
	}
	return host
}
