package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// scene is something that the visitor may let happen.
type scene struct {
	ID    string `json:"id"`
	Group string `json:"group"`
	Label string `json:"label"`
	About string `json:"about"`

	// job shapes the job of a new picture; nil for scenes that bring none.
	job func(*useapitest.JobOptions) []useapitest.Script
	// do makes something else happen.
	do func(context.Context, *stage) error
}

// Groups of scenes.
const (
	aPicture = "Post a new picture whose answer …"
	anEvent  = "Let something break"
)

// usual is a job as most are: a few seconds, with progress on the way.
func usual() useapitest.Script { return useapitest.Running(900*time.Millisecond, 12, 31, 58, 83) }

// scenes are all of them, in the order of the panel.
func scenes() []scene {
	first := func(reply useapitest.Reply, times int) func(*useapitest.JobOptions) []useapitest.Script {
		return func(*useapitest.JobOptions) (scripts []useapitest.Script) {
			for range times {
				scripts = append(scripts, useapitest.Script{Refuse: &reply})
			}
			return append(scripts, usual())
		}
	}
	one := func(script func() useapitest.Script) func(*useapitest.JobOptions) []useapitest.Script {
		return func(*useapitest.JobOptions) []useapitest.Script { return []useapitest.Script{script()} }
	}
	return []scene{
		{ID: "usual", Group: aPicture, Label: "comes as usual", About: "About six seconds, with progress.", job: one(usual)},
		{ID: "slow", Group: aPicture, Label: "takes its time", About: "About half a minute, in small steps.", job: one(func() useapitest.Script {
			return useapitest.Running(2500*time.Millisecond, 4, 9, 17, 26, 38, 51, 64, 78, 91)
		})},
		{ID: "cut", Group: aPicture, Label: "breaks off in the middle", About: "The line is cut while the job runs on.", job: one(func() useapitest.Script {
			script := usual()
			script.Cut = useapitest.CutAfterFrames(4)
			return script
		})},
		{ID: "expired", Group: aPicture, Label: "is no longer kept", About: "The job is too old for the service.", job: func(o *useapitest.JobOptions) []useapitest.Script {
			o.Status = "expired"
			return nil
		}},
		{ID: "moderated", Group: aPicture, Label: "is stopped by a filter", About: "The job ends as moderated.", job: one(func() useapitest.Script {
			script := usual()
			script.End = useapitest.Moderated
			return script
		})},
		{ID: "busy", Group: aPicture, Label: "has to wait", About: "The service is busy (429) twice, then answers.", job: first(useapitest.RateLimited(3*time.Second), 2)},
		{ID: "signed-out", Group: aPicture, Label: "finds the account signed out", About: "The service says 596 once; after that it works again.", job: first(useapitest.Refuse(596), 1)},
		{ID: "missing", Group: aPicture, Label: "lacks a picture", About: "The third of the four pictures is gone.", job: func(o *useapitest.JobOptions) []useapitest.Script {
			o.Faults = map[int]useapitest.Fault{3: useapitest.Gone}
			return []useapitest.Script{usual()}
		}},
		{ID: "gateway", Group: anEvent, Label: "Cut the bot's line to Discord", About: "It reconnects and takes up what it missed.", do: func(_ context.Context, s *stage) error {
			gateway := s.world.discord.Gateway()
			gateway.NextConnect(discordtest.AnswerDrop(), discordtest.AnswerDrop())
			gateway.Drop()
			return nil
		}},
		{ID: "kill", Group: anEvent, Label: "Kill the bot (kill -9)", About: "It is started again two seconds later, on the same files.", do: func(_ context.Context, s *stage) error {
			if !s.bot.kill() {
				return errors.New("the bot is not running just now")
			}
			return nil
		}},
		{ID: "outage", Group: anEvent, Label: "Let the service fail for 15 s", About: "Every request to it gets 503.", do: func(_ context.Context, s *stage) error {
			s.outage(15 * time.Second)
			return nil
		}},
	}
}

