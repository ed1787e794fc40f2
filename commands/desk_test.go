package commands

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

const originalReply = "/webhooks/*/*/messages/@original"

// fourFiles are four pictures on the disk, as retrieval has them; the later ones are the larger ones.
func fourFiles(t *testing.T) []retrieval.Picture {
	t.Helper()
	var list []retrieval.Picture
	for n := range 4 {
		path := filepath.Join(t.TempDir(), "picture")
		f, err := os.Create(path)
		require.NoError(t, err)
		require.NoError(t, png.Encode(f, image.NewGray(image.Rect(0, 0, 8, 8))))
		_, err = f.Write(make([]byte, 100*n)) // behind its end, where no decoder looks
		require.NoError(t, err)
		require.NoError(t, f.Close())
		info, err := os.Stat(path)
		require.NoError(t, err)
		list = append(list, retrieval.Picture{Position: n + 1, Path: path, Type: "image/png", Size: info.Size()})
	}
	return list
}

func TestTheDeskDelivers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask, i, _ := w.running(false)
	card := w.card(7, "owl in the rain --v 7")
	pictures := fourFiles(t)
	pictures[1] = retrieval.Picture{Position: 2, Missing: retrieval.HostDenied}
	d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Pictures: pictures})
	require.NoError(t, err)
	m := w.discord.Message(d.Channel, d.Message)
	require.Equal(t, i.Message().ID, m.ID)
	require.Len(t, m.Attachments, 3)
	require.Contains(t, m.Text(), "Picture 2 is missing")
	require.Equal(t, []retrieval.PostedFile{
		{Position: 1, Attachment: m.Attachments[0].ID, Name: "seed-1-1.png"},
		{Position: 3, Attachment: m.Attachments[1].ID, Name: "seed-1-3.png"},
		{Position: 4, Attachment: m.Attachments[2].ID, Name: "seed-1-4.png"},
	}, d.Images)

	t.Run("and once more when that was not recorded, to the same message", func(t *testing.T) {
		d2, err := NewDesk(w.bot, w.history, w.desk.log).Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Pictures: pictures})
		require.NoError(t, err)
		require.Equal(t, d.Message, d2.Message)
		require.Len(t, w.discord.Message(d.Channel, d.Message).Attachments, 3)
		require.Len(t, w.channel.Messages(nil), 1)
	})
	t.Run("and shows no progress after it", func(t *testing.T) {
		w.desk.Progress(ask, retrieval.Progress{Phase: retrieval.Asking, Percent: 5})
		require.Empty(t, w.desk.displays.running)
		require.Nil(t, w.discord.Message(d.Channel, d.Message).Button(labelStop))
	})
}

func TestACardThatAnotherHadAskedForFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	for name, test := range map[string]struct {
		who     *discordtest.Member
		job     string
		private bool
		says    bool
	}{
		"says for whom it is":              {w.colleague, imageJob, false, true},
		"not to the one who asked first":   {w.asker, imageJob, false, false},
		"not where nobody else reads it":   {w.colleague, imageJob, true, false},
		"not where the card was asked for": {w.colleague, "#1", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			i := test.who.Slash(w.channel, "seed", discordtest.Options{"job": test.job, "private": test.private})
			_, err := w.desk.Deliver(t.Context(), w.asked(i), retrieval.Outcome{Card: card, Known: true})
			require.NoError(t, err)
			line := "-# For <@" + test.who.ID + "> · known as #1, asked for first by <@" + w.asker.ID + ">"
			require.Equal(t, test.says, strings.HasPrefix(i.Message().Text(), line), i.Message().Text())
			require.Contains(t, i.Message().Text(), "asked by <@"+w.asker.ID+">")
			require.Empty(t, i.Message().Mentions, "it notifies nobody")
		})
	}
}

