package commands

import (
	"encoding/json"
	"errors"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

// address is where the desk hands an outcome over: a reply, and what is special about it. It is kept with the ask, so
// what is added to it must leave the addresses of earlier versions readable.
type address struct {
	bot.Reply
	Share   *sharing `json:"share,omitempty"`    // the card goes to another channel, and the reply says where
	InPlace *inPlace `json:"in_place,omitempty"` // the reply's message shows the card already
	Named   bool     `json:"named,omitempty"`    // the message whose pictures are looked at names an ID of Midjourney's
}

// sharing is a card on its way to another channel.
type sharing struct {
	Channel string `json:"channel"`
	From    string `json:"from,omitempty"` // address of the card's own message
	// Unchecked: Discord did not say in time who may write there.
	Unchecked bool `json:"unchecked,omitempty"`
}

// inPlace is a card whose pictures are uploaded anew into a message that shows it.
type inPlace struct {
	Shown int      `json:"shown"`           // how many pictures the message holds
	Known bool     `json:"known,omitempty"` // the message says that the card was known
	Above []string `json:"above,omitempty"` // what stands above the card in the message
	Back  *back    `json:"back,omitempty"`
}

// back is a card that was deleted and comes back, into the message that was pressed and into others.
type back struct {
	Places []db.Place `json:"places,omitempty"` // of the others
}

// addressOf is where an ask's outcome goes. An address that cannot be read leaves the channel, where everybody reads.
func (d *Desk) addressOf(ask retrieval.Ask) address {
	var to address
	err := json.Unmarshal(ask.Reply, &to)
	if err == nil && to.Channel == "" {
		err = errors.New("it names no channel")
	}
	if err != nil {
		d.log.Error("the address of a reply cannot be read, answering in the channel", "ask", ask.ID, "err", err)
		to = address{Reply: bot.Reply{Interaction: ask.ID, Channel: ask.Channel, User: ask.Member}}
	}
	to.Private = to.Private || ask.Private
	return to
}
