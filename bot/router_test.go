package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

func nothing(context.Context, *Interaction) error { return nil }

func TestARouterThatIsWrongIsRefusedWithEveryReason(t *testing.T) {
	t.Parallel()
	r := NewRouter()
	command := func(name string, kind discordgo.ApplicationCommandType) Command {
		return Command{ApplicationCommand: &discordgo.ApplicationCommand{Name: name, Type: kind}, Handle: nothing}
	}
	r.Command(command("seed", 0), command("seed", discordgo.MessageApplicationCommand), command("seed", discordgo.ChatApplicationCommand), Command{})
	r.Component("stop", nothing)
	r.Component("stop", nothing)
	r.Modal("stop", nothing)
	r.Modal("", nothing)
	r.Modal("x", nil)
	b, err := New(Config{Token: "x"})
	require.NoError(t, err)
	err = b.Run(context.Background(), r)
	require.ErrorContains(t, err, `command "seed" is there twice`)
	require.ErrorContains(t, err, "command without a name")
	require.ErrorContains(t, err, `component "stop" is there twice`)
	require.ErrorContains(t, err, `modal "" without`)
	require.ErrorContains(t, err, `modal "x" without`)
	require.Len(t, r.problems, 5)
	_, err = New(Config{})
	require.Error(t, err)
}

const (
	pressed = `{` + inGuild + `,"type":3,"message":{"id":"88"},"data":{"custom_id":"v1:do"}}`
	called  = `{` + inGuild + `,"type":2,"data":{"type":1,"name":"seed"}}`
	typed   = `{` + inGuild + `,"type":4,"data":{"type":1,"name":"seed","options":[{"name":"job","type":3,"value":"a","focused":true}]}}`
)

