package useapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

const (
	imageID = "j1023141520123456789i-u12345-c1234567890123456789-bot:midjourney"
	videoID = "j1218091114823731244v-u12345-c1234567890123456789-bot:midjourney"
	nijiID  = "j0229235959123456789i-u12345-c1234567890123456789-bot:niji"
	v2ID    = "job:20230909020449667-user:12345-channel:1234567890123456789-bot:midjourney"
)

func TestParseJobID(t *testing.T) {
	t.Parallel()
	for id, kind := range map[string]useapi.Kind{
		imageID: useapi.Image, videoID: useapi.Video, seedID: useapi.Command, v2ID: useapi.V2,
		strings.Replace(imageID, "9i-", "9x-", 1): useapi.Other, nijiID: useapi.Image,
		strings.Replace(v2ID, "midjourney", "niji", 1): useapi.V2,
	} {
		got, err := useapi.ParseJobID(" " + id + "\n")
		require.NoError(t, err)
		require.Equal(t, id, got.String())
		require.Equal(t, kind, got.Kind(), id)
		require.Equal(t, "12345", got.User())
	}
	id, err := useapi.ParseJobID(imageID)
	require.NoError(t, err)
	require.Equal(t, "1234567890123456789", id.Channel())
	at, ok := id.Moment()
	require.True(t, ok)
	require.Equal(t, useapi.Moment{Month: time.October, Day: 23, Time: 14*time.Hour + 15*time.Minute + 20*time.Second + 123*time.Millisecond}, at)

	old, err := useapi.ParseJobID(v2ID)
	require.NoError(t, err)
	at, ok = old.Moment()
	require.True(t, ok)
	require.Equal(t, useapi.Moment{Month: time.September, Day: 9, Time: 2*time.Hour + 4*time.Minute + 49*time.Second + 667*time.Millisecond}, at)
}

func TestMomentOfDigitsThatAreNoDate(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]bool{
		"0229235959999123456": true, "0230000000000123456": false, "1301000000000123456": false, "0101240000000123456": false,
	} {
		id, err := useapi.ParseJobID("j" + digits + "i-u1-c12345678901234567-bot:midjourney")
		require.NoError(t, err, "an id is an id, whatever its date")
		_, ok := id.Moment()
		require.Equal(t, want, ok, digits)
	}
	_, ok := useapi.JobID{}.Moment()
	require.False(t, ok)
}

func TestParseJobIDRefuses(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{
		"nothing":                   " ",
		"a word":                    "cat",
		"too few digits":            strings.Replace(imageID, "j1", "j", 1),
		"too many digits":           strings.Replace(imageID, "j1", "j11", 1),
		"an upper-case suffix":      strings.Replace(imageID, "9i-", "9I-", 1),
		"no user":                   strings.Replace(imageID, "-u12345", "", 1),
		"a short channel":           strings.Replace(imageID, "c123", "c", 1),
		"another service":           strings.Replace(imageID, "midjourney", "luma", 1),
		"something in front":        "x" + imageID,
		"something behind":          imageID + "x",
		"two ids":                   imageID + " " + imageID,
		"digits of another script":  strings.Replace(imageID, "j1", "j١", 1),
		"a link":                    "https://discord.com/channels/1/2/3",
		"a GUID":                    "00000000-0000-4000-8000-000000000000",
		"a token, which stays ours": token,
		"a hundred pages of text":   strings.Repeat("x", 1<<20),
		"control characters":        "\x1b[31m\u202e",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id, err := useapi.ParseJobID(s)
			require.ErrorIs(t, err, useapi.ErrJobID)
			require.Zero(t, id)
			require.ErrorContains(t, err, "expected one like j1023141520123456789i-u")
			require.NotContains(t, err.Error(), "sEcReT")
			require.Less(t, len(err.Error()), 500)
			require.NotContains(t, err.Error(), "\x1b")
		})
	}
}

func TestFindJobIDs(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		text string
		want []string
	}{
		"nothing":                     {"", nil},
		"no id":                       {"j1023 -bot:midjourney", nil},
		"alone":                       {imageID, []string{imageID}},
		"of niji":                     {"{\"jobid\":\"" + nijiID + "\"} " + strings.ReplaceAll(nijiID, ":", "%3A"), []string{nijiID}},
		"in a sentence":               {"Look: " + imageID + ", nice.", []string{imageID}},
		"each once and in order":      {videoID + imageID + " " + videoID + v2ID, []string{videoID, imageID, v2ID}},
		"in JSON":                     {`{"jobid":"` + imageID + `"}`, []string{imageID}},
		"in JSON within JSON":         {`{\"jobid\":\"` + imageID + `\"}`, []string{imageID}},
		"behind an escaped new line":  {`text\n` + imageID + `\n`, []string{imageID}},
		"in HTML":                     {"&quot;" + imageID + "&quot;", []string{imageID}},
		"in a URL":                    {"https://api.useapi.net/v3/midjourney/jobs/" + imageID + "?x", []string{imageID}},
		"percent-encoded":             {"%22" + strings.ReplaceAll(imageID, ":", "%3A") + "%22", []string{imageID}},
		"percent-encoded, small":      {"?jobid=" + strings.ReplaceAll(v2ID, ":", "%3a") + "&x", []string{v2ID}},
		"in markdown":                 {"**`" + imageID + "`** __" + videoID + "__", []string{imageID, videoID}},
		"with markdown escaped":       {strings.NewReplacer("-", `\-`, ":", `\:`).Replace(imageID), []string{imageID}},
		"glued to other letters":      {"xx" + imageID + "xx" + videoID + "é", []string{imageID, videoID}},
		"another service":             {strings.Replace(imageID, "midjourney", "luma", 1), nil},
		"between invisible letters":   {"\u200b" + imageID + "\u200b", []string{imageID}},
		"with too many digits":        {strings.Replace(imageID, "j", "j1", 1), nil},
		"behind a broken beginning":   {"j1023141520123456789i-u12345-c12" + imageID, []string{imageID}},
		"in text that is not unicode": {"\xff" + imageID + "\xff", []string{imageID}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, id := range useapi.FindJobIDs(tc.text) {
				got = append(got, id.String())
			}
			require.Equal(t, tc.want, got)
		})
	}
}

func TestKindsHaveNames(t *testing.T) {
	t.Parallel()
	for kind, name := range map[useapi.Kind]string{useapi.Image: "image", useapi.Video: "video", useapi.Command: "command",
		useapi.V2: "v2", useapi.Other: "other"} {
		require.Equal(t, name, kind.String())
	}
}
