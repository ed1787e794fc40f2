// Package demo shows the real bot at work without a token and without a network: it starts a local Discord and a local
// useapi.net and runs the bot against them. Play serves a page to use it from; Tour lets members of a small studio use
// it, and writes down what Discord would show them.
//
// It knows Discord's objects and nothing of the bot's inside: whatever the bot learns to say appears here by itself.
package demo

import (
	"path/filepath"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// world is the stand-ins and who and what is in them.
type world struct {
	discord *discordtest.Server
	useapi  *useapitest.Server

	studio     *discordtest.Guild
	art        *discordtest.Channel
	asker      *discordtest.Member
	colleague  *discordtest.Member
	midjourney *discordtest.User
}

func newWorld(asker, colleague string, o ...useapitest.Option) (*world, error) {
	discord, err := discordtest.Start(discordtest.WithAppName("Seedbank"))
	if err != nil {
		return nil, err
	}
	useapi, err := useapitest.Start(o...)
	if err != nil {
		discord.Close()
		return nil, err
	}
	w := &world{discord: discord, useapi: useapi}
	w.studio = discord.AddGuild("Studio")
	w.art = w.studio.AddChannel("art")
	w.asker = w.studio.AddMember(asker)
	w.colleague = w.studio.AddMember(colleague)
	w.midjourney = discord.AddKnownBot("936929561302675456", "Midjourney Bot")
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

// settings make the bot live in this world. The names are those of the environment.
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
