package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// replyLife is how long the token of an interaction is trusted. Discord's word is fifteen minutes; the last is left
// for slow uploads and clocks that differ.
const replyLife = 14 * time.Minute

// Reply is where an answer goes. It is plain data: kept as JSON it survives a restart, and any process with the bot
// token can go on with it.
type Reply struct {
	Interaction string    `json:"interaction"`
	App         string    `json:"app"`
	Token       string    `json:"token"` // worthless after fifteen minutes; in no log until then
	Guild       string    `json:"guild,omitempty"`
	Channel     string    `json:"channel"`
	User        string    `json:"user"`
	Private     bool      `json:"private,omitempty"`
	Message     string    `json:"message,omitempty"` // the message to be filled; "" while Discord has not told its ID
	Created     time.Time `json:"created"`
	SizeLimit   int64     `json:"size_limit,omitempty"`
}

// LogValue keeps the token out of logs.
func (r Reply) LogValue() slog.Value {
	return slog.GroupValue(slog.String("interaction", r.Interaction), slog.String("channel", r.Channel),
		slog.String("user", r.User), slog.Bool("private", r.Private))
}

// String keeps the token out of formatted texts.
func (r Reply) String() string { return "reply to interaction " + r.Interaction }

// GoString keeps the token out of texts formatted as Go.
func (r Reply) GoString() string { return r.String() }

// Edit makes the original response equal to the message. Repeating it does no harm. It waits for rate limits and
// through short outages as long as ctx allows. errors.Is(err, ErrReplyGone) when the token is no longer accepted.
func (b *Bot) Edit(ctx context.Context, r Reply, m Message) (Posted, error) {
	return b.rest.editOriginal(ctx, r, m)
}

// Deliver says the final word. It edits the original response; when that is more than fourteen minutes old, or Discord
// no longer takes its token, it posts fallback in the channel instead, once however often it is repeated within some
// minutes, with a mention of the asker before it. Everybody in the channel can read the fallback, so for a private
// reply it must hold nothing private. errors.Is(err, ErrChannelRefused) when the bot may not post there either.
func (b *Bot) Deliver(ctx context.Context, r Reply, m, fallback Message) (Posted, error) {
	if time.Since(r.Created) < replyLife {
		posted, err := b.rest.editOriginal(ctx, r, m)
		if !errors.Is(err, ErrReplyGone) {
			return posted, err
		}
		b.log.Info("the reply is gone, answering in the channel", "reply", r, "cause", err)
	}
	return b.PostMessage(ctx, r.Channel, mentioning(r.User, fallback), r.Interaction)
}

// Tell adds a message that the asker alone sees, beside the answer that stands. It is not repeated when its answer is
// lost, since it would show twice. errors.Is(err, ErrReplyGone) when the token is no longer accepted.
func (b *Bot) Tell(ctx context.Context, r Reply, m Message) error {
	_, err := b.rest.follow(ctx, r, m, flagPrivate)
	return err
}

// Aside says m to the asker alone in place of a public answer that is still "thinking…", which is taken back: what was
// found is not for everyone. Repeating it says it again. errors.Is(err, ErrReplyGone) as with Edit.
func (b *Bot) Aside(ctx context.Context, r Reply, m Message) error {
	if err := b.rest.withdraw(ctx, r); err != nil {
		return err
	}
	return b.Tell(ctx, r, m)
}

// mentioning is the message with a mention of the user before everything else, which notifies that user alone.
func mentioning(user string, m Message) Message {
	mention := "<@" + user + ">"
	m.MentionUsers = []string{user}
	if len(m.Components) > 0 {
		m.Components = append([]discordgo.MessageComponent{discordgo.TextDisplay{Content: mention}}, m.Components...)
	} else {
		m.Text = mention + " " + m.Text
	}
	return m
}

// editOriginal is the one way to an interaction's original response.
func (c *rest) editOriginal(ctx context.Context, r Reply, m Message) (Posted, error) {
	body, err := encodeMessage(m.editPayload(), m.Files)
	if err != nil {
		return Posted{}, err
	}
	answer, err := c.do(ctx, originalRequest(r, body))
	if err != nil {
		return Posted{}, err
	}
	return c.posted(r.Channel, answer), nil
}

// follow adds a message to an interaction that was acknowledged.
func (c *rest) follow(ctx context.Context, r Reply, m Message, flags int) (Posted, error) {
	body, err := encodeMessage(m.createPayload(flags), m.Files)
	if err != nil {
		return Posted{}, err
	}
	answer, err := c.do(ctx, request{
		method: http.MethodPost, path: "/webhooks/" + r.App + "/" + r.Token + "?wait=true",
		secret: r.Token, body: body, repeat: unsent,
	})
	if err != nil {
		return Posted{}, err
	}
	return c.posted(r.Channel, answer), nil
}

// withdraw takes an interaction's original response back. One that is gone already is no error.
func (c *rest) withdraw(ctx context.Context, r Reply) error {
	_, err := c.do(ctx, request{
		method: http.MethodDelete, path: "/webhooks/" + r.App + "/" + r.Token + "/messages/@original",
		secret: r.Token, repeat: always,
	})
	if e, ok := errors.AsType[*APIError](err); ok && e.Code == codeUnknownMessage {
		return nil
	}
	if err != nil {
		return fmt.Errorf("withdraw the answer: %w", err)
	}
	return nil
}

func originalRequest(r Reply, body *body) request {
	return request{
		method: http.MethodPatch, path: "/webhooks/" + r.App + "/" + r.Token + "/messages/@original",
		secret: r.Token, body: body, repeat: always,
	}
}

// posted reads the message in an answer. An answer that cannot be read changes nothing about the message having been
// taken, so it is no error: sending again would be the greater harm.
func (c *rest) posted(channel string, answer []byte) Posted {
	var msg struct {
		ID          string       `json:"id"`
		Channel     string       `json:"channel_id"`
		Attachments []Attachment `json:"attachments"`
	}
	if err := json.Unmarshal(answer, &msg); err != nil {
		c.log.Warn("discord took a message, but its answer cannot be read", "channel", channel, "err", err)
		return Posted{Channel: channel}
	}
	if msg.Channel == "" {
		msg.Channel = channel
	}
	return Posted{Channel: msg.Channel, ID: msg.ID, Attachments: msg.Attachments}
}
