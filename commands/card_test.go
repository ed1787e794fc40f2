package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

var noon = time.Date(2026, 10, 23, 12, 0, 0, 0, time.UTC)

func owlCard() db.Card {
	return db.Card{
		Scope: "900", Number: 142, Seed: 3718204551, Source: db.Midjourney, Job: imageJob, MidjourneyID: midjourneyID,
		Prompt: "owl in the rain, 35 mm film --ar 3:2 --stylize 250 --raw --v 7", Version: "7", Aspect: "3:2",
		Asker: "42", Asked: noon, Created: noon.Add(time.Second),
	}
}

func fourPictures() []retrieval.Picture {
	return []retrieval.Picture{
		{Position: 1, Path: "/spool/1", Type: "image/png"}, {Position: 2, Path: "/spool/2", Type: "image/jpeg"},
		{Position: 3, Path: "/spool/3", Type: "image/webp"}, {Position: 4, Path: "/spool/4", Type: "image/gif"},
	}
}

// owlControls are the buttons and the menu of a public card.
const owlControls = `[📋 Copy prompt → v1:copy:142]
[🌱 Copy seed → v1:seed:142]
[⭐ Star → v1:star:142]
[💾 Save recipe → v1:recipe-save:142]
[📤 Share… → v1:share:142]
(More… → v1:more:142)
  parameters = All parameters | Everything that is known of this card
  words = Same seed, new words… | Change the prompt and keep the seed
  seed = New seed, same words | The prompt without its seed, to copy
  compare = Compare with… | Mark this card, then choose a second one
  note = Note and tags… | What the team should know, and words to find it by
  files = Original files | Links to the pictures as they were posted
  refresh = Refresh pictures | Upload the pictures anew
  why = Why might it differ? | What stands against the same picture, and how to mend it
  private = Make private | Only the member who asked sees it from then on
  delete = Delete | It can be undone for 15 minutes
`

func TestTheFinishedCard(t *testing.T) {
	t.Parallel()
	m := cardMessage(owlCard(), false, fourPictures())
	requireSendable(t, m)
	require.Equal(t, `┏ green
## 🌱 3718204551
**owl in the rain, 35 mm film**
--ar 3:2 --stylize 250 --raw --v 7
picture attachment://seed-142-1.png | Image 1 of 4: owl in the rain, 35 mm film
picture attachment://seed-142-2.jpg | Image 2 of 4: owl in the rain, 35 mm film
picture attachment://seed-142-3.webp | Image 3 of 4: owl in the rain, 35 mm film
picture attachment://seed-142-4.gif | Image 4 of 4: owl in the rain, 35 mm film
**Repeatable:** High – model version, size, style and seed are all fixed
-# #142 · asked by <@42> <t:1792756800:R>
`+owlControls+`file seed-142-1.png image/png
file seed-142-2.jpg image/jpeg
file seed-142-3.webp image/webp
file seed-142-4.gif image/gif
`, render(m))
}

var privateControls = strings.NewReplacer(
	"[💾 Save recipe → v1:recipe-save:142]\n", "",
	"[📤 Share… → v1:share:142]", "[📤 Show everyone → v1:everyone:142]",
	"private = Make private | Only the member who asked sees it from then on", "public = Make public | Everyone here can find it from then on",
).Replace(owlControls)

func TestACardThatIsKnown(t *testing.T) {
	t.Parallel()
	card := owlCard()
	card.Private = true
	pictures := fourPictures()
	pictures[0].Missing = retrieval.Gone
	pictures[2].Missing = refusedByDiscord
	m := cardMessage(card, true, pictures)
	requireSendable(t, m)
	require.Equal(t, `┏ green
## 🌱 3718204551
**owl in the rain, 35 mm film**
--ar 3:2 --stylize 250 --raw --v 7
picture attachment://seed-142-2.jpg | Image 2 of 4: owl in the rain, 35 mm film
picture attachment://seed-142-4.gif | Image 4 of 4: owl in the rain, 35 mm film
-# Picture 1 is missing: its link has expired or it was removed.
-# Picture 3 is missing: Discord did not take it.
**Repeatable:** High – model version, size, style and seed are all fixed
-# Known since <t:1792756801:D> – no new request was made
-# #142 · asked by <@42> <t:1792756800:R> · only you see this
`+privateControls+`file seed-142-2.jpg image/jpeg
file seed-142-4.gif image/gif
`, render(m))
}

