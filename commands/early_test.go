package commands

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/retrieval"
)

// TestNothingStandsBetweenTheAcknowledgementAndTheAsk looks, on every way to an ask, that the last thing which was asked
// of Discord before it is the acknowledgement: a process that is killed in between leaves a member waiting for ever.
func TestNothingStandsBetweenTheAcknowledgementAndTheAsk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.WithMessageContentIntent())
	var mu sync.Mutex
	var last discordtest.Request
	var window time.Duration
	w.asks.onAsk = func(string) {
		now := time.Now()
		requests := w.discord.Requests()
		mu.Lock()
		defer mu.Unlock()
		last = requests[len(requests)-1]
		window = now.Sub(last.At.Add(last.Duration))
	}
	card := w.card(7, "owl in the rain --v 7")
	shown := w.show(w.asker, w.channel, card)
	other := w.guild.AddChannel("other")
	written, here := w.asker.Say(other, "see "+imageJob), w.asker.Say(w.channel, "see "+imageJob)
	ask, failed, _ := w.running(false)
	w.end(ask, retrieval.Failed)
	where := w.answer(w.colleague.Press(shown, labelShare))

	for name, act := range map[string]func() *discordtest.Interaction{
		"a job": func() *discordtest.Interaction {
			return w.asker.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(1)})
		},
		"a card": func() *discordtest.Interaction {
			return w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "#1"})
		},
		"a card, shown": func() *discordtest.Interaction {
			return w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": "1"})
		},
		"a link to a message": func() *discordtest.Interaction {
			return w.asker.Slash(w.channel, "seed", discordtest.Options{"job": written.Link()})
		},
		"a message":              func() *discordtest.Interaction { return w.asker.UseOnMessage(w.channel, getSeedName, here) },
		"once more":              func() *discordtest.Interaction { return w.asker.Press(failed.Message(), labelTryAgain) },
		"a card to be shared":    func() *discordtest.Interaction { return w.colleague.Choose(where, "v1:share-to:1", other.ID) },
		"pictures to be renewed": func() *discordtest.Interaction { return w.fromMore(w.asker, shown, 1, moreRefresh) },
	} {
		t.Run(name, func(t *testing.T) {
			i := act()
			w.asked(i)
			mu.Lock()
			defer mu.Unlock()
			require.True(t, strings.HasSuffix(last.Route, "/callback"), last.Route)
			require.Equal(t, i.ID(), last.Interaction)
			t.Logf("%s after Discord had the acknowledgement", window)
		})
	}
}
