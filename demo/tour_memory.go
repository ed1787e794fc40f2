package demo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"seedbank/discordtest"
)

// memory shows what a history is good for: finding, sharing, naming, comparing, and taking in what came another way.
func (t *transcript) memory(ctx context.Context, card *discordtest.Message) error {
	w := t.world
	t.scene("Found again by its words")
	if err := t.slash(ctx, w.colleague.User, "seeds search", discordtest.Options{"text": `owl "soft rim light"`}); err != nil {
		return err
	}

	t.scene("Shared with another channel, in two presses")
	if err := t.share(ctx, card); err != nil {
		return err
	}

	t.scene("A recipe of the team, with a blank to fill")
	if err := t.recipe(ctx, card); err != nil {
		return err
	}

	t.scene("Midjourney told somebody a seed by ✉️: it joins the others")
	told := w.asker.User.Say(w.art, "**owl in the sun, 35 mm film, soft rim light --ar 3:2 --stylize 100 --raw --v 7**\n"+
		"**Job ID**: 9333dcd0-0000-4000-8000-00000000424e\n**seed** 3718204551")
	if told == nil {
		return errors.New("the member cannot write in the channel")
	}
	t.message(told)
	t.action(w.colleague.User, "right-clicks this message → Apps → Record this ✉️ answer")
	if _, err := t.answer(ctx, w.colleague.User.UseOnMessage(w.art, "Record this ✉️ answer", told)); err != nil {
		return err
	}

	t.scene("Why do these two differ?")
	return t.slash(ctx, w.colleague.User, "seeds compare", discordtest.Options{"a": "1", "b": "4"})
}

// share presses Share… and chooses the other channel.
func (t *transcript) share(ctx context.Context, card *discordtest.Message) error {
	w := t.world
	gallery := w.studio.AddChannel("gallery")
	t.action(w.asker.User, "presses Share…")
	where, err := t.answer(ctx, w.asker.User.Press(card, "Share…"))
	if err != nil {
		return err
	}
	choice := where.All(typeChannelSelect)
	if len(choice) != 1 {
		return errors.New("there is no channel to choose")
	}
	id, _ := choice[0]["custom_id"].(string)
	t.action(w.asker.User, "chooses #"+gallery.Name)
	if i := w.asker.User.Choose(where, id, gallery.ID); i.Err() != nil {
		return i.Err()
	}
	shared, err := w.discord.AwaitMessage(ctx, gallery, func(m *discordtest.Message) bool { return len(m.Attachments) > 0 })
	if err != nil {
		return err
	}
	t.note("in #" + gallery.Name)
	t.message(shared)
	return nil
}

// recipe saves a recipe with a blank and uses it.
func (t *transcript) recipe(ctx context.Context, card *discordtest.Message) error {
	w := t.world
	t.action(w.asker.User, "presses Save recipe")
	form := w.asker.User.Press(card, "Save recipe")
	view, err := form.Modal(ctx)
	if err != nil {
		return err
	}
	const line = "{subject} in the rain, 35 mm film, soft rim light --ar 3:2 --stylize 250 --raw --v 7"
	fields := map[string]any{}
	for _, f := range view.Fields() {
		switch {
		case strings.Contains(f.Label, "Name"):
			fields[f.CustomID] = "rainy-night"
		case strings.Contains(f.Label, "rompt"):
			fields[f.CustomID] = line
		}
	}
	t.note(fmt.Sprintf("the form: Name rainy-night · Prompt %s", line))
	if _, err := t.answer(ctx, form.Submit(fields)); err != nil {
		return err
	}
	t.action(w.colleague.User, "/recipe use name:rainy-night")
	use := w.colleague.User.Slash(w.art, "recipe use", discordtest.Options{"name": "rainy-night"})
	blanks, err := use.Modal(ctx)
	if err != nil {
		return err
	}
	filled := map[string]any{}
	for _, f := range blanks.Fields() {
		filled[f.CustomID] = "a lighthouse"
	}
	t.note("the form: subject a lighthouse")
	_, err = t.answer(ctx, use.Submit(filled))
	return err
}

// slash lets a member use a command and shows what comes.
func (t *transcript) slash(ctx context.Context, who *discordtest.User, path string, o discordtest.Options) error {
	words := []string{"/" + path}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		words = append(words, fmt.Sprintf("%s:%v", name, o[name]))
	}
	t.action(who, strings.Join(words, " "))
	_, err := t.answer(ctx, who.Slash(t.world.art, path, o))
	return err
}