func TestEveryReasonForAMissingPictureHasItsWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, why := range []retrieval.Missing{
		retrieval.Gone, retrieval.TooBig, retrieval.TooMuch, retrieval.Slow, retrieval.NotPicture, retrieval.HostDenied,
		retrieval.Unreadable, refusedByDiscord, "of a later version",
	} {
		words := textMissing(2, why)
		require.Contains(t, words, "Picture 2 is missing: ")
		require.False(t, seen[words], "%s shares its words", why)
		seen[words] = true
	}
}

func TestCardsOfHostilePrompts(t *testing.T) {
	t.Parallel()
	ten := make([]retrieval.Picture, 0, 12)
	for n := range 12 {
		p := retrieval.Picture{Position: n + 1, Path: "/spool/x", Type: "image/png"}
		if n%2 == 0 {
			p.Missing = retrieval.HostDenied
		}
		ten = append(ten, p)
	}
	for name, test := range map[string]struct {
		prompt string
		shown  string // a line that stands in the card as it is
		hidden []string
	}{
		"no prompt at all":             {"", textNoPrompt, nil},
		"nothing but white space":      {" \n\t ", textNoPrompt, nil},
		"nothing but parameters":       {"--v 7", "--v 7", []string{"****"}},
		"markdown":                     {"**bold** __x__ `code` ~~s~~ ||spoiler|| [a](b)", `**\*\*bold\*\* \_\_x\_\_ \` + "`code\\`" + ` \~\~s\~\~ \|\|spoiler\|\| \[a\](b)**`, nil},
		"a heading and a list":         {"# big\n- item\n> quote", `**\# big - item > quote**`, nil},
		"mentions":                     {"@everyone <@123> <#5> <t:1:R>", `**\@everyone \<\@123> \<#5> \<t:1:R>**`, nil},
		"a line that looks like ours":  {"x\n**seed** 5\n-# #1 · asked by me", `**x \*\*seed\*\* 5 -# #1 · asked by me**`, nil},
		"words turned around":          {"abc \u202edef\u2066 \u200bghi", "**abc def ghi**", []string{"\u202e", "\u2066", "\u200b"}},
		"Arabic and Hebrew":            {"بومة تحت المطر ינשוף", "**بومة تحت المطر ינשוף**", nil},
		"emoji of several runes":       {"👩‍🚀 🏳️‍🌈", "**👩‍🚀 🏳️‍🌈**", nil},
		"a picture of Midjourney's":    {"https://cdn.midjourney.com/" + midjourneyID + "/0_0.png owl", "**cdn.midjourney.com/… owl**", []string{midjourneyID, "https://"}},
		"a picture on Discord":         {"owl --sref https://cdn.discordapp.com/attachments/1234567890123456789/2/a.png?ex=1 --v 7", "--sref cdn.discordapp.com/… --v 7", []string{"1234567890123456789", "https://"}},
		"an address with a password":   {"http://me:secret@host.example/x owl", "**host.example/… owl**", []string{"secret", "https://"}},
		"a bare address":               {"sign that says https://example.com", "**sign that says example.com**", []string{"https://"}},
		"one of Midjourney's IDs":      {"owl " + midjourneyID, "**owl …**", []string{midjourneyID}},
		"a job ID":                     {"owl " + imageJob, "**owl j1023…midjourney**", []string{imageJob, "-u12345"}},
		"invalid UTF-8":                {"owl \xff\xfe rain", "**owl rain**", nil},
		"six thousand letters":         {strings.Repeat("owl ", 1500) + "--v 7", textPromptCut, nil},
		"six thousand stars":           {strings.Repeat("*", 6000), textPromptCut, nil},
		"two thousand emoji":           {strings.Repeat("🦉", 2000), textPromptCut, nil},
		"parameters without an end":    {"owl --no " + strings.Repeat("cat, ", 1000), textPromptCut, nil},
		"a long word, long parameters": {strings.Repeat("o", 3000) + " --sref " + strings.Repeat("1", 3000), textPromptCut, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			card := owlCard()
			card.Prompt = test.prompt
			m := cardMessage(card, true, ten)
			requireSendable(t, m)
			shown := render(m)
			require.Contains(t, strings.Split(shown, "\n"), test.shown)
			require.Contains(t, shown, "\n## 🌱 3718204551\n")
			require.Contains(t, shown, "seed-142-12.png")
			require.Contains(t, shown, "Picture 11 is missing")
			for _, hidden := range append(test.hidden, card.Job, card.MidjourneyID) {
				require.NotContains(t, shown, hidden)
			}
		})
	}
}

