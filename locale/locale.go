// Package locale is how Discord lists the bot's commands to whoever uses it in another language than English: the names
// and descriptions of commands, options and choices. Each language has a file of its own. Replies are in English, and
// are no matter of this package.
//
// It takes discordgo's types as data and knows neither Discord nor what a command does. Commands are found by their
// English names.
package locale

import "github.com/bwmarrin/discordgo"

// Language is one language's words.
type Language struct {
	Locales []discordgo.Locale // that are served by these words
	// Commands are the commands by name, and their parts by path, as in "seeds history".
	Commands map[string]Wording
	// Options are the options by path, as in "seeds history/by"; "/by" stands for every option by that has no words of
	// its own. Those must mean the same.
	Options map[string]Wording
	// Choices are the choices by option and value, as in "since=day".
	Choices map[string]string
}

// Wording is a name as Discord takes it, of at most 32 characters and for slash commands and options in small letters,
// with its description of at most 100; message and user commands have none.
// https://docs.discord.com/developers/interactions/application-commands
type Wording struct{ Name, About string }

// Languages are all languages beside English.
func Languages() []Language {
	return []Language{german(), spanish(), french(), japanese(), brazilian(), chinese()}
}

// Apply puts every language's words into a command. What has no words in a language is left out, so that Discord shows
// it in English.
func Apply(c *discordgo.ApplicationCommand) {
	names, abouts := map[discordgo.Locale]string{}, map[discordgo.Locale]string{}
	for _, l := range Languages() {
		for _, locale := range l.Locales {
			put(names, abouts, locale, l.Commands[c.Name])
		}
		for _, o := range c.Options {
			l.option(c.Name, o)
		}
	}
	c.NameLocalizations = &names
	if len(abouts) > 0 {
		c.DescriptionLocalizations = &abouts
	}
}

// option puts a language's words into an option, or into a part of a command with its options.
func (l Language) option(path string, o *discordgo.ApplicationCommandOption) {
	if o.NameLocalizations == nil {
		o.NameLocalizations, o.DescriptionLocalizations = map[discordgo.Locale]string{}, map[discordgo.Locale]string{}
	}
	part := o.Type == discordgo.ApplicationCommandOptionSubCommand || o.Type == discordgo.ApplicationCommandOptionSubCommandGroup
	w := l.Commands[path+" "+o.Name]
	if !part {
		w = l.wordingOf(path, o.Name)
	}
	for _, locale := range l.Locales {
		put(o.NameLocalizations, o.DescriptionLocalizations, locale, w)
		for _, choice := range o.Choices {
			if choice.NameLocalizations == nil {
				choice.NameLocalizations = map[discordgo.Locale]string{}
			}
			value, _ := choice.Value.(string)
			if name := l.Choices[o.Name+"="+value]; name != "" {
				choice.NameLocalizations[locale] = name
			}
		}
	}
	for _, inner := range o.Options {
		l.option(path+" "+o.Name, inner)
	}
}

func (l Language) wordingOf(path, option string) Wording {
	if w, own := l.Options[path+"/"+option]; own {
		return w
	}
	return l.Options["/"+option]
}

func put(names, abouts map[discordgo.Locale]string, locale discordgo.Locale, w Wording) {
	if w.Name != "" {
		names[locale] = w.Name
	}
	if w.About != "" {
		abouts[locale] = w.About
	}
}