// TestWhatTheMemberSees plays one interaction each and lists what was sent to Discord.
func TestWhatTheMemberSees(t *testing.T) {
	t.Parallel()
	respond := func(ctx context.Context, i *Interaction) error { return i.Respond(ctx, Message{Text: "hi"}, false) }
	after := func(ack func(context.Context, *Interaction) error, err error) Handler {
		return func(ctx context.Context, i *Interaction) error { return errors.Join(ack(ctx, i), err) }
	}
	deferring := func(private bool) func(context.Context, *Interaction) error {
		return func(ctx context.Context, i *Interaction) error { return i.Defer(ctx, private) }
	}
	secret := fmt.Errorf("read table cards: %w", errors.New("disk I/O error"))
	const (
		text   = `"components":[{"content":"%s","type":10}]`
		quiet  = `"allowed_mentions":{"parse":[],"users":[]}`
		broken = "**Something went wrong on our side.** It has been logged (reference 1300000000000000001). Please try again."
	)
	private := func(words string) string {
		return `POST /interactions/1300000000000000001/t/callback {"data":{` + quiet + `,` + fmt.Sprintf(text, words) + `,"flags":32832},"type":4}`
	}
	followUp := func(words string) string {
		return `POST /webhooks/9/t {` + quiet + `,` + fmt.Sprintf(text, words) + `,"flags":32832}`
	}
	const (
		deferred  = `POST /interactions/1300000000000000001/t/callback {"data":{},"type":5}`
		withdrawn = `DELETE /webhooks/9/t/messages/@original `
	)
	const hi = `POST /interactions/1300000000000000001/t/callback {"data":{` + quiet + `,"content":"hi"},"type":4}`

	for name, test := range map[string]struct {
		raw    string
		handle Handler
		want   []string
		logs   string
	}{
		"an answer":                                    {raw: called, handle: respond, want: []string{hi}},
		"a refusal, word for word and privately":       {raw: called, handle: after(func(context.Context, *Interaction) error { return nil }, Refuse("**No.** Try b.")), want: []string{private("**No.** Try b.")}},
		"a wrapped refusal likewise":                   {raw: pressed, handle: func(context.Context, *Interaction) error { return fmt.Errorf("x: %w", Refuse("**No.**")) }, want: []string{private("**No.**")}},
		"no word of an inner error":                    {raw: called, handle: func(context.Context, *Interaction) error { return secret }, want: []string{private(broken)}, logs: "disk I/O error"},
		"no word of a panic":                           {raw: called, handle: func(context.Context, *Interaction) error { panic("boom") }, want: []string{private(broken)}, logs: "boom"},
		"that a handler forgot to answer":              {raw: called, handle: nothing, want: []string{private(broken)}, logs: "without an answer"},
		"a refusal after a private deferral":           {raw: called, handle: after(deferring(true), Refuse("**No.**")), want: []string{`POST /interactions/1300000000000000001/t/callback {"data":{"flags":64},"type":5}`, `PATCH /webhooks/9/t/messages/@original {` + quiet + `,"attachments":[],` + fmt.Sprintf(text, "**No.**") + `,"content":null,"embeds":null,"flags":32768}`}},
		"a refusal after a public deferral":            {raw: called, handle: after(deferring(false), Refuse("**No.**")), want: []string{deferred, withdrawn, followUp("**No.**")}},
		"a wrapped one likewise":                       {raw: called, handle: after(deferring(false), errors.Join(Refuse("**No.**"), secret)), want: []string{deferred, withdrawn, followUp("**No.**")}, logs: "disk I/O error"},
		"no refusal after a public deferral":           {raw: called, handle: after(deferring(false), secret), want: []string{deferred, `PATCH /webhooks/9/t/messages/@original {` + quiet + `,"attachments":[],` + fmt.Sprintf(text, broken) + `,"content":null,"embeds":null,"flags":32768}`}},
		"words of its own for a failure that has them": {raw: called, handle: func(context.Context, *Interaction) error { return errors.New("the disk is full") }, want: []string{private("**Full.**")}, logs: "the disk is full"},
		"what stands below its words": {raw: called, handle: func(context.Context, *Interaction) error {
			return fmt.Errorf("x: %w", Below(Refuse("**No.**"), discordgo.TextDisplay{Content: "more"}))
		}, want: []string{strings.Replace(private("**No.**"), `"type":10}`, `"type":10},{"content":"more","type":10}`, 1)}},
		"a refusal after an answer":                 {raw: called, handle: after(respond, Refuse("**No.**")), want: []string{hi, followUp("**No.**")}},
		"a refusal after a silent acknowledgement":  {raw: pressed, handle: after(func(ctx context.Context, i *Interaction) error { return i.DeferUpdate(ctx) }, Refuse("**No.**")), want: []string{`POST /interactions/1300000000000000001/t/callback {"type":6}`, followUp("**No.**")}},
		"a changed message":                         {raw: pressed, handle: func(ctx context.Context, i *Interaction) error { return i.Update(ctx, Message{Text: "hi"}) }, want: []string{`POST /interactions/1300000000000000001/t/callback {"data":{` + quiet + `,"attachments":[],"components":[],"content":"hi","embeds":[]},"type":7}`}},
		"kind words at a command nobody knows":      {raw: strings.Replace(called, "seed", "other", 1), handle: nothing, want: []string{private(unknownCommand)}},
		"kind words at a button nobody knows":       {raw: strings.Replace(pressed, "v1:do", "v1:other", 1), handle: nothing, want: []string{private(unknownComponent)}},
		"kind words at a button of a later version": {raw: strings.Replace(pressed, "v1:do", "v2:do", 1), handle: nothing, want: []string{private(unknownComponent)}},
		"kind words at a command without data":      {raw: `{` + inGuild + `,"type":2}`, handle: nothing, want: []string{private(unknownCommand)}},
		"suggestions":                               {raw: typed, handle: nothing, want: []string{`POST /interactions/1300000000000000001/t/callback {"data":{"choices":[{"name":"Job","value":"j"}]},"type":8}`}},
		"no suggestions where there are none":       {raw: strings.Replace(typed, `"seed"`, `"other"`, 1), handle: nothing, want: []string{`POST /interactions/1300000000000000001/t/callback {"data":{"choices":[]},"type":8}`}},
		"an empty list when suggestions break":      {raw: strings.Replace(typed, `"a"`, `"fail"`, 1), handle: nothing, want: []string{`POST /interactions/1300000000000000001/t/callback {"data":{"choices":[]},"type":8}`}, logs: "no index"},
		"an empty list when suggestions panic":      {raw: strings.Replace(typed, `"a"`, `"panic"`, 1), handle: nothing, want: []string{`POST /interactions/1300000000000000001/t/callback {"data":{"choices":[]},"type":8}`}, logs: "boom"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := &fakeREST{answer: always200}
				b, log := testBot(t, f)
				b.router.Component("do", test.handle)
				b.router.Failures(func(err error) string {
					if err.Error() == "the disk is full" {
						return "**Full.**"
					}
					return ""
				})
				b.router.Command(Command{
					ApplicationCommand: &discordgo.ApplicationCommand{Name: "seed"}, Handle: test.handle,
					Autocomplete: func(_ context.Context, i *Interaction) ([]Choice, error) {
						switch i.Text(i.Focused) {
						case "fail":
							return []Choice{{"half", "h"}}, errors.New("no index")
						case "panic":
							panic("boom")
						}
						return []Choice{{"Job", "j"}}, nil
					},
				})
				b.receive(t.Context(), json.RawMessage(test.raw))
				synctest.Wait()
				var got []string
				for _, q := range f.requests() {
					got = append(got, q.method+" "+strings.TrimPrefix(q.path, "/api/v9")+" "+q.body)
				}
				require.Equal(t, test.want, got)
				require.Contains(t, log.String(), test.logs)
			})
		})
	}
}

