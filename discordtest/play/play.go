// Package play lets a web page use a local Discord: it serves what happens in a [discordtest.Server] over a WebSocket,
// and does over HTTP what a user would do in Discord's client.
//
// It speaks Discord's objects, as discordtest encodes them, and knows nothing of any bot nor of the page. The visitor
// of the page may act as every member; tokens and secrets are not sent. Only pages of the same origin can use it.
package play

import (
	"encoding/json"
	"net/http"
	"net/http/httputil"
	"net/url"

	"seedbank/discordtest"
)

// Bridge is the HTTP side of a discordtest server:
//
//	GET  /play/feed               WebSocket: a hello with the whole state, then every change
//	POST /play/{act}              what a user does, see acts
//	GET  /attachments/...         files, as the CDN of the server has them
//	GET  /ephemeral-attachments/  likewise
//
// It is safe for concurrent use. Its WebSockets end when the server closes.
type Bridge struct {
	s   *discordtest.Server
	mux *http.ServeMux
}

// New makes the bridge to a server. Wrap it, and whatever stands beside it, in Guard.
func New(s *discordtest.Server) *Bridge {
	b := &Bridge{s: s, mux: http.NewServeMux()}
	b.mux.HandleFunc("GET /play/feed", b.feed)
	for name, do := range acts() {
		b.mux.HandleFunc("POST /play/"+name, func(w http.ResponseWriter, r *http.Request) { b.act(w, r, do) })
	}
	files := b.files()
	b.mux.Handle("GET /attachments/", files)
	b.mux.Handle("GET /ephemeral-attachments/", files)
	return b
}

// ServeHTTP answers one request.
func (b *Bridge) ServeHTTP(w http.ResponseWriter, r *http.Request) { b.mux.ServeHTTP(w, r) }

// files hands the CDN's files through, so that the page needs one origin only. A file can be anything that a user
// uploaded, so it is kept from running as a page of this origin.
func (b *Bridge) files() http.Handler {
	to := &url.URL{Scheme: "http", Host: b.s.CDNHost()}
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) },
		ModifyResponse: func(r *http.Response) error {
			r.Header.Del("Access-Control-Allow-Origin")
			r.Header.Set("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'")
			r.Header.Set("X-Content-Type-Options", "nosniff")
			return nil
		},
	}
}

// write answers with JSON.
func write(w http.ResponseWriter, status int, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "the answer cannot be encoded", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // a page that is gone misses it
}

// refuse answers with what was wrong with a request.
func refuse(w http.ResponseWriter, status int, why string) {
	write(w, status, map[string]string{"error": why})
}
