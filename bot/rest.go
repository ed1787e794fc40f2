package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// apiBase is where our own requests go: to the API version of discordgo, so that the bot speaks one. An edit lists all
// attachments, kept and new: version 10 demands that, and version 9 takes it.
const apiBase = discordOrigin + "/api/v9"

const (
	maxAnswer    = 4 << 20  // bytes of an answer that are read
	maxReason    = 500      // characters of Discord's words that an error repeats
	maxFailures  = 5        // tries of a request that Discord does not answer properly
	uploadFloor  = 50 << 10 // bytes a second that an upload is given time for
	answerTime   = 30 * time.Second
	longestPause = 5 * time.Second // between two tries
)

// userAgent follows Discord's rule for bots: "DiscordBot (url, version)".
const userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, v" + discordgo.VERSION + ")"

// repeat says what may be done when Discord's answer to a request got lost or was a 5xx.
type repeat int

const (
	never  repeat = iota // one try, no waiting either: what is sent is not worth it
	unsent               // again only when it surely never arrived: doing it twice would show
	always               // again: doing it twice is the same as once
)

// request is one call of Discord's REST API.
type request struct {
	method string
	path   string // below the API base
	secret string // part of path that no text may show
	bot    bool   // send the bot token; interaction routes carry their own
	body   *body
	repeat repeat
	// settled is the code of a refusal which, after a lost answer, says that the lost try had worked.
	settled int
	// timeout bounds one try; 0 leaves time in proportion to the body.
	timeout time.Duration
	// join is after how long without an answer a second try is made beside the first; 0 for never. For what may be
	// repeated always.
	join time.Duration
}

// route names the request in errors and logs, without secrets.
func (q request) route() string {
	path, _, _ := strings.Cut(q.path, "?")
	if q.secret != "" {
		path = strings.ReplaceAll(path, q.secret, "…")
	}
	return q.method + " " + path
}

// rest speaks Discord's REST API. Safe for concurrent use.
type rest struct {
	client *http.Client
	token  string
	limits *limits
	log    *slog.Logger

	firstPause time.Duration // before the second try; doubled from there
	banPause   time.Duration // after a refusal by Discord's edge that names no time
}

func newRest(transport http.RoundTripper, token string, log *slog.Logger) *rest {
	return &rest{
		client: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		token: token, limits: newLimits(), log: log,
		firstPause: 250 * time.Millisecond, banPause: 10 * time.Second,
	}
}

// answer is what came back, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends the request until Discord has decided on it, and returns the body of its answer. Waits end with ctx.
func (c *rest) do(ctx context.Context, q request) ([]byte, error) {
	lane := c.lane(q)
	failures, bans, lost := 0, 0, false
	for {
		if err := c.limits.wait(ctx, lane); err != nil {
			return nil, fmt.Errorf("%s: %w", q.route(), err)
		}
		a, beside, err := c.once(ctx, q)
		lost = lost || beside
		if err == nil {
			c.limits.observe(lane, a.header)
			err = q.refusal(a)
		}
		var refused *APIError
		errors.As(err, &refused)
		switch {
		case err == nil:
			return a.body, nil
		case refused != nil && refused.Status == http.StatusTooManyRequests:
			if bans = c.slowDown(lane, a, bans); q.repeat != never {
				continue
			}
			return nil, err
		case refused != nil && lost && refused.Code != 0 && refused.Code == q.settled:
			return nil, nil
		case refused != nil && refused.Status < http.StatusInternalServerError:
			return nil, err
		}

		// No answer, or one that decides nothing.
		lost = lost || arrived(err)
		var file *fileError
		failures++
		if ctx.Err() != nil || errors.As(err, &file) || failures >= maxFailures ||
			q.repeat == never || (q.repeat == unsent && arrived(err)) {
			return nil, err
		}
		d := backoff(failures-1, c.firstPause, longestPause)
		c.log.Debug("discord did not answer, trying again", "route", q.route(), "in", d, "err", err)
		if waitErr := pause(ctx, d); waitErr != nil {
			return nil, errors.Join(err, waitErr)
		}
	}
}

