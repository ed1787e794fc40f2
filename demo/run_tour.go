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

	"seedbank/useapi/useapitest"
)

// Serve runs the bot with these settings until ctx ends. The names are those of the environment.
type Serve func(ctx context.Context, settings map[string]string, log *slog.Logger) error

// TourOptions say how the tour runs.
type TourOptions struct {
	// Out gets the transcript.
	Out io.Writer
	// Keep leaves everything running after the tour, until ctx ends.
	Keep bool
	// Pictures is the folder for the pictures of the first card; "" is demo-pictures.
	Pictures string
}

// tourTime bounds the tour; it takes a few seconds.
const tourTime = 60 * time.Second

// pace is how long each step of a job takes.
const pace = 200 * time.Millisecond

// stops are the jobs that the tour asks for.
type stops struct{ owl, fox, lighthouse, old string }

func (w *world) stops() stops {
	cut := useapitest.Running(pace, 20, 40)
	cut.Cut = useapitest.CutAfterFrames(5)
	return stops{
		owl: w.job("owl in the rain, 35 mm film, soft rim light --ar 3:2 --stylize 250 --raw --v 7", 3718204551,
			useapitest.Running(2*pace, 10, 40, 60, 80)),
		fox:        w.job("a fox asleep in a library, gouache --ar 1:1 --v 7", 88213064, cut),
		lighthouse: w.job("lighthouse at dawn, long exposure --ar 16:9 --v 7", 1907726613, useapitest.Script{}),
		old:        w.useapi.AddImageJob(useapitest.JobOptions{Prompt: "a job of last year", Status: "expired"}),
	}
}

// Tour plays the tour in the terminal. It returns nil when everything went as it should.
func Tour(ctx context.Context, o TourOptions, serve Serve) (err error) {
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

	w, err := newWorld("A member", "A colleague")
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
	go func() { played <- tour(limited, w, w.stops(), t, o.Pictures) }()
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
