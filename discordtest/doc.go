// Package discordtest is a local Discord: the REST API, the gateway and the CDN
// of one bot application, on loopback, with members who can be made to act.
//
// It is for tests, demonstrations and playgrounds of bots, in any language: it
// speaks Discord's wire formats as its documentation describes them
// (https://docs.discord.com/developers), answers a request that breaks one of
// Discord's rules with Discord's error, records it as a [Violation], and lets a
// test script what a network does to a bot (lost answers, rate limits, dropped
// sockets, refused resumes).
//
//	s := discordtest.New(discordtest.FailOn(t))
//	defer s.Close()
//	garden := s.AddGuild("Garden")
//	general, asker := garden.AddChannel("general"), garden.AddMember("Asker")
//	// start the bot with s.Token() and s.URL() in the place of https://discord.com, then
//	asked := asker.Slash(general, "seed", discordtest.Options{"job": "last"})
//	answer, err := asked.Answer(ctx)
//	pressed := asker.Press(answer, "Copy seed")
//
// What Discord's client would not let a user do is the Err of an [Interaction];
// what Discord would not show a user is not in [Channel.Messages].
//
// It knows nothing of any bot and of no Discord library. It does not play voice,
// OAuth2 logins, reactions, polls, stickers, moderation, webhooks that are not of
// an interaction, or the HTTP way of receiving interactions.
package discordtest
