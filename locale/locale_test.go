package locale

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

// What there is to word is held against the real commands where those are; here the languages are held against each
// other.
func TestLanguagesWordTheSameThings(t *testing.T) {
	t.Parallel()
	first := Languages()[0]
	require.NotEmpty(t, first.Commands)
	for _, l := range Languages() {
		require.ElementsMatch(t, slices.Collect(maps.Keys(first.Commands)), slices.Collect(maps.Keys(l.Commands)), "%v", l.Locales)
		require.ElementsMatch(t, slices.Collect(maps.Keys(first.Options)), slices.Collect(maps.Keys(l.Options)), "%v", l.Locales)
		require.ElementsMatch(t, slices.Collect(maps.Keys(first.Choices)), slices.Collect(maps.Keys(l.Choices)), "%v", l.Locales)
	}
}

func TestALocaleHasOneLanguage(t *testing.T) {
	t.Parallel()
	seen := map[discordgo.Locale]bool{}
	for _, l := range Languages() {
		require.NotEmpty(t, l.Locales)
		for _, locale := range l.Locales {
			require.False(t, seen[locale], locale)
			require.NotEmpty(t, discordgo.Locales[locale], "Discord knows no %s", locale)
			seen[locale] = true
		}
	}
}

func TestWordsFitDiscord(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^[-_'\p{L}\p{M}\p{N}]{1,32}$`)
	for _, l := range Languages() {
		for path, w := range l.Options {
			require.Regexp(t, name, w.Name, "%v: %s", l.Locales, path)
			require.Equal(t, strings.ToLower(w.Name), w.Name, "%v: %s", l.Locales, path)
			require.NotEmpty(t, w.About, "%v: %s", l.Locales, path)
		}
		for path, w := range l.Commands {
			require.NotEmpty(t, w.Name, "%v: %s", l.Locales, path)
			require.LessOrEqual(t, utf8.RuneCountInString(w.Name), 32, "%v: %s", l.Locales, path)
			require.LessOrEqual(t, utf8.RuneCountInString(w.About), 100, "%v: %s", l.Locales, path)
		}
	}
}

// A command that a description names is the one that Discord lists in that language.
func TestDescriptionsNameCommandsAsTheLanguageDoes(t *testing.T) {
	t.Parallel()
	for _, l := range Languages() {
		search := "/" + l.Commands["seeds"].Name + " " + l.Commands["seeds search"].Name
		require.Contains(t, l.Options["seeds export/text"].About, search, "%v", l.Locales)
		for path, w := range l.Options {
			require.NotContains(t, strings.ReplaceAll(w.About, search, ""), "/seed", "%v: %s", l.Locales, path)
		}
	}
}

func TestApplyFindsWordsByPath(t *testing.T) {
	t.Parallel()
	text := discordgo.ApplicationCommandOptionString
	since := &discordgo.ApplicationCommandOption{
		Type: text, Name: "since", Description: "How far back",
		Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "day", Value: "day"}, {Name: "unheard of", Value: "aeon"}},
	}
	private := &discordgo.ApplicationCommandOption{Type: text, Name: "private"}
	history := &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: "history", Options: []*discordgo.ApplicationCommandOption{since, private},
	}
	seeds := &discordgo.ApplicationCommand{Name: "seeds", Options: []*discordgo.ApplicationCommandOption{history}}
	Apply(seeds)
	german := german()
	require.Equal(t, german.Commands["seeds"].Name, (*seeds.NameLocalizations)[discordgo.German])
	require.Equal(t, german.Commands["seeds"].About, (*seeds.DescriptionLocalizations)[discordgo.German])
	require.Equal(t, german.Commands["seeds history"].Name, history.NameLocalizations[discordgo.German])
	require.Equal(t, german.Options["/since"].About, since.DescriptionLocalizations[discordgo.German])
	require.Equal(t, german.Options["/private"].Name, private.NameLocalizations[discordgo.German])
	require.Equal(t, german.Choices["since=day"], since.Choices[0].NameLocalizations[discordgo.German])
	require.Empty(t, since.Choices[1].NameLocalizations, "what has no words stays English")
	spanish := seeds.NameLocalizations
	require.Equal(t, (*spanish)[discordgo.SpanishES], (*spanish)[discordgo.SpanishLATAM])

	own := &discordgo.ApplicationCommandOption{Type: text, Name: "private"}
	Apply(&discordgo.ApplicationCommand{Name: "seed", Options: []*discordgo.ApplicationCommandOption{own}})
	require.Equal(t, german.Options["seed/private"].About, own.DescriptionLocalizations[discordgo.German], "its own words go first")
	require.NotEqual(t, german.Options["/private"].About, own.DescriptionLocalizations[discordgo.German])

	pressed := &discordgo.ApplicationCommand{Name: "Get seed", Type: discordgo.MessageApplicationCommand}
	Apply(pressed)
	require.NotEmpty(t, *pressed.NameLocalizations)
	require.Nil(t, pressed.DescriptionLocalizations, "Discord takes none for such a command")

	strange := &discordgo.ApplicationCommand{Name: "unheard-of"}
	Apply(strange)
	require.Empty(t, *strange.NameLocalizations)
}
