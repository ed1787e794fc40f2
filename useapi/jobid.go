package useapi

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Kind says what sort of job an id names.
type Kind int

// The kinds of job ids. That the letter after the digits tells them apart is not documented; 30 of 30 real jobs agree.
const (
	Other   Kind = iota // a v3 id with a letter nobody has explained
	Image               // imagine, blend and other jobs that make images
	Video               // videos have no seed
	Command             // seed, settings and such: no letter
	V2                  // an id of the former API, which this one does not know
)

// String gives the kind in lower case.
func (k Kind) String() string {
	switch k {
	case Image:
		return "image"
	case Video:
		return "video"
	case Command:
		return "command"
	case V2:
		return "v2"
	}
	return "other"
}

// JobID is the id of a job, such as j1023141520123456789i-u12345-c1234567890123456789-bot:midjourney, where the bot may
// be niji as well. The zero value is no id. JobIDs can be compared with ==.
type JobID struct {
	id, digits, user, channel string
	kind                      Kind
}

// Moment is when a job was asked for. A v3 id names no year; take Job.Created where the time matters.
type Moment struct {
	Month time.Month
	Day   int
	Time  time.Duration // since midnight UTC
}

const expected = "expected one like j1023141520123456789i-u12345-c1234567890123456789-bot:midjourney"

var (
	v3ID = regexp.MustCompile(`^` + v3Shape(`-`, `:`) + `$`)
	v2ID = regexp.MustCompile(`^` + v2Shape(`-`, `:`) + `$`)
	// In text a colon may be percent-encoded and markdown's characters escaped. Nothing is asked of what stands around
	// an id, which is long enough to be no accident: "%22", "\n" and "_" are letters to a word boundary.
	idInText = regexp.MustCompile(v3Shape(`\\?-`, `(?:\\?:|%3[Aa])`) + `|` + v2Shape(`\\?-`, `(?:\\?:|%3[Aa])`))
	// echoed is an id that the service itself gave, whatever its form: safe in a path and not of v2.
	echoed = regexp.MustCompile(`^j[0-9A-Za-z][0-9A-Za-z._:-]{0,198}$`)
)

func v3Shape(dash, colon string) string {
	return `j(\d{19})([a-z]?)` + dash + `u(\d{1,20})` + dash + `c(\d{17,20})` + dash + `bot` + colon + `(?:midjourney|niji)`
}

func v2Shape(dash, colon string) string {
	return `job` + colon + `(\d{17})` + dash + `user` + colon + `(\d{1,20})` + dash + `channel` + colon + `(\d{17,20})` +
		dash + `bot` + colon + `(?:midjourney|niji)`
}

// ParseJobID reads one job id, of v3 or v2, with nothing around it but spaces. Its error is ErrJobID.
func ParseJobID(s string) (JobID, error) {
	s = strings.TrimSpace(s)
	if m := v3ID.FindStringSubmatch(s); m != nil {
		return JobID{id: m[0], digits: m[1], kind: kindOf(m[2]), user: m[3], channel: m[4]}, nil
	}
	if m := v2ID.FindStringSubmatch(s); m != nil {
		return JobID{id: m[0], digits: m[1], kind: V2, user: m[2], channel: m[3]}, nil
	}
	if s == "" {
		return JobID{}, fmt.Errorf("%w: it is empty; %s", ErrJobID, expected)
	}
	return JobID{}, fmt.Errorf("%w: %q; %s", ErrJobID, cut(maskShape(line(cut(s, 200))), 100), expected)
}

func kindOf(letter string) Kind {
	switch letter {
	case "i":
		return Image
	case "v":
		return Video
	case "":
		return Command
	}
	return Other
}

// FindJobIDs finds the job ids in any text: a message, JSON, a URL. Each is given once, in the order of the text.
func FindJobIDs(text string) []JobID {
	var ids []JobID
	seen := map[JobID]bool{}
	for _, found := range idInText.FindAllString(text, -1) {
		id, err := ParseJobID(unescapeID.Replace(found))
		if err != nil || seen[id] {
			continue
		}
		seen[id] = true
		ids = append(ids, id)
	}
	return ids
}

var unescapeID = strings.NewReplacer(`%3A`, `:`, `%3a`, `:`, `\`, ``)

// String gives the id as the API wants it.
func (id JobID) String() string { return id.id }

// Kind says what sort of job the id names.
func (id JobID) Kind() Kind { return id.kind }

// User is the number of the useapi.net account, as in its token.
func (id JobID) User() string { return id.user }

// Channel is the Discord channel of the Midjourney account that ran the job.
func (id JobID) Channel() string { return id.channel }

// Moment reads month, day and time out of the id, all UTC; false if its digits are no date. The service takes the
// time a fraction of a second before it creates the job.
func (id JobID) Moment() (Moment, bool) {
	digits := id.digits
	if id.kind == V2 {
		digits = strings.TrimPrefix(digits, digits[:min(4, len(digits))]) // v2 puts the year in front
	}
	if len(digits) < 13 {
		return Moment{}, false
	}
	t, err := time.Parse("20060102150405", "2000"+digits[:10]) // a leap year: 29 February is a day
	millis, errMillis := strconv.Atoi(digits[10:13])
	if err != nil || errMillis != nil {
		return Moment{}, false
	}
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return Moment{t.Month(), t.Day(), t.Sub(midnight) + time.Duration(millis)*time.Millisecond}, true
}

// parent checks the id of a job whose seed is wanted: it must be of v3, since v3 does not know the jobs of v2.
func parent(s string) (JobID, error) {
	id, err := ParseJobID(s)
	if err == nil && id.kind == V2 {
		return JobID{}, fmt.Errorf("%w: %q is of API v2, whose jobs v3 does not know; %s", ErrJobID, id, expected)
	}
	return id, err
}

// known checks the id of a job that is to be read or stopped. Ids that the service gave pass whatever their form, so
// that a change of it does not lose a running job.
func known(s string) (string, error) {
	if id, err := ParseJobID(s); err == nil && id.kind != V2 {
		return id.id, nil
	}
	if echoed.MatchString(s) && !strings.HasPrefix(s, "job:") {
		return s, nil
	}
	_, err := parent(s)
	return "", err
}
