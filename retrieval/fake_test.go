package retrieval

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"iter"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
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
	broken  error // what Job and Jobs answer
}

func newFakeSource(t *testing.T) *fakeSource {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		_ = png.Encode(w, image.NewGray(image.Rect(0, 0, 4, 3)))
	}))
	t.Cleanup(server.Close)
	return &fakeSource{
		pictures: server.URL, turns: map[string][]turn{}, posts: map[string]int{}, gets: map[string]int{}, jobs: map[string]*useapi.Job{},
	}
}

func (s *fakeSource) script(job string, turns ...turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turns[job] = turns
}

func (s *fakeSource) Seed(_ context.Context, r useapi.SeedRequest) iter.Seq2[useapi.Event, error] {
	return func(yield func(useapi.Event, error) bool) {
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
		c := r.Channels[channelOf(id)]
		c.Jobs = append(c.Jobs, useapi.RunningJob{JobID: id})
		r.Channels[channelOf(id)] = c
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
	return "j1124" + parent[5:20] + "-u12345-c" + channelOf(parent) + "-bot:midjourney"
}

// put makes the source's state of the seed job of a parent.
func (s *fakeSource) put(parent, status string, more map[string]any) *useapi.Job {
	fields := map[string]any{
		"jobid": seedJob(parent), "verb": "seed", "status": status, "created": "2025-10-24T18:13:34.913Z",
		"request": map[string]any{"jobId": parent},
	}
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

// delivered is one call of the desk.
type deliveredOutcome struct {
	ask Ask
	Outcome
}

// fakeDesk takes everything and remembers it.
type fakeDesk struct {
	mu       sync.Mutex
	progress map[string][]Progress
	outcomes []deliveredOutcome
	fail     []error // what the next deliveries answer
	news     chan struct{}
	fresh    map[int]string
}

func newFakeDesk() *fakeDesk {
	return &fakeDesk{progress: map[string][]Progress{}, news: make(chan struct{}, 1000)}
}

func (d *fakeDesk) Progress(a Ask, p Progress) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.progress[a.ID] = append(d.progress[a.ID], p)
	d.tell()
}

func (d *fakeDesk) tell() {
	select {
	case d.news <- struct{}{}:
	default:
	}
}

func (d *fakeDesk) Deliver(_ context.Context, a Ask, o Outcome) (Delivered, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.tell()
	if len(d.fail) > 0 {
		err := d.fail[0]
		d.fail = d.fail[1:]
		if err != nil {
			return Delivered{}, err
		}
	}
	d.outcomes = append(d.outcomes, deliveredOutcome{a, o})
	posted := Delivered{Channel: a.Channel, Message: "9" + a.ID}
	for _, p := range o.Pictures {
		if p.Missing == "" {
			posted.Images = append(posted.Images, PostedFile{Position: p.Position, Attachment: fmt.Sprint(p.Position), Name: "seed.png"})
		}
	}
	return posted, nil
}

func (d *fakeDesk) Fresh(context.Context, db.Card) (map[int]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fresh, nil
}

// await returns when done holds for what the desk has seen.
func (d *fakeDesk) await(t *testing.T, what string, done func() bool) {
	t.Helper()
	late := time.NewTimer(20 * time.Second)
	defer late.Stop()
	for {
		d.mu.Lock()
		ok := done()
		d.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-d.news:
		case <-late.C:
			require.FailNow(t, "waited in vain for "+what)
		}
	}
}

// outcomesOf waits until n outcomes were delivered.
func (d *fakeDesk) wait(t *testing.T, n int) []deliveredOutcome {
	t.Helper()
	d.await(t, fmt.Sprintf("%d answers", n), func() bool { return len(d.outcomes) >= n })
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]deliveredOutcome(nil), d.outcomes...)
}

// house is a service with everything around it.
type house struct {
	t      *testing.T
	folder string
	src    *fakeSource
	desk   *fakeDesk
	store  *db.Store
	*Service
	asked int
}

// fast is a pace at which tests need not wait.
func fast() pace {
	return pace{
		pollSoon: time.Millisecond, pollFirst: 10 * time.Millisecond, pollMost: 20 * time.Millisecond, deadline: time.Minute,
		busy: []time.Duration{10 * time.Millisecond}, busyMost: 200 * time.Millisecond,
		again: []time.Duration{10 * time.Millisecond, 10 * time.Millisecond}, parting: 2 * time.Second,
		picture: 5 * time.Second, pictureIdle: 2 * time.Second, pictureAgain: 10 * time.Millisecond,
		deliverFirst: 10 * time.Millisecond, deliverMost: time.Hour, saveMost: time.Second,
	}
}

func newHouse(t *testing.T, change ...func(*pace)) *house {
	t.Helper()
	h := &house{t: t, folder: t.TempDir(), src: newFakeSource(t), desk: newFakeDesk()}
	var err error
	h.store, err = db.Open(t.Context(), filepath.Join(h.folder, "seedbank.db"))
	require.NoError(t, err)
	p := fast()
	for _, c := range change {
		c(&p)
	}
	h.open(p)
	t.Cleanup(func() {
		h.close()
		require.NoError(t, h.store.Close())
	})
	return h
}

func (h *house) open(p pace) {
	h.t.Helper()
	origin, err := url.Parse(h.src.pictures)
	require.NoError(h.t, err)
	h.Service, err = open(h.t.Context(), Config{
		Work: filepath.Join(h.folder, "seedbank.work.db"), Spool: filepath.Join(h.folder, "seedbank.spool"),
		ImageHosts: []string{origin.Host}, Log: slog.New(slog.NewTextHandler(h.t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})),
	}, h.src, h.store, h.desk, p)
	require.NoError(h.t, err)
}

func (h *house) close() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	require.NoError(h.t, h.Service.Close(ctx))
}

// put asks for a job.
func (h *house) put(job string, change ...func(*Ask)) Ask {
	h.t.Helper()
	h.asked++
	a := Ask{
		ID: fmt.Sprint(1300000000000000000 + h.asked), Scope: "3", Channel: "5", Member: "42", Job: job, At: time.Now().UTC(),
		Reply: json.RawMessage(`{"token":"secret"}`),
	}
	for _, c := range change {
		c(&a)
	}
	require.NoError(h.t, h.Ask(h.t.Context(), a))
	return a
}
