package useapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

var kinds = []error{useapi.ErrBadRequest, useapi.ErrNotCompleted, useapi.ErrUnmade, useapi.ErrUnauthorized, useapi.ErrNoSubscription,
	useapi.ErrNotFound, useapi.ErrConflict, useapi.ErrExpired, useapi.ErrRejected, useapi.ErrRateLimited, useapi.ErrServer,
	useapi.ErrAccounts, useapi.ErrNotJSON, useapi.ErrStreamCut, useapi.ErrNoSeed, useapi.ErrJobID}

// exactly checks which kinds err is, and that it is no other.
func exactly(t *testing.T, err error, want ...error) {
	t.Helper()
	var got []error
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			got = append(got, kind)
		}
	}
	require.ElementsMatch(t, want, got, "%v", err)
}

// failed makes every kind of call and gives the errors, which must all be an *Error.
func failed(t *testing.T, c *useapi.Client) []*useapi.Error {
	t.Helper()
	_, read := c.Job(t.Context(), seedID)
	_, async := c.SeedAsync(t.Context(), useapi.SeedRequest{JobID: parent})
	all := []error{read, async, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})),
		c.CancelJob(t.Context(), seedID)}
	var list []*useapi.Error
	for _, err := range all {
		e, ok := errors.AsType[*useapi.Error](err)
		require.True(t, ok, "%v", err)
		list = append(list, e)
	}
	return list
}

func TestEveryRefusalHasItsKind(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		status int
		body   string
		want   []error
	}{
		{400, `{"error":"jobId is required"}`, []error{useapi.ErrBadRequest}},
		{400, `{"error":"Parent job status is \"progress\", must be \"completed\" to get seed"}`,
			[]error{useapi.ErrBadRequest, useapi.ErrNotCompleted}},
		{400, `{"error":"Parent job status is \"failed\", must be \"completed\" to get seed"}`,
			[]error{useapi.ErrBadRequest, useapi.ErrUnmade}},
		{400, `{"error":"Parent job status is \"moderated\", must be \"completed\" to get seed"}`,
			[]error{useapi.ErrBadRequest, useapi.ErrUnmade}},
		{400, `{"error":"The prompt \"failed\" is refused"}`, []error{useapi.ErrBadRequest}},
		{401, `{"error":"Unauthorized"}`, []error{useapi.ErrUnauthorized}},
		{402, `{"error":"Account has no subscription or subscription expired"}`, []error{useapi.ErrNoSubscription}},
		{403, `{"error":"Forbidden"}`, nil},
		{404, `{"error":"Parent job not found"}`, []error{useapi.ErrNotFound}},
		{404, ``, []error{useapi.ErrNotFound}},
		{409, `{"error":"Done already","button":"U1","jobid":"` + seedID + `","code":409}`, []error{useapi.ErrConflict}},
		{410, `{"error":"Parent job has expired"}`, []error{useapi.ErrExpired}},
		{412, `{"error":"Value missing"}`, []error{useapi.ErrRejected}},
		{422, `{"error":"Invalid request"}`, []error{useapi.ErrRejected}},
		{429, `{"error":"Busy"}`, []error{useapi.ErrRateLimited}},
		{500, `{"error":"Oops"}`, []error{useapi.ErrServer}},
		{502, `{"error":"Oops"}`, []error{useapi.ErrServer}},
		{503, ``, []error{useapi.ErrServer}},
		{504, `{"error":"Oops"}`, []error{useapi.ErrServer}},
		{596, `{"error":"All configured Midjourney channels (2) have errors"}`, []error{useapi.ErrAccounts}},
		{599, `{"error":"Oops"}`, []error{useapi.ErrServer}},
	} {
		t.Run(fmt.Sprint(tc.status, tc.body), func(t *testing.T) {
			t.Parallel()
			for _, e := range failed(t, answering(t, tc.status, jsonType, tc.body)) {
				exactly(t, e, tc.want...)
				require.Equal(t, tc.status, e.Status)
				require.Contains(t, e.Error(), e.Method+" "+e.Path)
				require.Contains(t, e.Error(), fmt.Sprint(tc.status))
				if tc.status == 409 {
					require.Equal(t, seedID, e.JobID)
				}
			}
		})
	}
}

func TestWhatIsNotTheAPIIsNotBelieved(t *testing.T) {
	t.Parallel()
	page := "<!DOCTYPE html><html><body><script>alert(1)</script>Not here</body></html>"
	html := map[string]string{"Content-Type": "text/html"}
	for _, tc := range []struct {
		name   string
		status int
		header map[string]string
		body   string
		want   []error
	}{
		{"a page with 200", 200, html, page, nil},
		{"a page that calls itself JSON", 200, jsonType, page, nil},
		{"a page with 400 does not judge the request", 400, html, page, nil},
		{"a page with 401 does refuse", 401, html, page, []error{useapi.ErrUnauthorized}},
		{"a page with 402 says nothing of the subscription", 402, html, page, nil},
		{"a page with 403", 403, html, page, nil},
		{"a page with 404 says nothing of the job", 404, html, page, nil},
		{"an empty page with 404 neither", 404, html, "", nil},
		{"a page with 410 neither", 410, html, page, nil},
		{"a page with 422", 422, html, page, nil},
		{"a page with 429", 429, html, page, []error{useapi.ErrRateLimited}},
		{"a page with 500", 500, html, page, []error{useapi.ErrServer}},
		{"a page with 502", 502, html, page, []error{useapi.ErrServer}},
		{"a page with 596", 596, html, page, []error{useapi.ErrAccounts}},
		{"plain text with 404", 404, map[string]string{"Content-Type": "text/plain"}, "default backend - 404", nil},
		{"a JSON string with 404", 404, jsonType, `"Not Found"`, nil},
		{"a JSON array with 200", 200, jsonType, `[]`, nil},
		{"half a JSON object with 410", 410, jsonType, `{"error":"Job`, nil},
		{"a picture", 200, map[string]string{"Content-Type": "image/png"}, "\x89PNG\r\n", nil},
		{"an answer beyond any size", 200, jsonType, `{"error":"` + strings.Repeat("x", 2<<20) + `"}`, nil},
		{"a refusal beyond any size", 404, jsonType, `{"error":"` + strings.Repeat("x", 2<<20) + `"}`, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for _, e := range failed(t, answering(t, tc.status, tc.header, tc.body)) {
				exactly(t, e, append(tc.want, useapi.ErrNotJSON)...)
				require.NotContains(t, e.Message, "<")
				require.NotEmpty(t, e.Message)
			}
		})
	}
}

