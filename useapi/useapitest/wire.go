package useapitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// event is one event of a stream, with its members in the documented order.
type event struct {
	Event   string   `json:"event"`
	Message string   `json:"message,omitempty"`
	Error   string   `json:"error,omitempty"`
	JobID   string   `json:"jobId,omitempty"`
	Job     *wireJob `json:"job,omitempty"`
	Seq     int      `json:"seq"`
	TS      string   `json:"ts"`
}

// wireJob is a job as the API tells it. The members after Updated are those of API v2.
type wireJob struct {
	JobID        string         `json:"jobid"`
	Verb         string         `json:"verb"`
	JobType      string         `json:"jobType,omitempty"`
	Status       string         `json:"status"`
	Created      string         `json:"created"`
	Request      map[string]any `json:"request,omitempty"`
	Error        string         `json:"error,omitempty"`
	ErrorDetails string         `json:"errorDetails,omitempty"`
	Response     map[string]any `json:"response,omitempty"`
	Code         int            `json:"code,omitempty"`
	Updated      string         `json:"updated,omitempty"`

	Content     string         `json:"content,omitempty"`
	Attachments []attachment   `json:"attachments,omitempty"`
	Seed        map[string]any `json:"seed,omitempty"`
	Prompt      string         `json:"prompt,omitempty"`
	Discord     string         `json:"discord,omitempty"`
	Channel     string         `json:"channel,omitempty"`
}

// attachment is a picture as Discord tells it.
type attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	ContentType string `json:"content_type"`
	Size        int    `json:"size,omitempty"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`
	Width       int    `json:"width"`
	Height      int    `json:"height"`
}

const midjourneyBot = "936929561302675456"

// wire gives the job as it stands. The caller holds mu.
func (s *Server) wire(j *job) *wireJob {
	w := &wireJob{JobID: j.id, Verb: j.verb, JobType: j.kind, Status: j.status, Created: stamp(j.created),
		Error: j.reason, ErrorDetails: j.details, Code: j.code, Updated: stamp(j.updated)}
	if j.verb == "seed" {
		w.Request = map[string]any{"jobId": j.parent, "stream": j.stream}
	} else {
		w.Request = map[string]any{"prompt": j.options.Prompt, "stream": j.stream}
	}
	for name, value := range map[string]string{"replyUrl": j.replyURL, "replyRef": j.replyRef, "channel": j.wanted} {
		if value != "" {
			w.Request[name] = value
		}
	}
	switch j.status {
	case "progress":
		if j.percent >= 0 {
			w.Response = map[string]any{"progress_percent": j.percent}
		}
	case "completed":
		w.Response = j.message()
	case "moderated":
		w.Response = j.message()
		w.Response["content"] = ""
		w.Response["embeds"] = []any{map[string]any{"title": j.reason, "description": j.details, "type": "rich",
			"color": 16711680, "footer": map[string]any{"text": "/imagine " + j.options.Prompt}}}
	}
	return w
}

// message is the Discord message that Midjourney answered with.
func (j *job) message() map[string]any {
	person := map[string]any{"id": "111111111111111111", "username": AccountName, "global_name": "Quiet Otter",
		"discriminator": "0", "avatar": nil, "public_flags": 0}
	m := map[string]any{
		"type": 0, "content": j.content(), "attachments": j.attachments, "embeds": []any{}, "mentions": []any{person},
		"id": "1451113879341109320", "channel_id": j.channel, "channel_type": 1, "tts": false, "pinned": false, "flags": 0,
		"timestamp": j.updated.Format("2006-01-02T15:04:05.000000-07:00"), "edited_timestamp": nil,
		"author": map[string]any{"id": midjourneyBot, "username": "Midjourney Bot", "discriminator": "9282", "bot": true},
	}
	if j.attachments == nil {
		m["attachments"] = []any{}
	}
	if j.verb == "seed" {
		return m
	}
	m["buttons"] = []string{"U1", "U2", "U3", "U4", "🔄", "V1", "V2", "V3", "V4"}
	var pictures []any
	for n := range 4 {
		pictures = append(pictures, map[string]any{"id": n + 1,
			"url": fmt.Sprintf("https://cdn.midjourney.com/%s/0_%d.jpeg", j.guid(), n)})
	}
	m["imageUx"] = pictures
	m["components"] = []any{map[string]any{"type": 1, "components": []any{map[string]any{"type": 2, "style": 2, "label": "U1",
		"custom_id": "MJ::JOB::upsample::1::" + j.guid()}}}}
	return m
}

// content is the text of the message.
func (j *job) content() string {
	switch {
	case j.verb != "seed":
		return "**" + j.options.Echo + "** - <@111111111111111111> (fast)"
	case j.seedless:
		return fmt.Sprintf("**%s**\n**Job ID**: %s", j.options.Echo, j.guidOfParent())
	}
	return fmt.Sprintf("**%s**\n**Job ID**: %s\n**seed** %d", j.options.Echo, j.guidOfParent(), j.options.Seed)
}

func (j *job) guidOfParent() string { return (&job{id: j.parent}).guid() }

// v2 is a parent with its seed, as API v2 answered a repeat. The caller holds mu.
func (s *Server) v2(parent *job) *wireJob {
	w := s.wire(parent)
	w.Request, w.Response, w.JobType = nil, nil, ""
	w.Content, w.Attachments, w.Prompt = parent.content(), parent.attachments, parent.options.Prompt
	w.Discord, w.Channel = "<ABC…secured…xyz>", parent.channel
	seed := parent.seedJob
	w.Seed = map[string]any{"content": seed.content(), "attachments": seed.attachments}
	if !seed.seedless {
		w.Seed["value"] = seed.options.Seed
	}
	return w
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

// encode writes JSON as JavaScript does: < and > stay as they are.
func encode(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Sprintf(`{"error":%q}`, err.Error())
	}
	return b.String()
}
