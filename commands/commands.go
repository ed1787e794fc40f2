// Package commands is what members can do: one file for each command and button, its definition and its handler side by
// side, and the desk that hands over what retrieval brings. Every word that a member reads stands in texts*.go.
//
// It knows Discord's components as data, but neither Discord's API nor the service that is asked for seeds: bot speaks
// to the one, retrieval to the other.
package commands

import (
	"context"
	"time"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

// lookupTime bounds what the history is asked before an interaction is acknowledged: Discord waits three seconds, and
// a refusal that is known by then is told to the asker alone.
const lookupTime = 1500 * time.Millisecond

// asker is what keeps and answers asks.
type asker interface {
	// Ask keeps an ask; once it has returned nil, the answer arrives.
	Ask(ctx context.Context, a retrieval.Ask) error
	// Stop ends an ask; false means that there was nothing left to stop.
	Stop(ctx context.Context, ask string) (bool, error)
}

// reader is what can be seen of Discord, for message links.
type reader interface {
	UserID() string
	MayView(ctx context.Context, i *bot.Interaction, channel string) (bool, error)
	ReadMessage(ctx context.Context, channel, id string) (*bot.Msg, error)
}

// editor fills answers.
type editor interface {
	Edit(ctx context.Context, r bot.Reply, m bot.Message) (bot.Posted, error)
}

// counter is where members' calls arrive. Its methods are the handlers; all it holds is safe for concurrent use.
type counter struct {
	reader  reader
	editor  editor
	history *db.Store
	asks    asker
}

// NewRouter makes the router with every command, button and menu of the program.
func NewRouter(b *bot.Bot, s *db.Store, r *retrieval.Service) *bot.Router {
	return (&counter{reader: b, editor: b, history: s, asks: r}).router()
}

func (c *counter) router() *bot.Router {
	r := bot.NewRouter()
	r.Command(c.seedCommand(), c.getSeedCommand(), c.seedsCommand())
	r.Component(verbCopy, c.copyPrompt)
	r.Component(verbSeed, c.copySeed)
	r.Component(verbStop, c.stop)
	r.Component(verbAgain, c.again)
	r.Component(verbPick, c.pick)
	r.Component(verbPage, c.turnPage)
	r.Component(verbOpen, c.open)
	return r
}

// view is the eyes of the one who calls.
func view(i *bot.Interaction) db.View { return db.View{Scope: i.Scope(), Member: i.User.ID} }