func TestWhatDiscordRefusesOfACard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tooLarge := discordtest.Refused(413, 40005, "Request entity too large")
	form := discordtest.Refused(400, 50035, "Invalid Form Body")
	automod := discordtest.Refused(400, 200000, "Message was blocked by automatic moderation")
	for name, test := range map[string]struct {
		edits    []discordtest.Failure
		pictures string // the names of those that arrive
		says     string
		late     bool // as a message of its own
	}{
		"too large":                  {[]discordtest.Failure{tooLarge}, "seed-1-1.png seed-1-2.png", "Picture 4 is missing: Discord did not take it.", false},
		"too large twice":            {[]discordtest.Failure{tooLarge, tooLarge}, "seed-1-1.png", "Picture 2 is missing: Discord did not take it.", false},
		"too large for any picture":  {[]discordtest.Failure{tooLarge, tooLarge, tooLarge}, "", "Picture 1 is missing: Discord did not take it.", false},
		"pictures it dislikes":       {[]discordtest.Failure{form}, "", "Picture 1 is missing: Discord did not take it.", false},
		"files it does not allow":    {[]discordtest.Failure{discordtest.Refused(403, 50013, "Missing Permissions")}, "", "Picture 1 is missing", false},
		"words it dislikes":          {[]discordtest.Failure{automod, automod}, "", textAllRefused, false},
		"anything through the reply": {[]discordtest.Failure{form, form, form}, "", textAllRefused, true},
	} {
		t.Run(name, func(t *testing.T) {
			i := w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})
			ask := w.asked(i)
			for _, f := range test.edits {
				w.discord.Fault(1, "PATCH", originalReply, f)
			}
			d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: w.card(7, "owl"), Pictures: fourFiles(t)})
			require.NoError(t, err)
			m := w.discord.Message(d.Channel, d.Message)
			require.Contains(t, m.Text(), "## 🌱 7")
			require.Contains(t, m.Text(), test.says)
			require.NotNil(t, m.Button(labelCopySeed))
			var names []string
			for _, a := range m.Attachments {
				names = append(names, a.Filename)
			}
			require.Equal(t, test.pictures, strings.Join(names, " "))
			require.Len(t, d.Images, len(names))
			require.Equal(t, test.late, m.ID != i.Message().ID)
		})
	}
}

func TestAnswersThatComeLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	t.Run("stand in the channel and mention the asker", func(t *testing.T) {
		ask, i, _ := w.running(false)
		w.discord.Expire(i)
		d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: w.card(7, "owl"), Pictures: fourFiles(t)})
		require.NoError(t, err)
		m := w.discord.Message(d.Channel, d.Message)
		require.NotEqual(t, i.Message().ID, m.ID)
		require.Equal(t, []string{w.asker.ID}, m.Mentions)
		require.Contains(t, m.Text(), "## 🌱 7")
		require.Len(t, m.Attachments, 4)
		require.Len(t, d.Images, 4)

		require.NotNil(t, i.Message().Button(labelStop), "the progress stands there still")
		require.Equal(t, i.Message().ID, d.Left)
		require.NoError(t, w.desk.Forward(t.Context(), ask, d))
		left := w.discord.Message(w.channel.ID, d.Left)
		require.Nil(t, left.Button(labelStop))
		require.Equal(t, textMovedOn("https://discord.com/channels/"+w.guild.ID+"/"+d.Channel+"/"+d.Message), left.Text())
	})
	t.Run("leave nothing where the progress is gone", func(t *testing.T) {
		ask, _, m := w.running(false)
		require.NoError(t, w.bot.DeleteMessage(t.Context(), w.channel.ID, m.ID))
		d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Problem: &retrieval.Problem{Code: retrieval.Failed}})
		require.NoError(t, err)
		require.NotEqual(t, m.ID, d.Message)
		require.NoError(t, w.desk.Forward(t.Context(), ask, d))
	})
	t.Run("say nothing in public of what is private", func(t *testing.T) {
		w.channel = w.guild.AddChannel("quiet")
		ask, i, _ := w.running(true)
		w.discord.Expire(i)
		card := w.keep(db.Card{Scope: w.guild.ID, Seed: 3718204551, Prompt: "secret owl", Job: imageJob, Asker: w.asker.ID, Private: true})
		d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Pictures: fourFiles(t)})
		require.NoError(t, err)
		require.Empty(t, d.Message)
		require.Empty(t, d.Left, "nobody can change it any more")
		require.Empty(t, d.Images)
		all := w.channel.Messages(w.colleague.User)
		require.Len(t, all, 1)
		require.Equal(t, w.asker.Mention()+" "+textReadyPrivate(card.Number), all[0].Content)
		require.NotContains(t, all[0].Text(), "3718204551")
		require.Empty(t, all[0].Attachments)
	})
	t.Run("say nothing in public of a private problem", func(t *testing.T) {
		w.channel = w.guild.AddChannel("quiet")
		ask, i, _ := w.running(true)
		w.discord.Expire(i)
		w.end(ask, retrieval.Moderated)
		all := w.channel.Messages(w.colleague.User)
		require.Len(t, all, 1)
		require.Equal(t, w.asker.Mention()+" "+textFailedPrivate, all[0].Content)
	})
	t.Run("are told where they cannot be", func(t *testing.T) {
		for _, o := range []retrieval.Outcome{
			{Card: w.card(7, "owl"), Pictures: fourFiles(t)},
			{Problem: &retrieval.Problem{Code: retrieval.Busy}},
		} {
			ask, i, _ := w.running(false)
			w.discord.Expire(i)
			w.discord.Fault(-1, "POST", "/channels/*/messages", discordtest.Refused(403, 50001, "Missing Access"))
			_, err := w.desk.Deliver(t.Context(), ask, o)
			require.ErrorContains(t, err, retrieval.Undeliverable(errors.New("")).Error(), "this is final")
			w.discord.ClearFaults()
		}
	})
	t.Run("are tried again later when Discord is away", func(t *testing.T) {
		ask, _, _ := w.running(false)
		w.discord.Fault(-1, "PATCH", originalReply, discordtest.Broken(503))
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		card := w.card(7, "owl")
		_, err := w.desk.Deliver(ctx, ask, retrieval.Outcome{Card: card})
		require.Error(t, err)
		require.NotContains(t, err.Error(), retrieval.Undeliverable(errors.New("")).Error(), "this is not final")
		w.discord.ClearFaults()
		_, err = w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card})
		require.NoError(t, err)
	})
	t.Run("find the channel when the reply's address cannot be read", func(t *testing.T) {
		ask, _, _ := w.running(false)
		ask.Reply = json.RawMessage(`{"channel":`)
		d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: w.card(7, "owl")})
		require.NoError(t, err)
		require.Contains(t, w.discord.Message(d.Channel, d.Message).Text(), "## 🌱 7")
	})
}

