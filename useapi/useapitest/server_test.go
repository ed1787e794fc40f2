package useapitest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi/useapitest"
)

const seedPath = "/v3/midjourney/jobs/seed"

// bench is a server and a plain HTTP client, so that the stand-in is not tested by the client it tests.
type bench struct {
	t      *testing.T
	server *useapitest.Server
	client *http.Client
}

func setup(t *testing.T, opts ...useapitest.Option) bench {
	t.Helper()
	s := useapitest.New(opts...)
	t.Cleanup(s.Close)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return bench{t, s, &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
}

func (b bench) request(method, path, body string) *http.Request {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.server.URL()+path, strings.NewReader(body))
	require.NoError(b.t, err)
	r.Header.Set("Authorization", "Bearer "+b.server.Token())
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// do gives status and body; a broken connection as status 0 or an error behind the body.
func (b bench) do(r *http.Request) (status int, body string, err error) {
	b.t.Helper()
	resp, err := b.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw), err
}

func (b bench) call(method, path, body string) (int, string) {
	b.t.Helper()
	status, text, err := b.do(b.request(method, path, body))
	require.NoError(b.t, err)
	return status, text
}

func (b bench) seed(job string) (int, string) {
	b.t.Helper()
	return b.call("POST", seedPath, fmt.Sprintf(`{"jobId":%q}`, job))
}

func (b bench) await(done func() bool) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), 10*time.Second)
	defer cancel()
	require.NoError(b.t, b.server.Await(ctx, done))
}

func TestTheDocumentedStreamIsTheDefault(t *testing.T) {
	t.Parallel()
	b := setup(t)
	job := b.server.AddImageJob(useapitest.JobOptions{Prompt: "cat in the hat", Seed: 3937070146})
	require.Regexp(t, `^j\d{19}i-u12345-c1234567890987654321-bot:midjourney$`, job)
	status, stream := b.seed(job)
	require.Equal(t, 200, status)
	require.Regexp(t, `(?s)^data: {"event":"initialized","message":"Stream initialized","jobId":"j\d{19}-u12345-c\d+-bot:midjourney","seq":0,"ts":"\d\d:\d\d:\d\d\.\d{3}"}`+"\n\n"+
		`data: {"event":"midjourney_completed","job":{"jobid":"j.*"verb":"seed","status":"completed","created":"20.*`+
		`\*\*cat in the hat --v 7\.0 --s 250\*\*\\n\*\*Job ID\*\*: [0-9a-f-]{36}\\n\*\*seed\*\* 3937070146".*"seq":16,"ts":".*"}`+"\n\n$", stream)
	require.Equal(t, 4, strings.Count(stream, `"filename":"quiet_otter.77_cat_in_the_hat_`))
	require.Equal(t, b.server.Sent(job), len(stream))

	status, told := b.call("GET", "/v3/midjourney/jobs/"+b.server.SeedJob(job), "")
	require.Equal(t, 200, status)
	require.Contains(t, told, `"status":"completed"`)
	require.Contains(t, told, `"jobId":"`+job+`"`)
}

func TestRequestsAreChecked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	job := b.server.AddImageJob(useapitest.JobOptions{})
	long := strings.Repeat("x", 1025)
	for _, tc := range []struct {
		name, body string
		change     func(*http.Request)
		status     int
		text       string
	}{
		{"no token", `{}`, func(r *http.Request) { r.Header.Del("Authorization") }, 401, "Unauthorized"},
		{"another token", `{}`, func(r *http.Request) { r.Header.Set("Authorization", "Bearer user:1-x") }, 401, "Unauthorized"},
		{"no JSON type", `{"jobId":"` + job + `"}`, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 400, "Content-Type"},
		{"no JSON", `{"jobId"`, nil, 400, "valid JSON"},
		{"no job", `{}`, nil, 400, "jobId is required"},
		{"another spelling", `{"job_id":"` + job + `"}`, nil, 400, "jobId is required"},
		{"a v2 job", `{"jobId":"job:20230909020449667-user:12345-channel:1234567890123456789-bot:midjourney"}`, nil, 400, "valid v3 job ID"},
		{"a long replyUrl", `{"jobId":"` + job + `","replyUrl":"` + long + `"}`, nil, 400, "replyUrl"},
		{"a long replyRef", `{"jobId":"` + job + `","replyRef":"` + long + `"}`, nil, 400, "replyRef"},
		{"a job nobody knows", `{"jobId":"j0000000000000000000i-u1-c12345678901234567-bot:midjourney"}`, nil, 404, "Parent job not found"},
		{"a running job", `{"jobId":"` + b.server.AddRunningJob(useapitest.JobOptions{}) + `"}`, nil, 400,
			`Parent job status is \"progress\", must be \"completed\" to get seed`},
		{"an expired job", `{"jobId":"` + b.server.AddImageJob(useapitest.JobOptions{Status: "expired"}) + `"}`, nil, 410, "Parent job has expired"},
		{"a video", `{"jobId":"` + b.server.AddVideoJob(useapitest.JobOptions{}) + `"}`, nil, 400, "image job"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := b.request("POST", seedPath, tc.body)
			if tc.change != nil {
				tc.change(r)
			}
			status, text, err := b.do(r)
			require.NoError(t, err)
			require.Equal(t, tc.status, status, text)
			require.Contains(t, text, tc.text)
			require.True(t, json.Valid([]byte(text)))
		})
	}
}

