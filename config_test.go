package main

import (
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/joho/godotenv"
	"github.com/stretchr/testify/require"
)

const (
	discordSecret = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.not-a-real-token_0123456789abcdef"
	useapiSecret  = "user:4711-NotARealTokenEither"
)

// environment is what a bot needs, with changes on top.
func environment(changes map[string]string) lookup {
	return func(name string) (string, bool) {
		if value, changed := changes[name]; changed {
			return value, true
		}
		value, set := map[string]string{"DISCORD_TOKEN": discordSecret, "USEAPI_TOKEN": useapiSecret}[name]
		return value, set
	}
}

func TestTwoTokensAreEnough(t *testing.T) {
	t.Parallel()
	c, err := loadConfig(environment(nil))
	require.NoError(t, err)
	require.Equal(t, Config{
		DiscordToken: newSecret(discordSecret),
		DiscordURL:   "https://discord.com",
		UseapiToken:  newSecret(useapiSecret),
		UseapiURL:    "https://api.useapi.net",
		UseapiSlots:  3,
		Database:     "seedbank.db",
		Sheets:       true,
		ImageHosts:   []string{"cdn.discordapp.com", "media.discordapp.net"},
		LogLevel:     slog.LevelInfo,
		LogFormat:    "text",
	}, c)
}

func TestValuesAreRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		setting, value string
		got            func(Config) any
		want           any
	}{
		"a token with its scheme, spaces and quotes": {
			"DISCORD_TOKEN", " \"Bot " + discordSecret + "\"\r\n", func(c Config) any { return c.DiscordToken.Reveal() }, discordSecret,
		},
		"a scheme in other letters, twice": {
			"USEAPI_TOKEN", "bearer Bearer '" + useapiSecret + "'", func(c Config) any { return c.UseapiToken.Reveal() }, useapiSecret,
		},
		"several servers, one of them twice": {
			"DISCORD_GUILD_ID", " 123456789012345678 ,, 1234567890123456789,123456789012345678",
			func(c Config) any { return c.Guilds }, []string{"123456789012345678", "1234567890123456789"},
		},
		"no server, written as spaces":     {"DISCORD_GUILD_ID", "  ", func(c Config) any { return c.Guilds }, []string(nil)},
		"an empty value is the default":    {"LOG_FORMAT", "", func(c Config) any { return c.LogFormat }, "text"},
		"empty quotes are the default":     {"DATABASE_URL", `""`, func(c Config) any { return c.Database }, "seedbank.db"},
		"a level in capitals":              {"LOG_LEVEL", "DEBUG", func(c Config) any { return c.LogLevel }, slog.LevelDebug},
		"a format in capitals":             {"LOG_FORMAT", "Json", func(c Config) any { return c.LogFormat }, "json"},
		"an origin with a slash":           {"USEAPI_URL", "https://example.com/", func(c Config) any { return c.UseapiURL }, "https://example.com"},
		"an origin with a path":            {"USEAPI_URL", "https://example.com/useapi", func(c Config) any { return c.UseapiURL }, "https://example.com/useapi"},
		"plain http to this machine":       {"DISCORD_API_URL", "http://127.0.0.1:8080", func(c Config) any { return c.DiscordURL }, "http://127.0.0.1:8080"},
		"plain http to this machine, IPv6": {"DISCORD_API_URL", "http://[::1]:80", func(c Config) any { return c.DiscordURL }, "http://[::1]:80"},
		"plain http to localhost":          {"USEAPI_URL", "http://LocalHost:80", func(c Config) any { return c.UseapiURL }, "http://LocalHost:80"},
		"a database by URI":                {"DATABASE_URL", "file:/var/lib/seed.db", func(c Config) any { return c.Database }, "file:/var/lib/seed.db"},
		"a database on a Windows drive":    {"DATABASE_URL", `C:\seed.db`, func(c Config) any { return c.Database }, `C:\seed.db`},
		"image hosts in capitals":          {"IMAGE_HOSTS", "CDN.example.com, a-b.example", func(c Config) any { return c.ImageHosts }, []string{"cdn.example.com", "a-b.example"}},
		"loopback image hosts": {
			"IMAGE_HOSTS", "127.0.0.1:8080,[::1]:99,localhost:1", func(c Config) any { return c.ImageHosts },
			[]string{"127.0.0.1:8080", "[::1]:99", "localhost:1"},
		},
		"health on every address": {"HTTP_ADDR", ":8080", func(c Config) any { return c.HTTPAddr }, ":8080"},
		"making pictures":         {"ALLOW_IMAGINE", "TRUE", func(c Config) any { return c.AllowImagine }, true},
		"no making of pictures":   {"ALLOW_IMAGINE", "off", func(c Config) any { return c.AllowImagine }, false},
		"no contact sheets":       {"CONTACT_SHEETS", "no", func(c Config) any { return c.Sheets }, false},
		"the most slots":          {"USEAPI_SLOTS", "12", func(c Config) any { return c.UseapiSlots }, 12},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, err := loadConfig(environment(map[string]string{c.setting: c.value}))
			require.NoError(t, err)
			require.Equal(t, c.want, c.got(config))
		})
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ setting, value, says string }{
		"no token":                        {"DISCORD_TOKEN", "", "is empty"},
		"a scheme without a token":        {"USEAPI_TOKEN", "Bearer ", "holds no token"},
		"a token in two lines":            {"DISCORD_TOKEN", "abc\ndef", "line break"},
		"two words":                       {"USEAPI_TOKEN", "user:1 abc", "holds a space"},
		"a letter no token has":           {"USEAPI_TOKEN", "user:1…", "no token has"},
		"a quote inside":                  {"DISCORD_TOKEN", `ab"cd`, "no token has"},
		"the other service's token":       {"DISCORD_TOKEN", useapiSecret, "USEAPI_TOKEN"},
		"the token of the bot":            {"USEAPI_TOKEN", discordSecret, "DISCORD_TOKEN"},
		"the same with its scheme":        {"USEAPI_TOKEN", "Bearer " + discordSecret, "DISCORD_TOKEN"},
		"an ID for a token":               {"DISCORD_TOKEN", "1234567890123456789", "holds an ID"},
		"a server by name":                {"DISCORD_GUILD_ID", "123456789012345678,my server", "entry 2 is not a server ID"},
		"a server ID that is no number":   {"DISCORD_GUILD_ID", "99999999999999999999", "entry 1 is not a server ID"},
		"commas alone":                    {"DISCORD_GUILD_ID", ",", "names no server"},
		"an address without a scheme":     {"DISCORD_API_URL", "discord.com", "not a web address"},
		"an address without a host":       {"USEAPI_URL", "https:///v3", "not a web address"},
		"an address of another kind":      {"USEAPI_URL", "ftp://example.com", "neither https"},
		"the API's own path":              {"USEAPI_URL", "https://api.useapi.net/v3/midjourney", "added by itself"},
		"Discord's own path":              {"DISCORD_API_URL", "https://discord.com/api/v10", "added by itself"},
		"plain http to another machine":   {"USEAPI_URL", "http://example.com", "could read the token"},
		"plain http to a look-alike":      {"USEAPI_URL", "http://localhost.example.com", "could read the token"},
		"plain http behind a user name":   {"USEAPI_URL", "http://127.0.0.1@example.com", "could read the token"},
		"an address with a password":      {"USEAPI_URL", "https://me:pw@example.com", "user name or password"},
		"an address with a query":         {"USEAPI_URL", "https://example.com?x=1", "after ? or #"},
		"an address with a port too far":  {"USEAPI_URL", "https://example.com:99999", "not a web address"},
		"a PostgreSQL server":             {"DATABASE_URL", "postgres://me:hunter2@db/seeds", "PostgreSQL is not supported yet"},
		"a PostgreSQL server, long":       {"DATABASE_URL", "PostgreSQL://db/seeds", "PostgreSQL is not supported yet"},
		"another database":                {"DATABASE_URL", "mysql://db/seeds", "nothing that can be opened"},
		"a database that forgets":         {"DATABASE_URL", ":memory:", "lost at the first restart"},
		"an image host with a scheme":     {"IMAGE_HOSTS", "https://cdn.example.com", "has a scheme"},
		"an image host with a path":       {"IMAGE_HOSTS", "a.example, cdn.example.com/attachments", "entry 2 has a path"},
		"every image host there is":       {"IMAGE_HOSTS", "*", "has a wildcard"},
		"an image host with a port":       {"IMAGE_HOSTS", "cdn.example.com:443", "has a port"},
		"this machine without a port":     {"IMAGE_HOSTS", "127.0.0.2", "write it out"},
		"this machine, port zero":         {"IMAGE_HOSTS", "127.0.0.1:0", "no valid port"},
		"an image host with a user":       {"IMAGE_HOSTS", "me@example.com", "has a user name"},
		"an image host that is no host":   {"IMAGE_HOSTS", "bücher.example", "not a host name"},
		"a look-alike of this machine":    {"IMAGE_HOSTS", "localhost.example.com:80", "has a port"},
		"no image host at all":            {"IMAGE_HOSTS", ", ,", "names no host"},
		"pictures, perhaps":               {"ALLOW_IMAGINE", "maybe", "write true or false"},
		"a health address without a host": {"HTTP_ADDR", "8080", "not host:port"},
		"a health address by URL":         {"HTTP_ADDR", "http://127.0.0.1:8080", "not host:port"},
		"a health port by name":           {"HTTP_ADDR", "127.0.0.1:http", "not host:port"},
		"a level that is none":            {"LOG_LEVEL", "loud", "is not a level"},
		"a format that is none":           {"LOG_FORMAT", "xml", "is not a format"},
		"no slots":                        {"USEAPI_SLOTS", "0", "1 to 12"},
		"too many slots":                  {"USEAPI_SLOTS", "13", "1 to 12"},
		"half a slot":                     {"USEAPI_SLOTS", "1.5", "1 to 12"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := loadConfig(environment(map[string]string{c.setting: c.value}))
			require.ErrorContains(t, err, c.setting+" ")
			require.ErrorContains(t, err, c.says)
			require.NotContains(t, err.Error(), "\n", "one problem is one line")
			require.Contains(t, err.Error(), ": ", "a problem says what to do")
			if len(c.value) > 5 {
				require.NotContains(t, err.Error(), c.value, "a value may be a secret in the wrong place")
			}
			require.NotContains(t, err.Error(), "hunter2")
		})
	}
}

func TestAllProblemsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	values := map[string]string{"USEAPI_URL": "nonsense", "LOG_LEVEL": "loud", "HTTP_ADDR": "nowhere"}
	_, err := loadConfig(func(name string) (string, bool) {
		value, set := values[name]
		return value, set
	})
	var problems Problems
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems, 5)
	for _, name := range []string{"DISCORD_TOKEN is missing", "USEAPI_TOKEN is missing", "USEAPI_URL", "LOG_LEVEL", "HTTP_ADDR"} {
		require.ErrorContains(t, err, name)
	}
}

// A token that lands in any setting at all is not shown.
func TestNoProblemShowsAToken(t *testing.T) {
	t.Parallel()
	everywhere := func(name string) (string, bool) {
		if name == "DISCORD_TOKEN" || name == "USEAPI_TOKEN" {
			return discordSecret + "\n" + useapiSecret, true
		}
		return name + "://" + discordSecret, true
	}
	_, err := loadConfig(everywhere)
	require.Error(t, err)
	for _, part := range []string{"MTIzNDU2", "GaBcDe", "not-a-real", "4711", "NotAReal"} {
		require.NotContains(t, err.Error(), part)
	}
}

func TestTheExampleListsEverySettingWithItsDefault(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(".env.example")
	require.NoError(t, err)
	example, err := godotenv.Unmarshal(string(text))
	require.NoError(t, err)
	want := map[string]string{}
	for _, s := range settings(&Config{}) {
		want[s.name] = s.fallback
	}
	require.Equal(t, want, example)

	lines := strings.Split(string(text), "\n")
	for n, line := range lines {
		if name, _, set := strings.Cut(line, "="); set && !strings.HasPrefix(line, "#") {
			require.True(t, strings.HasPrefix(lines[n-1], "# "), "%s has no comment above it", name)
		}
	}
}
