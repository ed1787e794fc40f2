package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"seedbank/bot"
	"seedbank/db"
)

// Mender sees that members who asked to be forgotten are, however often the process ends before it is done: it takes up
// what an earlier one left, and tries again what Discord did not take. Safe for concurrent use.
type Mender struct {
	door    menderDoor
	history *db.Store
	log     *slog.Logger
	every   time.Duration

	mu     sync.Mutex
	inHand map[forgotten]int // by the calls that members wait for
}

// menderDoor is what the mender needs of Discord.
type menderDoor interface {
	editor
	changer
	messageReader
}

// forgotten is who is to be forgotten where.
type forgotten struct{ scope, member string }

// unnamed is what became of the messages that named a member.
type unnamed struct {
	changed, refused int
	waiting          bool // some are left to be tried again
}

const (
	mendEvery = 5 * time.Minute
	mendPage  = 100
	// codeTooManyEdits is how Discord puts off edits of messages that are older than an hour.
	codeTooManyEdits = 30046
)

// NewMender makes a mender. The bot need not run yet.
func NewMender(b *bot.Bot, s *db.Store, log *slog.Logger) *Mender {
	return &Mender{door: b, history: s, log: log, every: mendEvery, inHand: map[forgotten]int{}}
}

// Start mends in the background until ctx ends or stop is called, which waits for what is under way.
func (m *Mender) Start(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(m.every)
		defer tick.Stop()
		for {
			if err := m.takeUp(ctx); err != nil && ctx.Err() == nil {
				m.log.WarnContext(ctx, "somebody is not forgotten everywhere yet", "err", err)
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

// takeUp goes on with every wish that nobody has in hand.
func (m *Mender) takeUp(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	wishes, err := m.history.Forgettings(ctx)
	if err != nil {
		return err
	}
	for _, wish := range wishes {
		if !m.isInHand(wish.View) {
			err = errors.Join(err, m.carryOut(ctx, wish)) // one that fails keeps nobody else waiting
		}
	}
	return err
}

// carryOut goes on with a wish that was left, and tells the member who still waits. Who was told is forgotten: what they
// have kept since is theirs, and only messages from before are left.
func (m *Mender) carryOut(ctx context.Context, wish db.Forgetting) error {
	if wish.Reply == nil {
		m.unname(ctx, wish.View)
		return m.history.EndForgetting(ctx, wish.View)
	}
	if _, err := m.history.Forget(ctx, wish.View); err != nil {
		return err
	}
	messages := m.unname(ctx, wish.View)
	var reply bot.Reply
	if err := json.Unmarshal(wish.Reply, &reply); err == nil {
		said := framed(blue, text(textForgottenAfterAll(messages, isConversation(wish.Scope))))
		if _, err := m.door.Edit(ctx, reply, said); err != nil && !errors.Is(err, bot.ErrReplyGone) && !refused(err) {
			return fmt.Errorf("tell a member that they are forgotten: %w", err)
		}
	}
	return m.end(ctx, wish.View)
}

// end notes that the member was told, and that nothing is left to do, if so.
func (m *Mender) end(ctx context.Context, v db.View) error {
	if err := m.history.ToldForgetting(ctx, v); err != nil {
		return err
	}
	return m.history.EndForgetting(ctx, v)
}

// hold keeps the mender from a wish that a call sees to, until it is let go.
func (m *Mender) hold(v db.View) (letGo func()) {
	m.count(v, 1)
	return func() { m.count(v, -1) }
}

func (m *Mender) count(v db.View, more int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	who := forgotten{v.Scope, v.Member}
	if m.inHand[who] += more; m.inHand[who] == 0 {
		delete(m.inHand, who)
	}
}

func (m *Mender) isInHand(v db.View) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.inHand[forgotten{v.Scope, v.Member}] > 0
}

// unname takes a forgotten member's name off messages of cards that were theirs, as far as a minute and Discord allow.
// Those of cards that are erased say so. Each message is tried once.
func (m *Mender) unname(ctx context.Context, v db.View) (became unnamed) {
	ctx, cancel := context.WithTimeout(ctx, withdrawTime)
	defer cancel()
	for before := ""; ; {
		messages, err := m.history.Naming(ctx, v, before, mendPage)
		if err != nil || len(messages) == 0 {
			became.waiting = became.waiting || err != nil
			return became
		}
		for _, at := range messages {
			before = at.Message
			err := m.mend(ctx, v, at)
			switch {
			case ctx.Err() != nil, putOff(err):
				became.waiting = true
				continue
			case err != nil:
				became.refused++
			default:
				became.changed++
			}
			if m.history.EndNaming(ctx, v, at.Place) != nil {
				became.waiting = true
			}
		}
	}
}

// errNothingNamed says that a message does not show the card, or that there is none to show.
var errNothingNamed = errors.New("the message does not show the card")

// mend changes one message. An error that is not putOff is the last word on it.
func (m *Mender) mend(ctx context.Context, v db.View, at db.Naming) error {
	if at.Hidden {
		return replaced(ctx, m.door, at.Place, framed(grey, text(textErased(at.Number))))
	}
	card, err := m.history.Card(ctx, v, at.Number)
	if err != nil {
		return err
	}
	is, err := m.door.ReadMessage(ctx, at.Channel, at.Message)
	if err != nil {
		return err
	}
	if !showsCard(is, card) {
		return errNothingNamed
	}
	now, ok := reshownUnder(is, card, slices.DeleteFunc(headOf(is), func(line string) bool {
		return strings.Contains(line, mention(v.Member))
	}))
	if !ok {
		return errNothingNamed
	}
	_, err = m.door.EditMessage(ctx, at.Channel, at.Message, now)
	return err
}

// putOff tells errors that pass from those that stay.
func putOff(err error) bool {
	if e, ok := errors.AsType[*bot.APIError](err); ok && e.Code == codeTooManyEdits {
		return true
	}
	return err != nil && !refused(err) && !errors.Is(err, errNothingNamed) && !errors.Is(err, db.ErrNotFound)
}
