package bot

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// PostMessage posts in a channel as the bot. Within some minutes a nonce (at most 25 characters) is posted only once
// per channel, and a repeated call returns the message that is there; with an empty nonce this covers the call's own
// retries. errors.Is(err, ErrChannelRefused) when the bot may not post there.
func (b *Bot) PostMessage(ctx context.Context, channel string, m Message, nonce string) (Posted, error) {
	if nonce == "" {
		nonce = rand.Text()[:25]
	}
	payload := m.createPayload(0)
	payload["nonce"], payload["enforce_nonce"] = nonce, true
	return b.send(ctx, http.MethodPost, channel, "", payload, m.Files)
}

// EditMessage makes one of the bot's own messages equal to m, with the bot's rights in the channel. Repeating it does
// no harm.
func (b *Bot) EditMessage(ctx context.Context, channel, message string, m Message) (Posted, error) {
	return b.send(ctx, http.MethodPatch, channel, "/"+message, m.editPayload(), m.Files)
}

// DeleteMessage takes one of the bot's own messages away. One that is gone already is no error.
func (b *Bot) DeleteMessage(ctx context.Context, channel, message string) error {
	_, err := b.rest.do(ctx, request{
		method: http.MethodDelete, path: "/channels/" + channel + "/messages/" + message, bot: true, repeat: always,
	})
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

func (b *Bot) send(ctx context.Context, method, channel, message string, payload any, files []File) (Posted, error) {
	body, err := encodeMessage(payload, files)
	if err != nil {
		return Posted{}, err
	}
	answer, err := b.rest.do(ctx, request{
		method: method, path: "/channels/" + channel + "/messages" + message, bot: true, body: body, repeat: always,
	})
	if err != nil {
		return Posted{}, err
	}
	return b.rest.posted(channel, answer), nil
}

// ReadMessage reads a message with the bot's own rights. Whether the one who asks may see it is for MayView to say.
// Without the message content intent its texts and attachments are empty unless the message is the bot's own, mentions
// it, or stands in a direct message with it. Attachment addresses in it are fresh.
func (b *Bot) ReadMessage(ctx context.Context, channel, id string) (*Msg, error) {
	var m Msg
	if err := b.get(ctx, "/channels/"+channel+"/messages/"+id, &m); err != nil {
		return nil, fmt.Errorf("read message: %w", err)
	}
	return &m, nil
}

// mostMessages is how many messages are read at once: Discord gives 100, of which the longest would not fit into what is
// read of an answer.
const mostMessages = 50

// ReadMessages reads the messages of a channel that come after an ID, the oldest first; none when there are no more, and
// none where the bot may not read what was written before. What of them can be read is as with ReadMessage.
func (b *Bot) ReadMessages(ctx context.Context, channel, after string) ([]Msg, error) {
	query := url.Values{"after": {after}, "limit": {strconv.Itoa(mostMessages)}}
	var list []Msg
	if err := b.get(ctx, "/channels/"+url.PathEscape(channel)+"/messages?"+query.Encode(), &list); err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	slices.Reverse(list) // Discord gives the newest first
	return list, nil
}

// GuildOf is the server that a channel or thread belongs to; "" for a conversation. errors.Is(err, ErrChannelRefused) or
// ErrNotFound when the bot does not see the channel.
func (b *Bot) GuildOf(ctx context.Context, channel string) (string, error) {
	var c wireChannel
	if err := b.get(ctx, "/channels/"+url.PathEscape(channel), &c); err != nil {
		return "", fmt.Errorf("read a channel: %w", err)
	}
	return c.Guild, nil
}

// get reads a JSON object as the bot.
func (b *Bot) get(ctx context.Context, path string, into any) error {
	answer, err := b.rest.do(ctx, request{method: http.MethodGet, path: path, bot: true, repeat: always})
	if err != nil {
		return err
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("GET %s: read the answer: %w", path, err)
	}
	return nil
}