func TestARefusalThatCannotBeToldAloneIsToldAllTheSame(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: func(_ int, q exchange) (*http.Response, error) {
			if q.method == http.MethodDelete {
				return says(503, ""), nil
			}
			return says(200, okMessage), nil
		}}
		b, log := testBot(t, f)
		b.router.Component("do", func(ctx context.Context, i *Interaction) error {
			return errors.Join(i.Defer(ctx, false), Refuse("**No.**"))
		})
		b.receive(t.Context(), json.RawMessage(pressed))
		time.Sleep(lastWords)
		synctest.Wait()
		all := f.requests()
		require.Equal(t, http.MethodPatch, all[len(all)-1].method)
		require.Contains(t, all[len(all)-1].body, "**No.**")
		require.Contains(t, log.String(), "could not be told to the asker alone")
	})
}

func TestAnInteractionThatCannotBeAcknowledgedCostsNothing(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{"too late": `{"code":10062}`, "taken by another process": `{"code":40060}`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := &fakeREST{answer: script(step(404, code))}
				b, _ := testBot(t, f)
				paid := false
				b.router.Component("do", func(ctx context.Context, i *Interaction) error {
					if err := i.Defer(ctx, false); err != nil {
						return err
					}
					paid = true
					return nil
				})
				b.receive(t.Context(), json.RawMessage(pressed))
				synctest.Wait()
				require.False(t, paid)
				require.Len(t, f.requests(), 1, "and nothing more is sent")
			})
		})
	}
}

func TestAStoppedBotAsksMembersToComeBackAndWaitsForItsHandlers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: always200}
		b, _ := testBot(t, f)
		b.config.Grace = 5 * time.Second
		ended := map[string]time.Duration{}
		begin := time.Now()
		b.router.Component("do", func(ctx context.Context, i *Interaction) error {
			defer func() { ended[i.Values[0]] = time.Since(begin) }()
			select {
			case <-ctx.Done():
			case <-time.After(map[string]time.Duration{"short": 3 * time.Second, "long": time.Hour}[i.Values[0]]):
			}
			return i.DeferUpdate(context.WithoutCancel(ctx))
		})
		press := func(value string) {
			b.receive(t.Context(), json.RawMessage(strings.Replace(pressed, `"v1:do"`, `"v1:do","values":["`+value+`"]`, 1)))
		}
		handling, cutShort := context.WithCancel(t.Context())
		press("short")
		b.receive(handling, json.RawMessage(strings.Replace(pressed, `"v1:do"`, `"v1:do","values":["long"]`, 1)))
		synctest.Wait()

		stopped := make(chan struct{})
		go func() {
			defer close(stopped)
			b.finish(t.Context(), cutShort)
		}()
		time.Sleep(time.Second)
		press("newcomer")
		synctest.Wait()
		seen := f.requests()
		require.Len(t, seen, 1)
		require.Contains(t, seen[0].body, "restarting")
		<-stopped
		require.Equal(t, map[string]time.Duration{"short": 3 * time.Second, "long": 5 * time.Second}, ended)
	})
}

func TestAHandlersContextLivesAsLongAsItsReply(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: func(int, exchange) (*http.Response, error) { return says(204, ""), nil }}
		b, _ := testBot(t, f)
		var left time.Duration
		b.router.Component("do", func(ctx context.Context, i *Interaction) error {
			deadline, _ := ctx.Deadline()
			left = time.Until(deadline)
			return i.DeferUpdate(ctx)
		})
		b.receive(t.Context(), json.RawMessage(pressed))
		synctest.Wait()
		require.Equal(t, 14*time.Minute+30*time.Second, left)
	})
}
