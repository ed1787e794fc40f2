// Package bot is the door to Discord: a gateway session that heals itself or says why it cannot, a router from
// interactions to handlers, and a thin layer for replies. It is mechanism only and knows no feature of the program;
// what members can do is written by whoever fills the Router.
//
// discordgo gives the gateway and the command types. Interactions are decoded here from the raw event, and all REST
// but the gateway's address is spoken here, since discordgo v0.29.0 loses interactions with components it does not
// know, lets all replies share one rate limit, and holds uploads in memory.
package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// Config is what a Bot needs.
type Config struct {
	// Token is the bot token, without "Bot ".
	Token string
	// APIURL is the origin that takes Discord's place for every REST call ("" is https://discord.com). A path in it
	// stays in front of Discord's own.
	APIURL string
	// Guilds are the servers whose commands are overwritten at start; when there are none, the global commands are.
	Guilds []string
	// GatewayPatience is how long the gateway may be gone before Run gives up; 0 is three minutes.
	GatewayPatience time.Duration
	// Grace is how long handlers may go on after Run's ctx has ended; 0 is twenty seconds.
	Grace time.Duration
	// Log gets everything the bot has to say; nil is slog.Default().
	Log *slog.Logger
	// HTTP lends its transport to every REST call; nil is a transport that heeds HTTP_PROXY and HTTPS_PROXY.
	HTTP *http.Client
}

// Bot is a running, or not yet running, bot. Its methods are safe for concurrent use.
type Bot struct {
	config  Config
	log     *slog.Logger
	router  *Router
	rest    *rest
	files   *files
	gateway *gateway

	handlers crew // goroutines of members' interactions
	senders  crew // goroutines that only send and ask: progress, "restarting", who sees what

	sights sights

	self       atomic.Pointer[identity]
	registered atomic.Bool
}

// New makes a bot that Run starts. It can send before that; what it is to serve is said to Run, so that handlers can
// be made of parts that need the bot themselves.
func New(config Config) (*Bot, error) {
	if config.Token == "" {
		return nil, errors.New("no bot token")
	}
	if config.GatewayPatience == 0 {
		config.GatewayPatience = 3 * time.Minute
	}
	if config.Grace == 0 {
		config.Grace = 20 * time.Second
	}
	if config.Log == nil {
		config.Log = slog.Default()
	}
	var base http.RoundTripper
	if config.HTTP != nil {
		base = config.HTTP.Transport
	}
	transport, err := newDiscordOnly(base, config.APIURL)
	if err != nil {
		return nil, err
	}
	b := &Bot{config: config, log: config.Log, router: NewRouter(), rest: newRest(transport, config.Token, config.Log), files: newFiles(transport)}
	b.sights = newSights(b)
	b.gateway = newGateway(config, transport)
	return b, nil
}

// Run connects, registers the router's commands and serves until ctx ends. The router must be complete; everything
// wrong with it is told at once, before anything is connected. When ctx ends, new interactions are asked to come back
// later, running handlers get Config.Grace to finish, and the connection is closed: nil. Errors: ErrTokenRefused;
// ErrGatewayLost when the gateway was gone too long; anything else that makes going on pointless, in words. It may be
// called once.
func (b *Bot) Run(ctx context.Context, router *Router) error {
	if err := errors.Join(router.problems...); err != nil {
		return fmt.Errorf("commands: %w", err)
	}
	b.router = router

	// The gateway outlives ctx: until the handlers are done it must take interactions, if only to refuse them.
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	handling, cutShort := context.WithCancel(context.Background())
	defer cutShort()
	b.gateway.onInteraction = func(raw json.RawMessage) { b.receive(handling, raw) }
	ready := make(chan identity, 1)
	b.gateway.onReady = func(id identity) {
		b.self.Store(&id)
		select {
		case ready <- id:
		default:
		}
	}
	gatewayDone := make(chan error, 1)
	go func() { gatewayDone <- b.gateway.run(serving) }()
	registerDone := make(chan error, 1)
	go func() { registerDone <- b.register(serving, ready) }()

	var err error
	var gatewayEnded, registerEnded bool
	for err == nil && ctx.Err() == nil {
		registering := registerDone
		if registerEnded {
			registering = nil
		}
		select {
		case <-ctx.Done():
		case err = <-gatewayDone:
			gatewayEnded = true
		case err = <-registering:
			registerEnded = true
		}
	}

	b.finish(ctx, cutShort)
	stop()
	if !gatewayEnded {
		<-gatewayDone
	}
	if !registerEnded {
		<-registerDone
	}
	b.senders.close()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	if waitErr := b.senders.wait(last); waitErr != nil {
		b.log.Warn("left while replies were being sent")
	}
	return err
}

// finish lets no new handler begin and waits for those that run, at last with their ctx ended.
func (b *Bot) finish(ctx context.Context, cutShort context.CancelFunc) {
	b.handlers.close()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.config.Grace)
	defer cancel()
	if b.handlers.wait(grace) == nil {
		return
	}
	b.log.Warn("handlers are still running, cutting them short", "grace", b.config.Grace)
	cutShort()
	last, cancelLast := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancelLast()
	if err := b.handlers.wait(last); err != nil {
		b.log.Error("handlers did not stop, leaving them behind")
	}
}

// Ready tells whether the gateway is connected and the commands are registered.
func (b *Bot) Ready() bool { return b.gateway.up.Load() && b.registered.Load() }

// UserID is the bot's own user ID, "" before the first connection.
func (b *Bot) UserID() string {
	if id := b.self.Load(); id != nil {
		return id.user
	}
	return ""
}
