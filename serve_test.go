package main

import (
	"context"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

func TestFilesBesideTheHistory(t *testing.T) {
	t.Parallel()
	for history, want := range map[string]string{
		"seedbank.db":         "seedbank.work.db",
		"/var/lib/a.b/seeds":  "/var/lib/a.b/seeds.work.db",
		"data.d/seeds.sqlite": "data.d/seeds.sqlite.work.db",
		"seeds.work.db":       "seeds.work.work.db",
	} {
		require.Equal(t, want, beside(history, ".work.db"))
	}
	require.NotEqual(t, "seeds.spool", beside("seeds.spool", ".spool"), "the folder of pictures is emptied at the start")
}

// journal is a log that can be read while it is written.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// The whole program, from its settings to its end, with a stand-in at either side.
func TestTheProgramServesAMember(t *testing.T) {
	t.Parallel()
	discord := discordtest.New(discordtest.FailOn(t))
	defer discord.Close()
	midjourney := useapitest.New()
	defer midjourney.Close()
	guild := discord.AddGuild("studio")
	channel, asker := guild.AddChannel("art"), guild.AddMember("The asker")
	job := midjourney.AddImageJob(useapitest.JobOptions{Prompt: "a lighthouse at dusk --ar 3:2", Seed: 3937070146, ImageSize: 64})

	var log journal
	history := filepath.Join(t.TempDir(), "seeds.db")
	settings := map[string]string{
		"DISCORD_TOKEN": "Bot " + discord.Token(), "DISCORD_API_URL": discord.URL(), "DISCORD_GUILD_ID": guild.ID,
		"USEAPI_TOKEN": midjourney.Token(), "USEAPI_URL": midjourney.URL(), "IMAGE_HOSTS": midjourney.ImageHost(),
		"DATABASE_URL": history, "HTTP_ADDR": "127.0.0.1:0", "LOG_LEVEL": "debug", "LOG_FORMAT": "json",
	}
	p := program{stdout: &log, stderr: &log, dotenv: filepath.Join(t.TempDir(), ".env"), env: func(name string) (string, bool) {
		value, set := settings[name]
		return value, set
	}}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan int, 1)
	go func() { ended <- p.run(ctx, nil) }()

	readyz := regexp.MustCompile(`"address":"([^"]+)"`)
	require.Eventually(t, func() bool {
		address := readyz.FindStringSubmatch(log.String())
		if address == nil {
			return false
		}
		answer, err := http.Get("http://" + address[1] + "/readyz")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	}, 60*time.Second, 20*time.Millisecond, "not ready: %s", &log)

	limited, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	card, err := asker.Slash(channel, "seed", discordtest.Options{"job": job}).Await(limited, func(m *discordtest.Message) bool {
		return strings.Contains(m.Text(), "3937070146")
	})
	require.NoError(t, err, "%s", &log)
	require.Contains(t, card.Text(), "a lighthouse at dusk")
	require.Equal(t, 1, midjourney.Posts(job))

	stop()
	select {
	case code := <-ended:
		require.Zero(t, code, "%s", &log)
	case <-limited.Done():
		t.Fatalf("the program does not end: %s", &log)
	}
	require.NotContains(t, log.String(), discord.Token())
	require.NotContains(t, log.String(), midjourney.Token())
	require.FileExists(t, history)
	require.NoDirExists(t, beside(history, ".spool"))
}
