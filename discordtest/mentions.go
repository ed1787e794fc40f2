package discordtest

import (
	"regexp"
	"slices"
)

// Message types.
const (
	messagePlain       = 0
	messageReply       = 19
	messageSlashAnswer = 20
	messageMenuAnswer  = 23
)

// mentionPolicy is what may ping, by allowed_mentions (Discord's "Allowed
// Mentions Object").
type mentionPolicy struct {
	users, roles, everyone, replied bool
	onlyUsers, onlyRoles            []string // these only, when users or roles is false
}

func (p mentionPolicy) user(id string) bool { return p.users || slices.Contains(p.onlyUsers, id) }
func (p mentionPolicy) role(id string) bool { return p.roles || slices.Contains(p.onlyRoles, id) }

// readMentions reads allowed_mentions; without them all that is written pings.
func readMentions(f *form, body obj) mentionPolicy {
	o := child(body, "allowed_mentions")
	if o == nil {
		if body["allowed_mentions"] != nil {
			f.add("allowed_mentions", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
		}
		return mentionPolicy{users: true, roles: true, everyone: true, replied: true}
	}
	p := mentionPolicy{replied: flag(o, "replied_user")}
	for n, v := range list(o, "parse") {
		switch v {
		case "users":
			p.users = true
		case "roles":
			p.roles = true
		case "everyone":
			p.everyone = true
		default:
			f.add(join("allowed_mentions.parse", n), "BASE_TYPE_CHOICES", "Value must be one of ('users', 'everyone', 'roles').")
		}
	}
	p.onlyUsers = mentionIDs(f, o, "users", p.users)
	p.onlyRoles = mentionIDs(f, o, "roles", p.roles)
	return p
}

func mentionIDs(f *form, o obj, key string, parsed bool) []string {
	given, path := list(o, key), join("allowed_mentions", key)
	if len(given) > 0 && parsed {
		f.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:[%q] and %s: [ids...] are mutually exclusive.", key, key)
	}
	if len(given) > 100 {
		f.add(path, "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
	}
	var ids []string
	for n, v := range given {
		id, ok := v.(string)
		if !ok || !isSnowflake(id) {
			f.add(join(path, n), "NUMBER_TYPE_COERCE", "Value %q is not snowflake.", v)
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

var (
	userMention     = regexp.MustCompile(`<@!?(\d{1,20})>`)
	roleMention     = regexp.MustCompile(`<@&(\d{1,20})>`)
	everyoneMention = regexp.MustCompile(`@(everyone|here)\b`)
)

// ping finds who the message rings for: what its words mention, the policy lets
// through and the author has the right to. Embeds never ping. The caller holds s.mu.
func (m *Message) ping(c *Channel, p mentionPolicy, repliedTo *Message) {
	m.mentioned, m.RolePings, m.Everyone = nil, nil, false
	words := Message{Content: m.Content, Components: m.Components}
	text := words.Text()
	add := func(u *User) {
		if u != nil && !slices.Contains(m.mentioned, u) {
			m.mentioned = append(m.mentioned, u)
		}
	}
	if repliedTo != nil && p.replied {
		add(repliedTo.Author)
	}
	for _, hit := range userMention.FindAllStringSubmatch(text, -1) {
		if p.user(hit[1]) {
			add(c.s.users[hit[1]])
		}
	}
	if c.guild == nil || !c.s.permissions(m.Author, c).Has(MentionEveryone) {
		return
	}
	m.Everyone = p.everyone && everyoneMention.MatchString(text)
	for _, hit := range roleMention.FindAllStringSubmatch(text, -1) {
		known := slices.ContainsFunc(c.guild.roles, func(r *Role) bool { return r.ID == hit[1] })
		if known && p.role(hit[1]) && !slices.Contains(m.RolePings, hit[1]) {
			m.RolePings = append(m.RolePings, hit[1])
		}
	}
}
