package retrieval

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"iter"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"seedbank/useapi"
)

// imageJob is the ID of an image job; the same number is the same job.
func imageJob(n int, channel string) string {
	return fmt.Sprintf("j1024181125%09di-u12345-c%s-bot:midjourney", n, channel)
}

const (
	oneChannel   = "1234567890987654321"
	otherChannel = "1234567890987654322"
)

// turn is what the fake source does with one request for a seed.
type turn func(yield func(useapi.Event, error) bool, s *fakeSource, parent string)

// fakeSource is a source in this process. Every request takes the next turn of its job; the last is repeated.
type fakeSource struct {
	pictures string // origin of the picture server

	mu      sync.Mutex
	turns   map[string][]turn
	posts   map[string]int
	gets    map[string]int
	deleted []string
	jobs    map[string]*useapi.Job // by ID of the seed job
	now     int                    // requests open at this moment
	most    int
	parted  chan struct{}     // a request was ended by who sent it, or is over
	broken  error             // what Job and Jobs answer
	looked  map[string]func() // what happens after the first look at a job
	serving func()            // what happens before a picture is given; nil for nothing
	orders  map[string][]orderTurn
	sent    []useapi.ImagineRequest
	files   map[string][]byte // of the picture server, by path
	gone    bool              // the picture server has nothing any more
}

func newFakeSource(t *testing.T) *fakeSource {
	t.Helper()
	s := &fakeSource{
		turns: map[string][]turn{}, posts: map[string]int{}, gets: map[string]int{}, jobs: map[string]*useapi.Job{},
		orders: map[string][]orderTurn{}, files: map[string][]byte{}, looked: map[string]func(){}, parted: make(chan struct{}, 1),
	}
	server := httptest.NewServer(http.HandlerFunc(s.servePicture))
	t.Cleanup(server.Close)
	s.pictures = server.URL
	return s
}

// servePicture gives the file that a test has put there, or a small grey one.
func (s *fakeSource) servePicture(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	file, ours := s.files[r.URL.Path]
	gone, serving := s.gone, s.serving
	s.mu.Unlock()
	if serving != nil {
		serving()
	}
	switch {
	case gone:
		http.NotFound(w, r)
	case ours:
		_, _ = w.Write(file)
	default:
		w.Header().Set("Content-Type", "image/png")
		_ = png.Encode(w, image.NewGray(image.Rect(0, 0, 4, 3)))
	}
}

// hang puts a file on the picture server and gives its address.
func (s *fakeSource) hang(path string, file []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path] = file
	return s.pictures + path
}

func (s *fakeSource) script(job string, turns ...turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turns[job] = turns
}

func (s *fakeSource) Seed(ctx context.Context, r useapi.SeedRequest) iter.Seq2[useapi.Event, error] {
	return func(yield func(useapi.Event, error) bool) {
		context.AfterFunc(ctx, func() {
			select {
			case s.parted <- struct{}{}:
			default:
			}
		})
		s.mu.Lock()
		s.posts[r.JobID]++
		s.now++
		s.most = max(s.most, s.now)
		take := answers(42)
		if left := s.turns[r.JobID]; len(left) > 0 {
			take = left[0]
			if len(left) > 1 {
				s.turns[r.JobID] = left[1:]
			}
		}
		s.mu.Unlock()
		defer func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.now--
		}()
		take(yield, s, r.JobID)
	}
}

func (s *fakeSource) Job(_ context.Context, id string) (*useapi.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gets[id]++
	if end := s.looked[id]; end != nil {
		delete(s.looked, id)
		time.AfterFunc(20*time.Millisecond, end)
	}
	if s.broken != nil {
		return nil, s.broken
	}
	if j := s.jobs[id]; j != nil {
		return j, nil
	}
	return nil, &useapi.Error{Status: http.StatusNotFound, Message: "Job not found"}
}

