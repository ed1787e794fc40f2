package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	handlerTime      = replyLife + 30*time.Second // how long a handler may take: as long as the reply lives
	autocompleteTime = 2500 * time.Millisecond    // Discord shows nothing that comes after three seconds
	lastWords        = 10 * time.Second           // for telling a member about an error when ctx is over
)

const restarting = "**I'm restarting.** Please try again in a minute."

// receive takes an interaction off the gateway. It is called in discordgo's read loop and must not block.
func (b *Bot) receive(ctx context.Context, raw json.RawMessage) {
	team, stopping := &b.handlers, false
	if !team.enter() {
		// From here on members are only told to come back; these goroutines are waited for apart from the handlers.
		if team, stopping = &b.senders, true; !team.enter() {
			return
		}
	}
	go func() {
		defer team.leave()
		defer func() {
			if r := recover(); r != nil {
				b.log.Error("interaction broke the router", "panic", r, "stack", string(debug.Stack()))
			}
		}()
		i, kind, err := decodeInteraction(raw)
		if err != nil {
			b.log.Error("interaction dropped", "err", err)
			return
		}
		i.rest = b.rest
		handle := b.router.find(i, kind)
		if stopping {
			handle = func(context.Context, *Interaction) error { return Refuse(restarting) }
		}
		b.serve(ctx, i, handle)
	}()
}

// serve runs a handler and says what its error calls for.
func (b *Bot) serve(ctx context.Context, i *Interaction, handle Handler) {
	ctx, cancel := context.WithTimeout(ctx, handlerTime)
	defer cancel()
	begin := time.Now()
	err := guard(ctx, i, handle)
	if err == nil && i.state() == unacked {
		err = errors.New("the handler ended without an answer")
	}
	b.log.Debug("interaction handled", "interaction", i, "took", time.Since(begin), "ok", err == nil)
	if err != nil {
		b.explain(context.WithoutCancel(ctx), i, err)
	}
}

// guard turns a panic into an error.
func guard(ctx context.Context, i *Interaction, handle Handler) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return handle(ctx, i)
}

// explain is the one place where an error of a handler is logged and told.
func (b *Bot) explain(ctx context.Context, i *Interaction, err error) {
	ctx, cancel := context.WithTimeout(ctx, lastWords)
	defer cancel()
	var words string
	var user *UserError
	switch {
	case errors.Is(err, ErrReplyGone) && i.state() == gone:
		b.log.Warn("interaction came too late to be answered", "interaction", i, "age", time.Since(i.Created).Round(time.Millisecond), "err", err)
		return
	case errors.Is(err, ErrAlreadyAcknowledged) && i.state() == gone:
		b.log.Error("interaction was answered by somebody else: does another process run with the same bot token?", "interaction", i, "err", err)
		return
	case errors.As(err, &user):
		words = user.Text
		b.log.Info("interaction refused", "interaction", i, "err", err)
		if i.state() == deferredPublic {
			if err := i.withdraw(ctx); err != nil { // then everybody reads it, which is better than nobody
				b.log.Warn("a refusal could not be told to the asker alone", "interaction", i, "err", err)
			}
		}
	default:
		// The interaction's ID is the reference: it is in the log, and tells a stranger nothing.
		words = "**Something went wrong on our side.** It has been logged (reference " + i.ID + "). Please try again."
		if b.router.failure != nil {
			words = cmp.Or(b.router.failure(err), words)
		}
		b.log.Error("interaction failed", "interaction", i, "reference", i.ID, "err", err)
	}
	if i.Kind == KindAutocomplete {
		if i.state() == unacked {
			err = i.suggest(ctx, nil)
		} else {
			err = nil
		}
	} else {
		var parts []discordgo.MessageComponent
		if more, ok := errors.AsType[*below](err); ok {
			parts = more.parts
		}
		err = i.tell(ctx, words, parts...)
	}
	if err != nil {
		b.log.Warn("the member could not be told", "interaction", i, "err", err)
	}
}
