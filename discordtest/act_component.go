package discordtest

import (
	"fmt"
	"slices"
)

// Press presses a button, named by its custom id or else by its label, on the
// message as it is now.
func (u *User) Press(m *Message, customIDOrLabel string) *Interaction {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	c, now, why := u.reach(m)
	if why != "" {
		return refused(u.s, KindComponent, "press %q: %s", customIDOrLabel, why)
	}
	b := now.Find(customIDOrLabel)
	if b == nil {
		b = now.Button(customIDOrLabel)
	}
	switch {
	case b == nil || num(b, "type") != typeButton:
		return refused(u.s, KindComponent, "press %q: there is no such button", customIDOrLabel)
	case flag(b, "disabled"):
		return refused(u.s, KindComponent, "press %q: the button is disabled", customIDOrLabel)
	case num(b, "style") == buttonLink || num(b, "style") == buttonPremium:
		return refused(u.s, KindComponent, "press %q: the button opens a page", customIDOrLabel)
	}
	data := obj{"component_type": typeButton, "custom_id": str(b, "custom_id"), "id": num(b, "id")}
	return u.s.invoke(&Interaction{kind: KindComponent, user: u, channel: c, source: now.ID, name: str(b, "custom_id")}, data)
}

// Choose picks values in a select menu: option values, or ids where the menu
// offers users, roles or channels.
func (u *User) Choose(m *Message, customID string, values ...string) *Interaction {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	c, now, why := u.reach(m)
	if why != "" {
		return refused(u.s, KindComponent, "choose in %q: %s", customID, why)
	}
	menu := now.Find(customID)
	switch {
	case menu == nil || !isSelect(num(menu, "type")):
		return refused(u.s, KindComponent, "choose in %q: there is no such menu", customID)
	case flag(menu, "disabled"):
		return refused(u.s, KindComponent, "choose in %q: the menu is disabled", customID)
	}
	r := newResolved(u.s, c)
	if err := u.s.pick(menu, values, r, u); err != nil {
		return refused(u.s, KindComponent, "choose in %q: %w", customID, err)
	}
	data := obj{"component_type": num(menu, "type"), "custom_id": customID, "id": num(menu, "id"), "values": slices.Clone(values)}
	r.into(data)
	return u.s.invoke(&Interaction{kind: KindComponent, user: u, channel: c, source: now.ID, name: customID}, data)
}

// Forge presses a component that the message need not have, as a modified client
// does, or a click on what the message showed before. With values it is a choice
// in a menu, else a button.
func (u *User) Forge(m *Message, customID string, values ...string) *Interaction {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	c, now, why := u.reach(m)
	if why != "" {
		return refused(u.s, KindComponent, "forge %q: %s", customID, why)
	}
	data := obj{"component_type": typeButton, "custom_id": customID}
	if len(values) > 0 {
		data["component_type"], data["values"] = typeStringSelect, slices.Clone(values)
	}
	return u.s.invoke(&Interaction{kind: KindComponent, user: u, channel: c, source: now.ID, name: customID}, data)
}

// reach is the message as it is now, and why the user cannot act on it.
func (u *User) reach(m *Message) (*Channel, *Message, string) {
	if m == nil {
		return nil, nil, "there is no message"
	}
	c, now := u.s.find(m)
	switch {
	case now == nil:
		return nil, nil, "the message is gone"
	case u.Bot:
		return nil, nil, "bots cannot use components"
	case !u.s.permissions(u, c).Has(ViewChannel) || now.Viewer != "" && now.Viewer != u.ID:
		return nil, nil, "the message is not visible to this user"
	case now.Author != u.s.app:
		return nil, nil, "the component belongs to another application"
	}
	return c, now, ""
}

// pick checks the values chosen in a select menu and resolves what they name.
func (s *Server) pick(menu obj, values []string, r *resolved, viewer *User) error {
	low, high := 1, 1
	if n, ok := integer(menu, "min_values"); ok {
		low = n
	}
	if n, ok := integer(menu, "max_values"); ok {
		high = n
	}
	if menu["required"] == false {
		low = 0
	}
	if len(values) < low || len(values) > high {
		return fmt.Errorf("%d values are chosen, between %d and %d may be", len(values), low, high)
	}
	for n, v := range values {
		if slices.Contains(values[:n], v) {
			return fmt.Errorf("%q is chosen twice", v)
		}
		if !s.resolvePick(menu, v, r, viewer) {
			return fmt.Errorf("%q is not offered", v)
		}
	}
	return nil
}

func (s *Server) resolvePick(menu obj, v string, r *resolved, viewer *User) bool {
	kind := num(menu, "type")
	if kind == typeStringSelect {
		return slices.ContainsFunc(objects(list(menu, "options")), func(o obj) bool { return str(o, "value") == v })
	}
	if u := s.users[v]; u != nil && (kind == typeUserSelect || kind == typeMentionableSelect) {
		r.user(u)
		return true
	}
	g := r.in.guild
	if g == nil {
		return false
	}
	if kind == typeRoleSelect || kind == typeMentionableSelect {
		n := slices.IndexFunc(g.roles, func(role *Role) bool { return role.ID == v })
		if n >= 0 {
			r.role(g.roles[n])
		}
		return n >= 0
	}
	if c := s.channels[v]; kind == typeChannelSelect && c != nil && c.guild == g {
		types := list(menu, "channel_types")
		if len(types) > 0 && !slices.ContainsFunc(types, func(t any) bool { n, _ := wholeNumber(t); return n == c.Type }) {
			return false
		}
		r.channel(c, viewer)
		return true
	}
	return false
}
