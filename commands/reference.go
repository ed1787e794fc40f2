package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedbank/retrieval"
)

// reference is what a text points to. Exactly one of its fields is set; none when the text points to nothing.
type reference struct {
	jobs  []string     // image jobs to ask for, or, when there are none, jobs of no stated kind; several are a choice
	card  int64        // a card of this history
	last  bool         // the asker's latest card
	ask   string       // an earlier ask, by the ID that an autocomplete suggested
	link  *messageLink // a Discord message
	uuids []string     // Midjourney's own IDs, which only our history can translate
	other otherJob     // a job that has no seed to ask for
}

// otherJob is a kind of job for which there is nothing to ask.
type otherJob int

const (
	videoJob otherJob = iota + 1
	oldJob            // the form of API v2, whose jobs cannot be reached any more
)

// messageLink is the address of a Discord message.
type messageLink struct {
	Guild   string // ownConversations for a direct message
	Channel string
	Message string
}

// String is the address as Discord's clients write it.
func (l messageLink) String() string {
	return "https://discord.com/channels/" + l.Guild + "/" + l.Channel + "/" + l.Message
}

// ownConversations takes the place of a server in links to direct messages.
const ownConversations = "@me"

var (
	uuidPattern = regexp.MustCompile(`(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}`)
	linkPattern = regexp.MustCompile(`(?i)https?://(?:(?:ptb|canary|www)\.)?discord(?:app)?\.com/channels/(\d{15,21}|@me)/(\d{15,21})/(\d{15,21})`)
	cardPattern = regexp.MustCompile(`^(?:#\s*(\d{1,18})(?:\s.*)?|(?:[Cc]ard\s+#?)?(\d{1,18}))$`)
	askPattern  = regexp.MustCompile(`^` + askPrefix + `(\d{15,21})$`)
)

// wordLast stands for the asker's latest card, and askPrefix before an ask's ID for what that ask was for.
const (
	wordLast  = "last"
	askPrefix = "ask:"
)

// readReference finds what a member means by a text that was typed, pasted or chosen. A number and "last" must be the
// whole text; job IDs, links and Midjourney's IDs are found anywhere in it, in this order, since a pasted job holds
// addresses and IDs of Midjourney beside its own ID.
func readReference(text string) reference {
	text = strings.TrimSpace(text)
	if strings.EqualFold(text, wordLast) {
		return reference{last: true}
	}
	if n := readCardNumber(text); n > 0 {
		return reference{card: n}
	}
	if m := askPattern.FindStringSubmatch(text); m != nil {
		return reference{ask: m[1]}
	}
	return findIn(text).reference()
}

// readCardNumber is the number of a card as a member writes it, "142" or "#142"; 0 for anything else.
func readCardNumber(text string) int64 {
	m := cardPattern.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0
	}
	return numberIn(m[1] + m[2])
}

// numberIn is the positive number that the digits are, else 0.
func numberIn(digits string) int64 {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// found is all that stands in a text, each once and in its order.
type found struct {
	images   []string // jobs that say they are of images
	commands []string // jobs that say nothing about themselves
	other    otherJob
	link     *messageLink
	uuids    []string
}

// findIn finds jobs, links and Midjourney's IDs anywhere in a text.
func findIn(text string) found {
	f := found{uuids: findUUIDs(text)}
	for _, j := range retrieval.FindJobs(text) {
		switch j.Kind {
		case retrieval.ImageJob:
			f.images = append(f.images, j.ID)
		case retrieval.CommandJob:
			f.commands = append(f.commands, j.ID)
		case retrieval.VideoJob:
			f.other = videoJob
		case retrieval.V2Job:
			f.other = max(f.other, oldJob)
		}
	}
	if m := linkPattern.FindStringSubmatch(text); m != nil {
		f.link = &messageLink{Guild: strings.ToLower(m[1]), Channel: m[2], Message: m[3]}
	}
	return f
}

// reference is the most telling of what was found. An image job goes before a job of no stated kind: the JSON of a
// seed job names both its own ID and the image's.
func (f found) reference() reference {
	switch {
	case len(f.images) > 0:
		return reference{jobs: f.images}
	case f.link != nil:
		return reference{link: f.link}
	case len(f.commands) > 0:
		return reference{jobs: f.commands}
	case f.other != 0:
		return reference{other: f.other}
	}
	return reference{uuids: f.uuids}
}

// findUUIDs lists the IDs of Midjourney in a text, distinct and in small letters.
func findUUIDs(text string) []string {
	var found []string
	for _, id := range uuidPattern.FindAllString(text, -1) {
		if id = strings.ToLower(id); !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	return found
}

// empty tells that the text pointed to nothing.
func (r reference) empty() bool {
	return len(r.jobs) == 0 && r.card == 0 && !r.last && r.ask == "" && r.link == nil && len(r.uuids) == 0 && r.other == 0
}

// shortJob is a job ID as members see it: enough to tell two apart, and nothing of the account behind it.
func shortJob(id string) string {
	if len(id) < 5 {
		return "…"
	}
	_, bot, _ := strings.Cut(id, "-bot:")
	return id[:5] + "…" + bot
}

// jobMoment is the day and time that a job ID carries (UTC; it has no year), as "23 Oct 14:15"; "" when it has none.
func jobMoment(id string) string {
	if len(id) < 9 || id[0] != 'j' {
		return ""
	}
	// A leap year, since 29 February is a day of some years.
	t, err := time.Parse("200601021504", "2024"+id[1:9])
	if err != nil {
		return ""
	}
	return t.Format("2 Jan 15:04")
}
