package retrieval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

// delivered is one call of the desk.
type deliveredOutcome struct {
	ask Ask
	Outcome
}

// fakeDesk takes everything and remembers it.
type fakeDesk struct {
	mu       sync.Mutex
	progress map[string][]Progress
	outcomes []deliveredOutcome
	founds   []foundCards
	files    [][][]byte // what was in the pictures' files, by delivery
	fail     []error    // what the next deliveries answer
	away     bool       // all fail
	failed   int        // because of that
	news     chan struct{}
	fresh    map[int]string
	sees     map[string]bool // the channels that every asker sees; nil for all
	// unreadable says that what is delivered cannot be read again.
	unreadable bool
	left       string // the message that deliveries leave behind
	forwards   []Delivered
	forwarding func(ctx context.Context, n int) error // what the nth call of Forward does, from 0; nil for nothing
}

func newFakeDesk() *fakeDesk {
	return &fakeDesk{progress: map[string][]Progress{}, news: make(chan struct{}, 1000)}
}

func (d *fakeDesk) Progress(a Ask, p Progress) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.progress[a.ID] = append(d.progress[a.ID], p)
	d.tell()
}

func (d *fakeDesk) tell() {
	select {
	case d.news <- struct{}{}:
	default:
	}
}

func (d *fakeDesk) Sees(_ context.Context, _ Ask, channels []string) bool {
	return d.sees == nil || slices.ContainsFunc(channels, func(channel string) bool { return d.sees[channel] })
}

func (d *fakeDesk) Deliver(_ context.Context, a Ask, o Outcome) (Delivered, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.tell()
	if d.away {
		d.failed++
		return Delivered{}, errors.New("discord is away")
	}
	if len(d.fail) > 0 {
		err := d.fail[0]
		d.fail = d.fail[1:]
		if err != nil {
			return Delivered{}, err
		}
	}
	d.outcomes = append(d.outcomes, deliveredOutcome{a, o})
	var files [][]byte
	for _, p := range o.Pictures {
		if p.Missing == "" {
			file, err := os.ReadFile(p.Path)
			if err != nil {
				return Delivered{}, err
			}
			files = append(files, file)
		}
	}
	d.files = append(d.files, files)
	posted := Delivered{Channel: a.Channel, Message: "9" + a.ID, Left: d.left}
	if d.unreadable {
		posted.Message = ""
	}
	for _, p := range o.Pictures {
		if p.Missing == "" {
			posted.Images = append(posted.Images, PostedFile{Position: p.Position, Attachment: fmt.Sprint(p.Position), Name: "seed.png"})
		}
	}
	return posted, nil
}

// foundCards is one call of Found.
type foundCards struct {
	Look
	cards  []int64
	unread bool
}

// Found takes the first card where the very file is its.
func (d *fakeDesk) Found(_ context.Context, l Look, matches []Match, unread bool) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.tell()
	if d.away {
		d.failed++
		return 0, errors.New("discord is away")
	}
	found := foundCards{Look: l, unread: unread}
	for _, m := range matches {
		found.cards = append(found.cards, m.Card.Number)
	}
	d.founds = append(d.founds, found)
	if len(matches) > 0 && matches[0].How == ByFile {
		return matches[0].Card.Number, nil
	}
	return 0, nil
}

func (d *fakeDesk) Forward(ctx context.Context, _ Ask, to Delivered) error {
	d.mu.Lock()
	n, do := len(d.forwards), d.forwarding
	d.forwards = append(d.forwards, to)
	d.tell()
	d.mu.Unlock()
	if do == nil {
		return nil
	}
	return do(ctx, n)
}

func (d *fakeDesk) Fresh(context.Context, db.Card) (map[int]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fresh, nil
}

// await returns when done holds for what the desk has seen.
func (d *fakeDesk) await(t *testing.T, what string, done func() bool) {
	t.Helper()
	late := time.NewTimer(60 * time.Second)
	defer late.Stop()
	for {
		d.mu.Lock()
		ok := done()
		d.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-d.news:
		case <-late.C:
			require.FailNow(t, "waited in vain for "+what)
		}
	}
}

// outcomesOf waits until n outcomes were delivered.
func (d *fakeDesk) wait(t *testing.T, n int) []deliveredOutcome {
	t.Helper()
	d.await(t, fmt.Sprintf("%d answers", n), func() bool { return len(d.outcomes) >= n })
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]deliveredOutcome(nil), d.outcomes...)
}

// answerTo waits for what was delivered to an ask.
func (d *fakeDesk) answerTo(t *testing.T, a Ask) (got deliveredOutcome) {
	t.Helper()
	d.await(t, "the answer to "+a.ID, func() bool {
		at := slices.IndexFunc(d.outcomes, func(o deliveredOutcome) bool { return o.ask.ID == a.ID })
		if at >= 0 {
			got = d.outcomes[at]
		}
		return at >= 0
	})
	return got
}
