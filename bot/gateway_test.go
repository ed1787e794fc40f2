package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/discordtest"
)

// gatewayCase says how the gateway behaves from the start, what is done to it once the bot is connected, and how it
// must be afterwards.
type gatewayCase struct {
	faults  func(*discordtest.Server)
	before  func(*discordtest.Gateway)
	then    func(*discordtest.Gateway)
	healed  func(discordtest.GatewayStats) bool // reached in the end, with the bot connected
	ends    error                               // or Run ends by itself with this
	says    string                              // or with these words
	patient time.Duration                       // 0: as long as it takes
}

// gatewayTime is what a case gets on a machine that has much else to do. There connections may break once more than the
// case wants, so what is counted is the least.
const gatewayTime = 60 * time.Second

// TestTheGateway lets the real session meet what Discord and the network do to it. The cases are played all at once:
// most of their time is discordgo sleeping.
func TestTheGateway(t *testing.T) {
	t.Parallel()
	cases := map[string]gatewayCase{
		"connects": {healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 1 }},
		"says nothing at first": {
			before: func(g *discordtest.Gateway) { g.NextConnect(discordtest.AnswerNothing(), discordtest.AnswerNothing()) },
			healed: func(s discordtest.GatewayStats) bool { return s.Connections >= 3 && s.Identifies >= 1 },
		},
		"says nothing after identify": {
			before: func(g *discordtest.Gateway) { g.NextIdentify(discordtest.AnswerNothing()) },
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 2 },
		},
		"asks to reconnect before anything else": { // locks discordgo's Open for ever
			before: func(g *discordtest.Gateway) { g.NextIdentify(discordtest.AnswerReconnect()) },
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 2 },
		},
		"asks to reconnect later": {
			then:   func(g *discordtest.Gateway) { g.Reconnect() },
			healed: func(s discordtest.GatewayStats) bool { return s.Resumed >= 1 },
		},
		"calls the session invalid": {
			then:   func(g *discordtest.Gateway) { g.InvalidSession(false) },
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 2 },
		},
		"drops the line": {
			then:   func(g *discordtest.Gateway) { g.Drop() },
			healed: func(s discordtest.GatewayStats) bool { return s.Resumed >= 1 },
		},
		"falls silent": {
			then: func(g *discordtest.Gateway) {
				g.Silence()
				before := g.Stats().Connections
				go func() { // it speaks again when the bot has hung up and called anew
					soon, cancel := context.WithTimeout(context.Background(), gatewayTime)
					defer cancel()
					_ = g.AwaitStats(soon, func(s discordtest.GatewayStats) bool { return s.Connections > before })
					g.Speak()
				}()
			},
			healed: func(s discordtest.GatewayStats) bool { return s.Connections > 1 && s.Resumed+s.Identifies > 1 },
		},
		"refuses to resume": {
			then: func(g *discordtest.Gateway) {
				g.NextResume(discordtest.AnswerInvalidSession(false))
				g.Drop()
			},
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 2 },
		},
		"closes a resume with 4007": { // discordgo alone resumes for ever
			then: func(g *discordtest.Gateway) {
				g.NextResume(discordtest.AnswerClose(discordtest.CloseInvalidSeq))
				g.Drop()
			},
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 2 },
		},
		"closes a resume with 4009": {
			then: func(g *discordtest.Gateway) {
				g.NextResume(discordtest.AnswerClose(discordtest.CloseSessionTimedOut))
				g.Drop()
			},
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 2 },
		},
		"asks to reconnect as the answer to a resume": {
			then: func(g *discordtest.Gateway) {
				g.NextResume(discordtest.AnswerReconnect())
				g.Drop()
			},
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 2 },
		},
		"sends what nobody knows": {
			then: func(g *discordtest.Gateway) {
				g.Send("BRAND_NEW_EVENT", map[string]any{"a": 1})
				g.Send("INTERACTION_CREATE", "not an object")
				g.SendRaw([]byte("{"))
			},
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 1 },
		},
		"refuses the token before there is a gateway": {
			faults: func(s *discordtest.Server) {
				s.Fault(-1, "GET", "/gateway", discordtest.Refused(401, 0, "401: Unauthorized"))
			},
			ends: bot.ErrTokenRefused,
		},
		"refuses the token with the commands": {
			faults: func(s *discordtest.Server) {
				s.Fault(-1, "PUT", "/applications/*/commands", discordtest.Refused(401, 0, "401: Unauthorized"))
			},
			ends: bot.ErrTokenRefused,
		},
		"does not tell its address at first": {
			faults: func(s *discordtest.Server) { s.Fault(2, "GET", "/gateway", discordtest.Broken(503)) },
			healed: func(s discordtest.GatewayStats) bool { return s.Identifies >= 1 },
		},
		"refuses the token at start": {
			before: func(g *discordtest.Gateway) { g.Refuse(discordtest.CloseAuthenticationFailed) },
			ends:   bot.ErrTokenRefused,
		},
		"refuses the token later": {
			then: func(g *discordtest.Gateway) {
				g.Refuse(discordtest.CloseAuthenticationFailed)
				g.Drop()
			},
			ends: bot.ErrTokenRefused,
		},
		"wants shards":            {before: func(g *discordtest.Gateway) { g.Refuse(discordtest.CloseShardingRequired) }, says: "sharding is required"},
		"does not know our shard": {before: func(g *discordtest.Gateway) { g.Refuse(discordtest.CloseInvalidShard) }, says: "4010"},
		"is of a later version":   {before: func(g *discordtest.Gateway) { g.Refuse(discordtest.CloseInvalidVersion) }, says: "4012"},
		"finds intents invalid":   {before: func(g *discordtest.Gateway) { g.Refuse(discordtest.CloseInvalidIntents) }, says: "4013"},
		"allows no such intent":   {before: func(g *discordtest.Gateway) { g.Refuse(discordtest.CloseDisallowedIntents) }, says: "4014"},
		"stays gone from the start": {
			before:  func(g *discordtest.Gateway) { g.Silence() },
			ends:    bot.ErrGatewayLost,
			patient: 600 * time.Millisecond,
		},
		"stays gone later": {
			then:    func(g *discordtest.Gateway) { g.Silence(); g.Drop() },
			ends:    bot.ErrGatewayLost,
			patient: 5 * time.Second, // of which the first connection must not need all
		},
		"refuses every resume and identify": {
			then: func(g *discordtest.Gateway) {
				g.Refuse(discordtest.CloseUnknownError)
				g.Drop()
			},
			ends:    bot.ErrGatewayLost,
			patient: 5 * time.Second,
		},
	}
	results := map[string]chan error{}
	for name, c := range cases {
		result := make(chan error, 1)
		results[name] = result
		go func() { result <- c.play() }()
	}
	for name := range cases {
		t.Run(name, func(t *testing.T) { require.NoError(t, <-results[name]) })
	}
}

