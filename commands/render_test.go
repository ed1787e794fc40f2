package commands

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/bot"
)

// render is a message as its readers see it, one component a line: texts as they are sent, buttons in brackets with
// their custom IDs, pictures with their alt texts.
func render(m bot.Message) string {
	var b strings.Builder
	if m.Text != "" {
		b.WriteString(m.Text + "\n")
	}
	for _, c := range m.Components {
		renderPart(&b, c)
	}
	for _, f := range m.Files {
		fmt.Fprintf(&b, "file %s %s\n", f.Name, f.Type)
	}
	return b.String()
}

func renderPart(b *strings.Builder, c discordgo.MessageComponent) {
	switch c := c.(type) {
	case discordgo.Container:
		fmt.Fprintf(b, "┏ %s\n", map[int]string{green: "green", blue: "blue", red: "red", amber: "amber", grey: "grey"}[*c.AccentColor])
		for _, part := range c.Components {
			renderPart(b, part)
		}
	case discordgo.TextDisplay:
		b.WriteString(c.Content + "\n")
	case discordgo.ActionsRow:
		for _, part := range c.Components {
			renderPart(b, part)
		}
	case discordgo.Button:
		state := ""
		if c.Disabled {
			state = " off"
		}
		emoji := ""
		if c.Emoji != nil {
			emoji = c.Emoji.Name + " "
		}
		fmt.Fprintf(b, "[%s%s → %s%s]\n", emoji, c.Label, c.CustomID, state)
	case discordgo.SelectMenu:
		fmt.Fprintf(b, "(%s → %s)\n", c.Placeholder, c.CustomID)
		for _, o := range c.Options {
			fmt.Fprintf(b, "  %s = %s | %s\n", o.Value, o.Label, o.Description)
		}
	case discordgo.MediaGallery:
		for _, item := range c.Items {
			fmt.Fprintf(b, "picture %s | %s\n", item.Media.URL, *item.Description)
		}
	default:
		fmt.Fprintf(b, "unknown component %T\n", c)
	}
}

// requireSendable holds a message to Discord's limits, and its texts to what no reply may contain.
func requireSendable(t *testing.T, m bot.Message) {
	t.Helper()
	require.LessOrEqual(t, units(m.Text), maxContent)
	require.False(t, m.Text == "" && len(m.Components) == 0, "the message is empty")
	var count, letters int
	ids := map[string]bool{}
	var walk func(c discordgo.MessageComponent, depth int)
	walk = func(c discordgo.MessageComponent, depth int) {
		count++
		identify := func(id string) {
			require.NotEmpty(t, id)
			require.LessOrEqual(t, units(id), bot.MaxCustomID)
			require.False(t, ids[id], "custom ID %s is there twice", id)
			ids[id] = true
			_, ours := bot.ParseID(id)
			require.True(t, ours)
		}
		switch c := c.(type) {
		case discordgo.Container:
			require.Zero(t, depth, "a container stands at the top")
			require.NotEmpty(t, c.Components)
			for _, part := range c.Components {
				walk(part, depth+1)
			}
		case discordgo.TextDisplay:
			require.NotEmpty(t, strings.TrimSpace(c.Content))
			letters += units(c.Content)
		case discordgo.ActionsRow:
			require.NotEmpty(t, c.Components)
			require.LessOrEqual(t, len(c.Components), 5)
			for _, part := range c.Components {
				walk(part, depth+1)
			}
		case discordgo.Button:
			identify(c.CustomID)
			require.NotEmpty(t, c.Label)
			require.LessOrEqual(t, units(c.Label), 34)
		case discordgo.SelectMenu:
			identify(c.CustomID)
			require.Equal(t, c.MenuType == discordgo.StringSelectMenu, len(c.Options) > 0, "a menu lists options, unless Discord does")
			require.LessOrEqual(t, len(c.DefaultValues), max(c.MaxValues, 1))
			require.LessOrEqual(t, len(c.Options), 25)
			require.LessOrEqual(t, units(c.Placeholder), 150)
			values := map[string]bool{}
			for _, o := range c.Options {
				require.NotEmpty(t, o.Label)
				require.LessOrEqual(t, units(o.Label), 100)
				require.LessOrEqual(t, units(o.Description), 100)
				require.NotEmpty(t, o.Value)
				require.LessOrEqual(t, units(o.Value), 100)
				require.False(t, values[o.Value], "value %s is there twice", o.Value)
				values[o.Value] = true
			}
		case discordgo.MediaGallery:
			require.NotEmpty(t, c.Items)
			require.LessOrEqual(t, len(c.Items), 10)
			for _, item := range c.Items {
				require.LessOrEqual(t, units(*item.Description), 1024)
			}
		default:
			t.Fatalf("component %T is not expected in a reply", c)
		}
	}
	for _, c := range m.Components {
		walk(c, 0)
	}
	require.LessOrEqual(t, count, 40-1, "one component is left for the mention in a late answer")
	require.LessOrEqual(t, letters, maxText-100, "some characters are left for the mention in a late answer")
	names := map[string]bool{}
	require.LessOrEqual(t, len(m.Files), 10)
	for _, f := range m.Files {
		require.Regexp(t, `^[a-z0-9.-]+$`, f.Name)
		require.False(t, names[f.Name], "file %s is there twice", f.Name)
		names[f.Name] = true
		require.Contains(t, render(m), "attachment://"+f.Name, "a file that nothing shows is invisible")
	}
	require.Equal(t, strings.Count(render(m), "attachment://"), len(m.Files))
}

// messageOf is a message as Discord hands it back with a press.
func messageOf(t *testing.T, m bot.Message) *bot.Msg {
	t.Helper()
	raw, err := json.Marshal(m.Components)
	require.NoError(t, err)
	return &bot.Msg{ID: "77", Components: raw}
}
