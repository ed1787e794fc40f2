package bot

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

const inGuild = `"id":"1300000000000000001","application_id":"9","token":"t","version":1,"guild_id":"3","channel_id":"5",
	"channel":{"id":"5","name":"pictures"},"app_permissions":"2048","locale":"de","attachment_size_limit":26214400,
	"member":{"user":{"id":"42","username":"plain","global_name":"Shown"},"nick":"Nick","roles":["7"],"permissions":"8192"}`

func TestInteractionsAreRead(t *testing.T) {
	t.Parallel()
	read := func(t *testing.T, raw string) *Interaction {
		t.Helper()
		i, _, err := decodeInteraction(json.RawMessage(raw))
		require.NoError(t, err)
		return i
	}
	t.Run("a command with its options", func(t *testing.T) {
		t.Parallel()
		i := read(t, `{`+inGuild+`,"type":2,"data":{"id":"1","type":1,"name":"seed","options":[
			{"name":"job","type":3,"value":" abc "},{"name":"private","type":5,"value":true},{"name":"n","type":4,"value":-7}]}}`)
		require.Equal(t, KindCommand, i.Kind)
		require.Equal(t, "seed", i.Path)
		require.Equal(t, "abc", i.Text("job"))
		require.Empty(t, i.Text("absent"))
		require.True(t, i.Flag("private"))
		require.False(t, i.Flag("absent"))
		require.EqualValues(t, -7, i.Options["n"].Int())
		require.Equal(t, User{ID: "42", Name: "Nick"}, i.User)
		require.Equal(t, "3", i.Scope())
		require.EqualValues(t, 25<<20, i.SizeLimit)
		require.Equal(t, time.UnixMilli(1300000000000000001>>22+1420070400000).UTC(), i.Created)
		require.EqualValues(t, discordgo.PermissionAttachFiles, i.BotLacks(discordgo.PermissionAttachFiles|discordgo.PermissionSendMessages))
		require.True(t, i.MemberHas(discordgo.PermissionManageMessages))
		require.False(t, i.MemberHas(discordgo.PermissionManageGuild))
	})
	t.Run("a subcommand of a group, being typed", func(t *testing.T) {
		t.Parallel()
		i := read(t, `{`+inGuild+`,"type":4,"data":{"type":1,"name":"seeds","options":[{"name":"cards","type":2,"options":[
			{"name":"show","type":1,"options":[{"name":"card","type":3,"value":"14","focused":true}]}]}]}}`)
		require.Equal(t, KindAutocomplete, i.Kind)
		require.Equal(t, "seeds", i.Command)
		require.Equal(t, "seeds cards show", i.Path)
		require.Equal(t, "card", i.Focused)
		require.Equal(t, "14", i.Text("card"))
	})
	t.Run("in a direct message", func(t *testing.T) {
		t.Parallel()
		i := read(t, `{"id":"1","token":"t","type":2,"channel_id":"5","user":{"id":"42","username":"plain"},"data":{"name":"seed"}}`)
		require.Equal(t, "dm:5", i.Scope())
		require.Equal(t, User{ID: "42", Name: "plain"}, i.User)
		require.Nil(t, i.Member)
		require.False(t, i.MemberHas(0))
		require.EqualValues(t, DefaultSizeLimit, i.SizeLimit)
		require.Zero(t, i.BotLacks(discordgo.PermissionAttachFiles), "what is unknown is not missing")
	})
	t.Run("a message command on a message with components nobody knows", func(t *testing.T) {
		t.Parallel()
		i, kind, err := decodeInteraction(json.RawMessage(`{` + inGuild + `,"type":2,"data":{"type":3,"name":"Get seed","target_id":"88","resolved":{"messages":{"88":{
			"id":"88","channel_id":"5","author":{"id":"11","username":"m","bot":true},"content":"the words","timestamp":"2026-03-04T05:06:07.000000+00:00",
			"attachments":[{"id":"1","filename":"f.png","url":"https://cdn/f.png","size":9}],
			"embeds":[{"title":"the title","url":"https://e","fields":[{"name":"n","value":"v"}]}],
			"components":[{"type":99,"brand_new":{"text":"deep"}},{"type":1,"components":[{"type":2,"label":"U1","custom_id":"MJ::JOB::1"}]}],
			"message_snapshots":[{"message":{"content":"forwarded"}}]}}}}}`))
		require.NoError(t, err)
		require.Equal(t, discordgo.MessageApplicationCommand, kind)
		require.Equal(t, "88", i.Target)
		m := i.Messages["88"]
		require.True(t, m.Author.Bot)
		require.Equal(t, []string{"the words", "the title", "n", "v", "https://e", "deep", "U1", "MJ::JOB::1", "forwarded", "https://cdn/f.png"}, m.Texts())
	})
	t.Run("a press, its message unreadable to discordgo", func(t *testing.T) {
		t.Parallel()
		i := read(t, `{`+inGuild+`,"type":3,"message":{"id":"88","flags":64,"components":[{"type":16},{"type":20}]},
			"data":{"component_type":3,"custom_id":"v1:page:a%3Ab:2","values":["x","y"]}}`)
		require.Equal(t, KindComponent, i.Kind)
		require.Equal(t, CustomID{Verb: "page", Args: []string{"a:b", "2"}}, i.CustomID)
		require.Equal(t, []string{"x", "y"}, i.Values)
		require.Equal(t, "88", i.MessageID())
	})
	t.Run("a form, of rows and of labels", func(t *testing.T) {
		t.Parallel()
		i := read(t, `{`+inGuild+`,"type":5,"data":{"custom_id":"v1:note:142","components":[
			{"type":1,"components":[{"type":4,"custom_id":"old","value":"one"}]},
			{"type":18,"component":{"type":4,"custom_id":"new","value":"two"}},
			{"type":18,"component":{"type":3,"custom_id":"menu","values":["a","b"]}},
			{"type":18,"component":{"type":21,"custom_id":"radio","value":"x"}},
			{"type":18,"component":{"type":21,"custom_id":"unset","value":null}},
			{"type":18,"component":{"type":23,"custom_id":"box","value":true}}]}}`)
		require.Equal(t, KindModal, i.Kind)
		require.Equal(t, map[string]string{"old": "one", "new": "two", "menu": "a\nb", "radio": "x", "box": "true"}, i.Fields)
		require.Equal(t, "142", i.CustomID.Arg(0))
		require.Empty(t, i.CustomID.Arg(1))
	})
	for name, raw := range map[string]string{
		"no JSON":         `{`,
		"nothing at all":  `{}`,
		"an unknown kind": `{"id":"1","token":"t","type":77}`,
	} {
		_, _, err := decodeInteraction(json.RawMessage(raw))
		require.Error(t, err, name)
	}
}

