package useapitest

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"
)

const maxBody = 1 << 20

// Handler serves the API and the pictures, for those who bring their own listener. Links in answers keep pointing to
// ImageHost.
func (s *Server) Handler() http.Handler {
	api := http.NewServeMux()
	api.HandleFunc("POST /v3/midjourney/jobs/seed", s.postSeed)
	api.HandleFunc("POST /v3/midjourney/jobs/imagine", s.postImagine)
	api.HandleFunc("GET /v3/midjourney/jobs", s.getJobs)
	api.HandleFunc("GET /v3/midjourney/jobs/{id}", s.getJob)
	api.HandleFunc("DELETE /v3/midjourney/jobs/{id}", s.deleteJob)
	api.HandleFunc("GET /v3/midjourney/accounts", s.getAccounts)
	api.HandleFunc("POST /v3/midjourney/accounts/reset/{channel}", s.resetAccount)
	api.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.write(w, r, refusal(http.StatusNotFound, "Not found"))
	})
	all := http.NewServeMux()
	all.Handle("/attachments/", s.pictureMux())
	all.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		trapped := s.record(r)
		switch {
		case trapped != nil:
			s.write(w, r, *trapped)
		case r.Header.Get("Authorization") != "Bearer "+s.token:
			s.write(w, r, Refuse(http.StatusUnauthorized))
		default:
			api.ServeHTTP(w, r)
		}
	})
	return s.counted(all)
}

// seedBody is the body of a request for a seed.
type seedBody struct {
	JobID string `json:"jobId"`
	delivery
}

// delivery is what every request for a job says of how its states are told.
type delivery struct {
	Stream   *bool  `json:"stream"` // true unless said otherwise
	ReplyURL string `json:"replyUrl"`
	ReplyRef string `json:"replyRef"`
}

func (d delivery) streams() bool { return d.Stream == nil || *d.Stream }

// The texts of these refusals are not documented.
func (d delivery) check() string {
	switch {
	case len(d.ReplyURL) > 1024:
		return "replyUrl must not exceed 1024 characters"
	case len(d.ReplyRef) > 1024:
		return "replyRef must not exceed 1024 characters"
	}
	return ""
}

var v3ID = regexp.MustCompile(`^j\d{19}[a-z]?-u\d+-c\d{17,20}-bot:(?:midjourney|niji)$`)

// The texts of these refusals are not documented.
func (b seedBody) check() string {
	switch {
	case b.JobID == "":
		return "jobId is required"
	case !v3ID.MatchString(b.JobID):
		return "jobId must be a valid v3 job ID format"
	}
	return b.delivery.check()
}

func (s *Server) postSeed(w http.ResponseWriter, r *http.Request) {
	var body seedBody
	if s.readBody(w, r, &body) {
		answer, script := s.admit(body)
		s.respond(w, r, answer, script)
	}
}

// readBody reads the body of a POST; false if it was answered already.
func (s *Server) readBody(w http.ResponseWriter, r *http.Request, body interface{ check() string }) bool {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	problem := ""
	switch {
	case media != "application/json":
		problem = "Content-Type must be application/json"
	case json.NewDecoder(io.LimitReader(r.Body, maxBody)).Decode(body) != nil:
		problem = "Request body is not valid JSON"
	default:
		problem = body.check()
	}
	if problem != "" {
		s.write(w, r, refusal(http.StatusBadRequest, problem))
	}
	return problem == ""
}

// respond answers a POST as was decided.
func (s *Server) respond(w http.ResponseWriter, r *http.Request, answer admitted, script Script) {
	s.pause(script.Delay, r.Context().Done())
	if script.Lost != NotLost {
		panic(http.ErrAbortHandler)
	}
	switch {
	case answer.reply != nil:
		s.write(w, r, *answer.reply)
	default:
		s.stream(w, r, answer.job, answer.from, script)
	}
}

// admitted is what a request for a seed gets: words, or a job's events.
type admitted struct {
	reply *Reply
	job   *job
	from  int // the first event of the stream
}

// admit decides on a request for a seed, and starts its job.
func (s *Server) admit(body seedBody) (admitted, Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	parent := s.jobs[body.JobID]
	script := s.scriptFor(parent)
	say := func(r Reply) (admitted, Script) { return admitted{reply: &r}, script }
	switch {
	case script.Refuse != nil:
		return say(*script.Refuse)
	case script.Lost == LostUnseen:
		return admitted{}, script
	case parent == nil:
		return say(Refuse(http.StatusNotFound))
	case parent.status == "expired":
		return say(Refuse(http.StatusGone))
	case parent.status != "completed":
		return say(refusal(http.StatusBadRequest,
			fmt.Sprintf(`Parent job status is %q, must be "completed" to get seed`, parent.status)))
	case parent.kind != "image":
		return say(refusal(http.StatusBadRequest, "Parent job must be an image job to get seed"))
	}
	if j := parent.seedJob; j != nil && (j.running() || j.status == "completed") {
		return s.again(parent, body, script)
	}
	if refusal := s.full(parent.channel); refusal != nil {
		return say(*refusal)
	}
	return s.begun(s.start(parent, body, script), body.streams(), script), script
}

