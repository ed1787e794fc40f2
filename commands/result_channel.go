package commands

import (
	"context"
	"time"

	"seedbank/bot"
	"seedbank/retrieval"
)

// copyTime bounds how long the copy of an answer may take: the answer itself has been delivered.
const copyTime = 30 * time.Second

// poster posts in channels.
type poster interface {
	PostMessage(ctx context.Context, channel string, m bot.Message, nonce string) (bot.Posted, error)
}

// copyToResults posts a new public answer once more in the server's result channel. It may fail without harm: the
// answer stands where it was asked for. Repeating it within some minutes posts nothing twice.
func (d *Desk) copyToResults(ctx context.Context, ask retrieval.Ask, o retrieval.Outcome, delivered retrieval.Delivered) {
	if ask.Private || o.Known || o.Card.Private || isConversation(ask.Scope) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, copyTime)
	defer cancel()
	set, err := d.history.Settings(ctx, ask.Scope)
	if err != nil {
		d.log.Error("the result channel is unknown", "ask", ask.ID, "err", err)
		return
	}
	if set.ResultChannel == "" || set.ResultChannel == ask.Channel {
		return
	}
	h := handover{
		door: d.door, log: d.log, ask: ask, reply: d.addressOf(ask).Reply, number: o.Card.Number,
		posted: set.ResultChannel, above: []string{textResultCopy(ask, delivered)},
	}
	copied, err := h.card(ctx, o)
	if err == nil {
		err = d.history.AddMessage(ctx, ask.View(), o.Card.Number, copied.Channel, copied.Message)
	}
	if err != nil {
		d.log.Warn("an answer could not be copied to the result channel", "ask", ask.ID, "channel", set.ResultChannel, "err", err)
	}
}
