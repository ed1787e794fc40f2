package commands

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/locale"
)

// definitions are all commands as they are registered.
func definitions() []*discordgo.ApplicationCommand {
	c := &counter{}
	var list []*discordgo.ApplicationCommand
	for _, command := range c.commands() {
		list = append(list, command.ApplicationCommand)
	}
	return list
}

// languages are those that every name and description has words in.
func languages() []discordgo.Locale {
	return []discordgo.Locale{
		discordgo.German, discordgo.SpanishES, discordgo.SpanishLATAM, discordgo.French, discordgo.Japanese,
		discordgo.PortugueseBR, discordgo.ChineseCN,
	}
}

var slashName = regexp.MustCompile(`^[-_'\p{L}\p{M}\p{N}]{1,32}$`)

func TestEverythingIsLocalised(t *testing.T) {
	t.Parallel()
	check := func(path, english string, words map[discordgo.Locale]string, most int, slash bool) {
		for _, locale := range languages() {
			text := words[locale]
			require.NotEmpty(t, strings.TrimSpace(text), "%s has no words in %s for %q", path, locale, english)
			require.LessOrEqual(t, utf8.RuneCountInString(text), most, "%s in %s", path, locale)
			require.Equal(t, text, strings.TrimSpace(text), "%s in %s", path, locale)
			if slash {
				require.Regexp(t, slashName, text, "%s in %s", path, locale)
				require.Equal(t, strings.ToLower(text), text, "%s in %s", path, locale)
			}
		}
		require.Len(t, words, len(languages()), "%s has words in a language nobody asked for", path)
	}
	var walk func(path string, options []*discordgo.ApplicationCommandOption)
	walk = func(path string, options []*discordgo.ApplicationCommandOption) {
		taken := map[string]string{}
		for _, o := range options {
			at := path + " " + o.Name
			check(at, o.Name, o.NameLocalizations, 32, true)
			check(at, o.Description, o.DescriptionLocalizations, 100, false)
			for locale, name := range o.NameLocalizations {
				require.Empty(t, taken[string(locale)+name], "%s and %s have one name in %s", at, taken[string(locale)+name], locale)
				taken[string(locale)+name] = at
			}
			names := map[string]bool{}
			for _, choice := range o.Choices {
				check(at+"="+choice.Name, choice.Name, choice.NameLocalizations, 100, false)
				for locale, name := range choice.NameLocalizations {
					require.False(t, names[string(locale)+name], "%s: two choices are %s in %s", at, name, locale)
					names[string(locale)+name] = true
				}
			}
			walk(at, o.Options)
		}
	}
	names := map[string]bool{}
	for _, c := range definitions() {
		require.NotNil(t, c.NameLocalizations, c.Name)
		slash := c.Type == discordgo.ChatApplicationCommand
		check(c.Name, c.Name, *c.NameLocalizations, 32, slash)
		if slash {
			require.NotNil(t, c.DescriptionLocalizations, c.Name)
			check(c.Name, c.Description, *c.DescriptionLocalizations, 100, false)
		} else {
			require.Nil(t, c.DescriptionLocalizations, c.Name)
		}
		for locale, name := range *c.NameLocalizations {
			key := string(locale) + name + string(rune('0'+c.Type))
			require.False(t, names[key], "two commands are %s in %s", name, locale)
			names[key] = true
		}
		walk(c.Name, c.Options)
	}
}

// A word that stands for every option of a name must mean the same for each of them.
func TestSharedWordsMeanTheSame(t *testing.T) {
	t.Parallel()
	meaning := map[string]string{}
	used := map[string]bool{}
	var walk func(path string, options []*discordgo.ApplicationCommandOption)
	walk = func(path string, options []*discordgo.ApplicationCommandOption) {
		for _, o := range options {
			if o.Type == discordgo.ApplicationCommandOptionSubCommand {
				used[path+" "+o.Name] = true
				walk(path+" "+o.Name, o.Options)
				continue
			}
			key := path + "/" + o.Name
			if _, own := locale.Languages()[0].Options[key]; !own {
				key = "/" + o.Name
			}
			used[key] = true
			if before, there := meaning[key]; there {
				require.Equal(t, before, o.Description, "%s shares the words of %s", path, key)
			}
			meaning[key] = o.Description
			for _, choice := range o.Choices {
				used[o.Name+"="+choice.Value.(string)] = true
			}
		}
	}
	for _, c := range definitions() {
		used[c.Name] = true
		walk(c.Name, c.Options)
	}
	for _, language := range locale.Languages() {
		for _, words := range []map[string]locale.Wording{language.Commands, language.Options} {
			for key := range words {
				require.True(t, used[key], "%v has words for %q, which is not there", language.Locales, key)
			}
			if len(words) == len(language.Options) {
				require.ElementsMatch(t, keysOf(locale.Languages()[0].Options), keysOf(words), "languages agree on what is shared")
			}
		}
		for key := range language.Choices {
			require.True(t, used[key], "%v has words for %q, which is not there", language.Locales, key)
		}
	}
}

func keysOf(m map[string]locale.Wording) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// The bot of every world registers all commands with the local Discord, which refuses what Discord would; here is how
// near they are to its bound for all texts of a command.
func TestCommandsStayWithinDiscordsBounds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Len(t, w.discord.Commands(""), len(definitions()))
	for _, c := range definitions() {
		require.LessOrEqual(t, sizeOf(c), 7000, "/%s leaves too little room below 8000", c.Name)
		require.LessOrEqual(t, len(c.Options), 25, c.Name)
		require.NotContains(t, *c.Contexts, discordgo.InteractionContextPrivateChannel, "nothing is asked among others whom no server knows")
	}
}

// sizeOf adds up a command's texts as Discord does: of each with its translations the longest.
func sizeOf(c *discordgo.ApplicationCommand) int {
	longest := func(text string, words map[discordgo.Locale]string) int {
		n := utf8.RuneCountInString(text)
		for _, w := range words {
			n = max(n, utf8.RuneCountInString(w))
		}
		return n
	}
	var sum func(o *discordgo.ApplicationCommandOption) int
	sum = func(o *discordgo.ApplicationCommandOption) int {
		n := longest(o.Name, o.NameLocalizations) + longest(o.Description, o.DescriptionLocalizations)
		for _, choice := range o.Choices {
			n += longest(choice.Name, choice.NameLocalizations) + utf8.RuneCountInString(choice.Value.(string))
		}
		for _, inner := range o.Options {
			n += sum(inner)
		}
		return n
	}
	n := longest(c.Name, *c.NameLocalizations)
	if c.DescriptionLocalizations != nil {
		n += longest(c.Description, *c.DescriptionLocalizations)
	}
	for _, o := range c.Options {
		n += sum(o)
	}
	return n
}
