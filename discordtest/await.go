package discordtest

import (
	"context"
	"fmt"
	"slices"
)

// Answer waits until the original response exists and is no longer "thinking…".
// After a deferred update (type 6) that is the component's message as it is. It
// ends early with ErrNoAnswer, ErrDeleted, ErrOtherAnswer or Err.
func (i *Interaction) Answer(ctx context.Context) (*Message, error) {
	return i.Await(ctx, func(m *Message) bool { return !m.Loading() })
}

// Await waits until the original response satisfies ok. It looks at the state of
// now and at every later one, also at those that pass quickly. It ends early as
// Answer does.
func (i *Interaction) Await(ctx context.Context, ok func(*Message) bool) (*Message, error) {
	if i.err != nil {
		return nil, i.err
	}
	for seen := -1; ; {
		i.s.mu.Lock()
		states, end, closed, wake := i.history, i.end(), i.s.closed, i.s.wake
		i.s.mu.Unlock()
		if seen < 0 {
			seen = max(len(states)-1, 0)
		}
		for ; seen < len(states); seen++ {
			if m := states[seen]; !m.Deleted && ok(m) {
				return m, nil
			}
		}
		switch {
		case end != nil:
			return nil, fmt.Errorf("await an answer: %w", end)
		case closed:
			return nil, fmt.Errorf("await an answer: %w", ErrClosed)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("await an answer: %w", context.Cause(ctx))
		case <-wake:
		}
	}
}

// end is why no further state of the original response will come, nil when one
// may. The caller holds s.mu.
func (i *Interaction) end() error {
	switch {
	case i.phase == phaseFailed:
		return ErrNoAnswer
	case i.callback == callbackModal:
		return fmt.Errorf("%w: with a modal", ErrOtherAnswer)
	case i.callback == callbackAutocomplete:
		return fmt.Errorf("%w: with choices", ErrOtherAnswer)
	case len(i.history) > 0 && i.history[len(i.history)-1].Deleted:
		return ErrDeleted
	}
	return nil
}

// Failed waits until the user is told that the application did not respond. It
// is an error when the application did.
func (i *Interaction) Failed(ctx context.Context) error {
	if i.err != nil {
		return i.err
	}
	answered := false
	err := i.s.await(ctx, "a failed interaction", func() bool {
		answered = i.phase == phaseAnswered && !i.thinking()
		return answered || i.phase == phaseFailed
	})
	if err == nil && answered {
		return fmt.Errorf("await a failed interaction: the application answered with type %d", i.callback)
	}
	return err
}

// Acknowledged waits for the first answer and returns its type (4 to 9).
func (i *Interaction) Acknowledged(ctx context.Context) (int, error) {
	if i.err != nil {
		return 0, i.err
	}
	if err := i.s.await(ctx, "an acknowledgement", func() bool { return i.phase != phaseWaiting }); err != nil {
		return 0, err
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	if i.callback == 0 {
		return 0, fmt.Errorf("await an acknowledgement: %w", ErrNoAnswer)
	}
	return i.callback, nil
}

// Message is the original response now, nil when there is none (yet, or any more).
func (i *Interaction) Message() *Message {
	if i.err != nil {
		return nil
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return sealedOrNil(i.channel.message(i.original))
}

// FollowUps are the follow-up messages that are still there, oldest first.
func (i *Interaction) FollowUps() []*Message {
	if i.err != nil {
		return nil
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	out := make([]*Message, 0, len(i.followUps))
	for _, id := range i.followUps {
		if m := i.channel.message(id); m != nil {
			out = append(out, m.sealed())
		}
	}
	return out
}

// AwaitFollowUp waits for a follow-up message that satisfies ok.
func (i *Interaction) AwaitFollowUp(ctx context.Context, ok func(*Message) bool) (*Message, error) {
	if i.err != nil {
		return nil, i.err
	}
	return i.s.AwaitMessage(ctx, i.channel, func(m *Message) bool { return i.followedBy(m.ID) && ok(m) })
}

func (i *Interaction) followedBy(message string) bool {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return slices.Contains(i.followUps, message)
}

// History is every state that the original response went through, oldest first;
// a last one with Deleted set tells that it was deleted.
func (i *Interaction) History() []*Message {
	if i.err != nil {
		return nil
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return append([]*Message(nil), i.history...)
}

// Messages returns what the viewer sees in the channel, oldest first: nothing
// without the permissions to view the channel and to read its history, and no
// ephemeral message of others. A nil viewer sees everything.
func (c *Channel) Messages(viewer *User) []*Message {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	out := []*Message{}
	if viewer != nil && !c.s.permissions(viewer, c).Has(ViewChannel|ReadMessageHistory) {
		return out
	}
	for _, m := range c.messages {
		if viewer == nil || m.Viewer == "" || m.Viewer == viewer.ID {
			out = append(out, m.sealed())
		}
	}
	return out
}

// Message returns a message as it is now, ephemeral ones too; nil for none.
func (s *Server) Message(channel, id string) *Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		return sealedOrNil(c.message(id))
	}
	return nil
}

func sealedOrNil(m *Message) *Message {
	if m == nil {
		return nil
	}
	return m.sealed()
}

// AwaitMessage waits for a message in the channel that satisfies ok, ephemeral
// ones included. It looks at those that are there, and then at every new or
// changed one, also at states that pass quickly.
func (s *Server) AwaitMessage(ctx context.Context, c *Channel, ok func(*Message) bool) (*Message, error) {
	o := newObserver()
	s.mu.Lock()
	closed := s.closed
	s.observers[o] = struct{}{}
	s.mu.Unlock()
	defer s.unwatch(o)
	for _, m := range c.Messages(nil) {
		if ok(m) {
			return m, nil
		}
	}
	for {
		s.mu.Lock()
		queue, ended := o.queue, o.ended || closed
		o.queue = nil
		s.mu.Unlock()
		for _, change := range queue {
			if m := change.Message; m != nil && m.ChannelID == c.ID && !m.Deleted && ok(m) {
				return m, nil
			}
		}
		if ended {
			return nil, fmt.Errorf("await a message: %w", ErrClosed)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("await a message: %w", context.Cause(ctx))
		case <-o.wake:
		}
	}
}
