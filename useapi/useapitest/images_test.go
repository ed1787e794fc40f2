package useapitest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi/useapitest"
)

// pictures gives the links of a finished seed answer.
func (b bench) pictures(job string) (links []string) {
	b.t.Helper()
	b.seed(job)
	_, told := b.call("GET", "/v3/midjourney/jobs/"+b.server.SeedJob(job), "")
	var parsed struct {
		Response struct {
			Attachments []struct{ URL, Filename string }
		}
	}
	require.NoError(b.t, json.Unmarshal([]byte(told), &parsed))
	for _, a := range parsed.Response.Attachments {
		links = append(links, a.URL)
	}
	return links
}

func (b bench) fetch(link string) (int, http.Header, []byte, error) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", link, nil)
	require.NoError(b.t, err)
	resp, err := b.client.Do(r)
	require.NoError(b.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, resp.Header, body, err
}

func TestPicturesOfAnAnswer(t *testing.T) {
	t.Parallel()
	b := setup(t)
	job := b.server.AddImageJob(useapitest.JobOptions{Seed: 5, ImageSize: 64, ImageBytes: 50_000})
	links := b.pictures(job)
	require.Len(t, links, 4)
	for _, link := range links {
		require.Contains(t, link, "http://"+b.server.ImageHost()+"/attachments/"+useapitest.DefaultChannel+"/")
		status, header, body, err := b.fetch(link)
		require.NoError(t, err)
		require.Equal(t, 200, status)
		require.Equal(t, "image/png", header.Get("Content-Type"))
		require.Len(t, body, 50_000)
		img, err := png.Decode(bytes.NewReader(body))
		require.NoError(t, err)
		require.Equal(t, 64, img.Bounds().Dx())

		bare, _, _ := strings.Cut(link, "?")
		for _, bad := range []string{bare, strings.Replace(link, "hm=", "hm=0", 1), strings.Replace(link, "/1451", "/2451", 1)} {
			status, _, body, err = b.fetch(bad)
			require.NoError(t, err)
			require.Equal(t, 404, status)
			require.Equal(t, "This content is no longer available.", string(body))
		}
	}
	require.Equal(t, 12, b.server.Downloads(job), "unknown pictures belong to no job")
	b.server.Expire(job)
	status, _, _, err := b.fetch(links[0])
	require.NoError(t, err)
	require.Equal(t, 404, status)
	require.Empty(t, b.pictures(b.server.AddImageJob(useapitest.JobOptions{Images: -1})))
	require.Len(t, b.pictures(b.server.AddImageJob(useapitest.JobOptions{Images: 7})), 7)
}

func TestFaultsOfPictures(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for fault, check := range map[useapitest.Fault]func(status int, h http.Header, body []byte, err error){
		useapitest.Gone:        func(status int, _ http.Header, _ []byte, _ error) { require.Equal(t, 404, status) },
		useapitest.HostError:   func(status int, _ http.Header, _ []byte, _ error) { require.Equal(t, 500, status) },
		useapitest.Redirecting: func(status int, _ http.Header, _ []byte, _ error) { require.Equal(t, 302, status) },
		useapitest.TooBig:      func(_ int, _ http.Header, body []byte, _ error) { require.Len(t, body, 11<<20) },
		useapitest.Undeclared: func(_ int, h http.Header, body []byte, _ error) {
			require.Len(t, body, 11<<20)
			require.Empty(t, h.Get("Content-Length"))
		},
		useapitest.WrongType: func(_ int, h http.Header, _ []byte, _ error) {
			require.Contains(t, h.Get("Content-Type"), "text/html")
		},
		useapitest.Disguised: func(_ int, h http.Header, body []byte, _ error) {
			require.Equal(t, "image/png", h.Get("Content-Type"))
			require.Contains(t, string(body), "<html>")
		},
		useapitest.HugePixels: func(_ int, _ http.Header, body []byte, _ error) {
			config, err := png.DecodeConfig(bytes.NewReader(body))
			require.NoError(t, err)
			require.Equal(t, 60000, config.Width)
			require.Less(t, len(body), 1000)
		},
		useapitest.BrokenOff: func(_ int, _ http.Header, body []byte, err error) {
			require.True(t, errors.Is(err, io.ErrUnexpectedEOF), "%v", err)
			require.NotEmpty(t, body)
		},
	} {
		links := b.pictures(b.server.AddImageJob(useapitest.JobOptions{ImageSize: 32, Faults: map[int]useapitest.Fault{2: fault}}))
		require.Len(t, links, 4, fault)
		check(b.fetch(links[1]))
		status, _, _, err := b.fetch(links[0])
		require.NoError(t, err)
		require.Equal(t, 200, status)
	}
	links := b.pictures(b.server.AddImageJob(useapitest.JobOptions{ImageSize: 32, Faults: map[int]useapitest.Fault{1: useapitest.Foreign}}))
	require.Contains(t, links[0], b.server.ForeignHost())
	require.NotEqual(t, b.server.ImageHost(), b.server.ForeignHost())

	links = b.pictures(b.server.AddImageJob(useapitest.JobOptions{ImageSize: 32, Faults: map[int]useapitest.Fault{1: useapitest.Slow}}))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", links[0], nil)
	require.NoError(t, err)
	resp, err := b.client.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Less(t, len(body), 10)
}
