package discordtest

import (
	"encoding/base64"
	"fmt"
	"time"
)

// phase is how far the answer to an interaction is.
type phase string

const (
	phaseWaiting  phase = "waiting"
	phaseAnswered phase = "answered"
	phaseFailed   phase = "failed" // the user was told that the application did not respond
)

// Interaction is one call of a user, seen from the user's side. All methods are
// safe for concurrent use.
type Interaction struct {
	s       *Server
	id      string
	token   string
	kind    Kind
	user    *User
	channel *Channel
	command *Command     // of commands and autocomplete
	name    string       // of the command with its subcommands
	focused int          // autocomplete: type of the option being typed
	source  string       // id of the message with the component; "" for none
	opener  *Interaction // of a modal: what it answered
	created time.Time
	err     error // the client's refusal; all below is empty then

	phase     phase
	over      bool // the token was ended before its time
	callback  int
	filled    bool // a deferred answer is no longer "thinking…"
	original  string
	modal     *ModalView
	choices   []Choice
	followUps []string
	history   []*Message
	timer     *time.Timer
}

// ID is the interaction's id, "" when the client refused.
func (i *Interaction) ID() string { return i.id }

// Kind says what the user did.
func (i *Interaction) Kind() Kind { return i.kind }

// Err is why Discord's client would not have let the user do this (it is an
// ErrRefusedByClient); nil when the application was called.
func (i *Interaction) Err() error { return i.err }

// InteractionView is an interaction as plain data.
type InteractionView struct {
	ID        string     `json:"id"`
	Kind      Kind       `json:"kind"`
	Name      string     `json:"name,omitempty"` // of the command with its subcommands
	User      string     `json:"user"`
	Guild     string     `json:"guild,omitempty"`
	Channel   string     `json:"channel"`
	Source    string     `json:"source,omitempty"` // id of the message with the component
	Phase     string     `json:"phase"`            // waiting, answered or failed
	Original  string     `json:"original,omitempty"`
	FollowUps []string   `json:"follow_ups,omitempty"`
	Modal     *ModalView `json:"modal,omitempty"`
	Choices   []Choice   `json:"choices,omitempty"`
	Refusal   string     `json:"refusal,omitempty"` // why the client refused
}

// View is the interaction as it stands now.
func (i *Interaction) View() InteractionView {
	if i.err != nil {
		return InteractionView{Kind: i.kind, Phase: string(phaseFailed), Refusal: i.err.Error()}
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return InteractionView{
		ID: i.id, Kind: i.kind, Name: i.name, User: i.user.ID, Guild: i.channel.guildID(), Channel: i.channel.ID, Source: i.source,
		Phase: string(i.phase), Original: i.original, FollowUps: append([]string(nil), i.followUps...), Modal: i.modal, Choices: i.choices,
	}
}

// Interaction returns the interaction with this id, nil for none: Change names
// interactions by id.
func (s *Server) Interaction(id string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.interactions[id]
}

// Interactions returns all interactions so far, oldest first.
func (s *Server) Interactions() []*Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sortedByID(s.interactions)
}

// refused is an interaction that never was.
func refused(s *Server, kind Kind, format string, args ...any) *Interaction {
	return &Interaction{s: s, kind: kind, phase: phaseFailed, err: fmt.Errorf("%w: "+format, append([]any{ErrRefusedByClient}, args...)...)}
}

// invoke sends a prepared interaction to the application. The caller holds s.mu.
func (s *Server) invoke(i *Interaction, data obj) *Interaction {
	i.s, i.id, i.created, i.phase = s, s.newID(), s.now(), phaseWaiting
	// Discord's tokens are long and look like this; some clients have limits of their own for them.
	i.token = base64.RawURLEncoding.EncodeToString([]byte("interaction:"+i.id+":")) + randomText(120)
	s.interactions[i.id], s.tokens[i.token] = i, i
	i.arm(ackWindow)
	i.changed()
	event := i.event(data)
	s.gw.dispatchAll(i.channel.guildID(), 0, "INTERACTION_CREATE", func(*session) any { return event })
	return i
}

func (i *Interaction) changed() {
	i.s.changed(Change{Kind: InteractionChanged, Guild: i.channel.guildID(), Channel: i.channel.ID, Interaction: i.id})
}

// arm looks at the interaction's age again after d.
func (i *Interaction) arm(d time.Duration) {
	i.stopTimer()
	i.timer = time.AfterFunc(d, func() {
		i.s.mu.Lock()
		defer i.s.mu.Unlock()
		if !i.s.closed {
			i.expire()
		}
	})
}

func (i *Interaction) stopTimer() {
	if i.timer != nil {
		i.timer.Stop()
	}
}

// expire fails what is too old. The caller holds s.mu.
func (i *Interaction) expire() {
	if i.tooLate() || i.thinking() && i.tokenOver() {
		i.phase = phaseFailed
		i.stopTimer()
		i.changed()
	}
}

// tooLate tells whether the first answer did not come in time.
func (i *Interaction) tooLate() bool {
	return i.phase == phaseWaiting && (i.over || i.s.now().Sub(i.created) >= ackWindow)
}

func (i *Interaction) tokenOver() bool { return i.over || i.s.now().Sub(i.created) >= tokenLife }

// thinking tells whether a deferred answer still waits to be filled.
func (i *Interaction) thinking() bool {
	return i.phase == phaseAnswered && i.callback == callbackDefer && !i.filled
}

// Expire ends the token of one interaction as if its fifteen minutes were over,
// or, unanswered, its three seconds.
func (s *Server) Expire(i *Interaction) {
	if i.err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i.over = true
	i.expire()
	s.wakeAll()
}

// settle notes the first answer. The caller holds s.mu.
func (i *Interaction) settle(callback int) {
	i.phase, i.callback = phaseAnswered, callback
	if callback == callbackDefer {
		i.arm(tokenLife - i.s.now().Sub(i.created))
	} else {
		i.stopTimer()
	}
}

// follow makes a message the original response, whose states History keeps.
func (i *Interaction) follow(message *Message) {
	i.original = message.ID
	i.s.answers[message.ID] = append(i.s.answers[message.ID], i)
}
