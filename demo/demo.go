// Package demo shows the real bot at work without a token and without a network: it starts a local Discord and a local
// useapi.net, runs the bot that it is given against them, and lets members of a small studio use it. What Discord would
// show them is written down as it happens.
//
// It knows Discord's objects and nothing of the bot's inside: whatever the bot learns to say appears here by itself.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// Serve runs the bot with these settings until ctx ends. The names are those of the environment.
type Serve func(ctx context.Context, settings map[string]string, log *slog.Logger) error

// Options say how the demo runs.
type Options struct {
	// Out gets the transcript.
	Out io.Writer
	// Keep leaves everything running after the tour, until ctx ends.
	Keep bool
	// Pictures is the folder for the pictures of the first card; "" is demo-pictures.
	Pictures string
}

// tourTime bounds the tour; it takes a few seconds.
const tourTime = 60 * time.Second

// Run plays the tour. It returns nil when everything went as it should.
func Run(ctx context.Context, o Options, serve Serve) (err error) {
	if o.Pictures == "" {
		o.Pictures = "demo-pictures"
	}
	folder, err := os.MkdirTemp("", "seedbank-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	logfile, err := os.Create(filepath.Join(folder, "seedbank.log"))
	if err != nil {
		return fmt.Errorf("make the demo's log: %w", err)
	}
	defer func() { err = errors.Join(err, logfile.Close()) }()

	w, err := newWorld()
	if err != nil {
		return err
	}
	defer w.close()

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	bot := make(chan error, 1)
	go func() {
		log := slog.New(slog.NewTextHandler(logfile, &slog.HandlerOptions{Level: slog.LevelDebug}))
		bot <- serve(ctx, w.settings(folder), log)
	}()
	end := func() error {
		stop()
		return <-bot
	}

	t := &transcript{out: o.Out, world: w}
	played := make(chan error, 1)
	limited, cancel := context.WithTimeout(ctx, tourTime)
	defer cancel()
	go func() { played <- tour(limited, w, t, o.Pictures) }()
	select {
	case err := <-bot:
		cancel()
		<-played
		if err == nil {
			err = ctx.Err()
		}
		return fmt.Errorf("the bot ended: %w", err)
	case err := <-played:
		if err != nil {
			return errors.Join(fmt.Errorf("the tour stopped: %w", err), end())
		}
	}
	if !o.Keep {
		return errors.Join(t.err, end())
	}
	t.line("")
	t.line("Everything goes on running until you press Ctrl+C.")
	t.line("  Discord stand-in   " + w.discord.URL())
	t.line("  useapi stand-in    " + w.useapi.URL())
	t.line("  history            " + filepath.Join(folder, "seedbank.db"))
	t.line("  log                " + logfile.Name())
	select {
	case err := <-bot:
		return err
	case <-ctx.Done():
		return errors.Join(t.err, <-bot)
	}
}

// world is the stand-ins and who and what is in them.
type world struct {
	discord *discordtest.Server
	useapi  *useapitest.Server

	studio     *discordtest.Guild
	art        *discordtest.Channel
	asker      *discordtest.Member
	colleague  *discordtest.Member
	midjourney *discordtest.User

	owl, fox, lighthouse, old string // job IDs
}

func newWorld() (*world, error) {
	discord, err := discordtest.Start(discordtest.WithAppName("Seedbank"))
	if err != nil {
		return nil, err
	}
	useapi, err := useapitest.Start()
	if err != nil {
		discord.Close()
		return nil, err
	}
	w := &world{discord: discord, useapi: useapi}
	w.studio = discord.AddGuild("Studio")
	w.art = w.studio.AddChannel("art")
	w.asker = w.studio.AddMember("A member")
	w.colleague = w.studio.AddMember("A colleague")
	w.midjourney = discord.AddBot("Midjourney Bot")

	w.owl = w.job("owl in the rain, 35 mm film, soft rim light --ar 3:2 --stylize 250 --raw --v 7", 3718204551,
		useapitest.Running(800*time.Millisecond, 10, 40, 80))
	cut := useapitest.Running(200*time.Millisecond, 20, 40)
	cut.Cut = useapitest.CutAfterFrames(5)
	w.fox = w.job("a fox asleep in a library, gouache --ar 1:1 --v 7", 88213064, cut)
	w.lighthouse = w.job("lighthouse at dawn, long exposure --ar 16:9 --v 7", 1907726613, useapitest.Script{})
	w.old = useapi.AddImageJob(useapitest.JobOptions{Prompt: "a job of last year", Status: "expired"})
	return w, nil
}

// job adds an image job whose prompt Midjourney repeats as it is.
func (w *world) job(prompt string, seed uint32, script useapitest.Script) string {
	return w.useapi.AddImageJob(useapitest.JobOptions{Prompt: prompt, Echo: prompt, Seed: seed, Script: script})
}

func (w *world) close() {
	w.useapi.Close()
	w.discord.Close()
}

// settings make the bot live in this world.
func (w *world) settings(folder string) map[string]string {
	return map[string]string{
		"DISCORD_TOKEN":   w.discord.Token(),
		"DISCORD_API_URL": w.discord.URL(),
		"USEAPI_TOKEN":    w.useapi.Token(),
		"USEAPI_URL":      w.useapi.URL(),
		"DATABASE_URL":    filepath.Join(folder, "seedbank.db"),
		"IMAGE_HOSTS":     w.useapi.ImageHost() + "," + w.discord.CDNHost(),
	}
}
