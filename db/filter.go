package db

import "time"

// Filter narrows a list of cards down. Its zero value lets everything through.
type Filter struct {
	By      string    // the asker
	In      string    // the channel of the posted answer
	Since   time.Time // created then or later
	Version string    // as on the card
	Starred bool      // by anyone
	Tag     []string  // all of these
}

func (f Filter) isZero() bool {
	return f.By == "" && f.In == "" && f.Since.IsZero() && f.Version == "" && !f.Starred && len(f.Tag) == 0
}

// marks are those that a card needs to pass; Since is looked at apart. A tag that no card can have is an *InputError.
func (f Filter) marks() ([]string, error) {
	var marks []string
	for kind, value := range map[rune]string{markAsker: f.By, markChannel: f.In, markVersion: f.Version} {
		if value != "" {
			marks = append(marks, mark(kind, text(value)))
		}
	}
	if f.Starred {
		marks = append(marks, mark(markStarred, ""))
	}
	for _, t := range f.Tag {
		t, err := NormalTag(t)
		if err != nil {
			return nil, err
		}
		marks = append(marks, mark(markTag, t))
	}
	return marks, nil
}
