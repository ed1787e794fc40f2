package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// Arguments of verbPick: who sees the answer to the choice.
const (
	pickPublic  = "public"
	pickPrivate = "private"
)

// maxMenuValue is Discord's limit for the value of a choice, in characters.
const maxMenuValue = 100

// letPick lets the asker choose among several jobs.
func (c *counter) letPick(ctx context.Context, i *bot.Interaction, jobs []string, private bool) error {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	known := map[string]db.Card{}
	for _, job := range jobs[:min(len(jobs), maxMenuRows)] {
		card, there, err := cardIfThere(c.history.CardOfJob(short, v, job, true))
		if err != nil {
			return err
		}
		if there {
			known[job] = card
		}
	}
	return i.Respond(ctx, pickMessage(jobs, known, private), true)
}

// pickMessage is the choice among several jobs. One that is a card already is called as that card is.
func pickMessage(jobs []string, known map[string]db.Card, private bool) bot.Message {
	who, words := pickPublic, textPick
	if private {
		who, words = pickPrivate, textPickPrivate
	}
	options := make([]discordgo.SelectMenuOption, 0, maxMenuRows)
	for _, job := range jobs {
		if len(job) > maxMenuValue || len(options) == maxMenuRows {
			continue
		}
		when := ""
		if at := jobMoment(job); at != "" {
			when = pickJobAt(at)
		}
		label := pickJob(job)
		if card, is := known[job]; is {
			label = cardOptionRow(card).Label
		}
		options = append(options, option(label, when, job))
	}
	parts := []discordgo.MessageComponent{text(words), row(menu(bot.ID(verbPick, who), menuChooseJob, options))}
	if len(options) < len(jobs) {
		parts = append(parts, text(textPickedOf(len(options), len(jobs))))
	}
	return framed(blue, parts...)
}

// pick asks for what was chosen, in a message of its own: the choice stays open for the others. A value may be forged,
// so it is read like any text.
func (c *counter) pick(ctx context.Context, i *bot.Interaction) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	if len(i.Values) != 1 {
		return bot.Refuse(textNoChoice)
	}
	ref := readReference(i.Values[0])
	if len(ref.jobs) != 1 {
		return bot.Refuse(textNoChoice)
	}
	return c.take(ctx, i, aim{job: ref.jobs[0]}, i.CustomID.Arg(0) != pickPublic)
}
