package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"
)

const (
	progressPause = 2 * time.Second  // between two edits of one reply
	progressTry   = 10 * time.Second // for one edit
)

// Progress shows how work goes in an interaction's original response. Discord is asked at most once in two seconds
// and only when something changed; of several words the latest is shown. Its errors are logged and nothing more: the
// final word does not depend on it. Safe for concurrent use.
type Progress struct {
	bot   *Bot
	reply Reply

	mu     sync.Mutex
	closed bool
	where  string // ID of the message, once known
	next   *Message
	stop   context.CancelFunc // ends the waits of the sender that runs, not an edit under way
	idle   chan struct{}      // closed when the sender that runs has ended; nil when none does

	// Touched by the sender alone, of which there is one at a time.
	shown []byte
	last  time.Time
}

// Progress makes a progress display for the reply. Close it before the final word.
func (b *Bot) Progress(r Reply) *Progress { return &Progress{bot: b, reply: r, where: r.Message} }

// Message is the ID of the message that shows the progress; "" while Discord has not told it.
func (p *Progress) Message() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.where
}

// Show asks for the message to be shown and returns at once. Files are not sent along. After Close it does nothing.
func (p *Progress) Show(m Message) {
	m.Files = nil
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.next = &m
	if p.idle != nil || !p.bot.senders.enter() {
		return // a sender runs and will take it, or the bot has stopped
	}
	var ctx context.Context
	ctx, p.stop = context.WithCancel(context.Background())
	p.idle = make(chan struct{})
	go p.send(ctx)
}

// Close ends the display and waits for the edit under way, so that no progress can overtake the final word. It may be
// called more than once.
func (p *Progress) Close() {
	p.mu.Lock()
	p.closed = true
	idle := p.idle
	if p.stop != nil {
		p.stop()
	}
	p.mu.Unlock()
	if idle != nil {
		<-idle
	}
}

// send shows what is wanted until nothing more is; Show then starts another sender. An abandoned display so costs
// nothing.
func (p *Progress) send(ctx context.Context) {
	defer p.bot.senders.leave()
	defer func() {
		if r := recover(); r != nil {
			p.bot.log.Error("progress display broke", "panic", r)
			p.mu.Lock()
			p.closed = true
			p.end()
			p.mu.Unlock()
		}
	}()
	lane := p.bot.rest.lane(originalRequest(p.reply, nil))
	for p.wanted() {
		if d := time.Until(p.last.Add(progressPause)); d > 0 {
			_ = pause(ctx, d) // when it ends early, take finds the display closed
		}
		_ = p.bot.rest.limits.wait(ctx, lane)
		m := p.take()
		if m == nil {
			return
		}
		if err := p.show(*m); err != nil {
			p.bot.log.Debug("progress was not shown", "reply", p.reply, "err", err)
			if errors.Is(err, ErrReplyGone) {
				p.mu.Lock()
				p.closed = true
				p.mu.Unlock()
			}
		}
	}
}

// wanted tells whether there is something to show; when not, the sender has ended.
func (p *Progress) wanted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next == nil || p.closed {
		p.end()
		return false
	}
	return true
}

// take is the newest message to show; nil means that the sender ends.
func (p *Progress) take() *Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.next
	p.next = nil
	if m == nil || p.closed {
		p.end()
		return nil
	}
	return m
}

// end marks the sender as ended; p.mu is held.
func (p *Progress) end() {
	p.stop()
	close(p.idle)
	p.idle, p.stop = nil, nil
}

// show edits the reply when that changes anything. The edit is not bound to the display's life: one that Discord has
// half received must not be left to arrive after the final word.
func (p *Progress) show(m Message) error {
	raw, err := json.Marshal(m.editPayload())
	if err != nil || bytes.Equal(raw, p.shown) {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), progressTry)
	defer cancel()
	q := originalRequest(p.reply, bytesBody("application/json", raw))
	q.repeat = never
	p.last = time.Now()
	answer, err := p.bot.rest.do(ctx, q)
	if err != nil {
		return err
	}
	p.shown = raw
	if posted := p.bot.rest.posted(p.reply.Channel, answer); posted.ID != "" {
		p.mu.Lock()
		p.where = posted.ID
		p.mu.Unlock()
	}
	return nil
}