func TestACardWithoutPicturesSaysSo(t *testing.T) {
	t.Parallel()
	m := cardMessage(owlCard(), false, nil)
	requireSendable(t, m)
	require.Contains(t, render(m), textNoPictures)
	require.NotContains(t, render(m), "picture attachment")
}

func TestTheColourOfACardIsItsVerdict(t *testing.T) {
	t.Parallel()
	for prompt, colour := range map[string]string{"owl --v 7": "┏ green", "owl": "┏ amber", "owl --v 2": "┏ grey"} {
		card := owlCard()
		card.Prompt = prompt
		for _, m := range []bot.Message{cardMessage(card, false, fourPictures()), bareCardMessage(card)} {
			require.Contains(t, render(m), colour+"\n", prompt)
		}
	}
}

func TestWhatMembersWroteAboutACard(t *testing.T) {
	t.Parallel()
	card := owlCard()
	card.Note, card.Tags, card.Stars, card.Parent, card.Speed = "for **the client**\n# big", []string{"owl", "rain_y"}, 3, 141, "relax"
	shown := render(cardMessage(card, false, fourPictures()))
	require.Contains(t, shown, "\n📝 for \\*\\*the client\\*\\* # big\n🏷️ owl, rain\\_y\n-# #142 · asked by <@42> <t:1792756800:R> · made from #141 · relax\n")
	require.Contains(t, shown, "[⭐ Star (3) → v1:star:142]")
	card.Asker = ""
	require.Contains(t, render(cardMessage(card, false, fourPictures())), "#142 · asked <t:1792756800:R>")
}

func TestACardSaysWhetherItsSeedWasAskedForOrBrought(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		source            db.Source
		job, asker        string
		footer, parameter string
	}{
		"asked for":                     {db.Midjourney, imageJob, "42", "asked by <@42> <t:1792756800:R>", "**Asked** by <@42> <t:1792756800:R>"},
		"asked for by a forgotten one":  {db.Midjourney, imageJob, "", "asked <t:1792756800:R>", "**Asked** <t:1792756800:R>"},
		"made by Run it":                {db.Prompt, imageJob, "42", "asked by <@42> <t:1792756800:R>", "**Asked** by"},
		"recorded from an ✉️ answer":    {db.Midjourney, "", "42", "added by <@42> <t:1792756800:R>", "**Added** by <@42>"},
		"typed":                         {db.Pasted, "", "42", "added by <@42> <t:1792756800:R>", "**Added** by"},
		"typed with its job":            {db.Pasted, imageJob, "42", "added by <@42> <t:1792756800:R>", "**Added** by"},
		"a file that names nobody":      {db.Imported, "", "", "added <t:1792756800:R>", "**Added** <t:1792756800:R>"},
		"a file of jobs without a name": {db.Imported, imageJob, "", "added <t:1792756800:R>", "**Added** <t:1792756800:R>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			card := owlCard()
			card.Source, card.Job, card.Asker = test.source, test.job, test.asker
			require.Contains(t, render(cardMessage(card, false, fourPictures())), "-# #142 · "+test.footer+"\n")
			require.Contains(t, render(factsMessage(card)), "\n"+test.parameter)
		})
	}
}

func TestAListWithoutNamesBringsCardsOfNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, "**Imported 1 card.**", w.imports(w.manager(), w.channel, "seed,prompt\n5,owl\n"))
	cards := w.all(db.View{Scope: w.guild.ID})
	require.Len(t, cards, 1)
	require.Contains(t, render(cardMessage(cards[0], false, nil)), fmt.Sprintf("-# #1 · added %s", ago(cards[0].Created)))
	require.WithinDuration(t, time.Now(), cards[0].Created, time.Hour)
}

func TestACardWhoseOriginalsAreGone(t *testing.T) {
	t.Parallel()
	m := cardMessage(owlCard(), true, []retrieval.Picture{{Path: "/spool/sheet", Type: "image/jpeg", Sheet: true, Instead: retrieval.Gone}})
	requireSendable(t, m)
	require.Contains(t, render(m), `
picture attachment://seed-142.jpg | A small copy of the pictures: owl in the rain, 35 mm film
-# The original pictures are gone. This is the small copy that I kept of them.
`)
}

func TestInDirectMessagesThereIsNobodyToShareWith(t *testing.T) {
	t.Parallel()
	card := owlCard()
	card.Scope = "dm:5"
	m := cardMessage(card, false, fourPictures())
	requireSendable(t, m)
	for _, without := range []string{labelShare, labelEveryone, labelPrivate, labelPublic} {
		require.NotContains(t, render(m), without)
	}
}

func TestTheLargestCardFits(t *testing.T) {
	t.Parallel()
	tags := make([]string, 10)
	for n := range tags {
		tags[n] = strings.Repeat("_", 31) + digits(uint32(n))
	}
	for _, private := range []bool{false, true} {
		for _, words := range []string{strings.Repeat("*", 6000), strings.Repeat("owl ", 1500), strings.Repeat("🦉", 3000)} {
			for _, parameters := range []string{"", " --sref " + strings.Repeat("https://cdn.discordapp.com/a_b_c ", 90), " --weird " + strings.Repeat("9", 3000) + " --no " + strings.Repeat("_", 3000)} {
				card := owlCard()
				card.Prompt, card.Private, card.Tags, card.Note = words+parameters, private, tags, strings.Repeat("~", 2000)
				card.Stars, card.Number, card.Parent, card.Speed = 999_999, 999_999_999_999, 999_999_999_998, strings.Repeat("_", 99)
				card.Asker = strings.Repeat("9", 20)
				gone := make([]retrieval.Picture, 10)
				for n := range gone {
					gone[n] = retrieval.Picture{Position: n + 1, Missing: retrieval.TooMuch}
				}
				m := cardMessage(card, true, gone)
				requireSendable(t, m)
				above := under([]string{strings.Repeat("a", cardReserve-100)}, m)
				requireSendable(t, above)
				require.Contains(t, render(m), textPromptCut)
			}
		}
	}
}

func TestTheBareCardHoldsNobodyElsesWords(t *testing.T) {
	t.Parallel()
	m := bareCardMessage(owlCard())
	requireSendable(t, m)
	require.Equal(t, `┏ green
## 🌱 3718204551
-# Discord did not take the whole answer; this is what matters of it. Copy prompt gives the prompt.
-# #142 · asked by <@42> <t:1792756800:R>
`+owlControls, render(m))
}
