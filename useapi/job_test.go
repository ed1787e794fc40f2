package useapi_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

func decode(t testing.TB, raw string) *useapi.Job {
	t.Helper()
	var job useapi.Job
	require.NoError(t, json.Unmarshal([]byte(raw), &job))
	return &job
}

func TestAnImageJob(t *testing.T) {
	t.Parallel()
	job := decode(t, file(t, "image-job.json"))
	require.Equal(t, "j1218072755051840440i-u12345-c1234567890123456789-bot:midjourney", job.ID)
	require.Equal(t, "imagine", job.Verb)
	require.Equal(t, "image", job.Type)
	require.True(t, job.Completed())
	require.Equal(t, time.Date(2025, 12, 18, 7, 27, 55, 113e6, time.UTC), job.Created)
	require.Equal(t, "a cat in a hat --s 50 --ar 16:9", job.Prompt())
	require.Equal(t, []string{"U1", "U2", "U3", "U4", "🔄", "V1", "V2", "V3", "V4"}, job.Response.Buttons)
	require.Equal(t, "1451113879341109320", job.Response.MessageID)
	require.Equal(t, "1234567890123456789", job.Response.ChannelID)
	require.Empty(t, job.Reason())
	images := job.Images()
	require.Len(t, images, 1)
	require.Equal(t, int64(6793219), images[0].Size)
	require.Equal(t, "image/png", images[0].ContentType)
	_, err := job.Seed()
	require.ErrorIs(t, err, useapi.ErrNoSeed)
	require.Empty(t, job.SeedPrompt(), "an image job is no seed answer")
	require.Empty(t, job.MidjourneyID())
}

func TestAModeratedJob(t *testing.T) {
	t.Parallel()
	job := decode(t, file(t, "moderated-job.json"))
	require.Equal(t, "moderated", job.Status)
	require.True(t, job.Final())
	require.False(t, job.Completed())
	require.Equal(t, 422, job.Code)
	require.Equal(t, "Invalid request: No start frame provided", job.Reason())
	require.Equal(t, "Invalid request", job.Response.Title)
	require.Equal(t, "No start frame provided", job.Response.Details)
}

func TestAParentWithItsSeedAsV2TellsIt(t *testing.T) {
	t.Parallel()
	job := decode(t, file(t, "v2-repeat.json"))
	seed, err := job.Seed()
	require.NoError(t, err)
	require.Equal(t, uint32(123456789), seed)
	require.Equal(t, "Steampunk cat --s 750 --v 5.2", job.SeedPrompt())
	require.Equal(t, "Steampunk cat", job.Prompt())
	images := job.Images()
	require.Len(t, images, 2, "the seed's pictures, not the grid")
	require.Contains(t, images[1].URL, "x_1_")
	require.Equal(t, "<your optional reference id>", job.Request.ReplyRef)
}

func TestDecodingForgives(t *testing.T) {
	t.Parallel()
	full := `{"jobid":"` + seedID + `","status":"progress",`
	for name, tc := range map[string]struct {
		json string
		want func(*useapi.Job) any
		is   any
	}{
		"nulls everywhere": {`"verb":null,"created":null,"updated":null,"request":null,"response":null,"error":null,"code":null}`,
			func(j *useapi.Job) any { return j.Response == nil }, true},
		"the other spelling":       {`"jobId":"other"}`, func(j *useapi.Job) any { return j.ID }, seedID},
		"a parent in request":      {`"request":{"jobid":"p"}}`, func(j *useapi.Job) any { return j.ParentID() }, "p"},
		"a parent on top":          {`"parentJobId":"p"}`, func(j *useapi.Job) any { return j.ParentID() }, "p"},
		"replyRef in request":      {`"request":{"replyRef":"r"}}`, func(j *useapi.Job) any { return j.Request.ReplyRef }, "r"},
		"replyRef in response":     {`"response":{"replyRef":"r"}}`, func(j *useapi.Job) any { return j.Request.ReplyRef }, "r"},
		"replyRef on top":          {`"replyRef":"r"}`, func(j *useapi.Job) any { return j.Request.ReplyRef }, "r"},
		"a code in a string":       {`"code":"422"}`, func(j *useapi.Job) any { return j.Code }, 422},
		"a request that is a list": {`"request":[1]}`, func(j *useapi.Job) any { return j.Prompt() }, ""},
		"a prompt that is a number": {`"request":{"prompt":7}}`, func(j *useapi.Job) any { return j.Prompt() },
			"7"},
		"progress as a string": {`"response":{"progress_percent":"50%"}}`, percent, 50},
		"progress with digits": {`"response":{"progress_percent":49.9}}`, percent, 49},
		"progress beyond all":  {`"response":{"progress_percent":1e300}}`, percent, 100},
		"progress below all":   {`"response":{"progress_percent":-1}}`, percent, 0},
		"progress of nothing":  {`"response":{"progress_percent":null}}`, percent, -1},
		"progress of nonsense": {`"response":{"progress_percent":{"a":1}}}`, percent, -1},
		"a time with an offset": {`"created":"2025-12-18T08:28:29.227000+01:00"}`, func(j *useapi.Job) any { return j.Created.String() },
			"2025-12-18 07:28:29.227 +0000 UTC"},
		"a time in milliseconds": {`"created":1766042875113}`, func(j *useapi.Job) any { return j.Created.UnixMilli() }, int64(1766042875113)},
		"a time of nonsense":     {`"created":"yesterday"}`, func(j *useapi.Job) any { return j.Created.IsZero() }, true},
		"an error that is an object": {`"error":{"message":"m"},"errorDetails":"d"}`, func(j *useapi.Job) any { return j.Reason() },
			"m: d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			job := decode(t, full+tc.json)
			require.Equal(t, seedID, job.ID)
			require.False(t, job.Final())
			require.Equal(t, tc.is, tc.want(job))
		})
	}
	var job useapi.Job
	for _, raw := range []string{`[]`, `"x"`, `7`, `{"jobid":`} {
		require.Error(t, json.Unmarshal([]byte(raw), &job), raw)
	}
}

