package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// attempt is what one try of a request brought.
type attempt struct {
	answer
	err error
}

// once sends the request, and where it is in a hurry once more beside that when no answer has come within q.join: a
// connection may hang, and an answer may just be slow, which nobody can tell apart. The first answer that says that
// Discord has done it counts. Lost tells that a try beside the one that is given has no answer, and may have worked.
func (c *rest) once(ctx context.Context, q request) (a answer, lost bool, err error) {
	if q.join == 0 {
		a, err = c.try(ctx, q)
		return a, false, err
	}
	ctx, cancel := context.WithCancel(ctx)
	tries := make(chan attempt)
	running := 0
	begin := func() {
		running++
		go func() { tries <- c.guarded(ctx, q) }()
	}
	defer func() {
		cancel()
		for ; running > 0; running-- {
			<-tries
		}
	}()
	begin()
	join := time.NewTimer(q.join)
	defer join.Stop()
	var before *attempt
	for {
		select {
		case <-join.C:
			begin()
		case got := <-tries:
			running--
			switch {
			case running == 0 && before != nil && got.err != nil: // words of Discord's say more than none
				return before.answer, arrived(got.err), before.err
			case running == 0 || q.done(got):
				return got.answer, running > 0 || before != nil && before.err != nil && arrived(before.err), got.err
			}
			before = &got
		}
	}
}

// guarded is a try whose panic is an error.
func (c *rest) guarded(ctx context.Context, q request) (got attempt) {
	defer func() {
		if r := recover(); r != nil {
			got.err = fmt.Errorf("%s: panic: %v", q.route(), r)
		}
	}()
	got.answer, got.err = c.try(ctx, q)
	return got
}

// done tells that Discord has done what was asked: at this try, or, by its words, at another of ours.
func (q request) done(got attempt) bool {
	if got.err != nil {
		return false
	}
	var refused *APIError
	return !errors.As(q.refusal(got.answer), &refused) || refused.Code != 0 && refused.Code == q.settled
}
