package bot

import "time"

// Hurry gives a bot the times of a test: what takes a minute against Discord takes moments.
func Hurry(b *Bot) {
	b.gateway.time.attempt = 1500 * time.Millisecond
	b.gateway.time.silence = 2500 * time.Millisecond
	b.gateway.time.first = 10 * time.Millisecond
	b.gateway.time.slowest = 50 * time.Millisecond
	b.rest.firstPause = 10 * time.Millisecond
}
