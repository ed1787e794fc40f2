package useapi

import (
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// Statuses of a job. Cancelled is not documented for v3, where a cancelled job is failed, but clients have met it.
const (
	StatusCreated   = "created"
	StatusStarted   = "started"
	StatusProgress  = "progress"
	StatusCompleted = "completed"
	StatusFailed    = "failed"
	StatusModerated = "moderated"
	StatusCancelled = "cancelled"
)

// Job is a job as the service tells it, in an answer, an event, or a webhook call: decode those with json.Unmarshal.
// Decoding forgives: what is absent, null or of a wrong type is left out, and Raw has all of it. Encoding gives Raw.
//
// Source: https://useapi.net/docs/api-midjourney-v3/get-midjourney-jobs-jobid
type Job struct {
	ID           string
	Verb         string // imagine, button, blend, describe, seed, …
	Type         string // image or video; empty for commands such as seed
	Status       string // lower case; see Final
	Created      time.Time
	Updated      time.Time // zero if the job has not changed since
	Error        string
	ErrorDetails string
	Code         int // the job's own result code, such as 200 or 422; not the HTTP status
	Request      Request
	Response     *Response // nil until Midjourney has said something
	Raw          json.RawMessage
}

// Request is what the job was asked to do, as echoed by the service.
type Request struct {
	JobID    string // the parent
	Prompt   string
	Button   string
	Channel  string
	ReplyURL string
	ReplyRef string // found in request, response, or on top
	Stream   bool
}

// Response is what Midjourney answered: mostly a Discord message.
type Response struct {
	Content   string
	Images    []Picture // attachments in the order given; Job.Images sorts them
	Buttons   []string
	MessageID string
	ChannelID string
	Title     string // of the first embed; Midjourney's own words when it refuses
	Details   string // the same embed's description

	progress *int
	seed     *uint32
	answer   string    // content of the seed answer, where it is told apart from the job's own (v2)
	answered []Picture // its attachments
}

// UnmarshalJSON reads a job; only JSON that is no object is an error.
func (j *Job) UnmarshalJSON(raw []byte) error {
	o := asObject(raw)
	if o == nil {
		return errors.New("a job must be a JSON object")
	}
	request, response := o.object("request"), o.object("response")
	*j = Job{
		ID:           o.text("jobid", "jobId"),
		Verb:         o.text("verb"),
		Type:         o.text("jobType", "type"),
		Status:       strings.ToLower(strings.TrimSpace(o.text("status"))),
		Created:      o.time("created"),
		Updated:      o.time("updated"),
		Error:        o.reason("error"),
		ErrorDetails: o.reason("errorDetails"),
		Code:         int(o.integer("code")),
		Raw:          append(json.RawMessage(nil), raw...),
		Request: Request{
			JobID:    either(request.text("jobId", "jobid"), o.text("parentJobId")),
			Prompt:   either(request.text("prompt"), o.text("prompt")),
			Button:   either(request.text("button"), o.text("button")),
			Channel:  either(request.text("channel"), o.text("channel")),
			ReplyURL: either(request.text("replyUrl"), o.text("replyUrl")),
			ReplyRef: either(request.text("replyRef"), response.text("replyRef"), o.text("replyRef")),
			Stream:   string(request.get("stream")) == "true",
		},
	}
	if response == nil && o.get("content", "attachments", "seed", "buttons") != nil {
		response = o // v2 has no response: everything stands on top
	}
	if response != nil {
		j.Response = decodeResponse(response, o)
	}
	return nil
}

func decodeResponse(r, top object) *Response {
	d := &Response{
		Content:   r.text("content"),
		Images:    decodeImages(r.list("attachments")),
		Buttons:   r.texts("buttons"),
		MessageID: r.text("id", "messageId"),
		ChannelID: r.text("channel_id"),
	}
	if embeds := r.list("embeds"); len(embeds) > 0 {
		d.Title, d.Details = embeds[0].text("title"), embeds[0].text("description")
	}
	if f, ok := r.number("progress_percent"); ok {
		percent := int(min(max(f, 0), 100))
		d.progress = &percent
	}
	for _, raw := range []json.RawMessage{r.get("seed"), top.get("seed")} {
		o := asObject(raw)
		if o == nil {
			o = object{"value": raw}
		}
		if n, ok := seedNumber(o.text("value")); ok && d.seed == nil {
			d.seed = &n
		}
		if d.answer == "" {
			d.answer = o.text("content")
		}
		if d.answered == nil {
			d.answered = decodeImages(o.list("attachments"))
		}
	}
	return d
}

func either(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// MarshalJSON gives Raw, so that a stored job reads back as it was; a job made by hand is written in the API's form.
func (j Job) MarshalJSON() ([]byte, error) {
	if len(j.Raw) > 0 {
		return j.Raw, nil
	}
	o := map[string]any{"jobid": j.ID, "verb": j.Verb, "status": j.Status}
	put := func(in map[string]any, name, value string) {
		if value != "" {
			in[name] = value
		}
	}
	put(o, "jobType", j.Type)
	put(o, "error", j.Error)
	put(o, "errorDetails", j.ErrorDetails)
	for name, t := range map[string]time.Time{"created": j.Created, "updated": j.Updated} {
		if !t.IsZero() {
			o[name] = t
		}
	}
	if j.Code != 0 {
		o["code"] = j.Code
	}
	request := map[string]any{"stream": j.Request.Stream}
	put(request, "jobId", j.Request.JobID)
	put(request, "prompt", j.Request.Prompt)
	put(request, "button", j.Request.Button)
	put(request, "channel", j.Request.Channel)
	put(request, "replyUrl", j.Request.ReplyURL)
	put(request, "replyRef", j.Request.ReplyRef)
	o["request"] = request
	if r := j.Response; r != nil {
		o["response"] = map[string]any{"content": r.Content, "attachments": encodeImages(r.Images), "buttons": r.Buttons,
			"id": r.MessageID, "channel_id": r.ChannelID, "embeds": []any{map[string]any{"title": r.Title, "description": r.Details}}}
	}
	return json.Marshal(o)
}

// Final tells that the job has ended, well or not.
func (j *Job) Final() bool {
	switch j.Status {
	case StatusCompleted, StatusFailed, StatusModerated, StatusCancelled, "canceled":
		return true
	}
	return false
}

// Completed tells that the job has ended well.
func (j *Job) Completed() bool { return j.Status == StatusCompleted }

// Progress gives how far the job is, 0 to 100, if the service told. A seed job often goes without.
func (j *Job) Progress() (percent int, known bool) {
	if j.Response == nil || j.Response.progress == nil {
		return 0, false
	}
	return *j.Response.progress, true
}

// Prompt is the prompt as it was sent to the service; a seed job has none, its parent does.
func (j *Job) Prompt() string { return j.Request.Prompt }

// ParentID is the id of the job this one was asked about.
func (j *Job) ParentID() string { return j.Request.JobID }

// Reason says on one line, at most 500 characters, why the job ended badly; empty if the service gave no reason.
func (j *Job) Reason() string {
	what, why := j.Error, j.ErrorDetails
	if r := j.Response; r != nil && what == "" && why == "" && j.Status != StatusCompleted {
		what, why = r.Title, r.Details
	}
	what, why = line(what), line(why)
	switch {
	case what == "" || what == why:
		what = why
	case why != "":
		what = strings.TrimRight(what, ".:") + ": " + why
	}
	return cut(maskShape(what), maxMessage)
}
