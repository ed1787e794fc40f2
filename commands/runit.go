package commands

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
	"seedbank/retrieval"
)

// maxRunLine bounds a prompt that can be run, in UTF-16 units: it has to stand in the message that asks once more.
const maxRunLine = 2500

// How fast a picture is made, as custom IDs carry it.
const (
	speedFast  = "fast"
	speedRelax = "relax"
)

// runItRow is the button Run it for a prompt, or nil where the member may not run it or it is not the prompt of one
// picture. The line has to stand in the message that gets the row, to the letter: as a whole text of it, or as its one
// fenced block. The card, which may be the zero Card, becomes the parent of the picture.
func (c *counter) runItRow(ctx context.Context, i *bot.Interaction, card db.Card, line string) []discordgo.MessageComponent {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	if !c.setup.Imagine || c.may(ctx, i, rightImagine) != nil || !isRunnable(line) {
		return nil
	}
	return []discordgo.MessageComponent{row(
		button(discordgo.SecondaryButton, "🖼️", labelRunIt, bot.ID(verbRun, strconv.FormatInt(card.Number, 10), lineHash(line))),
	)}
}

// isRunnable tells whether a line can be run as it is.
func isRunnable(line string) bool {
	return strings.TrimSpace(line) != "" && units(line) <= maxRunLine && !strings.Contains(line, fence) && isOnePicture(line)
}

// lineHash names a prompt in a custom ID, which has no room for it. The prompt itself is read from the message.
func lineHash(line string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.TrimSpace(line)))
	return strconv.FormatUint(h.Sum64(), 36)
}

// lineIn finds the prompt of a hash among the texts of one of our own messages.
func lineIn(m *bot.Msg, hash string) (line string, found bool) {
	if m == nil {
		return "", false
	}
	for _, s := range m.Texts() {
		if parts := strings.Split(s, fence); len(parts) == 3 {
			s = parts[1]
		}
		if s = strings.TrimSpace(s); lineHash(s) == hash {
			return s, true
		}
	}
	return "", false
}

// mayRun is every check before a picture is made: the owner, the role, the channel, and what the bot needs to answer.
func (c *counter) mayRun(ctx context.Context, i *bot.Interaction) error {
	if err := c.may(ctx, i, rightImagine); err != nil {
		return err
	}
	if err := mayAnswer(i); err != nil {
		return err
	}
	return c.may(ctx, i, rightAsk)
}

// run asks once more before a picture is made, and names what it costs.
func (c *counter) run(ctx context.Context, i *bot.Interaction) error {
	if err := c.mayRun(ctx, i); err != nil {
		return err
	}
	line, found := lineIn(i.Message, i.CustomID.Arg(1))
	if !found || !isRunnable(line) {
		return bot.Refuse(textNotRunnable)
	}
	parent, err := c.parentOf(ctx, i)
	if err != nil {
		return err
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	number := strconv.FormatInt(parent.Number, 10)
	return i.Respond(ctx, framed(amber,
		text(textConfirmRun(set.PrivateByDefault || parent.Private)),
		text(fence+"\n"+line+"\n"+fence),
		row(
			button(discordgo.PrimaryButton, "⚡", labelRunFast, bot.ID(verbRunGo, number, lineHash(line), speedFast)),
			button(discordgo.SecondaryButton, "🐢", labelRunRelax, bot.ID(verbRunGo, number, lineHash(line), speedRelax)),
			button(discordgo.SecondaryButton, "", labelCancel, bot.ID(verbDismiss)),
		),
	), true)
}

// parentOf is the card that the button names, as far as the member sees it: a custom ID can be forged. A card that is
// gone leaves the picture without a parent.
func (c *counter) parentOf(ctx context.Context, i *bot.Interaction) (db.Card, error) {
	number := numberIn(i.CustomID.Arg(0))
	if number == 0 {
		return db.Card{}, nil
	}
	card, _, err := cardIfThere(c.cardSeen(ctx, i, number))
	return card, err
}

// runGo orders the picture. The confirmation's message is the order's name, so that pressing twice orders once.
func (c *counter) runGo(ctx context.Context, i *bot.Interaction) error {
	if err := c.mayRun(ctx, i); err != nil {
		return err
	}
	line, found := lineIn(i.Message, i.CustomID.Arg(1))
	speed := i.CustomID.Arg(2)
	if !found || !isRunnable(line) || speed != speedFast && speed != speedRelax {
		return bot.Refuse(textNotRunnable)
	}
	parent, err := c.parentOf(ctx, i)
	if err != nil {
		return err
	}
	order := i.MessageID()
	if !c.orders.take(order) {
		return bot.Refuse(textRunTwice)
	}
	if err := c.order(ctx, i, order, parent, runLine(line, speed)); err != nil {
		c.orders.release(order)
		return err
	}
	return nil
}

// runLine is what is sent for a prompt: it fixes a seed, so that the picture's is known from the beginning, and the
// speed that was agreed to. What would make more than one job of it is left out.
func runLine(line, speed string) string {
	p := prompt.Parse(line)
	seed, fixed := p.Seed()
	if !fixed {
		seed = rand.Uint32()
	}
	return p.WithSeed(seed) + " --" + speed
}

// order checks what there is to spend, acknowledges, and hands the order over. A member who saw the acknowledgement
// counts on an answer, so handing over does not end with ctx.
func (c *counter) order(ctx context.Context, i *bot.Interaction, id string, parent db.Card, line string) error {
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	set, err := c.settings(short, i)
	if err != nil {
		return err
	}
	switch _, err := c.history.Ask(short, hands(i), id); {
	case err == nil:
		return bot.Refuse(textRunTwice)
	case !errors.Is(err, db.ErrNotFound):
		return fmt.Errorf("look up order %s: %w", id, err)
	}
	if err := c.mayOrder(short, i, set, id); err != nil {
		return err
	}
	private := set.PrivateByDefault || parent.Private
	acknowledge := func() error { return i.Defer(ctx, private) }
	made := retrieval.Generation{Prompt: line, Channel: accountFor(set, parent), Parent: parent.Number}
	err = keeping(ctx, i, aim{}, address{Reply: i.ReplyDeferred(private)}, func(ctx context.Context, a retrieval.Ask) error {
		a.ID, a.Generate = id, &made
		return c.asks.Generate(ctx, a, acknowledge)
	})
	if err != nil {
		return err
	}
	from, detail := "", ""
	if !private { // what is the member's alone is not told to who reads the log
		detail = shortened(line, maxAuditDetail)
		if parent.Number > 0 {
			from = cardNumber(parent.Number)
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
	defer cancel()
	return c.record(last, i, auditImagine, from, detail)
}

// accountFor is the useapi channel that makes the picture: the one that made its parent where this server may use it,
// else the first that it may use; "" for any.
func accountFor(set db.Settings, parent db.Card) string {
	own := ""
	if parent.Job != "" {
		own = retrieval.ChannelOfJob(parent.Job)
	}
	if len(set.Accounts) == 0 || slices.Contains(set.Accounts, own) {
		return own
	}
	return set.Accounts[0]
}
