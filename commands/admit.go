package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

// admit is the one place where it is decided whether an ask goes on. What is known here, and the member may find, is
// everyone's: it becomes the aim at that card, so that no request can come of it. Only for a new request the member needs
// the right to ask, an account that may be read here, and something left of the day. Where the channel is closed for
// asking, what is known is told to the asker alone. admit sends no request.
func (c *counter) admit(ctx context.Context, i *bot.Interaction, a aim) (aim, error) {
	set, err := c.settings(ctx, i)
	if err != nil {
		return aim{}, err
	}
	a.private = a.private || !asksHere(i, set)
	if a.card != 0 {
		return a, nil
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return aim{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	known := func(private bool) (aim, bool, error) {
		card, there, err := cardIfThere(c.history.CardOfJob(ctx, v, a.job, private))
		return aim{job: a.job, card: card.Number, private: private}, there, err
	}
	if card, there, err := known(a.private); err != nil || there {
		return card, err
	}
	refusal := c.mayFetch(ctx, i, set, a.job)
	if _, refused := errors.AsType[*bot.UserError](refusal); refused {
		// One's own private card is an answer too, if not for everybody.
		if card, there, err := known(true); err != nil || there {
			return card, err
		}
	}
	return a, refusal
}

// mayFetch refuses a request to the service: the member may not ask here, the job is of a Midjourney account that may not
// be read here, asking is paused, or the day is used up. Else the request counts for the member.
func (c *counter) mayFetch(ctx context.Context, i *bot.Interaction, set db.Settings, job string) error {
	if err := c.may(ctx, i, rightAsk); err != nil {
		return err
	}
	if err := c.mayRead(ctx, i, set, job); err != nil {
		return err
	}
	return c.maySpend(ctx, i, set, i.ID)
}

// mayRead refuses a job of a Midjourney account that may not be read here. A server may read jobs of the accounts that its
// settings name, or of all. A direct message has no settings: what any server has chosen for itself is not read there.
func (c *counter) mayRead(ctx context.Context, i *bot.Interaction, set db.Settings, job string) error {
	account := retrieval.ChannelOfJob(job)
	if i.Guild != "" {
		if len(set.Accounts) > 0 && !slices.Contains(set.Accounts, account) {
			return bot.Refuse(textOtherAccount)
		}
		return nil
	}
	chosen, err := c.history.AccountChosen(ctx, account)
	switch {
	case err != nil:
		return fmt.Errorf("look up the account of job %s: %w", job, err)
	case chosen:
		return bot.Refuse(textServersAccount)
	}
	return nil
}