func TestUnknownThings(t *testing.T) {
	t.Parallel()
	b := setup(t)
	expired := b.server.AddImageJob(useapitest.JobOptions{Status: "expired"})
	for call, want := range map[string]string{
		"GET /v3/midjourney/jobs/j1":              `404 {"error":"Job not found"}`,
		"DELETE /v3/midjourney/jobs/j1":           `404 {"error":"Job not found"}`,
		"GET /v3/midjourney/jobs/" + expired:      `410 {"error":"Job ` + expired[:5] + `... has expired"}`,
		"DELETE /v3/midjourney/jobs/" + expired:   `410 {"error":"Job ` + expired[:5] + `... has expired"}`,
		"GET /v2/jobs":                            `404 {"error":"Not found"}`,
		"POST /v3/midjourney/accounts/reset/1234": `404 `,
	} {
		method, path, _ := strings.Cut(call, " ")
		status, body := b.call(method, path, "")
		require.Equal(t, want, fmt.Sprint(status, " ", body), call)
	}
}

func TestAccountsOfTheServer(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.server.AddAccount("9876543210987654321")
	job := b.server.AddImageJob(useapitest.JobOptions{})
	b.server.BreakAccount(useapitest.DefaultChannel, "Pending mod message")
	_, list := b.call("GET", "/v3/midjourney/accounts", "")
	require.Contains(t, list, `"error":"Pending mod message"`)
	require.Contains(t, list, `"9876543210987654321"`)
	status, _ := b.seed(job)
	require.Equal(t, 200, status, "one account is left")

	b.server.BreakAccount("9876543210987654321", "CAPTCHA")
	status, body := b.seed(b.server.AddImageJob(useapitest.JobOptions{}))
	require.Equal(t, 596, status)
	require.Contains(t, body, "channels (2) have errors")
	status, _ = b.call("POST", "/v3/midjourney/accounts/reset/"+useapitest.DefaultChannel, "")
	require.Equal(t, 204, status)
	status, _ = b.seed(b.server.AddImageJob(useapitest.JobOptions{}))
	require.Equal(t, 200, status)
	b.server.RemoveAccounts()
	status, body = b.call("GET", "/v3/midjourney/accounts", "")
	require.Equal(t, 404, status)
	require.Empty(t, body)
}

func TestRequestsAreRecorded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	job := b.server.AddImageJob(useapitest.JobOptions{})
	b.seed(job)
	requests := b.server.Requests()
	require.Len(t, requests, 1)
	require.Equal(t, "POST", requests[0].Method)
	require.Equal(t, seedPath, requests[0].Path)
	require.JSONEq(t, `{"jobId":"`+job+`"}`, requests[0].Body)
	require.WithinDuration(t, time.Now(), requests[0].At, time.Minute)
	require.Zero(t, b.server.Gets(job))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, b.server.Await(ctx, func() bool { return false }), context.Canceled)
	require.NoError(t, b.server.Await(ctx, func() bool { return true }))
}

func TestAStatusMayChange(t *testing.T) {
	t.Parallel()
	b := setup(t)
	job := b.server.AddRunningJob(useapitest.JobOptions{Seed: 3})
	status, _ := b.seed(job)
	require.Equal(t, 400, status)
	b.server.SetStatus(job, "completed")
	status, stream := b.seed(job)
	require.Equal(t, 200, status)
	require.Contains(t, stream, "**seed** 3")
}

func TestTheHandlerAlone(t *testing.T) {
	t.Parallel()
	s := useapitest.New(useapitest.WithToken("user:7-x"))
	defer s.Close()
	job := s.AddImageJob(useapitest.JobOptions{})
	require.Contains(t, job, "-u7-")
	r := httptest.NewRequest("GET", "/v3/midjourney/jobs/"+job, nil)
	r.Header.Set("Authorization", "Bearer user:7-x")
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	require.Equal(t, 200, w.Code)
}

func TestStartSaysWhyItCannot(t *testing.T) {
	t.Parallel()
	s := useapitest.New()
	defer s.Close()
	_, err := useapitest.Start(useapitest.WithAddr(s.ImageHost()))
	require.ErrorContains(t, err, "listen on "+s.ImageHost())
	require.Panics(t, func() { useapitest.New(useapitest.WithAddr(s.ImageHost())) })
}
