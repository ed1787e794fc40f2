package discordtest

import "time"

// Option changes one setting of a new Server.
type Option func(*settings)

type settings struct {
	addr           string
	token          string
	appName        string
	messageContent bool
	presences      bool
	members        bool
	heartbeat      time.Duration
	webhookRate    Rate
	globalRate     Rate
	channelRate    Rate
	routeRate      Rate
	compressEvery  int
	linkLife       time.Duration
	attachmentMax  int64
	failOn         Failer
	keepSecrets    bool
}

// Failer is the part of *testing.T that FailOn needs.
type Failer interface {
	Errorf(format string, args ...any)
	Helper()
}

// Rate is a budget of n requests in a window. A zero Rate means no limit.
type Rate struct {
	Limit  int
	Window time.Duration
}

func defaults() settings {
	return settings{
		addr:          "127.0.0.1:0",
		appName:       "Test Bot",
		heartbeat:     41250 * time.Millisecond,
		webhookRate:   Rate{5, 2 * time.Second},
		globalRate:    Rate{50, time.Second},
		channelRate:   Rate{5, 5 * time.Second},
		routeRate:     Rate{50, time.Second},
		compressEvery: 2,
		linkLife:      24 * time.Hour,
		attachmentMax: defaultFileLimit,
	}
}

// WithAddr sets the listening address; the default is a free port of 127.0.0.1.
func WithAddr(addr string) Option { return func(c *settings) { c.addr = addr } }

// WithToken sets the bot token; the default is a random one, see Server.Token.
func WithToken(token string) Option { return func(c *settings) { c.token = token } }

// WithAppName sets the name of the application and of its bot user.
func WithAppName(name string) Option { return func(c *settings) { c.appName = name } }

// WithMessageContentIntent grants the application the privileged intent that
// lets it read other people's messages.
func WithMessageContentIntent() Option { return func(c *settings) { c.messageContent = true } }

// WithMembersIntent grants the privileged GUILD_MEMBERS intent.
func WithMembersIntent() Option { return func(c *settings) { c.members = true } }

// WithPresencesIntent grants the privileged GUILD_PRESENCES intent.
func WithPresencesIntent() Option { return func(c *settings) { c.presences = true } }

// WithHeartbeat sets the interval that hello asks for; Discord's is 41.25 s. A
// client silent for two intervals is closed with 4009.
func WithHeartbeat(every time.Duration) Option { return func(c *settings) { c.heartbeat = every } }

// WithWebhookRate sets the budget of each interaction token's routes; the default
// is 5 in 2 s, which is what is observed, not documented. A zero Rate lifts it.
func WithWebhookRate(r Rate) Option { return func(c *settings) { c.webhookRate = r } }

// WithChannelRate sets the budget of writing to one channel (default 5 in 5 s).
func WithChannelRate(r Rate) Option { return func(c *settings) { c.channelRate = r } }

// WithRouteRate sets the budget of each other route (default 50 in 1 s).
func WithRouteRate(r Rate) Option { return func(c *settings) { c.routeRate = r } }

// WithGlobalRate sets the budget of all requests with the bot token together
// (default 50 in 1 s; interaction routes do not count, as Discord documents).
func WithGlobalRate(r Rate) Option { return func(c *settings) { c.globalRate = r } }

// WithCompression sends every nth event as a zlib frame to clients whose
// identify asked for compress (default 2: every second one; 0: none).
func WithCompression(every int) Option { return func(c *settings) { c.compressEvery = every } }

// WithLinkLife sets how long a signed CDN link lives (default 24 h).
func WithLinkLife(d time.Duration) Option { return func(c *settings) { c.linkLife = d } }

// WithAttachmentLimit sets attachment_size_limit, in bytes a file, of new
// interactions (default 10 MiB; a boosted server has more). Above the default
// the 25 MiB sum of one request is lifted too.
func WithAttachmentLimit(bytes int64) Option { return func(c *settings) { c.attachmentMax = bytes } }

// WithSecrets leaves tokens readable in Requests; by default they are masked.
func WithSecrets() Option { return func(c *settings) { c.keepSecrets = true } }

// FailOn makes each violation fail t at once. Close the server before t ends.
func FailOn(t Failer) Option { return func(c *settings) { c.failOn = t } }
