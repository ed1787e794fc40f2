package demo

import (
	"context"
	"errors"
	"fmt"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// playground is the world of the page: two servers, four people, and places that not everybody sees.
type playground struct {
	*world
	general, backstage, lobby *discordtest.Channel
	moderator, stranger       *discordtest.Member
	elsewhere                 *discordtest.Guild
}

func newPlayground() (*playground, error) {
	w, err := newWorld("Asker", "Colleague", useapitest.WithScript(usual()))
	if err != nil {
		return nil, err
	}
	p := &playground{world: w}
	moderators := w.studio.AddRole("Moderators", discordtest.ManageMessages|discordtest.ManageGuild|discordtest.ManageChannels)
	p.moderator = w.studio.AddMember("Moderator", discordtest.WithRoles(moderators))
	p.general = w.studio.AddChannel("general")
	p.backstage = w.studio.AddChannel("backstage", discordtest.Private(moderators, w.asker, w.discord.Bot()))
	p.elsewhere = w.discord.AddGuild("Elsewhere")
	p.lobby = p.elsewhere.AddChannel("lobby")
	p.stranger = p.elsewhere.AddMember("Stranger", discordtest.Owner())
	for _, m := range []*discordtest.Member{w.asker, w.colleague, p.moderator, p.stranger} {
		m.DM()
	}
	return p, nil
}

// cast says who is who, for the page's member switcher.
func (p *playground) cast() map[string]string {
	return map[string]string{
		p.asker.ID: "asks for seeds", p.colleague.ID: "works beside them", p.moderator.ID: "may manage the server", p.stranger.ID: "on another server",
	}
}

// quick is a job that answers at once.
func quick() scene {
	return scene{job: func(*useapitest.JobOptions) []useapitest.Script { return []useapitest.Script{{}} }}
}

// open plays what has happened before the visitor came: people talk, Midjourney posts, and they ask the real bot.
func (p *playground) open(ctx context.Context, s *stage) error {
	p.moderator.Say(p.general, "Pictures live in "+mention(p.art)+". Please keep the chat here. :)")
	p.asker.Say(p.general, "Will do! ||The poster is nearly done, by the way.||")
	p.moderator.Say(p.backstage, "Print deadline is **Friday**. Anything that goes out has to be reproducible, so note where it came from:\n- the prompt\n- the parameters\n- and what the picture started from")
	p.stranger.Say(p.lobby, "Hello from another server. Nothing of the studio can be seen here.")

	p.asker.Say(p.art, "Morning! Two candidates for the poster, let's see which light works.")
	first, err := s.post(p.art, p.asker.User, quick())
	if err != nil {
		return err
	}
	if err := p.ready(ctx); err != nil {
		return err
	}
	card, err := settled(ctx, p.asker.UseOnMessage(p.art, menuCommand, first))
	if err != nil {
		return err
	}
	second, err := s.post(p.art, p.colleague.User, quick())
	if err != nil {
		return err
	}
	p.colleague.Say(p.art, "This one, "+p.asker.Mention()+". The haze is *exactly* right.", discordtest.ReplyTo(second))
	if _, err := settled(ctx, p.colleague.UseOnMessage(p.art, menuCommand, second)); err != nil {
		return err
	}
	if err := p.keep(ctx, card); err != nil {
		return err
	}
	p.asker.Say(p.art, "Agreed. One more, then I'm off for coffee:")
	_, err = s.post(p.art, p.asker.User, scenes()[0])
	return err
}

// menuCommand is how the people of the opening ask.
const menuCommand = "Get seed"

func mention(c *discordtest.Channel) string { return "<#" + c.ID + ">" }

// keep lets people do with a card what its buttons are for: one stars it, and one saves its recipe by the form.
func (p *playground) keep(ctx context.Context, card *discordtest.Message) error {
	if card == nil {
		return nil
	}
	if _, err := p.colleague.Press(card, "Star").Acknowledged(ctx); err != nil {
		return fmt.Errorf("star a card in the opening: %w", err)
	}
	form := p.asker.Press(card, "Save recipe")
	if _, err := form.Modal(ctx); err != nil {
		return fmt.Errorf("open the form in the opening: %w", err)
	}
	if _, err := form.Submit(map[string]any{"Name": "poster light", "Tags": "poster, hills"}).Answer(ctx); err != nil {
		return fmt.Errorf("send the form in the opening: %w", err)
	}
	return nil
}

// settled waits until an answer is there that is not worked on any more, and gives it; nil when the bot was too slow.
func settled(ctx context.Context, i *discordtest.Interaction) (*discordtest.Message, error) {
	m, err := i.Await(ctx, func(m *discordtest.Message) bool { return !m.Loading() && len(m.Attachments) > 0 && whole(m) })
	if errors.Is(err, discordtest.ErrNoAnswer) {
		return nil, nil // a slow machine; what was asked for still arrives
	}
	if err != nil {
		return nil, fmt.Errorf("wait for an answer of the opening: %w", err)
	}
	return m, nil
}
