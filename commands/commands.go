// Package commands is what members can do: one file for each command and button, its definition and its handler side by
// side, and the desk that hands over what retrieval brings.
//
// How to find things: a file has the name of its command, subcommand or button, such as seed.go, history.go for /seeds
// history, star.go, recipe_edit.go. Every word that a member reads stands in texts_<topic>.go, what is shared in
// texts.go; other languages' command names in package locale, and the form of files in package exchange. What all share:
// reference.go reads what a member points to, aim.go and ask.go begin an ask, admit.go lets it through or refuses it,
// form.go knows every form and brings back what was typed, layout.go has the verbs of custom IDs, own_message.go reads a
// message of ours again, kind.go keeps a press from changing a message that it does not belong to, and safe.go makes other
// people's words harmless. desk.go and handover.go deliver answers, and reshow.go changes messages that were posted
// before. commands.go joins all of it.
//
// It knows Discord's components as data, but neither Discord's API nor the service that is asked for seeds: bot speaks
// to the one, retrieval to the other.
package commands

import (
	"context"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/locale"
	"seedbank/retrieval"
)

// lookupTime bounds what the history is asked before an interaction is acknowledged: Discord waits three seconds, and
// a refusal that is known by then is told to the asker alone.
const lookupTime = 1500 * time.Millisecond

// asker is what keeps and answers asks.
type asker interface {
	// Ask has an ask acknowledged, nil where it was before, and keeps it: once acknowledged, the answer arrives. An error
	// of acknowledge is returned, and nothing is asked then.
	Ask(ctx context.Context, a retrieval.Ask, acknowledge func() error) error
	// Stop ends an ask for the member who stops it; false means that there was nothing left to stop.
	Stop(ask, by string) bool
	// Look is Ask for a question for the card of a picture.
	Look(ctx context.Context, l retrieval.Look, acknowledge func() error) error
	// Generate is Ask for an order of a picture. The same ID again changes nothing.
	Generate(ctx context.Context, a retrieval.Ask, acknowledge func() error) error
}

// reader is what can be seen of Discord, and by whom.
type reader interface {
	UserID() string
	MayView(ctx context.Context, i *bot.Interaction, channel string) (bool, error)
	sendChecker
	messageReader
	Seen(ctx context.Context, who bot.Viewer, channels []string) ([]string, error)
	ChannelsOf(ctx context.Context, guild string, channels []string) ([]string, error)
}

// editor fills answers.
type editor interface {
	Edit(ctx context.Context, r bot.Reply, m bot.Message) (bot.Posted, error)
}

// counter is where members' calls arrive. Its methods are the handlers; all it holds is safe for concurrent use.
type counter struct {
	reader   reader
	editor   editor
	changer  changer
	history  *db.Store
	asks     asker
	setup    Setup
	orders   orders
	fillings fillings
	changing sync.Mutex // of settings
	pictures finder
	fetcher  fetcher
	surveyor surveyor
	mender   *Mender
	marks    marks
	typed    typed

	quota, pictureQuota quota

	importing sync.Mutex
}

// Setup is what the router is told about the program that it is part of.
type Setup struct {
	Version string
	Slots   int   // requests for one Midjourney account at the same time
	Imagine bool  // the owner allows making pictures, which costs
	Desk    *Desk // whose traffic /seedbot status tells; nil for none
	Mender  *Mender
	// Accounts lists the useapi channels there are; nil where that cannot be asked.
	Accounts func(ctx context.Context) ([]string, error)
}

// NewRouter makes the router with every command, button and menu of the program.
func NewRouter(b *bot.Bot, s *db.Store, r *retrieval.Service, setup Setup) *bot.Router {
	return (&counter{
		reader: b, editor: b, changer: b, history: s, asks: r, setup: setup, pictures: r, fetcher: b, surveyor: b, mender: setup.Mender,
	}).router()
}

// commands are all there are, in every language.
func (c *counter) commands() []bot.Command {
	all := []bot.Command{
		c.seedCommand(), c.getSeedCommand(), c.seedsCommand(), c.recipeCommand(), c.seedbotCommand(), c.helpCommand(),
		c.copyLineCommand(), c.envelopeCommand(), c.compareWithCommand(), c.userHistoryCommand(),
	}
	for _, command := range all {
		if command.Contexts == nil { // on servers, and in direct messages with the bot
			command.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
		}
		locale.Apply(command.ApplicationCommand)
	}
	return all
}

func (c *counter) router() *bot.Router {
	r := bot.NewRouter()
	r.Failures(failureWords)
	r.Command(c.commands()...)
	r.Component(verbCopy, c.copyPrompt)
	r.Component(verbSeed, c.copySeed)
	r.Component(verbStop, c.stop)
	r.Component(verbAgain, onItself(c.again))
	r.Component(verbPick, c.pick)
	r.Component(verbPage, on(listKind(), c.turnPage))
	r.Component(verbOpen, c.open)
	r.Component(verbFind, on(listKind(), c.turnFound))
	r.Component(verbFilter, on(listKind(), c.filterPressed))
	r.Component(verbCard, c.openCard)
	r.Component(verbFetch, c.fetchJob)
	r.Component(verbLine, c.copyLineShown)
	r.Component(verbCorrect, onItself(c.correctSeed))
	r.Component(verbStar, c.star)
	r.Component(verbMore, c.more)
	r.Component(verbShare, c.share)
	r.Component(verbShareTo, onItself(c.shareTo))
	r.Component(verbEveryone, c.showEveryone)
	r.Component(verbUndelete, onItself(c.undelete))
	r.Component(verbPin, c.copyPinned)
	r.Component(verbRecipeSave, c.saveRecipeButton)
	r.Component(verbRecipeUse, c.useRecipeButton)
	r.Component(verbRecipeEdit, c.editRecipeButton)
	r.Component(verbRecipeProve, onItself(c.proveRecipeAnyway))
	r.Component(verbRecipeLog, c.logRecipeButton)
	r.Component(verbRecipeDrop, onItself(c.dropRecipe))
	r.Component(verbRecipeShow, c.openRecipe)
	r.Component(verbRecipePage, on(recipesKind(), c.turnRecipes))
	r.Component(verbRun, c.run)
	r.Component(verbRunGo, c.runGo)
	r.Component(verbSettings, on(settingsKind(), c.turnSettings))
	r.Component(verbSet, on(settingsKind(), c.set))
	r.Component(verbSetForm, on(settingsKind(), c.setForm))
	r.Component(verbRetain, onItself(c.retain))
	r.Component(verbAudit, on(auditKind(), c.turnAudit))
	r.Component(verbDismiss, onItself(c.dismiss))
	r.Component(verbRetype, onItself(c.retype))
	for verb, f := range c.forms() {
		r.Modal(verb, c.keepingTyped(f.take))
	}
	return r
}
