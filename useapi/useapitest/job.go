package useapitest

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// JobOptions describe a job whose seed can be asked for.
type JobOptions struct {
	Prompt  string // "a cat in a hat" if empty
	Echo    string // the prompt as Midjourney repeats it; Prompt with some parameters if empty
	Seed    uint32 // as it is: 0 is a seed too
	Channel string // the account's channel; DefaultChannel if empty
	Bot     string // who made it: "midjourney" if empty, or "niji"
	Status  string // of this job; "completed" if empty, "expired" for one that is older than 62 days
	Script  Script // how asking for its seed goes; the server's own script if it is the zero value

	Images     int           // pictures of the answer: 4 if 0, none if below 0
	ImageSize  int           // pixels of their sides; 512 if 0
	ImageBytes int           // weight of each, by padding; as they come if 0
	Faults     map[int]Fault // of single pictures; 1 is the first
}

// job is a job of the server: one that was added, one that finds a seed, or one that makes a grid.
type job struct {
	id, verb, kind   string
	status           string
	channel          string
	created, updated time.Time
	reason, details  string
	code             int
	options          JobOptions // of an image job; a seed job has its parent's
	scripts          []Script
	seedJob          *job // the one that found, or looks for, the seed
	parent           string
	wanted           string // the channel that was asked for
	replyURL         string
	replyRef         string
	stream           bool
	percent          int // below 0 for none
	attachments      []attachment
	events           []string // JSON, in order
	seq              int
	ended            bool          // no event follows
	halt             chan struct{} // closed to stop its run
	halted           bool
	seedless         bool
	sent             int // bytes of its last stream
}

// AddImageJob adds an image job and gives its id.
func (s *Server) AddImageJob(o JobOptions) string { return s.add(o, "imagine", "image", "i") }

// AddVideoJob adds a finished video job, which has no seed, and gives its id.
func (s *Server) AddVideoJob(o JobOptions) string { return s.add(o, "imagine", "video", "v") }

// AddRunningJob adds an image job that has not finished and gives its id.
func (s *Server) AddRunningJob(o JobOptions) string {
	o.Status = "progress"
	return s.AddImageJob(o)
}

// SetStatus changes the status of a job that was added: a running one may complete, a completed one expire.
func (s *Server) SetStatus(id, status string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.jobs[id]; j != nil {
		j.status = status
		s.tell()
	}
}

func (s *Server) add(o JobOptions, verb, kind, letter string) string {
	o.Prompt = either(o.Prompt, "a cat in a hat")
	o.Echo = either(o.Echo, o.Prompt+" --v 7.0 --s 250")
	o.Channel = either(o.Channel, DefaultChannel)
	o.Status = either(o.Status, "completed")
	if o.Images == 0 {
		o.Images = 4
	}
	if o.ImageSize <= 0 {
		o.ImageSize = 512
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now().UTC().Add(-time.Hour).Truncate(time.Millisecond)
	j := &job{id: s.newID(now, letter, o.Channel, o.Bot), verb: verb, kind: kind, status: o.Status, channel: o.Channel,
		created: now, updated: now.Add(32 * time.Second), options: o, code: 200, percent: -1}
	if !o.Script.zero() {
		j.scripts = []Script{o.Script}
	}
	if s.accounts[o.Channel] == nil {
		s.accounts[o.Channel] = &account{}
	}
	if j.status == "completed" {
		j.attachments = []attachment{s.attach(j, j, -1, NoFault)}
	}
	s.jobs[j.id] = j
	return j.id
}

// zero tells a script that was not given. The documented stream is the zero value, so nothing is lost when a server's
// own script takes its place.
func (s Script) zero() bool {
	return s.Refuse == nil && s.Lost == 0 && s.Delay == 0 && !s.JSON && s.Steps == nil && s.Pause == 0 && s.End == 0 &&
		s.Reason == "" && s.Details == "" && s.Code == 0 && s.Cut == nil && !s.Stuck && s.Framing == Framing{}
}

// newID makes an id as the service does: the moment to the millisecond, six digits, a letter for the type. The digits
// count up here, so that no two are alike. The caller holds mu.
func (s *Server) newID(at time.Time, letter, channel, bot string) string {
	s.serial++
	user, _, _ := strings.Cut(strings.TrimPrefix(s.token, "user:"), "-")
	if strings.Trim(user, "0123456789") != "" || user == "" {
		user = "12345"
	}
	return fmt.Sprintf("j%s%03d%06d%s-u%s-c%s-bot:%s", at.Format("0102150405"), at.Nanosecond()/int(time.Millisecond),
		s.serial%1_000_000, letter, user, channel, either(bot, "midjourney"))
}

// guid is the job's own id at Midjourney.
func (j *job) guid() string {
	h := fmt.Sprintf("%x", sha256.Sum256([]byte(j.id)))
	return h[:8] + "-" + h[8:12] + "-4" + h[12:15] + "-8" + h[15:18] + "-" + h[18:30]
}

// fileName is what Midjourney calls a picture: account, words of the prompt, place, GUID.
func (j *job) fileName(guid string, place int) string {
	words := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, j.options.Prompt)
	words = strings.Join(strings.FieldsFunc(words, func(r rune) bool { return r == '_' }), "_")
	words = strings.Trim(words[:min(len(words), 63)], "_")
	return fmt.Sprintf("%s_%s_%d_%s.png", AccountName, words, place, guid)
}

func (j *job) running() bool {
	return !j.ended && (j.status == "created" || j.status == "started" || j.status == "progress")
}
