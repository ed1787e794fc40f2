package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// forgettingLasts is how long messages are tried to be changed: the wish itself names the member.
const forgettingLasts = 7 * 24 * time.Hour

const (
	insertForgetting = `INSERT INTO forgetting (scope, member, at, reply) VALUES (?1, ?2, ?3, ?4)
	ON CONFLICT (scope, member) DO UPDATE SET at = excluded.at, reply = excluded.reply`
	// Takes the scope and the member. A card that is hidden by now is erased by the time that its messages are changed.
	noteNaming = `INSERT INTO naming (scope, member, channel, message, number, hidden)
	SELECT ?1, ?2, message.channel, message.message, card.number, coalesce(card.owner <> '', true)
	FROM card INDEXED BY card_asker CROSS JOIN message ON message.card = card.id
	WHERE card.scope = ?1 AND card.asker = ?2 AND card.asker <> ''
	ON CONFLICT (scope, member, channel, message) DO UPDATE SET number = excluded.number, hidden = excluded.hidden`

	allForgettings = `SELECT scope, member, reply FROM forgetting ORDER BY at`
	setTold        = `UPDATE forgetting SET reply = '' WHERE scope = ?1 AND member = ?2`
	// endForgetting takes the scope and the member, who was told.
	endForgetting = `DELETE FROM forgetting WHERE scope = ?1 AND member = ?2 AND reply = ''
	AND NOT EXISTS (SELECT 1 FROM naming WHERE naming.scope = ?1 AND naming.member = ?2)`
	forgettingBefore = `DELETE FROM forgetting WHERE at < ?`

	// namingOf takes the scope, the member, the message before, and how many. The latest first: a message's ID grows with
	// time, and all are of one length for years to come.
	namingOf = `SELECT channel, message, number, hidden FROM naming WHERE scope = ?1 AND member = ?2
	AND (?3 = '' OR (length(message), message) < (length(?3), ?3)) ORDER BY length(message) DESC, message DESC LIMIT ?4`
	deleteNaming = `DELETE FROM naming WHERE scope = ?1 AND member = ?2 AND channel = ?3 AND message = ?4`
)

// Forgetting is a member's wish to be forgotten, until nothing is left to do.
type Forgetting struct {
	View                  // of the member
	Reply json.RawMessage // of the caller's; nil when the member was told, and so is forgotten but for messages
}

// Naming is a message that shows a card of a member who is being forgotten, or stands for it.
type Naming struct {
	Place
	Number int64 // of the card
	Hidden bool  // the card was private or deleted, so it is erased
}

// BeginForgetting notes the wish of the view's member to be forgotten, and which messages have to be changed for it:
// afterwards nothing knows which were theirs. It forgets nothing yet; see Forget. reply is kept until ToldForgetting, for
// whoever goes on. Asked again it starts anew.
func (s *Store) BeginForgetting(ctx context.Context, v View, reply json.RawMessage) error {
	scope, member := text(v.Scope), text(v.Member)
	return wrap(s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, insertForgetting, scope, member, ms(time.Now()), text(string(reply))); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, noteNaming, scope, member)
		return err
	}), "note who wants to be forgotten")
}

// Forgettings are the wishes of which something is left to do, the oldest first.
func (s *Store) Forgettings(ctx context.Context) ([]Forgetting, error) {
	all, err := scanAll(ctx, s.read, scanForgetting, allForgettings)
	return all, wrap(err, "read who wants to be forgotten")
}

func scanForgetting(r row) (f Forgetting, err error) {
	var reply string
	err = r.Scan(&f.Scope, &f.Member, &reply)
	f.Reply = rawJSON(reply)
	return f, err
}

// Naming are messages that the wish of the view's member waits for, the latest first: those before a message, or all for
// "".
func (s *Store) Naming(ctx context.Context, v View, before string, limit int) ([]Naming, error) {
	all, err := scanAll(ctx, s.read, scanNaming, namingOf, text(v.Scope), text(v.Member), text(before), min(or(limit, defaultPage), maxPage))
	return all, wrap(err, "read which messages name a member")
}

func scanNaming(r row) (n Naming, err error) {
	err = r.Scan(&n.Channel, &n.Message, &n.Number, &n.Hidden)
	return n, err
}

// EndNaming notes that nothing is left to do about a message.
func (s *Store) EndNaming(ctx context.Context, v View, at Place) error {
	_, err := s.write.ExecContext(ctx, deleteNaming, text(v.Scope), text(v.Member), text(at.Channel), text(at.Message))
	return wrap(err, "note that a message names nobody")
}

// ToldForgetting notes that the view's member was told.
func (s *Store) ToldForgetting(ctx context.Context, v View) error {
	_, err := s.write.ExecContext(ctx, setTold, text(v.Scope), text(v.Member))
	return wrap(err, "note who was told")
}

// EndForgetting strikes the wish of the view's member off, unless something is left to do.
func (s *Store) EndForgetting(ctx context.Context, v View) error {
	_, err := s.write.ExecContext(ctx, endForgetting, text(v.Scope), text(v.Member))
	return wrap(err, "note who was forgotten")
}