// play runs a bot through the case; an error says what was not as it must be.
func (c gatewayCase) play() error {
	s := discordtest.New(discordtest.WithHeartbeat(time.Second))
	defer s.Close()
	if c.faults != nil {
		c.faults(s)
	}
	if c.before != nil {
		c.before(s.Gateway())
	}
	if c.patient == 0 {
		c.patient = gatewayTime
	}
	b, log, err := newBot(s, c.patient)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx, ping()) }()
	soon, cancel := context.WithTimeout(ctx, gatewayTime)
	defer cancel()
	if c.before == nil && c.faults == nil || c.healed != nil {
		if !becomesReady(soon, b) {
			return errors.New("the bot did not become ready")
		}
	}
	if c.then != nil {
		c.then(s.Gateway())
	}
	if c.healed == nil {
		return c.checkEnd(soon, b, done)
	}
	if err := s.Gateway().AwaitStats(soon, c.healed); err != nil {
		return fmt.Errorf("%w: %+v", err, s.Gateway().Stats())
	}
	if err := s.Gateway().Ready(soon); err != nil {
		return err
	}
	if !becomesReady(soon, b) {
		return errors.New("the bot did not become ready again")
	}
	stop()
	if err := <-done; err != nil {
		return err
	}
	if b.Ready() {
		return errors.New("a bot that has stopped is not ready")
	}
	if strings.Contains(log.String(), s.Token()) {
		return errors.New("the log holds the token")
	}
	return nil
}

func (c gatewayCase) checkEnd(ctx context.Context, b *bot.Bot, done <-chan error) error {
	select {
	case err := <-done:
		if err == nil || b.Ready() {
			return errors.New("ended without an error, or is still ready")
		}
		if (c.ends != nil && !errors.Is(err, c.ends)) || !strings.Contains(err.Error(), c.says) {
			return fmt.Errorf("ended with other words: %w", err)
		}
		return nil
	case <-ctx.Done():
		return errors.New("did not end")
	}
}

func becomesReady(ctx context.Context, b *bot.Bot) bool {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !b.Ready() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// ping is a router with one command.
func ping() *bot.Router {
	r := bot.NewRouter()
	r.Command(bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{Name: "ping", Description: "Answers"},
		Handle: func(ctx context.Context, i *bot.Interaction) error {
			return i.Respond(ctx, bot.Message{Text: "pong"}, false)
		},
	})
	return r
}

// newBot makes a bot for the server with the times of a test.
func newBot(s *discordtest.Server, patience time.Duration) (*bot.Bot, *logs, error) {
	log := &logs{}
	b, err := bot.New(bot.Config{
		Token: s.Token(), APIURL: s.URL(), GatewayPatience: patience,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err == nil {
		bot.Hurry(b)
	}
	return b, log, err
}

// logs collects what several goroutines log.
type logs struct {
	mu  sync.Mutex
	buf strings.Builder
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
