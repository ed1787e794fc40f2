package commands

import (
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
)

// Bounds of the table that compares two cards. The widths are columns of a monospaced font: a phone shows 38 in a line,
// and a name, two values, what stands between them and a mark are as many.
const (
	maxCompareRows  = 14
	maxCompareName  = 7
	maxCompareValue = 13
	maxCompareLine  = 36
	maxCompareAlike = 300 // UTF-16 units
)

// Subjects that prompt.Diff names and that are told apart here.
const (
	subjectSeed    = "seed"
	subjectVersion = "version"
)

// compareRow is one subject of a comparison.
type compareRow struct {
	subject string
	a, b    string // as shown
	same    bool
	effect  prompt.Effect
}

// compareMessage puts two cards side by side: what differs, with the likely main reason marked, and one sentence on
// what to expect.
func compareMessage(a, b db.Card) bot.Message {
	rows, alike := compareCards(a, b)
	reason := mainReason(rows)
	parts := []discordgo.MessageComponent{
		text(textCompareHead(a.Number, b.Number, differences(rows))),
		text(compareTable(rows, reason)),
	}
	if legend := compareLegend(rows, reason); legend != "" {
		parts = append(parts, text(legend))
	}
	if len(rows) > maxCompareRows {
		parts = append(parts, text(textCompareMore(len(rows)-maxCompareRows)))
	}
	if len(alike) > 0 {
		words, _ := quoted(strings.Join(alike, ", "), maxCompareAlike)
		parts = append(parts, text(textCompareAlike(words)))
	}
	parts = append(parts, text(textCompareVerdict(rows, reason)))
	if a.Number != b.Number {
		parts = append(parts, row(openButton(a.Number), openButton(b.Number)))
	}
	return framed(blue, parts...)
}

// openButton shows a card to the one who presses.
func openButton(number int64) discordgo.Button {
	return button(discordgo.SecondaryButton, "", labelOpen(number), cardID(verbCard, number))
}

// compareCards lists what is told of two cards, the seed first, and the subjects that they have alike.
func compareCards(a, b db.Card) (rows []compareRow, alike []string) {
	seed := compareRow{subject: subjectSeed, a: digitsOf(a.Seed), b: digitsOf(b.Seed),
		same: a.Seed == b.Seed, effect: prompt.Replaces}
	rows = append(rows, seed)
	p, q := prompt.Parse(a.Prompt), prompt.Parse(b.Prompt)
	d := prompt.Diff(p, q)
	if p.Version() == "" && q.Version() == "" {
		// Neither names a model, so each took the default of its day.
		if x, y := versionShown("", a.Asked), versionShown("", b.Asked); x != y {
			rows = append(rows, compareRow{subject: subjectVersion, a: x, b: y, effect: prompt.Replaces})
		}
	}
	var late []compareRow
	for _, diff := range d.Differences {
		switch diff.Subject {
		case subjectSeed: // a card's seed is what counts, not what its prompt asked for
			continue
		case subjectVersion:
			x, y := versionShown(p.Version(), a.Asked), versionShown(q.Version(), b.Asked)
			r := compareRow{subject: subjectVersion, a: x, b: y, effect: prompt.Replaces}
			if likelyVersion(p, a.Asked) == likelyVersion(q, b.Asked) {
				r.effect = prompt.NoEffect
				late = append(late, r)
				continue
			}
			rows = append(rows, r)
			continue
		}
		r := compareRow{subject: diff.Subject, a: sideShown(diff.Subject, diff.A), b: sideShown(diff.Subject, diff.B), effect: diff.Effect}
		if diff.Effect == prompt.NoEffect {
			late = append(late, r)
			continue
		}
		rows = append(rows, r)
	}
	for _, subject := range d.Same {
		if subject != subjectSeed {
			alike = append(alike, subject)
		}
	}
	return append(rows, late...), alike
}

// likelyVersion is the model that a prompt names, or else the default of its day; "" when that is not known.
func likelyVersion(p prompt.Prompt, at time.Time) string {
	if v := p.Version(); v != "" {
		return v
	}
	m, _ := prompt.DefaultModel(at)
	return m.Version
}

