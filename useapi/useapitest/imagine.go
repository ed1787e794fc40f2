package useapitest

import (
	"encoding/json"
	"hash/fnv"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// imagineBody is the body of a request for a new grid. Each one makes a job: nothing is made once only.
type imagineBody struct {
	Prompt  string `json:"prompt"`
	Channel string `json:"channel"`
	delivery
}

// The texts of these refusals are not documented.
func (b imagineBody) check() string {
	switch {
	case strings.TrimSpace(b.Prompt) == "":
		return "prompt is required"
	case utf8.RuneCountInString(b.Prompt) > 5000:
		return "prompt must not exceed 5000 characters"
	}
	return b.delivery.check()
}

func (s *Server) postImagine(w http.ResponseWriter, r *http.Request) {
	var body imagineBody
	if s.readBody(w, r, &body) {
		answer, script := s.admitImagine(body)
		s.respond(w, r, answer, script)
	}
}

// admitImagine decides on a request for a grid, and starts its job.
func (s *Server) admitImagine(body imagineBody) (admitted, Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	script := s.scriptFor(nil)
	say := func(r Reply) (admitted, Script) { return admitted{reply: &r}, script }
	channel, known := s.roomiest(body.Channel)
	switch {
	case script.Refuse != nil:
		return say(*script.Refuse)
	case script.Lost == LostUnseen:
		return admitted{}, script
	case !known:
		return say(refusal(http.StatusBadRequest, "Channel "+body.Channel+" is not configured"))
	}
	if refusal := s.full(channel); refusal != nil {
		return say(*refusal)
	}
	return s.begun(s.startImagine(channel, body, script), body.streams(), script), script
}

// roomiest is the account that takes a job: the one that is named, else one that works and has the least to do. The
// caller holds mu.
func (s *Server) roomiest(named string) (channel string, known bool) {
	if named != "" {
		return named, s.accounts[named] != nil
	}
	broken := s.broken()
	for _, c := range slices.Sorted(maps.Keys(s.accounts)) {
		works := !slices.Contains(broken, c)
		if channel == "" || works && (slices.Contains(broken, channel) || len(s.running(c)) < len(s.running(channel))) {
			channel = c
		}
	}
	return channel, true
}

// startImagine makes the job of a grid and lets it run. The caller holds mu.
func (s *Server) startImagine(channel string, body imagineBody, script Script) *job {
	now := time.Now().UTC().Truncate(time.Millisecond)
	echo := body.Prompt
	if !stylizeFlag.MatchString(echo) {
		echo += " --s 250"
	}
	o := JobOptions{Prompt: body.Prompt, Echo: echo, Seed: seedIn(body.Prompt), Channel: channel, Images: 4, ImageSize: 512}
	j := &job{id: s.newID(now, "i", channel, ""), verb: "imagine", kind: "image", status: "created", channel: channel, created: now,
		options: o, wanted: body.Channel, replyURL: body.ReplyURL, replyRef: body.ReplyRef, stream: body.streams(),
		percent: -1, seq: -1, halt: make(chan struct{})}
	s.launch(j, script)
	return j
}

// stylizeFlag finds what an account's own setting would add; a prompt that says it is echoed as it is.
var stylizeFlag = regexp.MustCompile(`--(?:s|stylize)\s`)

var seedFlag = regexp.MustCompile(`--seed\s+(\d{1,10})`)

// seedIn is the seed that a prompt names, or one that its words give.
func seedIn(prompt string) uint32 {
	if m := seedFlag.FindStringSubmatch(prompt); m != nil {
		if n, err := strconv.ParseUint(m[1], 10, 32); err == nil {
			return uint32(n)
		}
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(prompt)) // a hash takes everything
	return h.Sum32()
}

// Imagines counts the requests for a grid with this prompt; all with an empty one.
func (s *Server) Imagines(prompt string) int {
	return s.count(func(r Request) bool {
		var body imagineBody
		return r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/jobs/imagine") &&
			json.Unmarshal([]byte(r.Body), &body) == nil && (prompt == "" || body.Prompt == prompt)
	})
}

// Made gives the ids of the jobs that were begun by requests for a grid with this prompt, oldest first; all with an
// empty one.
func (s *Server) Made(prompt string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var made []string
	for id, j := range s.jobs {
		if j.verb == "imagine" && j.halt != nil && (prompt == "" || j.options.Prompt == prompt) {
			made = append(made, id)
		}
	}
	slices.Sort(made) // an id begins with its time and counts up
	return made
}
