package commands

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
	"seedbank/picture"
	"seedbank/retrieval"
)

var snowflake = regexp.MustCompile(`^\d{15,20}$`)

// importer turns what a file says into cards. A file is written by anybody, so what it claims beyond prompt and seed
// counts only as far as the member could have done it here: it cannot make a seed Midjourney's own, name another member as
// the asker or put another member's star on a card unless the member manages the server. Where messages and pictures
// stand counts only in a file that says it is of this very server, and is looked at before it is believed: see survey.
type importer struct {
	i       *bot.Interaction
	set     db.Settings
	manages bool   // the member speaks for the whole server
	curates bool   // the member may mark team standards
	scope   string // that the file says it is of; "" where it does not say
	now     time.Time
	foreign map[string]bool // channels that are not this server's
}

// own tells whether the file brings back what this server had, on the word of who may speak for it.
func (m *importer) own() bool { return m.manages && m.scope == m.i.Scope() }

// card is the card that a record makes, or why there is none.
func (m *importer) card(r exchange.Record) (whole db.Whole, why string) {
	whole, problem := r.Whole(m.now)
	if problem != nil {
		return db.Whole{}, fileProblemWords(*problem)
	}
	card := &whole.Card
	card.Scope, card.Source = m.i.Scope(), m.source(r)
	tags := tagsIn(strings.Join(r.Tags, ",")) // what is no tag is dropped: the history takes none of it
	card.Tags = tags[:min(len(tags), mostTags)]
	if !snowflake.MatchString(r.Channel) || m.scope != "" && m.scope != m.i.Scope() || m.foreign[r.Channel] {
		card.Channel = ""
	}
	for n, p := range card.Pictures {
		if !namedPicture.MatchString(p.Name) {
			card.Pictures[n].Name = ""
		}
	}
	for _, check := range []func(*db.Card, exchange.Record) string{m.jobs, m.member} {
		if why := check(card, r); why != "" {
			return db.Whole{}, why
		}
	}
	m.hanging(&whole)
	return whole, ""
}

// hanging takes from a card what hangs on it and is not for the member to bring. A private card stands in no message,
// and only its own member's star is on it.
func (m *importer) hanging(w *db.Whole) {
	everyones := m.manages && !w.Private
	w.StarredBy = slices.DeleteFunc(w.StarredBy, func(s db.Star) bool {
		return !snowflake.MatchString(s.Member) || !everyones && s.Member != m.i.User.ID
	})
	if !m.manages && !w.Private || !picture.IsSheet(w.JPEG) {
		w.JPEG = nil
	}
	if m.own() && !w.Private {
		return
	}
	w.Message, w.Places = "", nil
	for n := range w.Pictures {
		p := &w.Pictures[n]
		p.Channel, p.Message, p.Attachment = "", "", ""
	}
}

// source is where the seed comes from, as far as that can be believed.
func (m *importer) source(r exchange.Record) db.Source {
	switch source := db.Source(r.Source); {
	case source == db.Midjourney && m.manages && (r.Job != "" || m.own()), source == db.Prompt, source == db.Pasted:
		return source
	}
	return db.Imported
}

func (m *importer) jobs(card *db.Card, r exchange.Record) string {
	if r.Job != "" {
		found := findIn(r.Job)
		if len(found.images)+len(found.commands) != 1 || strings.Join(append(found.images, found.commands...), "") != r.Job {
			return textNoJobIn("job", inCode(shortened(r.Job, maxRowMark)))
		}
		if len(m.set.Accounts) > 0 && !slices.Contains(m.set.Accounts, retrieval.ChannelOfJob(r.Job)) {
			return textOtherAccountLine
		}
	}
	if r.SeedJob != "" && len(retrieval.FindJobs(r.SeedJob)) != 1 {
		return textNoJobIn("seed_job", inCode(shortened(r.SeedJob, maxRowMark)))
	}
	if r.MidjourneyID != "" && uuidPattern.FindString(r.MidjourneyID) != r.MidjourneyID {
		return textNoJobIn("midjourney_id", inCode(shortened(r.MidjourneyID, maxRowMark)))
	}
	card.MidjourneyID = r.MidjourneyID
	if m.manages || m.i.Guild == "" {
		card.Job, card.SeedJob = r.Job, r.SeedJob
	}
	return ""
}

// member is whose card it is. A private card of somebody else's is nobody's to bring.
func (m *importer) member(card *db.Card, r exchange.Record) string {
	self := m.i.User.ID
	switch {
	case r.Asker != "" && !snowflake.MatchString(r.Asker):
		return textNoID("asker", inCode(shortened(r.Asker, maxRowMark)))
	case r.Private && r.Asker != "" && r.Asker != self:
		return textOthersPrivate
	}
	card.Asker, card.Private = self, r.Private
	if m.manages && !r.Private {
		card.Asker = r.Asker
	}
	return ""
}
