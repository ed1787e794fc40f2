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
// It knows nothing of any bot and of no Discord library. It does not play voice,
// OAuth2 logins, reactions, moderation or the HTTP way of receiving interactions.
package discordtest
