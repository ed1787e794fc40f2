package commands

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"seedbank/bot"
	"seedbank/db"
)

// directLimit is how many new seeds a member may ask for in a day in direct messages, where there are no settings.
const directLimit = 20

// maySpend refuses a request for a seed when asking is paused or the member's day is used up, and else counts it for
// them: the ID is that of the ask which follows.
func (c *counter) maySpend(ctx context.Context, i *bot.Interaction, set db.Settings, ask string) error {
	a := allowance{set.DailyLimit, c.history.Spent, textLimit}
	if i.Guild == "" {
		a.limit, a.words = directLimit, textDirectLimit
	}
	return c.spend(ctx, i, set, &c.quota, a, ask)
}

// mayOrder is maySpend for a picture, which does not count as a seed.
func (c *counter) mayOrder(ctx context.Context, i *bot.Interaction, set db.Settings, order string) error {
	return c.spend(ctx, i, set, &c.pictureQuota, allowance{set.PictureLimit, c.history.SpentOnPictures, textPictureLimit}, order)
}

// allowance is what a member may spend in a day.
type allowance struct {
	limit int // 0 for any number
	spent func(ctx context.Context, scope, member string, since time.Time) (int, error)
	words func(used, limit int, next time.Time) string // when it is used up
}

func (c *counter) spend(ctx context.Context, i *bot.Interaction, set db.Settings, q *quota, a allowance, ask string) error {
	if set.Paused != "" {
		return bot.Refuse(textPaused(set.Paused))
	}
	if a.limit <= 0 {
		return nil
	}
	now := time.Now()
	used, err := q.take(ctx, c.history, a, hands(i), ask, now)
	if err != nil {
		return err
	}
	if used >= a.limit {
		return bot.Refuse(a.words(used, a.limit, dayOf(now).AddDate(0, 0, 1)))
	}
	return nil
}

// dayOf is the beginning of a moment's day. Days are UTC's, since Discord does not tell a member's time zone.
func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// quota keeps many asks at once from being more than a day allows: an ask counts in the history only when its request
// is sent, and until then it counts here. Its zero value is ready.
type quota struct {
	mu      sync.Mutex
	members map[memberKey]*admitted
}

// memberKey is a member of a server or of a conversation.
type memberKey struct{ scope, member string }

func keyOf(v db.View) memberKey { return memberKey{v.Scope, v.Member} }

// admitted are a member's asks that may or may not have reached the history yet.
type admitted struct {
	asks  []admission // never none while it is kept
	spent int         // what the history counted when it was last looked at
}

type admission struct {
	ask string
	at  time.Time
}

// startTime is how long an ask may take to appear in the history; one that has not by then never began.
const startTime = time.Minute

// admittedLife is longer than any ask waits for its request to be sent.
const admittedLife = time.Hour

// take counts an ask of the member unless the day's limit is reached. It returns what was used before.
func (q *quota) take(ctx context.Context, history *db.Store, of allowance, v db.View, ask string, now time.Time) (used int, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	spent, err := of.spent(ctx, v.Scope, v.Member, dayOf(now))
	if err != nil {
		return 0, fmt.Errorf("count the day's asks: %w", err)
	}
	if q.members == nil {
		q.members = map[memberKey]*admitted{}
	}
	key := keyOf(v)
	for other, a := range q.members {
		if other != key && now.Sub(a.asks[len(a.asks)-1].at) > admittedLife {
			delete(q.members, other)
		}
	}
	a := q.members[key]
	if a == nil {
		a = &admitted{spent: spent}
	}
	if err := a.settle(ctx, history, v, spent, now); err != nil {
		return 0, err
	}
	used = spent + len(a.asks)
	if used < of.limit {
		a.asks = append(a.asks, admission{ask, now})
	}
	if len(a.asks) == 0 {
		delete(q.members, key)
	} else {
		q.members[key] = a
	}
	return used, nil
}

// settle drops the asks that need not be counted here any more: those that have ended, and as many others as the
// history counts more than can be of those. In doubt an ask stays counted until it ends.
func (a *admitted) settle(ctx context.Context, history *db.Store, v db.View, spent int, now time.Time) error {
	var open []admission
	for _, one := range a.asks {
		ask, err := history.Ask(ctx, v, one.ask)
		switch {
		case err == nil && ask.State != db.Running:
		case errors.Is(err, db.ErrNotFound) && now.Sub(one.at) > startTime:
		case err != nil && !errors.Is(err, db.ErrNotFound):
			return fmt.Errorf("look up ask %s: %w", one.ask, err)
		default:
			open = append(open, one)
		}
	}
	counted := spent - a.spent - (len(a.asks) - len(open))
	a.asks, a.spent = open[min(max(counted, 0), len(open)):], spent
	return nil
}
