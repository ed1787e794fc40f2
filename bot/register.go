package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	registerFirst = time.Second     // between the first two rounds of registering
	registerSlow  = 5 * time.Minute // between later ones: a server may still invite the bot
)

// scope is one list of commands at Discord: a server's, or the global one.
type scope struct {
	guild   string // "" is global
	refused bool   // its refusal has been told
}

// register overwrites each scope's commands once the bot knows who it is, and goes on trying with those that cannot be
// had yet. Errors are final: the token is refused, or a definition is.
func (b *Bot) register(ctx context.Context, ready <-chan identity) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("register commands: panic: %v", r)
		}
	}()
	var app string
	select {
	case id := <-ready:
		app = id.application
	case <-ctx.Done():
		return nil
	}
	scopes, definitions := []*scope{{}}, b.router.order
	if len(b.config.Guilds) > 0 {
		scopes, definitions = nil, withoutContexts(definitions)
		for _, guild := range b.config.Guilds {
			scopes = append(scopes, &scope{guild: guild})
		}
	}
	raw, err := json.Marshal(definitions)
	if err != nil {
		return fmt.Errorf("register commands: %w", err)
	}
	for round := 0; ; round++ {
		left := scopes[:0:0]
		for _, s := range scopes {
			done, err := b.overwrite(ctx, app, s, raw)
			if err != nil {
				return err
			}
			if done {
				b.registered.Store(true)
			} else {
				left = append(left, s)
			}
		}
		if scopes = left; len(scopes) == 0 {
			return nil
		}
		if pause(ctx, backoff(round, registerFirst, registerSlow)) != nil {
			return nil
		}
	}
}

// withoutContexts is the commands for single servers: Discord refuses to be told where else those can be used.
func withoutContexts(commands []*discordgo.ApplicationCommand) []*discordgo.ApplicationCommand {
	plain := make([]*discordgo.ApplicationCommand, 0, len(commands))
	for _, c := range commands {
		command := *c
		command.Contexts, command.IntegrationTypes = nil, nil
		plain = append(plain, &command)
	}
	return plain
}

// overwrite sets the commands of one scope. Not done without an error means: worth another try later.
func (b *Bot) overwrite(ctx context.Context, app string, s *scope, commands []byte) (done bool, err error) {
	path, where := "/applications/"+app+"/commands", "everywhere"
	if s.guild != "" {
		path, where = "/applications/"+app+"/guilds/"+s.guild+"/commands", "server "+s.guild
	}
	_, err = b.rest.do(ctx, request{
		method: http.MethodPut, path: path, bot: true, body: bytesBody("application/json", commands), repeat: always,
	})
	var refused *APIError
	switch {
	case err == nil:
		b.log.Info("commands registered", "where", where, "commands", len(b.router.order))
		return true, nil
	case ctx.Err() != nil:
		return false, nil
	case errors.Is(err, ErrTokenRefused):
		return false, fmt.Errorf("register commands: %w (%w)", ErrTokenRefused, err)
	case errors.As(err, &refused) && refused.Status == http.StatusForbidden, errors.Is(err, ErrNotFound):
		if !s.refused {
			b.log.Error("discord refuses the commands here: invite the bot to this server with the scopes bot and applications.commands; other places go on",
				"where", where, "err", err)
		}
		s.refused = true
		return false, nil
	case errors.As(err, &refused) && refused.Status == http.StatusBadRequest:
		return false, fmt.Errorf("register commands: discord refuses a definition: %w", err)
	}
	b.log.Warn("commands could not be registered yet", "where", where, "err", err)
	return false, nil
}