// versionShown is a model version as the table tells it.
func versionShown(version string, at time.Time) string {
	if version != "" {
		return seemly(version)
	}
	m, known := prompt.DefaultModel(at)
	if !known {
		return textCompareDefault("")
	}
	return textCompareDefault(m.Version)
}

// sideShown is what one prompt says on a subject, as the table tells it.
func sideShown(subject string, s prompt.Side) string {
	value := seemly(s.Value)
	switch {
	case !s.Written:
		return textCompareNone
	case value == "" && subject == prompt.SubjectWords:
		return textCompareNothingElse
	case value == "":
		return textCompareSet
	case subject == prompt.SubjectWords:
		return `"` + value + `"`
	}
	return value
}

// mainReason is the row that most likely makes two pictures differ, -1 when none does. Rows stand in the order of their
// weight, but a model goes before a seed, since with another model a seed means nothing.
func mainReason(rows []compareRow) int {
	first := -1
	for n, r := range rows {
		if r.same || r.effect == prompt.NoEffect {
			continue
		}
		if r.subject == subjectVersion {
			return n
		}
		if first < 0 {
			first = n
		}
	}
	return first
}

func differences(rows []compareRow) (n int) {
	for _, r := range rows {
		if !r.same {
			n++
		}
	}
	return n
}

// compareTable is the rows in a monospaced block that a phone shows without wrapping: what is too wide for a line stands
// over three. What the marks in it mean is said below.
func compareTable(rows []compareRow, reason int) string {
	rows = rows[:min(len(rows), maxCompareRows)]
	var widths [2]int
	for _, r := range rows {
		if r.oneLine() {
			widths[0], widths[1] = max(widths[0], columns(plain(r.subject))), max(widths[1], columns(plain(r.a)))
		}
	}
	var b strings.Builder
	b.WriteString(fence + "\n")
	for n, r := range rows {
		mark := ""
		switch {
		case n == reason:
			mark = " " + textCompareMark
		case !r.same && r.effect == prompt.NoEffect:
			mark = " " + textCompareNoMark
		}
		x, y := fitted(r.a, maxCompareLine), fitted(r.b, maxCompareLine)
		if !r.oneLine() {
			b.WriteString(fitted(r.subject, maxCompareLine) + mark + "\n  " + x + "\n  " + y + "\n")
			continue
		}
		if r.same {
			y = textCompareSame
		}
		b.WriteString(padded(fitted(r.subject, maxCompareName), widths[0]) + "  " + padded(x, widths[1]) + " " + y + mark + "\n")
	}
	b.WriteString(fence)
	return b.String()
}

// oneLine tells whether a row fits into a line of the table.
func (r compareRow) oneLine() bool {
	return columns(plain(r.subject)) <= maxCompareName && max(columns(plain(r.a)), columns(plain(r.b))) <= maxCompareValue
}

// compareLegend says what the marks of the table mean; "" where it has none.
func compareLegend(rows []compareRow, reason int) string {
	shown := rows[:min(len(rows), maxCompareRows)]
	idle := slices.ContainsFunc(shown, func(r compareRow) bool { return !r.same && r.effect == prompt.NoEffect })
	return textCompareLegend(reason >= 0 && reason < len(shown), idle)
}

// fitted is s on one line within max columns, and without what would end the block it stands in.
func fitted(s string, max int) string {
	s = strings.ReplaceAll(plain(s), "`", "'")
	if columns(s) <= max {
		return s
	}
	width := 0
	for at, r := range s {
		if width += runeColumns(r); width > max-1 {
			return strings.TrimRight(s[:at], " ") + "…"
		}
	}
	return s
}

func padded(s string, width int) string { return s + strings.Repeat(" ", max(width-columns(s), 0)) }

// columns is how wide a text is in a monospaced font, near enough: letters of Chinese, Japanese and Korean, and emoji,
// take two.
func columns(s string) (n int) {
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch {
	case r == 0x200D, r >= 0xFE00 && r <= 0xFE0F, r >= 0x0300 && r <= 0x036F:
		return 0
	case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF,
		r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x1F300 && r <= 0x1FAFF,
		r >= 0x20000 && r <= 0x3FFFD:
		return 2
	}
	return 1
}
