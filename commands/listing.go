package commands

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// listing is which cards a list shows. It travels in the custom IDs of the list, so that its buttons work after a
// restart; the words of a search, which may be long, stand in the message itself. The sight of whoever presses
// decides what they see, so a forged one shows nobody more.
type listing struct {
	by      string // asker
	in      string // channel
	since   string // one of sinces; "" is always
	starred bool
	public  bool // no private cards, not even one's own
}

// filter is the listing as the history takes it.
func (l listing) filter() db.Filter {
	return db.Filter{By: l.by, In: l.in, Since: sinceTime(l.since, time.Now()), Starred: l.starred}
}

// narrow tells that the list leaves cards out.
func (l listing) narrow() bool { return l.by != "" || l.in != "" || l.since != "" || l.starred }

// String is the listing as an argument of a custom ID, of at most 32 characters: asker and channel in base 36, and a
// letter for each of the rest. It is written into messages that live for years: letters keep their meaning.
func (l listing) String() string {
	flags := sinceFlag(l.since)
	if l.starred {
		flags += "s"
	}
	if l.public {
		flags += "p"
	}
	return shortID(l.by) + "." + shortID(l.in) + "." + flags
}

// readListing reads what String wrote; of anything else, whatever makes sense.
func readListing(s string) listing {
	parts := strings.SplitN(s, ".", 3)
	if len(parts) != 3 {
		return listing{}
	}
	return listing{
		by: longID(parts[0]), in: longID(parts[1]), since: sinceFlagged(parts[2]),
		starred: strings.Contains(parts[2], "s"), public: strings.Contains(parts[2], "p"),
	}
}

// shortID is a Discord ID in base 36, and longID reads it again; "" for what is none.
func shortID(id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil || n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 36)
}

func longID(s string) string {
	n, err := strconv.ParseUint(s, 36, 64)
	if err != nil || n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 10)
}

// listingOf reads the options that /seeds history and /seeds search have in common.
func listingOf(i *bot.Interaction) listing {
	return listing{
		by: longID(shortID(i.Text(byOption))), in: longID(shortID(i.Text(inOption))), since: sinceNamed(i.Text(sinceOption)),
		starred: i.Flag(starredOption),
	}
}

// listingOptions are the options that listingOf reads.
func listingOptions() []*discordgo.ApplicationCommandOption {
	return []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionUser, Name: byOption, Description: byDescription},
		{Type: discordgo.ApplicationCommandOptionChannel, Name: inOption, Description: inDescription},
		sinceChoice(),
		{Type: discordgo.ApplicationCommandOptionBoolean, Name: starredOption, Description: starredDescription},
	}
}

// rowsAndMenu are the cards of a page as readers see them, and the menu that opens one.
func rowsAndMenu(cards []db.Card) []discordgo.MessageComponent {
	rows := make([]string, 0, len(cards))
	options := make([]discordgo.SelectMenuOption, 0, len(cards))
	for _, card := range cards {
		rows = append(rows, historyRow(card))
		options = append(options, cardOptionRow(card))
	}
	return []discordgo.MessageComponent{text(strings.Join(rows, "\n")), row(menu(bot.ID(verbOpen), menuOpenCard, options))}
}

// cardOptionRow is a card in a menu whose choice is a card.
func cardOptionRow(card db.Card) discordgo.SelectMenuOption {
	return option(
		dotted(cardNumber(card.Number), promptText(card.Prompt)),
		dotted(digitsOf(card.Seed), versionLabel(card.Version), card.Aspect),
		strconv.FormatInt(card.Number, 10),
	)
}

// Bounds of a row in a list, in UTF-16 units as sent. Ten rows stay far from a message's limit.
const (
	maxRowPrompt = 120
	maxRowMark   = 16
)

func historyRow(card db.Card) string {
	words, _ := quoted(promptWords(card.Prompt), maxRowPrompt)
	version, _ := quoted(versionLabel(card.Version), maxRowMark)
	aspect, _ := quoted(card.Aspect, maxRowMark)
	return textHistoryRow(card.Number, card.Stars, card.Seed, words, version, aspect, card.Asker, card.Created, card.Private)
}

// Bounds of a search, in characters: of what is typed as its text, and of its words together with the options tag and
// version. The words stand in the message whole, since that is where its buttons read them.
const (
	maxSearchText  = 200
	maxSearchWords = 280
)

// searchText is the words of a search in the form in which they can stand in a message and be read there again.
func searchText(s string) string {
	s = plain(strings.ReplaceAll(s, "`", "'"))
	if runes := []rune(s); len(runes) > maxSearchWords {
		s = strings.TrimSpace(string(runes[:maxSearchWords]))
	}
	return s
}

// wordsPattern is how a message of ours shows the words of its search. Messages out there are read by it for years.
var wordsPattern = regexp.MustCompile("^🔎 `([^`]*)`$")

func wordsShown(words string) string { return "🔎 `" + words + "`" }

// wordsOf are the words of the search that a message shows, or "".
func wordsOf(m *bot.Msg) string {
	for _, content := range contents(m) {
		if found := wordsPattern.FindStringSubmatch(content); found != nil {
			return found[1]
		}
	}
	return ""
}
