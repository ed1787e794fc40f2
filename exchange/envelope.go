package exchange

import (
	"regexp"
	"strconv"
	"strings"

	"seedbank/db"
)

// Envelope is what Midjourney tells a member who reacts with ✉️ to a picture of theirs: "**prompt**", then
// "**Job ID**: …", then "**seed** …" (useapi.net's page on seeds and Midjourney's own on emoji reactions agree). Copied
// out of Discord it has no asterisks.
type Envelope struct {
	Prompt       string
	MidjourneyID string // of the job, in small letters; "" when it is not told
	Seed         uint32
	Line         int // where it begins in the text, 1 for the first
}

// Card is the card that an ✉️ answer makes. It has no owner yet.
func (e Envelope) Card() db.Card {
	card := CardOfPrompt(e.Prompt, db.Pasted)
	card.Seed, card.MidjourneyID = e.Seed, e.MidjourneyID
	return card
}

var (
	envelopeSeed   = regexp.MustCompile(`(?im)^[^\S\n]*(?:>[^\S\n]*)?\**seed\**[^\S\n]*:?\**[^\S\n]*(-?[0-9][0-9.,]*)[^\S\n]*\**[^\S\n]*$`)
	envelopeJob    = regexp.MustCompile(`(?im)^[^\S\n]*(?:>[^\S\n]*)?\**Job ID\**[^\S\n]*:?\**[^\S\n]*\x60*([^\s\x60*]{1,64})\x60*[^\S\n]*\**[^\S\n]*$`)
	envelopePrompt = regexp.MustCompile(`(?s)\*\*(.+)\*\*`)
	uuid           = regexp.MustCompile(`[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}`)
	// byWhom follows a prompt in Midjourney's messages: " - <@123> (fast)", in a copied text " - @name (fast, stealth)".
	byWhom = regexp.MustCompile(`(?i)\s+-\s+(?:<@!?\d+>|@\S.{0,60}?)(?:\s*\([^()]{1,60}\))?\s*$`)
)

// Envelopes finds every ✉️ answer in a text, and what looks like one and is none.
func Envelopes(text string) (found []Envelope, bad []Rejected) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	from, lines := 0, lineCounter{text: text}
	for _, at := range envelopeSeed.FindAllStringSubmatchIndex(text, -1) {
		block := text[from:at[0]]
		digits := text[at[2]:at[3]]
		start := from
		from = at[1]
		job := ""
		if m := envelopeJob.FindStringSubmatchIndex(block); m != nil {
			job, block = block[m[2]:m[3]], block[:m[0]]
		} else if m := envelopeJob.FindStringSubmatchIndex(nextLine(text[from:])); m != nil {
			job = nextLine(text[from:])[m[2]:m[3]]
			from += len(nextLine(text[from:]))
		}
		e := Envelope{Prompt: EnvelopePrompt(block), Line: lines.at(start + leadingSpace(block))}
		if id := strings.ToLower(job); uuid.MatchString(id) {
			e.MidjourneyID = id
		}
		seed, err := strconv.ParseUint(digits, 10, 32)
		switch {
		case err != nil:
			bad = append(bad, Rejected{lines.at(at[2]), Problem{Code: BadSeed, Value: digits}})
		case e.Prompt == "":
			bad = append(bad, Rejected{lines.at(at[2]), Problem{Code: NoPromptAbove}})
		default:
			e.Seed = uint32(seed)
			found = append(found, e)
		}
	}
	if rest := text[from:]; len(found)+len(bad) > 0 && envelopeJob.MatchString(rest) {
		bad = append(bad, Rejected{lines.at(from + envelopeJob.FindStringIndex(rest)[0]), Problem{Code: NoSeedBelow}})
	}
	return found, bad
}

// EnvelopePrompt is the prompt in what stands before the job and the seed: what is bold, else the last line, since
// names and times of a copied conversation stand above it.
func EnvelopePrompt(block string) string {
	if m := envelopePrompt.FindStringSubmatch(block); m != nil {
		return strings.TrimSpace(m[1])
	}
	lines := strings.Split(strings.TrimSpace(block), "\n")
	line := strings.TrimPrefix(strings.TrimSpace(lines[len(lines)-1]), "> ")
	return strings.TrimSpace(WithoutMaker(line))
}

// WithoutMaker is a line of Midjourney's without the " - @name (fast)" behind its prompt.
func WithoutMaker(line string) string { return byWhom.ReplaceAllString(line, "") }

// nextLine is the first line of a text that holds anything, with the empty ones before it.
func nextLine(s string) string {
	begin := leadingSpace(s)
	if end := strings.IndexByte(s[begin:], '\n'); end >= 0 {
		return s[:begin+end]
	}
	return s
}

func leadingSpace(s string) int { return len(s) - len(strings.TrimLeft(s, " \t\n")) }
