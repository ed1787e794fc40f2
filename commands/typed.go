package commands

import (
	"slices"
	"strings"
	"sync"
	"time"

	"seedbank/bot"
)

// Bounds of what is remembered of forms: it is kept in memory alone.
const (
	typedLife     = time.Hour
	mostTypedEach = 5 // of one member in one place
	maxTyped      = 8 << 20
)

// typed remembers what members typed into forms that came to nothing. Its zero value is ready; safe for concurrent use.
type typed struct {
	mu    sync.Mutex
	kept  map[typedKey]typing
	order []typedKey // oldest first
	size  int        // of all that is kept, in bytes
}

// typedKey is a form that a member sent, so that nobody else's is found by it.
type typedKey struct {
	memberKey
	sent string
}

func typedBy(i *bot.Interaction, sent string) typedKey {
	return typedKey{memberKey{i.Scope(), i.User.ID}, sent}
}

type typing struct {
	fields map[string]string // not changed afterwards
	on     *bot.Msg          // the message that the form was opened on; nil for none
	at     time.Time
}

func (t typing) size() int {
	n := 0
	for key, value := range t.fields {
		n += len(key) + len(value)
	}
	if t.on != nil {
		n += len(t.on.Components) + len(t.on.Content)
	}
	return n
}

// of is what was typed, as long as it is remembered.
func (t *typed) of(key typedKey, now time.Time) (typing, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	before, there := t.kept[key]
	return before, there && now.Sub(before.at) < typedLife
}

// remember keeps what was typed. What is too old goes, then the member's own oldest, then anybody's.
func (t *typed) remember(key typedKey, what typing, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil {
		t.kept = map[typedKey]typing{}
	}
	t.forget(key)
	what.at = now
	t.kept[key] = what
	t.order = append(t.order, key)
	t.size += what.size()
	for now.Sub(t.kept[t.order[0]].at) >= typedLife {
		t.forget(t.order[0])
	}
	var theirs []typedKey
	for _, one := range t.order {
		if one.memberKey == key.memberKey {
			theirs = append(theirs, one)
		}
	}
	if len(theirs) > mostTypedEach {
		t.forget(theirs[0])
	}
	for t.size > maxTyped {
		t.forget(t.order[0])
	}
}

func (t *typed) forget(key typedKey) {
	old, there := t.kept[key]
	if !there {
		return
	}
	t.size -= old.size()
	delete(t.kept, key)
	t.order = slices.DeleteFunc(t.order, func(one typedKey) bool { return one == key })
}

// refilled are a form's fields with what was typed into them. Files cannot be put into a form, so they are asked for again.
func refilled(fields []bot.Field, before map[string]string) []bot.Field {
	fields = slices.Clone(fields)
	for n := range fields {
		if value, was := before[fields[n].ID]; was {
			refill(&fields[n], value)
		}
	}
	return fields
}

// refill puts in what was typed, as far as the field can hold it: what was sent need not have come from the form as it
// was shown.
func refill(f *bot.Field, value string) {
	chosen := strings.Split(value, "\n")
	switch f.Input {
	case bot.TextInput:
		if !f.Long {
			value = strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
		}
		runes := []rune(value)
		runes = runes[:min(len(runes), maxFormText)]
		f.Value, f.Min = string(runes), min(f.Min, len(runes))
		if f.Max > 0 {
			f.Max = max(f.Max, len(runes))
		}
	case bot.CheckboxInput:
		f.Value = value
	case bot.UploadInput:
		if value != "" {
			f.Hint = hintFilesAgain
		}
	case bot.RadioInput, bot.MenuInput:
		offered := slices.DeleteFunc(chosen, func(one string) bool {
			return !slices.ContainsFunc(f.Choices, func(c bot.FieldChoice) bool { return c.Value == one })
		})
		if len(offered) > 0 {
			f.Chosen = offered[:min(len(offered), max(f.Max, 1))]
		}
	case bot.UserInput, bot.RoleInput, bot.ChannelInput:
		chosen = slices.DeleteFunc(chosen, func(one string) bool { return !snowflake.MatchString(one) })
		f.Chosen = chosen[:min(len(chosen), max(f.Max, 1))]
	}
}
