package retrieval

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// takeUpTime bounds how long a start waits for one note to get on record, where the disk is full. It goes on behind.
const takeUpTime = 5 * time.Second

// ErrNotKept tells that an ask or order could not be written down in time, mostly because the disk is full. It will be
// once there is room, unless the process ends before.
var ErrNotKept = errors.New("not written down yet")

// take has what a member asks acknowledged and puts it on record. The acknowledgement goes first: Discord waits three
// seconds for it, and a disk may take longer. What stands between the two is the inbox: a process that is killed there
// has a note of it, and the next one goes on. An ask whose acknowledgement failed was never asked. acknowledge is nil
// where that was done before.
func (s *Service) take(ctx context.Context, n note, acknowledge func() error) error {
	if !s.ready.Load() {
		return errors.New("retrieval is not running")
	}
	if acknowledge != nil {
		if err := s.inbox.put(n); err != nil {
			s.log.Warn("an ask is lost if the process ends now", "ask", n.id(), "err", err)
		}
		if err := acknowledge(); err != nil {
			s.inbox.strike(n.id())
			return err
		}
	}
	return s.keepNote(ctx, n)
}

// keepNote puts on record what a note says, and strikes it then.
func (s *Service) keepNote(ctx context.Context, n note) (err error) {
	id := n.id()
	struck := func() { s.inbox.strike(id) }
	switch {
	case n.Look != nil:
		err = start(ctx, s.engine, s.seek, *n.Look, "look:"+id, struck)
	case n.Ask.Generate != nil:
		err = start(ctx, s.engine, s.imagine, *n.Ask, "imagine:"+id, struck)
	default:
		err = start(ctx, s.engine, s.ask, *n.Ask, "ask:"+id, struck)
	}
	if err != nil {
		return fmt.Errorf("take ask %s: %w", id, err)
	}
	return nil
}

// takeUp puts on record what an earlier process was asked in its last moment. What got there after all changes nothing.
func (s *Service) takeUp(ctx context.Context, left []note) {
	for _, n := range left {
		short, cancel := context.WithTimeout(ctx, takeUpTime)
		err := s.keepNote(short, n)
		cancel()
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			s.log.Error("an ask that came in at the end of an earlier process is not on record yet", "ask", n.id(), "err", err)
		default:
			s.log.Info("an ask that came in at the end of an earlier process is taken up", "ask", n.id())
		}
	}
}
