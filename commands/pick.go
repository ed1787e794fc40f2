package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// Arguments of verbPick: who sees the answer to the choice.
const (
	pickPublic  = "public"
	pickPrivate = "private"
)

// maxMenuValue is Discord's limit for the value of a choice, in characters.
const maxMenuValue = 100

// pickMessage lets the asker choose among several jobs.
func pickMessage(jobs []string, private bool) bot.Message {
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
		options = append(options, option(pickJob(job), when, job))
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
	if err := c.mayAsk(ctx, i); err != nil {
		return err
	}
	if len(i.Values) != 1 {
		return bot.Refuse(textNoChoice)
	}
	ref := readReference(i.Values[0])
	if len(ref.jobs) != 1 {
		return bot.Refuse(textNoChoice)
	}
	return c.begin(ctx, i, aim{job: ref.jobs[0]}, i.CustomID.Arg(0) != pickPublic)
}
