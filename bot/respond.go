package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Callback types of Discord's interaction responses.
const (
	callbackMessage      = 4
	callbackDefer        = 5
	callbackDeferUpdate  = 6
	callbackUpdate       = 7
	callbackAutocomplete = 8
	callbackModal        = 9
)

// Discord wants an acknowledgement within three seconds, so one that has no answer is sent once more while there is
// time; but its answer may take longer, and is waited for: without it no work is begun.
const (
	ackJoin = 1500 * time.Millisecond
	ackTry  = 6 * time.Second
)

// ackState is how an interaction was acknowledged; it decides how a later word is said.
type ackState int32

const (
	unacked ackState = iota
	deferredPublic
	deferredPrivate
	answeredPublic
	answeredPrivate
	onMessage // the message of the pressed component was changed, or will be
	onPrivateMessage
	inModal
	withdrawn // the answer was taken back; what follows is a message of its own
	gone
)

// state is how the interaction was acknowledged so far.
func (i *Interaction) state() ackState { return ackState(i.ack.Load()) }

func (s ackState) private() bool {
	return s == deferredPrivate || s == answeredPrivate || s == onPrivateMessage
}

func (s ackState) deferred() bool { return s == deferredPublic || s == deferredPrivate }

// Defer acknowledges with "thinking…"; Edit or Deliver then fills it. Private answers are seen by the asker alone;
// that cannot be changed later. errors.Is(err, ErrReplyGone) when it came too late, ErrAlreadyAcknowledged when
// another process was faster: in both cases no work may be begun.
func (i *Interaction) Defer(ctx context.Context, private bool) error {
	data := map[string]any{}
	state := deferredPublic
	if private {
		data["flags"], state = flagPrivate, deferredPrivate
	}
	return i.callback(ctx, callbackDefer, data, nil, state)
}

// Respond answers at once with a message. Errors are those of Defer.
func (i *Interaction) Respond(ctx context.Context, m Message, private bool) error {
	flags, state := 0, answeredPublic
	if private {
		flags, state = flagPrivate, answeredPrivate
	}
	return i.callback(ctx, callbackMessage, m.createPayload(flags), m.Files, state)
}

// Update answers a component by making its message equal to m. Errors are those of Defer.
func (i *Interaction) Update(ctx context.Context, m Message) error {
	return i.callback(ctx, callbackUpdate, m.editPayload(), m.Files, i.onMessage())
}

// DeferUpdate acknowledges a component without a visible change; Edit may then change its message. Errors are those
// of Defer.
func (i *Interaction) DeferUpdate(ctx context.Context) error {
	return i.callback(ctx, callbackDeferUpdate, nil, nil, i.onMessage())
}

// ShowModal answers with a form. A modal cannot be the answer to a modal. Errors are those of Defer.
func (i *Interaction) ShowModal(ctx context.Context, m Modal) error {
	return i.callback(ctx, callbackModal, m.payload(), nil, inModal)
}

// Follow adds a message after the interaction was acknowledged. It is not repeated when its answer is lost, since it
// would show twice. After Defer use Bot.Edit first: until the deferred answer is filled, Discord takes a follow-up
// for its filling.
func (i *Interaction) Follow(ctx context.Context, m Message, private bool) (Posted, error) {
	flags := 0
	if private {
		flags = flagPrivate
	}
	return i.rest.follow(ctx, i.Reply(), m, flags)
}

// withdraw takes a deferred answer back, "thinking…" and all, so that what is still to be said can be said to the asker
// alone. A message that was filled would be gone too.
func (i *Interaction) withdraw(ctx context.Context) error {
	if err := i.rest.withdraw(ctx, i.Reply()); err != nil {
		return err
	}
	i.ack.Store(int32(withdrawn))
	return nil
}

// suggest answers an autocomplete.
func (i *Interaction) suggest(ctx context.Context, choices []Choice) error {
	return i.callback(ctx, callbackAutocomplete, map[string]any{"choices": offered(choices)}, nil, answeredPrivate)
}

func (i *Interaction) onMessage() ackState {
	if i.Message != nil && i.Message.Flags&flagPrivate != 0 {
		return onPrivateMessage
	}
	return onMessage
}

// callback sends the first response. It may be sent again when its answer was lost: should Discord then say that the
// interaction is acknowledged already, the lost one was ours.
func (i *Interaction) callback(ctx context.Context, kind int, data any, files []File, state ackState) error {
	payload := map[string]any{"type": kind}
	if data != nil {
		payload["data"] = data
	}
	body, err := encodeMessage(payload, files)
	if err != nil {
		return err
	}
	q := request{
		method: http.MethodPost, path: "/interactions/" + i.ID + "/" + i.Token + "/callback",
		secret: i.Token, body: body, repeat: always, settled: codeAlreadyAcked,
	}
	if len(files) == 0 {
		q.timeout, q.join = ackTry, ackJoin
	}
	if _, err := i.rest.do(ctx, q); err != nil {
		if errors.Is(err, ErrReplyGone) || errors.Is(err, ErrAlreadyAcknowledged) {
			i.ack.CompareAndSwap(int32(unacked), int32(gone))
		}
		return fmt.Errorf("acknowledge the interaction: %w", err)
	}
	i.ack.Store(int32(state))
	return nil
}

// tell says text, with what stands below it, to the asker, in the way that is still open, and to nobody else where
// Discord allows that: a public deferred answer that was not withdrawn is filled, and stays public.
func (i *Interaction) tell(ctx context.Context, text string, parts ...discordgo.MessageComponent) error {
	m := Message{Components: append(textOnly(text), parts...)}
	state := i.state()
	switch {
	case state == gone:
		return nil
	case state == unacked:
		return i.Respond(ctx, m, true)
	case state.deferred():
		_, err := i.rest.editOriginal(ctx, i.Reply(), m)
		return err
	}
	_, err := i.Follow(ctx, m, true)
	return err
}

func textOnly(text string) []discordgo.MessageComponent {
	return []discordgo.MessageComponent{discordgo.TextDisplay{Content: text}}
}
