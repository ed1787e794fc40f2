package demo

import (
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"seedbank/discordtest"
	"seedbank/discordtest/play"
)

// The page is built from page/src: see page/README.md. What is built is committed, so that Go alone is enough.
//
//go:generate npm --prefix page ci --no-audit --no-fund --silent
//go:generate npm --prefix page run --silent build

//go:embed page/dist
var built embed.FS

// pages is all that is served: the page, its Discord, and the stage.
func (p *playground) pages(s *stage) http.Handler {
	files, err := fs.Sub(built, "page/dist")
	if err != nil {
		panic("demo: the page is not embedded: " + err.Error()) // a name that is no path; it is a constant
	}
	mux := http.NewServeMux()
	mux.Handle("/", page(http.FileServerFS(files)))
	bridge := play.New(p.discord)
	mux.Handle("/play/", bridge)
	mux.Handle("/attachments/", bridge)
	mux.Handle("/ephemeral-attachments/", bridge)
	mux.HandleFunc("GET /stage", p.describe)
	mux.HandleFunc("GET /stage/requests", s.requests)
	mux.HandleFunc("POST /stage/{scene}", s.act)
	return mux
}

// page allows a page its own parts and nothing from elsewhere.
func page(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "+
			"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		w.Header().Set("Cache-Control", "no-cache")
		h.ServeHTTP(w, r)
	})
}

// describe tells the page what is not Discord's: who is who, what to try, and which scenes there are.
func (p *playground) describe(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{
		"cast":    p.cast(),
		"as":      p.asker.ID,
		"open":    p.art.ID,
		"scenes":  scenes(),
		"service": "useapi.net",
		"tries": []string{
			"Right-click the newest picture (or press and hold it), then **Apps → Get seed**.",
			"Type `/` in the message field and choose **/seed**.",
			"Press the buttons of a card. Ask for the same picture as somebody else (at the bottom left).",
			"As **Moderator**, write **/seedbot settings** and let everyone make pictures: **Run it** makes them, here for nothing.",
			"Choose below what happens next, and watch what becomes of the answer.",
		},
	})
}

// act lets a scene happen in the channel, and for the person, that the form names.
func (s *stage) act(w http.ResponseWriter, r *http.Request) {
	var form struct {
		Channel string `json:"channel"`
		As      string `json:"as"`
	}
	const maxForm = 1 << 10
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxForm)).Decode(&form); err != nil {
		answer(w, http.StatusBadRequest, failure(err))
		return
	}
	owner := s.world.discord.User(form.As)
	if owner == nil {
		answer(w, http.StatusBadRequest, failure(errors.New("there is nobody of this id")))
		return
	}
	m, err := s.play(r.Context(), r.PathValue("scene"), s.world.discord.Channel(form.Channel), owner)
	if err != nil {
		answer(w, http.StatusConflict, failure(err))
		return
	}
	answer(w, http.StatusOK, map[string]*discordtest.Message{"message": m})
}

// requests tells what the bot asked the service between two moments, in milliseconds since 1970. No token is among it.
func (s *stage) requests(w http.ResponseWriter, r *http.Request) {
	from, errFrom := strconv.ParseInt(r.FormValue("from"), 10, 64)
	to, errTo := strconv.ParseInt(r.FormValue("to"), 10, 64)
	if err := errors.Join(errFrom, errTo); err != nil {
		answer(w, http.StatusBadRequest, failure(err))
		return
	}
	type request struct {
		At     time.Time `json:"at"`
		Method string    `json:"method"`
		Path   string    `json:"path"`
		Body   string    `json:"body"`
	}
	all := []request{}
	for _, made := range s.world.useapi.Requests() {
		if at := made.At.UnixMilli(); at >= from && at <= to {
			all = append(all, request{made.At, made.Method, made.Path, made.Body})
		}
	}
	answer(w, http.StatusOK, all)
}

func failure(err error) map[string]string { return map[string]string{"error": err.Error()} }

func answer(w http.ResponseWriter, status int, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "the answer cannot be encoded", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // a page that is gone misses it
}