// try sends the request once. Its errors name the route and no secret.
func (c *rest) try(ctx context.Context, q request) (answer, error) {
	limit := q.timeout
	if limit == 0 {
		limit = answerTime
		if q.body != nil {
			limit += time.Duration(q.body.length/uploadFloor) * time.Second
		}
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	req, err := http.NewRequestWithContext(ctx, q.method, apiBase+q.path, nil)
	if err != nil {
		return answer{}, fmt.Errorf("%s: request cannot be built", q.route()) // its error would hold the address
	}
	if q.body != nil {
		req.Body = q.body.open()
		req.GetBody = func() (io.ReadCloser, error) { return q.body.open(), nil }
		req.ContentLength = q.body.length
		req.Header.Set("Content-Type", q.body.contentType)
	}
	req.Header.Set("User-Agent", userAgent)
	if q.bot {
		req.Header.Set("Authorization", "Bot "+c.token)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		if addressed, ok := errors.AsType[*url.Error](err); ok {
			err = addressed.Err
		}
		return answer{}, fmt.Errorf("%s: %w", q.route(), err)
	}
	defer func() { _ = resp.Body.Close() }()
	a := answer{status: resp.StatusCode, header: resp.Header}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil && (a.status < 200 || a.status > 299) {
		return answer{}, fmt.Errorf("%s: read the answer: %w", q.route(), err)
	}
	// A cut 2xx is still a 2xx: Discord has done it.
	return a, nil
}

// refusal is the error that an answer stands for, nil for a 2xx.
func (q request) refusal(a answer) error {
	if a.status >= 200 && a.status <= 299 {
		return nil
	}
	e := &APIError{Status: a.status, Route: q.route(), bot: q.bot}
	var wire struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"`
	}
	if err := json.Unmarshal(a.body, &wire); err != nil {
		e.Message = http.StatusText(a.status)
		return e
	}
	e.Code, e.Message = wire.Code, wire.Message
	if len(wire.Errors) > 0 {
		e.Message += " " + string(wire.Errors)
	}
	if q.secret != "" {
		e.Message = strings.ReplaceAll(e.Message, q.secret, "…")
	}
	e.Message = cut(e.Message, maxReason)
	return e
}

// slowDown heeds a 429: it closes the lane, or everything when the limit is the bot's own or the refusal came from
// Discord's edge (no JSON), which counts by address. It returns how many refusals of the edge there were in a row.
func (c *rest) slowDown(lane uint64, a answer, bans int) int {
	const floor = 50 * time.Millisecond
	var wire struct {
		RetryAfter *float64 `json:"retry_after"`
		Global     bool     `json:"global"`
	}
	isJSON := utf8.Valid(a.body) && json.Unmarshal(a.body, &wire) == nil
	d, known := seconds(a.header.Get("Retry-After"))
	if !known && wire.RetryAfter != nil {
		d, known = time.Duration(*wire.RetryAfter*float64(time.Second)), true
	}
	if !known {
		d = backoff(bans, c.banPause, time.Minute)
	}
	d = max(d, floor)
	switch {
	case !isJSON:
		c.log.Warn("discord's edge refuses all requests for a while", "wait", d)
		c.limits.blockAll(d)
		return bans + 1
	case wire.Global || a.header.Get("X-RateLimit-Global") != "":
		c.log.Warn("discord's global rate limit is reached", "wait", d)
		c.limits.blockAll(d)
	default:
		c.limits.block(lane, d)
	}
	return bans
}

// arrived tells whether a request that failed may have reached Discord.
func arrived(err error) bool {
	var op *net.OpError
	return !errors.As(err, &op) || op.Op != "dial"
}

// lane is the rate limit that a request falls under: its route with everything in it, so that every ask has its own.
func (c *rest) lane(q request) uint64 {
	path, _, _ := strings.Cut(q.path, "?")
	return c.limits.lane(q.method + " " + path)
}