func (s *fakeSource) Jobs(context.Context) (*useapi.Running, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return nil, s.broken
	}
	r := &useapi.Running{Channels: map[string]useapi.Channel{}}
	for id, j := range s.jobs {
		if j.Final() {
			continue
		}
		c := r.Channels[ChannelOfJob(id)]
		c.Jobs = append(c.Jobs, useapi.RunningJob{JobID: id})
		r.Channels[ChannelOfJob(id)] = c
	}
	return r, nil
}

func (s *fakeSource) CancelJob(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deleted = append(s.deleted, id)
	return nil
}

func (s *fakeSource) postsOf(job string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.posts[job]
}

// seedJob is the ID of the job that fetches the seed of a parent.
func seedJob(parent string) string {
	return "j1124" + parent[5:20] + "-u12345-c" + ChannelOfJob(parent) + "-bot:midjourney"
}

// put makes the source's state of the seed job of a parent.
func (s *fakeSource) put(parent, status string, more map[string]any) *useapi.Job {
	fields := map[string]any{
		"jobid": seedJob(parent), "verb": "seed", "status": status, "created": "2025-10-24T18:13:34.913Z",
		"request": map[string]any{"jobId": parent},
	}
	return s.putJob(fields, more)
}

// putJob makes the source's state of a job, of these fields and more.
func (s *fakeSource) putJob(fields, more map[string]any) *useapi.Job {
	maps.Copy(fields, more)
	raw, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	j := &useapi.Job{}
	if err := json.Unmarshal(raw, j); err != nil {
		panic(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs[j.ID] = j
	return j
}

// complete ends the seed job of a parent well.
func (s *fakeSource) complete(parent string, seed uint32) *useapi.Job {
	var attachments []any
	for i := range 4 {
		attachments = append(attachments, map[string]any{"url": fmt.Sprintf("%s/a/%d/someone_cat_%d_guid.png", s.pictures, i, i), "width": 4, "height": 3})
	}
	return s.put(parent, "completed", map[string]any{"response": map[string]any{
		"content":     fmt.Sprintf("**cat in the hat --v 7.0 --ar 3:2**\n**Job ID**: 00000000-0000-4000-8000-bbd798ffcb5d\n**seed** %d", seed),
		"attachments": attachments,
	}})
}

func event(j *useapi.Job) useapi.Event { return useapi.Event{JobID: j.ID, Job: j} }

// answers names the job and ends it with a seed.
func answers(seed uint32) turn {
	return func(yield func(useapi.Event, error) bool, s *fakeSource, parent string) {
		if !yield(useapi.Event{JobID: seedJob(parent)}, nil) {
			return
		}
		yield(event(s.complete(parent, seed)), nil)
	}
}

// holds names the job and goes on when told to.
func holds(release <-chan struct{}, then turn) turn {
	return func(yield func(useapi.Event, error) bool, s *fakeSource, parent string) {
		s.put(parent, "progress", nil)
		if !yield(useapi.Event{JobID: seedJob(parent)}, nil) {
			return
		}
		<-release
		then(yield, s, parent)
	}
}

// refuses answers with an error.
func refuses(err error) turn {
	return func(yield func(useapi.Event, error) bool, _ *fakeSource, _ string) { yield(useapi.Event{}, err) }
}

// ends ends the job in another way.
func ends(status string, more map[string]any) turn {
	return func(yield func(useapi.Event, error) bool, s *fakeSource, parent string) {
		yield(event(s.put(parent, status, more)), nil)
	}
}

// cut names the job, goes on with it unseen, and breaks off.
func cut(unseen func(s *fakeSource, parent string)) turn {
	return func(yield func(useapi.Event, error) bool, s *fakeSource, parent string) {
		if yield(useapi.Event{JobID: seedJob(parent)}, nil) {
			unseen(s, parent)
			yield(useapi.Event{}, useapi.ErrStreamCut)
		}
	}
}
