package discordtest

import (
	"fmt"
	"hash/fnv"
	"math"
	"net/http"
	"strconv"
	"time"
)

// The limits of messages and their parts (Discord's message, component and
// interaction documents).
const (
	maxContent          = 2000
	maxEmbeds           = 10
	maxEmbedTexts       = 6000
	maxAttachments      = 10
	maxAltText          = 1024
	maxComponents       = 40
	maxComponentTexts   = 4000
	maxCustomID         = 100
	defaultFileLimit    = 10 << 20
	defaultRequestLimit = 25 << 20
	ackWindow           = 3 * time.Second
	tokenLife           = 15 * time.Minute
	nonceLife           = 5 * time.Minute
)

// bucket is one fixed window of a rate limit.
type bucket struct {
	rate  Rate
	used  int
	reset time.Time
}

// take uses one request of the window and tells whether it was allowed.
func (b *bucket) take(now time.Time) bool {
	if !now.Before(b.reset) {
		b.used, b.reset = 0, now.Add(b.rate.Window)
	}
	if b.used >= b.rate.Limit {
		return false
	}
	b.used++
	return true
}

// tooMany is one 429 answer.
type tooMany struct {
	after  time.Duration
	global bool
	scope  string // user, global or shared
	html   bool   // Cloudflare's own page, no JSON
}

// limit applies the budgets of a route. The caller holds s.mu.
func (s *Server) limit(c *call, rt route) *tooMany {
	now := s.now()
	if rt.auth == authBot && s.cfg.globalRate.Limit > 0 {
		if b := s.bucket("global", s.cfg.globalRate); !b.take(now) {
			return &tooMany{after: b.reset.Sub(now), global: true, scope: "global"}
		}
	}
	key, rate := s.budget(c, rt)
	if rate.Limit == 0 {
		return nil
	}
	b := s.bucket(key, rate)
	allowed := b.take(now)
	c.rec.Bucket = bucketHash(key)
	left := b.reset.Sub(now)
	c.headers.Set("X-RateLimit-Limit", strconv.Itoa(rate.Limit))
	c.headers.Set("X-RateLimit-Remaining", strconv.Itoa(rate.Limit-b.used))
	c.headers.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(b.reset.UnixMilli())/1000, 'f', 3, 64))
	c.headers.Set("X-RateLimit-Reset-After", seconds(left))
	c.headers.Set("X-RateLimit-Bucket", c.rec.Bucket)
	if !allowed {
		return &tooMany{after: left, scope: "user"}
	}
	return nil
}

// budget names the bucket of a request: one a route and major parameter (a
// channel, a guild, a webhook with its token).
func (s *Server) budget(c *call, rt route) (string, Rate) {
	if token := c.r.PathValue("token"); token != "" {
		return "webhook " + token, s.cfg.webhookRate
	}
	major := c.r.PathValue("channel") + c.r.PathValue("guild")
	if rt.method != http.MethodGet && c.r.PathValue("channel") != "" {
		return rt.method + rt.pattern + major, s.cfg.channelRate
	}
	return rt.method + rt.pattern + major, s.cfg.routeRate
}

func (s *Server) bucket(key string, rate Rate) *bucket {
	b := s.buckets[key]
	if b == nil {
		b = &bucket{rate: rate}
		s.buckets[key] = b
	}
	return b
}

// bucketHash is an opaque name, as Discord gives.
func bucketHash(key string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash takes everything
	return fmt.Sprintf("%016x", h.Sum64())
}

func seconds(d time.Duration) string {
	return strconv.FormatFloat(math.Max(0, d.Seconds()), 'f', 3, 64)
}

// write answers 429 as Discord does, or as the proxy before it.
func (t *tooMany) write(w http.ResponseWriter, headers http.Header) {
	whole := strconv.Itoa(int(math.Ceil(t.after.Seconds())))
	if t.html {
		w.Header().Set("Retry-After", whole)
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		w.Header().Set("Server", "cloudflare")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = w.Write([]byte("<!doctype html><title>Access denied | discord.com used Cloudflare to restrict access</title><h1>Error 1015</h1><p>You are being rate limited</p>"))
		return
	}
	headers.Set("Retry-After", whole)
	headers.Set("X-RateLimit-Scope", t.scope)
	if t.global {
		headers.Set("X-RateLimit-Global", "true")
	}
	writeAnswer(w, headers, http.StatusTooManyRequests, rawJSON(obj{
		"message": "You are being rate limited.", "retry_after": math.Round(t.after.Seconds()*1000) / 1000, "global": t.global, "code": 0,
	}))
}
