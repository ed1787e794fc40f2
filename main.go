// Seedbank is a Discord bot that fetches the seeds of Midjourney jobs and keeps every answer.
//
// This package reads the settings and the command line and joins the parts; what the program does is decided in them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"seedbank/demo"
)

// Exit codes, beside 0.
const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, restore := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, restore) // the first signal asks for a graceful stop, the second ends the process at once
	p := program{stdout: os.Stdout, stderr: os.Stderr, env: os.LookupEnv, dotenv: ".env"}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// program is the process as its commands see it.
type program struct {
	stdout, stderr io.Writer
	env            lookup
	dotenv         string // path of the file that adds to env
}

// run does what the command line says and returns the exit code.
func (p program) run(ctx context.Context, args []string) int {
	name, args := word(args)
	if name == "help" {
		name, args = word(args)
		args = append([]string{"-h"}, args...)
	}
	flags := flag.NewFlagSet("seedbank "+name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var act func() int
	usage := botUsage()
	switch name {
	case "":
		act = func() int { return p.bot(ctx) }
	case "demo":
		usage = demoUsage
		tour, keep := flags.Bool("tour", false, ""), flags.Bool("keep", false, "")
		addr := flags.String("addr", demo.DefaultAddr, "")
		act = func() int {
			if *tour {
				return p.tour(ctx, *keep)
			}
			return p.demo(ctx, *addr)
		}
	case "version":
		usage = versionUsage
		act = func() int { return p.version() }
	default:
		return p.misused(fmt.Sprintf("there is no command %q", name))
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		_, _ = fmt.Fprint(p.stdout, usage)
		return 0
	case err != nil:
		return p.misused(err.Error())
	case flags.NArg() > 0:
		return p.misused(fmt.Sprintf("%q is one word too many", flags.Arg(0)))
	}
	return act()
}

// word takes a first argument that is not a flag off the others.
func word(args []string) (first string, rest []string) {
	if len(args) == 0 || args[0] == "" || strings.HasPrefix(args[0], "-") {
		return "", args
	}
	return args[0], args[1:]
}

func (p program) misused(what string) int {
	_, _ = fmt.Fprintf(p.stderr, "seedbank: %s\n\n%s\n\"seedbank help\" shows more.\n", what, commandUsage)
	return exitUsage
}

// bot runs the bot until ctx ends.
func (p program) bot(ctx context.Context) int {
	config, err := p.config()
	if err != nil {
		_, _ = fmt.Fprintf(p.stderr, "seedbank cannot start:\n%s\n\nSettings come from the environment and from the file .env%s; "+
			".env.example explains each.\n", indent(err), p.absence())
		return exitFailed
	}
	stderr := mask(p.stderr, config.DiscordToken, config.UseapiToken)
	log := newLog(stderr, config)
	switch err := serve(ctx, config, log); {
	case ctx.Err() != nil && errors.Is(err, context.Canceled): // asked to end in the middle of the start
	case err != nil:
		log.Error("seedbank ends", "err", err)
		return exitFailed
	}
	return 0
}

// absence says so when there is no .env: it may be in another folder than the one where the program was started.
func (p program) absence() string {
	if _, err := os.Stat(p.dotenv); errors.Is(err, fs.ErrNotExist) {
		return ", which is not in this folder"
	}
	return ""
}

func (p program) config() (Config, error) {
	env, err := withDotenv(p.env, p.dotenv)
	if err != nil {
		return Config{}, err
	}
	return loadConfig(env)
}

func (p program) version() int {
	_, _ = fmt.Fprintln(p.stdout, "seedbank", buildVersion())
	return 0
}
