package discordtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// sign makes the CDN link of an attachment: ex is when it ends, is when it was
// made, both in seconds as hex, hm proves both. The caller holds s.mu.
func (s *Server) sign(channel string, a Attachment) string {
	return s.signPath(attachmentPath(channel, a))
}

func attachmentPath(channel string, a Attachment) string {
	folder := "/attachments/"
	if a.Ephemeral {
		folder = "/ephemeral-attachments/"
	}
	return folder + channel + "/" + a.ID + "/" + url.PathEscape(a.Filename)
}

func (s *Server) signPath(path string) string {
	made := s.now().Unix()
	ends := made + int64(s.cfg.linkLife/time.Second)
	ex, is := strconv.FormatInt(ends, 16), strconv.FormatInt(made, 16)
	return s.URL() + path + "?ex=" + ex + "&is=" + is + "&hm=" + s.proof(path, ex, is) + "&"
}

func (s *Server) proof(path, ex, is string) string {
	mac := hmac.New(sha256.New, s.key)
	_, _ = mac.Write([]byte(path + "\n" + ex + "\n" + is)) // a hash takes everything
	return hex.EncodeToString(mac.Sum(nil))
}

// serveFile is the CDN: the bytes of a live attachment for a link that is signed
// and not over, 404 for everything else, as Discord's answers since links expire.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	ends, err := strconv.ParseInt(q.Get("ex"), 16, 64)
	valid := err == nil && hmac.Equal([]byte(q.Get("hm")), []byte(s.proof(r.URL.EscapedPath(), q.Get("ex"), q.Get("is"))))
	s.mu.Lock()
	a, ok := s.attachmentAt(r.URL.Path)
	ok = ok && valid && s.now().Unix() < ends
	s.mu.Unlock()
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if !ok {
		w.Header().Set("Content-Type", "text/plain;charset=UTF-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte("This content is no longer available."))
		return
	}
	w.Header().Set("Content-Type", a.ContentType)
	w.Header().Set("Cache-Control", "private, max-age=86400")
	http.ServeFile(w, r, a.Path)
}

// attachmentAt finds the attachment of a CDN path among the messages that still
// have it. The caller holds s.mu.
func (s *Server) attachmentAt(path string) (Attachment, bool) {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(parts) != 4 {
		return Attachment{}, false
	}
	if a, ok := s.loose[parts[2]]; ok && parts[0] == "ephemeral-attachments" && a.Filename == parts[3] {
		return a, true
	}
	c := s.channels[parts[1]]
	if c == nil {
		return Attachment{}, false
	}
	for _, m := range c.messages {
		for _, a := range m.Attachments {
			if a.ID == parts[2] && a.Filename == parts[3] {
				return a, true
			}
		}
	}
	return Attachment{}, false
}

// refreshURLs answers POST /attachments/refresh-urls: new links for old ones. It
// is in use by many clients but in no document.
func refreshURLs(c *call) (any, *apiError) {
	given := list(c.body, "attachment_urls")
	var f form
	f.count("attachment_urls", len(given), 1, 50)
	if bad := f.err(); bad != nil {
		return nil, bad
	}
	out := []obj{}
	for i, v := range given {
		text, _ := v.(string)
		u, err := url.Parse(text)
		if err != nil || u.Host != c.s.host {
			f.add(join("attachment_urls", i), "ATTACHMENT_URL_INVALID", "Not an attachment URL.")
			continue
		}
		var refreshed any
		if a, ok := c.s.attachmentAt(u.Path); ok {
			refreshed = c.s.signPath(attachmentPath(strings.Split(u.Path, "/")[2], a))
		}
		out = append(out, obj{"original": text, "refreshed": refreshed})
	}
	return obj{"refreshed_urls": out}, f.err()
}
