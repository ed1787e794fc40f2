package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

// studio is a server as the fake Discord knows it: of its channels 21 is closed to all but the role 7, 25 is a voice
// channel that nobody may connect to, and the bot is not shown 29.
func studio() map[string]string {
	return map[string]string{
		"/guilds/3": `{"id":"3","owner_id":"1","roles":[{"id":"3","permissions":"66560"},{"id":"8","permissions":"8"},{"id":"9","permissions":"32"}]}`,
		"/guilds/3/channels": `[{"id":"20","type":0},
			{"id":"21","type":0,"permission_overwrites":[{"id":"3","type":0,"allow":"0","deny":"1024"},{"id":"7","type":0,"allow":"1024","deny":"0"}]},
			{"id":"24","type":0,"permission_overwrites":[{"id":"3","type":0,"allow":"0","deny":"65536"}]},
			{"id":"25","type":2,"permission_overwrites":[]}]`,
		"/guilds/3/members/50":           `{"user":{"id":"50"},"roles":["7"]}`,
		"/channels/30":                   `{"id":"30","type":11,"guild_id":"3","parent_id":"20"}`,
		"/channels/31":                   `{"id":"31","type":11,"guild_id":"3","parent_id":"21"}`,
		"/channels/32":                   `{"id":"32","type":12,"guild_id":"3","parent_id":"20"}`,
		"/channels/33":                   `{"id":"33","type":0,"guild_id":"4"}`,
		"/channels/34":                   `{"id":"34","type":11,"guild_id":"3","parent_id":"28"}`,
		"/channels/32/thread-members/42": `{"id":"32","user_id":"42"}`,
	}
}

func discordOf(say map[string]string) func(int, exchange) (*http.Response, error) {
	return func(_ int, q exchange) (*http.Response, error) {
		path := q.path[len("/api/v9"):]
		if body, ok := say[path]; ok {
			return says(200, body), nil
		}
		if path == "/channels/29" {
			return says(403, `{"code":50001,"message":"Missing Access"}`), nil
		}
		return says(404, `{"code":10003,"message":"Unknown Channel"}`), nil
	}
}

func TestWhoSeesWhichChannels(t *testing.T) {
	t.Parallel()
	b, _ := testBot(t, &fakeREST{answer: discordOf(studio())})
	all := []string{"20", "21", "24", "25", "28", "29", "30", "31", "32", "33", "34", "no id", "../../users/@me"}
	call := func(user string, permissions int64, roles ...string) Viewer {
		return (&Interaction{Guild: "3", Channel: "5", User: User{ID: user}, Member: &Member{Roles: roles, Permissions: permissions}}).Viewer()
	}
	gone := []string{"28", "29", "33", "34", "no id", "../../users/@me"}
	for name, c := range map[string]struct {
		who  Viewer
		want []string
	}{
		"a member":                               {call("41", 0), []string{"20", "30"}},
		"one in a private thread":                {call("42", 0), []string{"20", "30", "32"}},
		"one with a role":                        {call("41", 0, "7"), []string{"20", "21", "30", "31"}},
		"one whom Discord is asked about":        {Viewer{Guild: "3", User: "50"}, []string{"20", "21", "30", "31"}},
		"one who has left":                       {Viewer{Guild: "3", User: "51"}, nil},
		"everybody":                              {Viewer{Guild: "3"}, []string{"20", "30"}},
		"everybody in the closed channel":        {Viewer{Guild: "3", Here: "21"}, []string{"21", "20", "30"}},
		"one in a thread of the closed channel":  {Viewer{Guild: "3", Here: "31", Parent: "21"}, []string{"21", "31", "20", "30"}},
		"the owner":                              {Viewer{Guild: "3", User: "1", member: &Member{}}, []string{"20", "21", "24", "25", "30", "31", "32", "28", "29", "33", "34", "no id", "../../users/@me"}},
		"who calls as an administrator":          {call("41", discordgo.PermissionAdministrator), all},
		"who calls and may manage the server":    {call("41", discordgo.PermissionManageGuild), append([]string{"20", "30"}, gone...)},
		"who may manage the server by a role":    {call("41", 0, "9"), append([]string{"20", "30"}, gone...)},
		"in direct messages there is all to see": {Viewer{}, all},
	} {
		seen, err := b.Seen(t.Context(), c.who, all)
		require.NoError(t, err, name)
		require.ElementsMatch(t, c.want, seen, name)
	}
	own, err := b.ChannelsOf(t.Context(), "3", all)
	require.NoError(t, err)
	require.Equal(t, []string{"20", "21", "24", "25", "30", "31", "32"}, own)
	seen, err := b.Seen(t.Context(), Viewer{Guild: "6", Here: "5"}, append(all, "5"))
	require.NoError(t, err)
	require.Equal(t, []string{"5"}, seen, "of a server that the bot is not on")
}

func TestChannelsAreAskedForSinglyWhereTheirListIsRefused(t *testing.T) {
	t.Parallel()
	say := studio()
	delete(say, "/guilds/3/channels")
	say["/channels/20"] = `{"id":"20","type":0,"guild_id":"3"}`
	say["/channels/21"] = `{"id":"21","type":0,"guild_id":"3","permission_overwrites":[{"id":"3","type":0,"allow":"0","deny":"1024"}]}`
	b, _ := testBot(t, &fakeREST{answer: discordOf(say)})
	seen, err := b.Seen(t.Context(), Viewer{Guild: "3", User: "41", member: &Member{}}, []string{"20", "21", "28"})
	require.NoError(t, err)
	require.Equal(t, []string{"20"}, seen)
}

func TestASightIsAskedForOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: func(n int, q exchange) (*http.Response, error) {
			<-time.After(300 * time.Millisecond)
			return discordOf(studio())(n, q)
		}}
		b, _ := testBot(t, f)
		look := func(who Viewer) {
			seen, err := b.Seen(t.Context(), who, []string{"20", "21", "30"})
			require.NoError(t, err)
			require.ElementsMatch(t, []string{"20", "30"}, seen)
		}
		var wait sync.WaitGroup
		for n := range 50 {
			wait.Go(func() { look(Viewer{Guild: "3", User: fmt.Sprint(60 + n), member: &Member{}}) })
		}
		wait.Wait()
		require.Len(t, f.requests(), 3)
		look(Viewer{Guild: "3"})
		require.Len(t, f.requests(), 3, "it is remembered")
		_, err := b.Seen(t.Context(), Viewer{Guild: "3", Here: "21", Parent: "20"}, []string{"20", "21"})
		require.NoError(t, err)
		_, err = b.Seen(t.Context(), (&Interaction{Guild: "4", Member: &Member{Permissions: discordgo.PermissionAdministrator}}).Viewer(), []string{"20"})
		require.NoError(t, err)
		require.Len(t, f.requests(), 3, "where they are and what administrators see is known")
		<-time.After(sightLife)
		look(Viewer{Guild: "3"})
		require.Len(t, f.requests(), 5, "threads do not move")
	})
}

func TestASlowSight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: func(n int, q exchange) (*http.Response, error) {
			<-time.After(1100 * time.Millisecond)
			return discordOf(studio())(n, q)
		}}
		b, _ := testBot(t, f)
		i := &Interaction{Guild: "3", Channel: "21", User: User{ID: "41"}, Member: &Member{}}
		channels := []string{"20", "21"}
		begin := time.Now()
		for range 3 {
			seen, err := b.Seen(t.Context(), i.Viewer(), channels)
			require.ErrorIs(t, err, errNotYet)
			require.Equal(t, []string{"21"}, seen)
		}
		require.Equal(t, glance, time.Since(begin), "however often one call looks, it waits once")
		i.ack.Store(int32(deferredPrivate))
		seen, err := b.Seen(t.Context(), i.Viewer(), channels)
		require.NoError(t, err, "once it is acknowledged there is time")
		require.Equal(t, []string{"21", "20"}, seen)
		require.Len(t, f.requests(), 2)
	})
}

func TestAnUnknownSight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: func(int, exchange) (*http.Response, error) { return says(502, "x"), nil }}
		b, log := testBot(t, f)
		seen, err := b.Seen(t.Context(), Viewer{Guild: "3", Here: "21"}, []string{"20", "21"})
		require.Error(t, err)
		require.Equal(t, []string{"21"}, seen)
		asked := len(f.requests())
		_, err = b.Seen(t.Context(), Viewer{Guild: "3"}, []string{"20"})
		require.Error(t, err)
		require.Len(t, f.requests(), asked, "it is not asked again at once")
		require.Contains(t, log.String(), "discord does not say who sees what")
		<-time.After(failureLife)
		f.answer = discordOf(studio())
		seen, err = b.Seen(t.Context(), Viewer{Guild: "3"}, []string{"20"})
		require.NoError(t, err)
		require.Equal(t, []string{"20"}, seen)
	})
}

// A server with thousands of old threads is learnt step by step, the newest first.
func TestManyThreads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: func(n int, q exchange) (*http.Response, error) {
			if id, thread := strings.CutPrefix(q.path, "/api/v9/channels/1"); thread {
				return says(200, `{"id":"1`+id+`","type":11,"guild_id":"3","parent_id":"20"}`), nil
			}
			return discordOf(studio())(n, q)
		}}
		b, _ := testBot(t, f)
		var threads []string
		for n := range 2*mostAsked + 10 {
			threads = append(threads, fmt.Sprint(1000+n))
		}
		for _, want := range []int{mostAsked, 2 * mostAsked, len(threads), len(threads)} {
			seen, err := b.Seen(t.Context(), Viewer{Guild: "3"}, threads)
			require.Equal(t, want < len(threads), errors.Is(err, errNotYet))
			require.ElementsMatch(t, threads[len(threads)-want:], seen)
		}
		require.Len(t, f.requests(), 2+len(threads))
	})
}

func TestAMemoIsBounded(t *testing.T) {
	t.Parallel()
	var team crew
	m := newMemo(&team, time.Hour, 3, func(_ context.Context, key int) (int, error) {
		if key == 9 {
			panic("nine")
		}
		return 2 * key, nil
	})
	for key := range 20 {
		value, err := m.get(t.Context(), key, time.Minute)
		if key == 9 {
			require.ErrorContains(t, err, "panic: nine")
			continue
		}
		require.NoError(t, err)
		require.Equal(t, 2*key, value)
		require.LessOrEqual(t, len(m.known), 3)
	}
	team.close()
	_, err := m.get(t.Context(), 99, time.Minute)
	require.Error(t, err, "nothing begins when the bot stops")
}