func TestAnErrorUnderASuccessIsARefusal(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]struct {
		status int
		kinds  []error
	}{
		`{"error":"Parent job not found"}`:                {200, nil},
		`{"error":"Parent job not found","code":404}`:     {404, []error{useapi.ErrNotFound}},
		`{"error":"Busy","status":429,"retryAfter":3}`:    {429, []error{useapi.ErrRateLimited}},
		`{"error":{"message":"Parent job not found"}}`:    {200, nil},
		`{"error":"Parent job not found","code":"weird"}`: {200, nil},
		`{"error":"Parent job not found","code":200}`:     {200, nil},
	} {
		c := answering(t, 200, jsonType, body)
		_, read := c.Job(t.Context(), seedID)
		for _, err := range []error{read, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))} {
			exactly(t, err, want.kinds...)
			e, ok := errors.AsType[*useapi.Error](err)
			require.True(t, ok)
			require.Equal(t, want.status, e.Status, body)
			require.Contains(t, []string{"Parent job not found", "Busy"}, e.Message)
		}
	}
}

func TestASuccessWithoutAJobIsNotTheAPIs(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, ``, `{"jobid":"` + seedID + `"}`, `{"status":"ok"}`, `{"job":null}`, `{"job":"x"}`} {
		c := answering(t, 200, jsonType, body)
		_, err := c.Job(t.Context(), seedID)
		exactly(t, err, useapi.ErrNotJSON)
		exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})), useapi.ErrNotJSON)
	}
	_, err := answering(t, 200, jsonType, `{"error":"come back later"}`).Job(t.Context(), seedID)
	require.ErrorContains(t, err, "come back later")
}

func TestMessagesAreFitForALog(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ body, want string }{
		"control and direction characters go": {`{"error":"a\u0000b\r\n\tc\u202ed\u001b[31m"}`, "a b cd [31m"},
		"an object as the error":              {`{"error":{"message":"inner","code":7}}`, "inner"},
		"a message instead of an error":       {`{"message":"said otherwise"}`, "said otherwise"},
		"a number as the error":               {`{"error":404}`, "404"},
		"no error at all":                     {`{"code":404}`, ""},
		"an error of null":                    {`{"error":null,"message":"m"}`, "m"},
		"a page inside JSON":                  {`{"error":"<html><body>404</body></html>"}`, "an HTML page as its error"},
		"500 characters stay":                 {`{"error":"` + strings.Repeat("é", 500) + `"}`, strings.Repeat("é", 500)},
		"501 are cut":                         {`{"error":"` + strings.Repeat("é", 501) + `"}`, strings.Repeat("é", 499) + "…"},
		"a byte order mark in front":          {"\ufeff" + `{"error":"bom"}`, "bom"},
		"JSON that is called text":            {`  {"error":"spaces"}  `, "spaces"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, e := range failed(t, answering(t, 404, map[string]string{"Content-Type": "text/plain"}, tc.body)) {
				require.Equal(t, tc.want, e.Message)
				exactly(t, e, useapi.ErrNotFound)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		header, body string
		want         time.Duration
	}{
		"none":                        {"", `{}`, 0},
		"seconds":                     {"7", `{}`, 7 * time.Second},
		"a fraction":                  {"0.5", `{}`, 500 * time.Millisecond},
		"nonsense":                    {"soon", `{}`, 0},
		"below zero":                  {"-5", `{}`, 0},
		"not a number":                {"NaN", `{}`, 0},
		"more than an hour":           {"86400", `{}`, time.Hour},
		"beyond all numbers":          {"9e999", `{}`, time.Hour},
		"a date long ago":             {"Fri, 31 Dec 1999 23:59:59 GMT", `{}`, 0},
		"a date far away":             {"Fri, 31 Dec 2100 23:59:59 GMT", `{}`, time.Hour},
		"in the body":                 {"", `{"retryAfter":3}`, 3 * time.Second},
		"in the body, another way":    {"", `{"retry_after":"2.5"}`, 2500 * time.Millisecond},
		"the header before the body":  {"1", `{"retryAfter":3}`, time.Second},
		"the body if the header is 0": {"", `{"retryAfter":0}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			header := map[string]string{"Content-Type": "application/json"}
			if tc.header != "" {
				header["Retry-After"] = tc.header
			}
			for _, e := range failed(t, answering(t, 429, header, tc.body)) {
				require.Equal(t, tc.want, e.RetryAfter)
			}
		})
	}
	t.Run("a date soon", func(t *testing.T) {
		t.Parallel()
		at := time.Now().Add(90 * time.Second).UTC().Format(http.TimeFormat)
		for _, e := range failed(t, answering(t, 503, map[string]string{"Retry-After": at}, "")) {
			require.InDelta(t, 90, e.RetryAfter.Seconds(), 3)
		}
	})
}
