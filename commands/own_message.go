package commands

import (
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// What stands in our own messages is read again when one of them is pressed.

// isPrivate tells whether a message is seen by one member alone.
func isPrivate(m *bot.Msg) bool {
	return m != nil && m.Flags&int(discordgo.MessageFlagsEphemeral) != 0
}

// customIDs are those of a message's buttons and menus. Its texts are not looked at: they may say anything.
func customIDs(m *bot.Msg) []string {
	if m == nil {
		return nil
	}
	var tree []component
	if json.Unmarshal(m.Components, &tree) != nil {
		return nil
	}
	return idsIn(tree, nil)
}

// component is a part of a message as far as it can be pressed.
type component struct {
	CustomID   string      `json:"custom_id"`
	Components []component `json:"components"`
	Accessory  *component  `json:"accessory"`
}

func idsIn(tree []component, found []string) []string {
	for _, c := range tree {
		if c.CustomID != "" {
			found = append(found, c.CustomID)
		}
		if c.Accessory != nil {
			found = idsIn([]component{*c.Accessory}, found)
		}
		found = idsIn(c.Components, found)
	}
	return found
}

// contents are the texts of a message of ours, one for each component that holds one.
func contents(m *bot.Msg) []string {
	if m == nil {
		return nil
	}
	var tree any
	if json.Unmarshal(m.Components, &tree) != nil {
		return nil
	}
	return contentsIn(tree, nil)
}

func contentsIn(node any, found []string) []string {
	switch v := node.(type) {
	case []any:
		for _, child := range v {
			found = contentsIn(child, found)
		}
	case map[string]any:
		if content, ok := v["content"].(string); ok {
			found = append(found, content)
		}
		found = contentsIn(v["components"], found)
	}
	return found
}