// full refuses new work when there is no room for it. The caller holds mu.
func (s *Server) full(channel string) *Reply {
	var r Reply
	switch {
	case len(s.broken()) == len(s.accounts):
		r = refusal(596, fmt.Sprintf("All configured Midjourney channels (%d) have errors (pending moderation, CAPTCHA, etc.). "+
			"Please resolve channel issues before making new requests.", len(s.accounts)))
	case len(s.running(channel)) >= s.maxJobs:
		r = Refuse(http.StatusTooManyRequests)
	default:
		return nil
	}
	return &r
}

// begun is the answer to a request that has begun a job. The caller holds mu.
func (s *Server) begun(j *job, streams bool, script Script) admitted {
	if streams && !script.JSON {
		return admitted{job: j}
	}
	created := *s.wire(j)
	created.Code, created.Updated = 0, ""
	return admitted{reply: &Reply{Status: http.StatusCreated, Body: encode(created)}}
}

// again answers a request for a seed that runs or is there. The caller holds mu.
func (s *Server) again(parent *job, body seedBody, script Script) (admitted, Script) {
	j := parent.seedJob
	say := func(status int, v any) (admitted, Script) {
		return admitted{reply: &Reply{Status: status, Body: encode(v)}}, script
	}
	switch {
	case !body.streams():
		return say(http.StatusOK, s.wire(j))
	case j.running():
		return admitted{job: j}, script
	}
	switch s.repeat {
	case RepeatStream:
		return admitted{job: j, from: len(j.events) - 1}, script
	case RepeatV2:
		return say(http.StatusOK, s.v2(parent))
	case RepeatConflict:
		return say(http.StatusConflict, map[string]any{"error": "Job was executed already", "jobid": j.id, "code": 409})
	}
	return say(http.StatusOK, s.wire(j))
}

func (s *Server) getJob(w http.ResponseWriter, r *http.Request) {
	s.write(w, r, s.told(r.PathValue("id")))
}

func (s *Server) told(id string) Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	j := s.jobs[id]
	switch {
	case j == nil:
		return refusal(http.StatusNotFound, "Job not found")
	case j.status == "expired":
		return refusal(http.StatusGone, "Job "+id[:5]+"... has expired")
	}
	return Reply{Status: http.StatusOK, Body: encode(s.wire(j))}
}

func (s *Server) deleteJob(w http.ResponseWriter, r *http.Request) {
	s.write(w, r, s.cancel(r.PathValue("id")))
}

func (s *Server) cancel(id string) Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	j := s.jobs[id]
	switch {
	case j == nil:
		return refusal(http.StatusNotFound, "Job not found")
	case j.status == "expired":
		return refusal(http.StatusGone, "Job "+id[:5]+"... has expired")
	case !j.running():
		return refusal(http.StatusNotFound, "Job not found") // not documented
	}
	j.status, j.reason = "failed", "Job cancelled by user"
	if j.halt != nil { // not one that was added
		s.end(j, event{Event: "midjourney_failed"})
	}
	s.tell()
	return Reply{Status: http.StatusNoContent}
}

func (s *Server) getJobs(w http.ResponseWriter, r *http.Request) { s.write(w, r, s.list()) }

func (s *Server) list() Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	total, channels := 0, map[string]any{}
	for channel := range s.accounts {
		jobs := []any{}
		for _, j := range s.running(channel) {
			elapsed := int(time.Since(j.created).Seconds())
			jobs = append(jobs, map[string]any{"jobId": j.id, "channel": channel, "jobType": "image", "created": stamp(j.created),
				"elapsed": fmt.Sprintf("%02d:%02d", elapsed/60, elapsed%60)})
		}
		total += len(jobs)
		if len(jobs) > 0 {
			channels[channel] = map[string]any{"total": len(jobs), "images": len(jobs), "videos": 0, "jobs": jobs,
				"maxJobs": s.maxJobs, "maxImageJobs": s.maxJobs, "maxVideoJobs": 3}
		}
	}
	return Reply{Status: http.StatusOK, Body: strings.TrimSpace(encode(map[string]any{
		"total": total, "images": total, "videos": 0, "channels": channels}))}
}