// motif is a prompt for pictures that the stand-in can paint, and the number that paints them well.
type motif struct {
	prompt string
	number uint32
}

func motifs() []motif {
	return []motif{
		{"layered hills under a low sun, risograph print --stylize 250 --v 7", 2145263133},
		{"moonrise over violet ridges, gouache on cotton paper --v 7", 1080415462},
		{"desert dunes at dusk, flat colours, vintage travel poster --stylize 400 --v 7", 1085422778},
		{"a pale sun over rolling hills, linocut, two inks --raw --v 7", 2040813321},
		{"far mountains after rain, soft gradients, wide view --chaos 8 --v 7", 1005554375},
		{"valley at first light, screen print, grain --v 7", 3957974904},
		{"quiet hills, evening glow, minimal landscape --stylize 100 --raw --v 7", 3175812605},
		{"the blue hour over the ranges, pastel --weird 30 --v 7", 3312054360},
	}
}

// gridSize is the side of a grid, in pixels.
const gridSize = 768

// stage is what the visitor can change beside the page's Discord.
type stage struct {
	world *world
	bot   *process

	mu      sync.Mutex
	posted  int
	healing func() // ends an outage; nil when there is none
}

// play lets a scene happen. What it posts goes to the channel; the message is nil for a scene that posts none.
func (s *stage) play(ctx context.Context, id string, channel *discordtest.Channel, owner *discordtest.User) (*discordtest.Message, error) {
	for _, scene := range scenes() {
		switch {
		case scene.ID != id:
		case scene.do != nil:
			return nil, scene.do(ctx, s)
		case channel == nil || channel.Type == discordtest.DMChannel:
			return nil, errors.New("pictures can only be posted in a server's channel: open one first")
		default:
			return s.post(channel, owner, scene)
		}
	}
	return nil, fmt.Errorf("there is no scene %q", id)
}

// post lets Midjourney post a new picture for somebody, with a job behind it that the scene has shaped.
func (s *stage) post(channel *discordtest.Channel, owner *discordtest.User, scene scene) (*discordtest.Message, error) {
	s.mu.Lock()
	n := s.posted
	s.posted++
	s.mu.Unlock()
	motif := motifs()[n%len(motifs())]
	o := useapitest.JobOptions{Prompt: motif.prompt, Echo: motif.prompt, Seed: motif.number}
	scripts := scene.job(&o)
	job := s.world.useapi.AddImageJob(o)
	if len(scripts) > 0 {
		s.world.useapi.Script(job, scripts...)
	}
	name, _, _ := strings.Cut(o.Prompt, " --")
	m := s.world.midjourney.Say(channel, "**"+o.Prompt+"** - "+owner.Mention()+" (fast)\n-# Job `"+job+"`",
		discordtest.WithUpload(discordtest.Upload{Name: "grid.png", Data: useapitest.Grid(o.Seed, gridSize), Description: "A grid of four pictures: " + name}),
		discordtest.WithComponents(upscales()...))
	if m == nil {
		return nil, errors.New("nobody can write in this channel")
	}
	return m, nil
}

// upscales are the buttons below a grid. They are Midjourney's and do nothing here.
func upscales() []map[string]any {
	row := func(kind, letter string) map[string]any {
		var buttons []map[string]any
		for n := range 4 {
			buttons = append(buttons, map[string]any{"type": typeButton, "style": 2, "label": fmt.Sprint(letter, n+1),
				"custom_id": fmt.Sprintf("MJ::JOB::%s::%d", kind, n+1)})
		}
		return map[string]any{"type": typeRow, "components": buttons}
	}
	return []map[string]any{row("upsample", "U"), row("variation", "V")}
}

// outage lets every request to the service fail for a time. A second one begins anew.
func (s *stage) outage(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.healing != nil {
		s.healing()
	}
	s.world.useapi.Fail(-1, "", "/", useapitest.Refuse(http.StatusServiceUnavailable))
	timer := time.AfterFunc(d, s.world.useapi.Heal)
	s.healing = func() { timer.Stop(); s.world.useapi.Heal() }
}
