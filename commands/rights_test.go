package commands

import (
	"errors"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
)

// caller is an interaction of a member with these roles and permissions, on the server 900000000000000001.
func caller(permissions int64, roles ...string) *bot.Interaction {
	return &bot.Interaction{
		Guild: guildOfRights, Channel: "500000000000000001", User: bot.User{ID: "1"},
		Member: &bot.Member{Roles: roles, Permissions: permissions},
	}
}

const guildOfRights = "900000000000000001"

func TestWhoMayWhat(t *testing.T) {
	t.Parallel()
	const studio, other = "700000000000000001", "700000000000000002"
	given := db.Settings{Roles: map[string][]string{
		"ask": {studio}, "share": {studio}, "save": {studio}, "curate": {studio}, "imagine": {studio},
	}}
	manage, messages, admin := int64(discordgo.PermissionManageGuild), int64(discordgo.PermissionManageMessages), int64(discordgo.PermissionAdministrator)
	all := []right{rightAsk, rightShare, rightSave, rightCurate, rightImagine, rightManage}
	open := []right{rightAsk, rightShare, rightSave}
	for name, test := range map[string]struct {
		set    db.Settings
		caller *bot.Interaction
		may    []right
	}{
		"anybody, where nothing was set":          {db.Settings{}, caller(0), open},
		"a moderator, where nothing was set":      {db.Settings{}, caller(messages), append([]right{rightCurate}, open...)},
		"a manager, where nothing was set":        {db.Settings{}, caller(manage), all},
		"an administrator":                        {db.Settings{}, caller(admin), all},
		"a member with the role":                  {given, caller(0, other, studio), []right{rightAsk, rightShare, rightSave, rightCurate, rightImagine}},
		"a member without the role":               {given, caller(0, other), nil},
		"a moderator without the role":            {given, caller(messages), []right{rightCurate}},
		"a manager without the role":              {given, caller(manage), all},
		"everyone, when that is the role":         {db.Settings{Roles: map[string][]string{"imagine": {guildOfRights}}}, caller(0), append([]right{rightImagine}, open...)},
		"who comes without being a member":        {given, &bot.Interaction{Guild: guildOfRights, User: bot.User{ID: "1"}}, nil},
		"a right whose roles were all taken away": {db.Settings{Roles: map[string][]string{"ask": {}}}, caller(0), open},
		"somebody in a direct message":            {db.Settings{}, &bot.Interaction{Channel: "5", User: bot.User{ID: "1"}}, []right{rightAsk, rightShare, rightSave, rightCurate}},
		"a direct message with a forged member":   {db.Settings{}, &bot.Interaction{Channel: "5", User: bot.User{ID: "1"}, Member: &bot.Member{Permissions: admin}}, []right{rightAsk, rightShare, rightSave, rightCurate}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &counter{history: newHistory(t), setup: Setup{Imagine: true}}
			require.NoError(t, c.history.SaveSettings(t.Context(), guildOfRights, test.set, "2"))
			for _, r := range all {
				err := c.may(t.Context(), test.caller, r)
				want := false
				for _, allowed := range test.may {
					want = want || allowed == r
				}
				require.Equal(t, want, err == nil, "%s: %v", r, err)
				var told *bot.UserError
				require.True(t, err == nil || errors.As(err, &told), "a refusal is told: %v", err)
			}
		})
	}
}

func TestARefusalNamesWhoMay(t *testing.T) {
	t.Parallel()
	require.Contains(t, textMayNot(rightAsk, []string{"7"}), "**Asking needs the role <@&7>.**")
	require.Contains(t, textMayNot(rightImagine, []string{"7", "8", "9"}), "one of the roles <@&7>, <@&8> or <@&9>")
	require.Contains(t, textMayNot(rightSave, []string{"1", "2", "3", "4", "5", "6"}), "<@&5> or others")
	require.Contains(t, textMayNot(rightCurate, nil), "Manage Messages")
	require.Contains(t, textMayNot(rightImagine, nil), "Manage Server")
	require.Contains(t, textNotYours(actionDelete, "4", []string{"7"}), "the member who asked (<@4>), or somebody with the permission Manage Messages or the role <@&7>")
	require.NotContains(t, textNotYours(actionDelete, "", nil), "<@>", "a member who is forgotten has no name")
}

