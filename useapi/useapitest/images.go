package useapitest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Fault is what is wrong with a picture.
type Fault string

// The faults of pictures.
const (
	NoFault     Fault = ""
	Gone        Fault = "gone"         // 404, as for a link that has expired
	TooBig      Fault = "too big"      // 11 MiB, above the 10 MiB that Discord takes
	Undeclared  Fault = "undeclared"   // 11 MiB without a Content-Length
	Slow        Fault = "slow"         // begins, and then a byte now and then
	WrongType   Fault = "wrong type"   // an HTML page
	Disguised   Fault = "disguised"    // an HTML page that calls itself a PNG
	HugePixels  Fault = "huge pixels"  // a small file that unpacks to 60000 by 60000 pixels
	Foreign     Fault = "foreign"      // on ForeignHost
	Redirecting Fault = "redirecting"  // 302 to ForeignHost
	BrokenOff   Fault = "broken off"   // the connection ends in the middle
	HostError   Fault = "server error" // 500
)

const (
	bigBytes  = 11 << 20
	slowBeat  = 200 * time.Millisecond
	linkHours = 24 // a signed link works for a day
)

// picture is a file of the picture host.
type picture struct {
	job    string // whose seed answer it belongs to
	seed   uint32
	place  int
	size   int // pixels
	weight int // bytes at least
	fault  Fault
	gone   bool
}

// attach makes the picture at place (-1 for the grid) and its attachment. parent is the image job. The caller holds mu.
func (s *Server) attach(j, parent *job, place int, fault Fault) attachment {
	s.serial++
	id := strconv.FormatInt(1451113878850240602+int64(s.serial), 10)
	o := parent.options
	p := &picture{job: parent.id, seed: o.Seed, place: place, size: o.ImageSize, weight: o.ImageBytes, fault: fault}
	name := parent.fileName(parent.guid(), place)
	if place < 0 {
		name = strings.Replace(name, "_-1_", "_", 1)
	}
	a := attachment{ID: id, Filename: name, ContentType: "image/png", Size: o.ImageBytes, Width: p.size, Height: p.size}
	host := s.ImageHost()
	switch fault {
	case TooBig:
		p.weight, a.Size = bigBytes, bigBytes
	case Undeclared:
		p.weight, a.Size = bigBytes, 0
	case Foreign:
		host = s.ForeignHost()
	}
	s.pictures[id] = p
	issued := time.Now()
	query := fmt.Sprintf("?ex=%x&is=%x&hm=%s&", issued.Add(linkHours*time.Hour).Unix(), issued.Unix(), s.sign(id, issued.Unix()))
	a.URL = "http://" + host + "/attachments/" + j.channel + "/" + id + "/" + url.PathEscape(name) + query
	a.ProxyURL = a.URL
	return a
}

func (s *Server) sign(id string, issued int64) string {
	mac := hmac.New(sha256.New, s.secret)
	_, _ = fmt.Fprintf(mac, "%s %x", id, issued) // a hash takes everything
	return hex.EncodeToString(mac.Sum(nil))
}

// Expire makes the links to the pictures of job's answers so far stop working, as they do after a day.
func (s *Server) Expire(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.pictures {
		if p.job == job {
			p.gone = true
		}
	}
}

// find gives the picture a request names, if its link is good.
func (s *Server) find(r *http.Request) *picture {
	q := r.URL.Query()
	issued, err := strconv.ParseInt(q.Get("is"), 16, 64)
	id := r.PathValue("id")
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.pictures[id]
	if p == nil {
		return nil
	}
	if p.place >= 0 {
		s.downloads[p.job]++
	}
	s.tell()
	if err != nil || p.gone || !hmac.Equal([]byte(q.Get("hm")), []byte(s.sign(id, issued))) {
		return nil
	}
	return p
}

// pictureHandler serves what Discord's CDN would.
func (s *Server) pictureMux() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /attachments/{channel}/{id}/{name}", func(w http.ResponseWriter, r *http.Request) {
		p := s.find(r)
		if p == nil || p.fault == Gone {
			w.Header().Set("Content-Type", "text/plain;charset=UTF-8")
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, "This content is no longer available.")
			return
		}
		s.serve(w, r, p)
	})
	return mux
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, p *picture) {
	switch p.fault {
	case HostError:
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
		return
	case Redirecting:
		http.Redirect(w, r, "http://"+s.ForeignHost()+r.URL.RequestURI(), http.StatusFound)
		return
	case WrongType:
		s.write(w, r, HTML(http.StatusOK))
		return
	case Disguised:
		page := HTML(http.StatusOK)
		page.Type = "image/png"
		s.write(w, r, page)
		return
	}
	painted := Grid(p.seed, p.size)
	if p.place >= 0 {
		painted = Picture(p.seed, p.place, p.size)
	}
	file := weighed(painted, p.weight)
	if p.fault == HugePixels {
		file = weighed(hugePicture(60000), 0)
	}
	w.Header().Set("Content-Type", "image/png")
	if p.fault != Undeclared {
		w.Header().Set("Content-Length", strconv.Itoa(file.size()))
	}
	switch p.fault {
	case BrokenOff:
		_, _ = w.Write(file.head[:len(file.head)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case Slow:
		s.drip(w, r, file.head)
		return
	}
	_ = file.write(w) // a client that is gone is no fault of ours
}

// drip sends a byte at a time for as long as the client waits.
func (s *Server) drip(w http.ResponseWriter, r *http.Request, data []byte) {
	out := http.NewResponseController(w)
	for _, b := range data {
		if _, err := w.Write([]byte{b}); err != nil || out.Flush() != nil || !s.pause(slowBeat, r.Context().Done()) {
			return
		}
	}
}
