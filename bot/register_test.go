package bot

import (
	"encoding/json"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

func TestCommandsOfASingleServerSayNothingOfOtherPlaces(t *testing.T) {
	t.Parallel()
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	kinds := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	global := []*discordgo.ApplicationCommand{{Name: "seed", Description: "x", Contexts: &contexts, IntegrationTypes: &kinds}}

	raw, err := json.Marshal(withoutContexts(global))
	require.NoError(t, err)
	require.NotContains(t, string(raw), "contexts")
	require.NotContains(t, string(raw), "integration_types")
	require.Contains(t, string(raw), `"name":"seed"`)
	require.NotNil(t, global[0].Contexts, "the global definition stays as it is")

	raw, err = json.Marshal(withoutContexts(nil))
	require.NoError(t, err)
	require.Equal(t, "[]", string(raw), "null is no list")
}

func TestRowsStandUnderAPlainText(t *testing.T) {
	t.Parallel()
	press := discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "Go", CustomID: "v1:go"}}}
	m := Message{Text: "an owl", Rows: []discordgo.MessageComponent{press}}
	for name, payload := range map[string]map[string]any{"new": m.createPayload(64), "edited": m.editPayload()} {
		raw, err := json.Marshal(payload)
		require.NoError(t, err)
		require.Contains(t, string(raw), `"content":"an owl"`, name)
		require.Contains(t, string(raw), `"custom_id":"v1:go"`, name)
	}
	require.Equal(t, 64, m.createPayload(64)["flags"], "it is no message of components alone")
}

func TestAThreadNamesItsChannel(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		channel string
		parent  string
	}{
		"a public thread":       {`{"id":"6","type":11,"parent_id":"5"}`, "5"},
		"a private thread":      {`{"id":"6","type":12,"parent_id":"5"}`, "5"},
		"a channel in a folder": {`{"id":"5","type":0,"parent_id":"4"}`, ""},
	} {
		i, _, err := decodeInteraction(json.RawMessage(`{"id":"1","token":"t","type":2,"channel_id":"6","channel":` + test.channel +
			`,"user":{"id":"42"},"data":{"name":"seed"}}`))
		require.NoError(t, err)
		require.Equal(t, test.parent, i.Parent, name)
	}
}
