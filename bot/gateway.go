package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// timing is how patient the gateway is.
type timing struct {
	patience time.Duration // without a connection before run gives up
	attempt  time.Duration // for one try to connect, READY included
	silence  time.Duration // of a socket before it counts as dead: more than two heartbeats of Discord's 41 s
	first    time.Duration // wait before the second try; doubled from there
	slowest  time.Duration // wait between later tries
	goodbye  time.Duration // for saying it at the end
}

// identity is who the bot is, by Discord's READY.
type identity struct {
	application string
	user        string
}

// gateway keeps a connection to Discord's gateway. discordgo's own reconnecting is switched off: it never gives up on
// a refused token, resumes sessions for ever that Discord has closed for good, and can block itself. Here every try
// has an end, a session that misbehaves is replaced by a new one, and what no try can mend ends run.
type gateway struct {
	token         string
	transport     http.RoundTripper
	log           *slog.Logger
	time          timing
	onInteraction func(json.RawMessage) // called in the read loop, must not block
	onReady       func(identity)        // likewise, at every READY

	up atomic.Bool // READY or RESUMED was seen on the connection that is open
}

func newGateway(config Config, transport http.RoundTripper) *gateway {
	return &gateway{
		token: config.Token, transport: transport, log: config.Log,
		time: timing{
			patience: config.GatewayPatience, attempt: 30 * time.Second, silence: 90 * time.Second,
			first: time.Second, slowest: 30 * time.Second, goodbye: 250 * time.Millisecond,
		},
	}
}

// run is connected until ctx ends (nil), the gateway stays gone (ErrGatewayLost), or Discord says that trying is no
// use (ErrTokenRefused and others, in words).
func (g *gateway) run(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("gateway: panic: %v\n%s", r, debug.Stack())
		}
	}()
	var l *link
	defer func() {
		g.up.Store(false)
		if l != nil {
			l.close(g.time.goodbye)
		}
	}()
	for flaps := 0; ; {
		if l, err = g.reach(ctx, l); err != nil || l == nil {
			return err
		}
		g.log.Info("gateway connected")
		g.up.Store(true)
		begin := time.Now()
		select {
		case <-ctx.Done():
			return nil
		case <-l.lost:
		}
		g.up.Store(false)
		g.log.Warn("gateway disconnected, reconnecting", "after", time.Since(begin).Round(time.Second))
		// Connections that end as soon as they begin are slowed down: identifies are counted by the day.
		if flaps++; time.Since(begin) > g.time.attempt {
			flaps = 0
		}
		if flaps > 1 {
			_ = pause(ctx, backoff(flaps-2, g.time.first, g.time.slowest)) // reach sees when ctx has ended
		}
	}
}

// reach tries until a link is connected, at first with the one there is. No link and no error: ctx ended.
func (g *gateway) reach(ctx context.Context, l *link) (*link, error) {
	patience, cancel := context.WithTimeout(ctx, g.time.patience)
	defer cancel()
	for try := 0; ; try++ {
		if l == nil {
			var err error
			if l, err = g.newLink(); err != nil {
				return nil, err
			}
		}
		err := g.connect(patience, l)
		if err == nil {
			return l, nil
		}
		fatal := fatalRefusal(err)
		if fatal == nil && ctx.Err() == nil {
			g.log.Warn("gateway not connected", "try", try+1, "err", err)
			_ = pause(ctx, min(backoff(try, g.time.first, g.time.slowest), remaining(patience)))
		}
		if fatal != nil || ctx.Err() != nil || patience.Err() != nil || !resumable(err) {
			l.abandon()
			l = nil
		}
		switch {
		case fatal != nil || ctx.Err() != nil:
			return nil, fatal
		case patience.Err() != nil:
			return nil, fmt.Errorf("%w: not connected for %s, last: %w", ErrGatewayLost, g.time.patience, err)
		}
	}
}

// remaining is the time until ctx's deadline, and a moment so that it has then passed.
func remaining(ctx context.Context) time.Duration {
	deadline, _ := ctx.Deadline()
	return time.Until(deadline) + time.Millisecond
}

var (
	errNotReady = errors.New("discord opened a socket but did not say READY")
	errDropped  = errors.New("discord closed the connection before READY")
)

// connect opens the link and waits for READY or RESUMED; an open socket alone is no connection.
func (g *gateway) connect(ctx context.Context, l *link) error {
	l.forget()
	ctx, cancel := context.WithTimeout(ctx, g.time.attempt)
	defer cancel()
	opened := make(chan error, 1)
	// Open can block for ever (an op 7 as its first answer makes it wait for a lock of its own), so nobody waits for
	// this goroutine: the link is abandoned then, its socket closed.
	go func() {
		defer func() {
			if r := recover(); r != nil {
				opened <- fmt.Errorf("open the gateway: panic: %v", r)
			}
		}()
		opened <- l.session.Open()
	}()
	for {
		select {
		case <-l.ready:
			return nil
		case err := <-opened:
			if err != nil && !errors.Is(err, discordgo.ErrWSAlreadyOpen) {
				return fmt.Errorf("open the gateway: %w", err)
			}
			opened = nil
		case <-l.lost:
			return errDropped
		case <-ctx.Done():
			return errNotReady
		}
	}
}

// resumable tells whether the session is still worth a resume after a try failed: when the network was at fault, not
// when Discord closed the socket or stayed silent. A new session identifies anew, which no refused resume survives.
func resumable(err error) bool {
	var closed *websocket.CloseError
	return !errors.As(err, &closed) && !errors.Is(err, errNotReady) && !errors.Is(err, errDropped)
}

// fatalRefusal is the error for an answer after which Discord will not take the bot as it is: a refused token when the
// gateway's address is asked for, or a close code of that kind, by the table of gateway close codes in Discord's
// documentation; nil for all else.
func fatalRefusal(err error) error {
	var refused *discordgo.RESTError
	if errors.As(err, &refused) && refused.Response != nil && refused.Response.StatusCode == http.StatusUnauthorized {
		return ErrTokenRefused
	}
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return nil
	}
	switch closed.Code {
	case 4004:
		return ErrTokenRefused
	case 4010:
		return errors.New("discord gateway: the shard is invalid (close 4010)")
	case 4011:
		return errors.New("discord gateway: the bot is on too many servers for one connection, sharding is required (close 4011)")
	case 4012:
		return errors.New("discord gateway: its version is no longer spoken (close 4012): update this program")
	case 4013:
		return errors.New("discord gateway: the intents are invalid (close 4013)")
	case 4014:
		return errors.New("discord gateway: an intent is not allowed to this application (close 4014): see its Bot page in the developer portal")
	}
	return nil
}