func percent(j *useapi.Job) any {
	if p, known := j.Progress(); known {
		return p
	}
	return -1
}

func TestReason(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ json, want string }{
		"none":                   {`{}`, ""},
		"only an error":          {`{"error":"Job cancelled by user"}`, "Job cancelled by user"},
		"only details":           {`{"errorDetails":"why"}`, "why"},
		"both, on one line":      {`{"error":"What:\n","errorDetails":"why\u0000\u202e so"}`, "What: why so"},
		"both the same":          {`{"error":"x","errorDetails":"x"}`, "x"},
		"Midjourney's own words": {`{"status":"failed","response":{"embeds":[{"title":"Banned","description":"No"}]}}`, "Banned: No"},
		"not those of a success": {`{"status":"completed","response":{"embeds":[{"title":"Tip","description":"x"}]}}`, ""},
		"something endless":      {`{"error":"` + strings.Repeat("x", 900) + `"}`, strings.Repeat("x", 499) + "…"},
		"something like a token": {`{"error":"for user:1-abc"}`, "for [token]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tc.want, decode(t, tc.json).Reason())
		})
	}
}

func TestAStoredJobReadsBack(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"image-job.json", "moderated-job.json", "v2-repeat.json"} {
		job := decode(t, file(t, name))
		raw, err := json.Marshal(job)
		require.NoError(t, err)
		require.JSONEq(t, file(t, name), string(raw))
		again := decode(t, string(raw))
		again.Raw, job.Raw = nil, nil
		require.Equal(t, job, again)
	}
	byHand := useapi.Job{ID: seedID, Verb: "seed", Status: "completed", Code: 200, Created: time.Unix(1, 0).UTC(),
		Error: "e", Request: useapi.Request{JobID: parent, Prompt: "cat", ReplyRef: "r", Stream: true},
		Response: &useapi.Response{Content: "**cat**\n**Job ID**: x\n**seed** 7", Buttons: []string{"U1"}, MessageID: "1",
			Images: []useapi.Picture{{URL: "https://a.example/b.png", Filename: "b.png", Size: 3}}}}
	raw, err := json.Marshal(byHand)
	require.NoError(t, err)
	back := decode(t, string(raw))
	seed, err := back.Seed()
	require.NoError(t, err)
	require.Equal(t, uint32(7), seed)
	back.Raw = nil
	require.Equal(t, &byHand, back)
}