func TestNobodyMakesPicturesWhereTheOwnerDoesNotAllowIt(t *testing.T) {
	t.Parallel()
	c := &counter{history: newHistory(t)}
	require.EqualError(t, c.may(t.Context(), caller(int64(discordgo.PermissionAdministrator)), rightImagine), textImagineOff)
}

func TestWhereAskingIsAllowed(t *testing.T) {
	t.Parallel()
	const art, thread, hall = "500000000000000001", "500000000000000002", "500000000000000003"
	for name, test := range map[string]struct {
		allow, deny     []string
		channel, parent string
		may             bool
	}{
		"everywhere":                        {nil, nil, hall, "", true},
		"where it is allowed":               {[]string{art}, nil, art, "", true},
		"in a thread of where it is":        {[]string{art}, nil, thread, art, true},
		"where it is not allowed":           {[]string{art}, nil, hall, "", false},
		"where it is denied":                {nil, []string{art}, art, "", false},
		"in a thread of where it is denied": {nil, []string{art}, thread, art, false},
		"where it is both":                  {[]string{art}, []string{art}, art, "", false},
		"in a thread that is allowed":       {[]string{thread}, nil, thread, hall, true},
		"in a channel without a parent":     {[]string{""}, []string{""}, hall, "", false},
	} {
		err := mayAskHere(&bot.Interaction{Guild: guildOfRights, Channel: test.channel, Parent: test.parent}, db.Settings{AskChannels: test.allow, DenyChannels: test.deny})
		require.Equal(t, test.may, err == nil, name)
	}
	require.Contains(t, textNotHere([]string{art}), "Ask in <#"+art+">.")
	err := mayAskHere(&bot.Interaction{Guild: guildOfRights, Channel: hall}, db.Settings{AskChannels: []string{art, hall}, DenyChannels: []string{hall}})
	require.Equal(t, bot.Refuse(textNotHere([]string{art})), err, "nobody is sent to a channel where asking is denied")
}

func TestWhatMayBeDoneToACard(t *testing.T) {
	t.Parallel()
	c := &counter{history: newHistory(t)}
	require.NoError(t, c.history.SaveSettings(t.Context(), guildOfRights, db.Settings{Roles: map[string][]string{
		"save": {"700000000000000001"}, "curate": {"700000000000000002"},
	}}, "2"))
	own, theirs, nobodys := db.Card{Number: 1, Asker: "1"}, db.Card{Number: 2, Asker: "2"}, db.Card{Number: 3}
	for name, test := range map[string]struct {
		caller *bot.Interaction
		card   db.Card
		may    []action
	}{
		"the asker":            {caller(0), own, []action{actionNote, actionDelete, actionPrivate, actionPublic}},
		"a stranger":           {caller(0), theirs, nil},
		"a stranger who saves": {caller(0, "700000000000000001"), theirs, []action{actionStar}},
		"a curator":            {caller(0, "700000000000000002"), theirs, []action{actionNote, actionDelete, actionPrivate, actionPublic}},
		"a moderator":          {caller(int64(discordgo.PermissionManageMessages)), theirs, []action{actionNote, actionDelete, actionPrivate, actionPublic}},
		"a card nobody asked":  {&bot.Interaction{Guild: guildOfRights, Member: &bot.Member{}}, nobodys, nil},
		"in a direct message":  {&bot.Interaction{Channel: "5", User: bot.User{ID: "1"}}, own, []action{actionStar, actionNote, actionDelete, actionPrivate, actionPublic}},
	} {
		for _, a := range []action{actionStar, actionNote, actionDelete, actionPrivate, actionPublic} {
			err := c.mayUse(t.Context(), test.caller, test.card, a)
			want := false
			for _, allowed := range test.may {
				want = want || allowed == a
			}
			require.Equal(t, want, err == nil, "%s: %s: %v", name, a, err)
		}
	}
}
