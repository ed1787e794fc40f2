package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"seedbank/discordtest"
)

// tour lets the members use the bot, one scene after the other.
func tour(ctx context.Context, w *world, jobs stops, t *transcript, pictures string) error {
	if err := w.ready(ctx); err != nil {
		return err
	}
	t.line("Seedbank on a local Discord and a local useapi.net: no token, no network.")
	t.line(fmt.Sprintf("Server %q, channel #%s. Everything below is the real bot.", w.studio.Name, w.art.Name))

	t.scene("A member asks for the seed of a finished job")
	card, err := t.ask(ctx, w.asker.User, jobs.owl)
	if err != nil {
		return err
	}
	saved, err := save(card, pictures)
	if err != nil {
		return err
	}
	t.note(fmt.Sprintf("%d pictures saved to %s", saved, pictures))

	t.scene("The line that repeats the picture, in one press")
	if err := t.press(ctx, w.asker.User, card, "Copy prompt"); err != nil {
		return err
	}

	t.scene("A colleague asks for the same job: no second request, an answer at once")
	if _, err := t.ask(ctx, w.colleague.User, jobs.owl); err != nil {
		return err
	}
	t.note(fmt.Sprintf("requests sent to useapi.net for this job: %d", w.useapi.Posts(jobs.owl)))

	t.scene("Right-click a message, Apps, Get seed")
	grid := w.midjourney.Say(w.art, "**lighthouse at dawn, long exposure --ar 16:9 --v 7** - "+w.colleague.Mention()+" (fast)\nJob "+jobs.lighthouse)
	if grid == nil {
		return errors.New("the Midjourney stand-in cannot write in the channel")
	}
	t.message(grid)
	t.action(w.colleague.User, "right-clicks this message → Apps → Get seed")
	if _, err := t.answer(ctx, w.colleague.User.UseOnMessage(w.art, "Get seed", grid)); err != nil {
		return err
	}

	t.scene("The line to useapi.net breaks in the middle: the job is looked at instead of asked for again")
	if _, err := t.ask(ctx, w.asker.User, jobs.fox); err != nil {
		return err
	}
	t.note(fmt.Sprintf("requests sent to useapi.net for this job: %d", w.useapi.Posts(jobs.fox)))

	t.scene("A job that is too old")
	if _, err := t.ask(ctx, w.asker.User, jobs.old); err != nil {
		return err
	}

	t.scene("What the server has found so far")
	t.action(w.colleague.User, "/seeds history")
	if _, err := t.answer(ctx, w.colleague.User.Slash(w.art, "seeds history", nil)); err != nil {
		return err
	}
	if err := t.memory(ctx, card); err != nil {
		return err
	}
	if broken := w.discord.Violations(); len(broken) > 0 {
		return fmt.Errorf("a rule of Discord was broken: %s", broken[0])
	}
	return t.err
}

// ready waits until the bot is connected and has its commands.
func (w *world) ready(ctx context.Context) error {
	if err := w.discord.Gateway().Ready(ctx); err != nil {
		return fmt.Errorf("wait for the bot: %w", err)
	}
	for changes := w.discord.Watch(ctx); len(w.discord.Commands("")) == 0; {
		if _, open := <-changes; !open {
			return fmt.Errorf("wait for the bot's commands: %w", ctx.Err())
		}
	}
	return nil
}

// save writes the pictures of a message into a folder, under the names they have in Discord.
func save(m *discordtest.Message, folder string) (int, error) {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return 0, fmt.Errorf("make a folder for the pictures: %w", err)
	}
	for _, a := range m.Attachments {
		if err := copyFile(filepath.Join(folder, filepath.Base(a.Filename)), a.Path); err != nil {
			return 0, err
		}
	}
	return len(m.Attachments), nil
}

func copyFile(to, from string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("read a picture: %w", err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.Create(to)
	if err != nil {
		return fmt.Errorf("save a picture: %w", err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, in); err != nil {
		return fmt.Errorf("save a picture: %w", err)
	}
	return nil
}

// ask lets a member use /seed and shows what comes.
func (t *transcript) ask(ctx context.Context, who *discordtest.User, job string) (*discordtest.Message, error) {
	t.action(who, "/seed job:"+job)
	return t.answer(ctx, who.Slash(t.world.art, "seed", discordtest.Options{"job": job}))
}

// press lets a member press a button and shows what comes.
func (t *transcript) press(ctx context.Context, who *discordtest.User, m *discordtest.Message, label string) error {
	t.action(who, "presses "+label)
	_, err := t.answer(ctx, who.Press(m, label))
	return err
}

// answer shows every state of an answer as it comes, until it is whole: until there is nothing left to stop.
func (t *transcript) answer(ctx context.Context, i *discordtest.Interaction) (*discordtest.Message, error) {
	states := i.History() // Await begins with the latest
	for _, m := range states[:max(0, len(states)-1)] {
		t.message(m)
	}
	return i.Await(ctx, func(m *discordtest.Message) bool {
		t.message(m)
		return !m.Loading() && whole(m)
	})
}

// whole tells a final answer from one that is still worked on.
func whole(m *discordtest.Message) bool {
	return m.Button("Stop") == nil && !strings.Contains(m.Text(), "saving the pictures")
}
