package bot

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"sync"

	"github.com/bwmarrin/discordgo"
)

// discordgo has one Logger for the whole process and does not say which session speaks. The messages about a
// connection carry the gateway's address, so that leads to the bot's own log; nothing is decided from them. All other
// messages are dropped: they print whole events, and an interaction's token with them.
type logRoutes struct {
	install sync.Once
	byHost  sync.Map // gateway host → *slog.Logger
}

// routes is package-wide because discordgo.Logger is. It is only ever added to.
var routes logRoutes

// routeLogs sends discordgo's messages about a gateway host to a log. Of several bots at one host the latest gets
// them.
func routeLogs(host string, log *slog.Logger) {
	routes.byHost.Store(host, log)
	routes.install.Do(func() { discordgo.Logger = routes.pass })
}

func (r *logRoutes) pass(level, _ int, format string, args ...any) {
	if len(args) == 0 {
		return
	}
	address, isText := args[0].(string)
	if !isText {
		return
	}
	gateway, err := url.Parse(address)
	if err != nil || (gateway.Scheme != "wss" && gateway.Scheme != "ws") {
		return
	}
	log, known := r.byHost.Load(gateway.Host)
	if !known {
		return
	}
	as := slog.LevelInfo // a lost connection is told by the gateway itself; this is its cause
	if level == discordgo.LogError {
		as = slog.LevelWarn
	}
	log.(*slog.Logger).Log(context.Background(), as, "discordgo: "+fmt.Sprintf(format, args...))
}