func TestImagesStandInTheirOrder(t *testing.T) {
	t.Parallel()
	job := func(names ...string) *useapi.Job {
		var list []string
		for _, name := range names {
			list = append(list, `{"url":"https://cdn.discordapp.com/attachments/1/2/`+name+`?ex=1&is=2&hm=3&"}`)
		}
		return decode(t, `{"status":"completed","verb":"seed","response":{"attachments":[`+strings.Join(list, ",")+`]}}`)
	}
	const g = "_00000000-0000-4000-8000-00000000000a.png"
	for name, tc := range map[string]struct{ given, want []string }{
		"sorted by their places":           {[]string{"u_cat_3" + g, "u_cat_0" + g, "u_cat_2" + g, "u_cat_1" + g}, []string{"u_cat_0" + g, "u_cat_1" + g, "u_cat_2" + g, "u_cat_3" + g}},
		"digits of the prompt do not sort": {[]string{"u_9_cats_1" + g, "u_9_cats_0" + g}, []string{"u_9_cats_0" + g, "u_9_cats_1" + g}},
		"as given if one has no place":     {[]string{"u_1" + g, "image.png", "u_0" + g}, []string{"u_1" + g, "image.png", "u_0" + g}},
		"as given if two have the same":    {[]string{"u_1" + g, "v_1" + g, "u_0" + g}, []string{"u_1" + g, "v_1" + g, "u_0" + g}},
		"none":                             {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, image := range job(tc.given...).Images() {
				got = append(got, image.Filename)
			}
			require.Equal(t, tc.want, got)
		})
	}
	odd := decode(t, `{"response":{"attachments":[null,7,{"width":1},{"proxy_url":"https://m.example/a.png","size":"12","width":-3}]}}`)
	require.Equal(t, []useapi.Picture{{URL: "https://m.example/a.png", Filename: "a.png", Size: 12}}, odd.Images())
	require.Nil(t, decode(t, `{}`).Images())
}

func TestSanitizedJobs(t *testing.T) {
	t.Parallel()
	for name, secrets := range map[string][]string{
		"image-job.json":     {"exampleuser", "Example", "Midjourney Bot", "hm=", "111111111111111111", "MJ::JOB", "media.discordapp.net"},
		"moderated-job.json": {"exampleuser", "Example", "Midjourney Bot", "111111111111111111"},
		"v2-repeat.json":     {"webhook.site", "secured", "111111111111111111"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			job := decode(t, file(t, name))
			clean := job.Sanitized()
			require.True(t, json.Valid(clean))
			for _, secret := range secrets {
				require.Contains(t, string(job.Raw), secret, "the transcript no longer tests this")
				require.NotContains(t, string(clean), secret)
			}
			again := decode(t, string(clean))
			require.Equal(t, job.ID, again.ID)
			require.Equal(t, job.Prompt(), again.Prompt())
			require.Equal(t, job.SeedPrompt(), again.SeedPrompt())
			require.Equal(t, job.Reason(), again.Reason())
			require.Len(t, again.Images(), len(job.Images()))
			require.JSONEq(t, string(clean), string(again.Sanitized()), "cleaning twice changes nothing")
		})
	}
	job := decode(t, file(t, "image-job.json"))
	image := decode(t, string(job.Sanitized())).Images()[0]
	require.Equal(t, "image_00000000-0000-4000-8000-000000000000.png", image.Filename)
	require.Equal(t, "https://cdn.discordapp.com/attachments/1234567890123456789/1451113878850240602/image_00000000-0000-4000-8000-000000000000.png", image.URL)

	odd := decode(t, `{"jobid":"`+v2ID+`","status":"completed","request":{"replyUrl":"https://h.example","prompt":"<@1> <b> user:12345-abc https://cdn.discordapp.com/attachments/1/2/ref.png?ex=1","n":12345678901234567890},
		"response":{"content":"**hi <@1>** - <@2> (fast)","attachments":[{"filename":"holiday.jpeg","url":"https://cdn.discordapp.com/attachments/1/2/me_3_00000000-0000-4000-8000-000000000000.webp?hm=1"}]}}`)
	require.JSONEq(t, `{"jobid":"`+v2ID+`","status":"completed","request":{"prompt":"<@1> <b> [token] https://cdn.discordapp.com/attachments/1/2/ref.png?ex=1","n":12345678901234567890},
		"response":{"content":"**hi <@1>** - <@0> (fast)","attachments":[{"filename":"image.jpeg","url":"https://cdn.discordapp.com/attachments/1/2/image_3_00000000-0000-4000-8000-000000000000.webp"}]}}`,
		string(odd.Sanitized()))
	require.Contains(t, string(odd.Sanitized()), "<b>", "text stays readable")
	require.Contains(t, string(odd.Sanitized()), "12345678901234567890", "numbers stay exact")
	require.JSONEq(t, `{"jobid":"x","verb":"","status":"","request":{"stream":false}}`,
		string((&useapi.Job{ID: "x", Raw: json.RawMessage("{")}).Sanitized()))
}