func TestPicturesThatOneMessageCannotTake(t *testing.T) {
	t.Parallel()
	var list []retrieval.Picture
	for n := range 12 {
		path := filepath.Join(t.TempDir(), "picture")
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		list = append(list, retrieval.Picture{Position: n + 1, Path: path})
	}
	missing := func() (why []string) {
		for _, p := range withinLimits(list) {
			why = append(why, string(p.Missing))
		}
		return why
	}
	require.Equal(t, append(make([]string, 10), "too_much", "too_much"), missing(), "ten are all that a message shows")

	list = list[:4]
	require.NoError(t, os.Remove(list[0].Path))
	list[1].Missing = retrieval.Slow
	require.Equal(t, []string{"unreadable", "slow", "", ""}, missing())
	require.Empty(t, list[0].Missing, "what came in is not changed")
}

func TestFreshAddresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask, _, _ := w.running(false)
	card := w.card(7, "owl")
	d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Pictures: fourFiles(t)})
	require.NoError(t, err)
	for _, f := range d.Images {
		card.Pictures = append(card.Pictures, db.Picture{Position: f.Position, Channel: d.Channel, Message: d.Message, Attachment: f.Attachment, Name: f.Name})
	}
	card.Pictures[1].Attachment = "5" // from before an edit: its name still tells it
	card.Pictures[2].Message = ""     // never posted
	card.Pictures[3].Missing = "gone"
	before := len(w.discord.RequestsTo("GET", "/channels/*/messages/*"))
	got, err := w.desk.Fresh(t.Context(), card)
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Contains(t, got[1], "seed-1-1.png")
	require.Contains(t, got[2], "seed-1-2.png")
	require.Equal(t, before+1, len(w.discord.RequestsTo("GET", "/channels/*/messages/*")), "one message is read once")

	w.discord.Fault(-1, "GET", "/channels/*/messages/*", discordtest.Refused(404, 10008, "Unknown Message"))
	got, err = w.desk.Fresh(t.Context(), card)
	require.NoError(t, err, "no address is no error")
	require.Empty(t, got)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = w.desk.Fresh(ended, card)
	require.ErrorIs(t, err, context.Canceled)
}
