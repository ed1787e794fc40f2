package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"seedbank/bot"
	"seedbank/commands"
	"seedbank/db"
	"seedbank/demo"
	"seedbank/retrieval"
	"seedbank/useapi"
)

// closeTime bounds how long the work in hand may take to be let go. What is cut off is taken up at the next start.
const closeTime = 15 * time.Second

// databasePing is how often health really asks the history, which costs a write.
const databasePing = 2 * time.Second

// serve joins the parts and runs the bot until ctx ends, which is no error. What it opened is closed, in the opposite
// order, when it returns.
func serve(ctx context.Context, c Config, log *slog.Logger) (err error) {
	log.InfoContext(ctx, "seedbank starts", "version", buildVersion())

	var health *healthServer
	if c.HTTPAddr != "" {
		if health, err = listenHealth(ctx, c.HTTPAddr, log); err != nil {
			return err
		}
		defer health.Close()
	}

	history, err := db.Open(ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, history.Close()) }()

	source, err := useapi.New(c.UseapiToken.Reveal(),
		useapi.WithBaseURL(c.UseapiURL), useapi.WithUserAgent("seedbank"), useapi.WithLogger(log))
	if err != nil {
		return err
	}
	door, err := bot.New(bot.Config{Token: c.DiscordToken.Reveal(), APIURL: c.DiscordURL, Guilds: c.Guilds, Log: log})
	if err != nil {
		return err
	}
	desk := commands.NewDesk(door, history, log)

	// From here on answers that an earlier process owes are delivered, even before the gateway is connected.
	asks, err := retrieval.Open(ctx, retrieval.Config{
		Work:       beside(history.Path(), ".work.db"),
		Spool:      beside(history.Path(), ".spool"),
		Inbox:      beside(history.Path(), ".inbox"),
		Slots:      c.UseapiSlots,
		ImageHosts: c.ImageHosts,
		Sheets:     c.Sheets,
		Log:        log,
	}, source, history, desk)
	if err != nil {
		return err
	}
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
		defer cancel()
		err = errors.Join(err, asks.Close(last))
	}()

	mender := commands.NewMender(door, history, log)
	defer mender.Start(ctx)()

	if health != nil {
		database := part{"database", rarely(databasePing, history.Ping)}
		health.serve(healthHandler([]part{database}, []part{
			database,
			{"work", yes(asks.Ready)},
			{"discord", yes(door.Ready)},
			{"process", func(context.Context) error { return ctx.Err() }},
		}, log))
	}

	setup := commands.Setup{
		Version: buildVersion(), Slots: c.UseapiSlots, Imagine: c.AllowImagine, Desk: desk, Mender: mender,
		Accounts: accountsOf(source),
	}
	if err := door.Run(ctx, commands.NewRouter(door, history, asks, setup)); err != nil {
		return err
	}
	log.InfoContext(ctx, "seedbank was asked to end", "why", context.Cause(ctx))
	return nil
}

// accountsOf lists the channels of the Midjourney accounts that are configured at the source.
func accountsOf(source *useapi.Client) func(ctx context.Context) ([]string, error) {
	return func(ctx context.Context) ([]string, error) {
		accounts, err := source.Accounts(ctx)
		return slices.Sorted(maps.Keys(accounts)), err
	}
}

// beside names a file next to the history: "seedbank.db" with ".work.db" is "seedbank.work.db". Only ".db" is taken off,
// so that the name is never the history's own, and not that of a history with another ending.
func beside(history, suffix string) string {
	return strings.TrimSuffix(history, ".db") + suffix
}

// yes makes a check of a question that is answered by yes or no.
func yes(question func() bool) func(context.Context) error {
	return func(context.Context) error {
		if !question() {
			return errors.New("not ready")
		}
		return nil
	}
}

// demo serves the playground until ctx ends. The bot in it is this program, as a process of its own. It reads no
// settings of yours.
func (p program) demo(ctx context.Context, addr string) int {
	return p.ended(ctx, demo.Play(ctx, demo.PlayOptions{Out: p.stdout, Addr: addr}))
}

// tour plays the tour on the local stand-ins. It reads no settings of yours.
func (p program) tour(ctx context.Context, keep bool) int {
	return p.ended(ctx, demo.Tour(ctx, demo.TourOptions{Out: p.stdout, Keep: keep},
		func(ctx context.Context, settings map[string]string, log *slog.Logger) error {
			c, err := loadConfig(func(name string) (string, bool) {
				value, set := settings[name]
				return value, set
			})
			if err != nil {
				return err
			}
			return serve(ctx, c, log)
		}))
}

// ended tells how a demo ended; that it was asked to is no failure.
func (p program) ended(ctx context.Context, err error) int {
	if err != nil && ctx.Err() == nil {
		_, _ = fmt.Fprintf(p.stderr, "seedbank: the demo broke off: %v\n", err)
		return exitFailed
	}
	return 0
}