func FuzzDecodeInteraction(f *testing.F) {
	f.Add(`{` + inGuild + `,"type":2,"data":{"name":"seed","options":[{"name":"a","type":1,"options":[null]}]}}`)
	f.Add(`{"id":"1","token":"t","type":5,"data":{"custom_id":":","components":[[[{"custom_id":"x","values":[1]}]]]}}`)
	f.Add(`{"id":"1","token":"t","type":3,"message":{"embeds":3,"components":{"a":[]}},"data":null}`)
	f.Fuzz(func(t *testing.T, raw string) {
		i, _, err := decodeInteraction(json.RawMessage(raw))
		if err != nil {
			return
		}
		require.NotEmpty(t, i.Scope())
		for _, m := range i.Messages {
			m.Texts()
		}
		for _, o := range i.Options {
			_, _, _ = o.String(), o.Bool(), o.Int()
		}
	})
}

func FuzzCustomID(f *testing.F) {
	f.Add("page", "a:b%3A", "")
	f.Add("v", "%25", "%")
	f.Fuzz(func(t *testing.T, verb, one, two string) {
		if verb == "" {
			return
		}
		c, ok := ParseID(ID(verb, one, two))
		require.True(t, ok)
		require.Equal(t, CustomID{Verb: verb, Args: []string{one, two}}, c)
	})
}

func TestIDsOfOthersAreNotRead(t *testing.T) {
	t.Parallel()
	require.Equal(t, "v1:stop", ID("stop"))
	for _, id := range []string{"", "v1", "v1:", "v2:stop", "MJ::JOB::upsample::1", "stop"} {
		_, ok := ParseID(id)
		require.False(t, ok, id)
	}
}

func TestPermissionsAreReadAsTextOrNumber(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]bits{
		`"2048"`: 2048, `2048`: 2048, `null`: 0, `""`: 0,
		`"9223372036854775816"`:                               8, // bit 63, which no int64 has room for, and bit 3
		`"340282366920938463463374607431768213504"`:           2048,
		`"1461501637330902918203684832716283019655932542975"`: math.MaxInt64, // 160 bits, all set
	} {
		var b bits
		require.NoError(t, json.Unmarshal([]byte(raw), &b), raw)
		require.Equal(t, want, b, raw)
	}
	for _, raw := range []string{`"many"`, `"-1"`, `"0x8"`, `"8.5"`} {
		var b bits
		require.Error(t, json.Unmarshal([]byte(raw), &b), raw)
	}
}
