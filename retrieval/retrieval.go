// Package retrieval keeps one promise: a seed that was asked for arrives.
//
// Two durable workflows share the work. A fetch gets the answer of one
// Midjourney job from the source, once, however many members ask; an ask waits
// for that fetch, keeps the card and delivers it. Two more do the same for an
// order of a new picture, which is sent once at most, and one finds the card of
// a picture. All survive a kill at any step: what was finished is not done
// again, what was not is taken up after the restart.
//
// The package knows neither Discord nor wording. What a member sees is the
// business of the desk that New is given.
package retrieval

import (
	"context"
	"encoding/json"
	"time"

	"seedbank/db"
)

// Ask is one member's question. It is stored as it is until it is answered, so
// Reply must hold all that the desk needs to answer after a restart.
type Ask struct {
	ID      string // the interaction's id; the same id twice is one ask
	Scope   string // the history it belongs to: see db.View
	Channel string
	Member  string // Discord id of the asker
	Job     string // useapi job id; may be empty when Card is given
	Card    int64  // number of a card of this scope that is already known, and answers; 0 for none
	Private bool   // only the asker sees the answer and its card
	At      time.Time
	Limit   int64           // bytes one picture may have for this reply; 0 for Discord's default of 10 MiB
	Reply   json.RawMessage // the desk's own address of the reply; opaque here
	// Refresh, with Card, makes the message that this ask is answered with the card's own, from which its pictures are
	// read from then on, if it has as many of them as the one before.
	Refresh bool `json:",omitempty"`
	// Pictures, with Card, are addresses of the pictures of a card that has none yet.
	Pictures []string `json:",omitempty"`
	// Generate is set for what Generate is given, and nil for what Ask is.
	Generate *Generation `json:",omitempty"`
}

// Generation is an order for a new picture. It costs the owner of the Midjourney account.
type Generation struct {
	Prompt  string // as it is sent; it names its --seed
	Channel string `json:",omitempty"` // the useapi channel whose account shall make it; empty for any
	Parent  int64  `json:",omitempty"` // number of the card of this scope that it is made from; 0 for none
}

// View is the ask's own view of the history.
func (a Ask) View() db.View { return db.View{Scope: a.Scope, Member: a.Member} }

// Phase is where a running ask stands.
type Phase string

// The phases in the order in which an ask passes them; Queued, Waiting and
// Rechecking occur only when the slots or the source are busy, or the stream was cut.
const (
	Checking   Phase = "checking"   // it begins
	Queued     Phase = "queued"     // all slots of the channel are in use here
	Asking     Phase = "asking"     // the request is on its way
	Waiting    Phase = "waiting"    // the source answered "busy"; Progress.Next says when it is asked again
	Answering  Phase = "answering"  // the source works on it
	Rechecking Phase = "rechecking" // the stream broke; the job is looked at instead
	Picturing  Phase = "pictures"   // the seed is known, the pictures are on their way
)

// Progress is what a running ask can tell. It is never stored.
type Progress struct {
	Phase   Phase
	Percent int       // 0 to 100, -1 while unknown
	Line    int       // when Queued: how many fetches of the channel go first
	Next    time.Time // when Waiting: the next attempt
	Prompt  string    // echoed prompt, once known
	Seed    *uint32   // once known
	Card    int64     // once kept
}

// Outcome is the end of an ask: a card, or a problem.
type Outcome struct {
	Card     db.Card
	Known    bool // the card was there before; the source was not asked
	Pictures []Picture
	Problem  *Problem
}

// Delivered says where the answer stands after it was delivered.
type Delivered struct {
	Channel string
	Message string       // empty when the answer cannot be read back (a private one)
	Images  []PostedFile // in the order of Outcome.Pictures, without the missing ones
	Left    string       // another message, which shows the ask's progress still and shall be forwarded; empty for none
}

// PostedFile is one picture as Discord keeps it.
type PostedFile struct {
	Position   int // 1 for the first picture
	Attachment string
	Name       string
}

// desk is the counter at which a member asked: it shows and hands over.
// Implementations are safe for concurrent use.
type desk interface {
	// Progress shows p to the asker. It neither blocks nor fails; the newest wins.
	Progress(ask Ask, p Progress)
	// Deliver hands over the outcome and ends the ask's progress. It may be
	// called again for an ask when its first success was not recorded, and must
	// then not show the answer twice. An error that Undeliverable reports ends
	// the ask; any other is tried again later.
	Deliver(ctx context.Context, ask Ask, o Outcome) (Delivered, error)
	// Found tells what a look at pictures came to: cards, none, or, when unread, that it could not be told. A card that
	// the picture is beyond doubt is returned instead of told, and is delivered then. Repeating it and its errors are as
	// with Deliver.
	Found(ctx context.Context, l Look, matches []Match, unread bool) (card int64, err error)
	// Forward makes the message d.Left say where the outcome stands. Repeating it does no harm.
	Forward(ctx context.Context, ask Ask, d Delivered) error
	// Fresh gives addresses from which the pictures of a card that was posted
	// before can be read now, by position (1 is the first). No address is no error.
	Fresh(ctx context.Context, card db.Card) (map[int]string, error)
	// Sees tells whether the asker may look into one of the channels. In doubt it is no.
	Sees(ctx context.Context, ask Ask, channels []string) bool
}
