package prompt

import (
	"slices"
	"strconv"
	"strings"
)

// Comparison is two prompts side by side.
type Comparison struct {
	// Differences have the likely main reason for two different pictures first. Empty: the prompts ask for the same.
	Differences []Difference
	// Same are the subjects both have alike, in the order of their weight.
	Same []string
}

// Subjects of a comparison that are no parameters. All others are a Parameter.Name; "version" stands for every way to
// choose a model, "raw" for --style raw too.
const (
	SubjectWords  = "words"
	SubjectImages = "images"
)

// Effect says what a difference does to the picture.
type Effect int

const (
	NoEffect Effect = iota // how the job was run, not what it shows
	Shifts                 // the same composition may still be seen
	Replaces               // expect another picture
)

// Difference is one subject two prompts do not share.
type Difference struct {
	Subject string
	A, B    Side
	Effect  Effect
}

// Side is what one prompt says on a subject.
type Side struct {
	// Written tells whether the prompt has the subject at all; flags like --raw have it and no value.
	Written bool
	// Value is in the author's words. Of long words that differ in the middle it is only that middle.
	Value string
}

// Diff compares two prompts. Seeds live in cards more often than in prompts: compare Parse(p.WithSeed(n)) where they
// are to count. A version that is not written is not guessed here; see DefaultModel.
func Diff(a, b Prompt) Comparison {
	left, right := subjects(a), subjects(b)
	var c Comparison
	for _, name := range inOrder(left, right) {
		x, y := left[name], right[name]
		if x != nil && y != nil && slices.Equal(x.meanings, y.meanings) {
			c.Same = append(c.Same, name)
			continue
		}
		d := Difference{Subject: name, A: x.side(), B: y.side(), Effect: effect(name)}
		if name == SubjectWords {
			d.A.Value, d.B.Value = middles(d.A.Value, d.B.Value)
		}
		c.Differences = append(c.Differences, d)
	}
	return c
}

// said is what one prompt says on a subject: as written, and in the form that is compared.
type said struct {
	values, meanings []string
}

func (s *said) side() Side {
	if s == nil {
		return Side{}
	}
	return Side{Written: true, Value: trimSpace(strings.Join(s.values, " "))}
}

// subjects are what a prompt says, by subject.
func subjects(p Prompt) map[string]*said {
	all := make(map[string]*said)
	say := func(name, value, meaning string) {
		if all[name] == nil {
			all[name] = new(said)
		}
		all[name].values = append(all[name].values, value)
		all[name].meanings = append(all[name].meanings, meaning)
	}
	if text := squeeze(p.Text); text != "" {
		say(SubjectWords, text, text)
	}
	for _, image := range p.Images {
		say(SubjectImages, image, image)
	}
	if v := p.Version(); v != "" {
		say(nameVersion, v, v)
	}
	for _, parameter := range p.Parameters {
		switch {
		case parameter.model():
		case parameter.Name == nameStyle && strings.EqualFold(parameter.Value, nameRaw):
			say(nameRaw, "", "")
		default:
			say(parameter.Name, squeeze(parameter.Value), meaning(parameter))
		}
	}
	return all
}

// meaning brings values that mean the same into one form.
func meaning(parameter Parameter) string {
	_, k, _ := lookUp(parameter.Name)
	switch n, ok := parameter.Number(); {
	case k == ratio:
		return reduced(Prompt{Parameters: []Parameter{parameter}}.Aspect(), parameter.Value)
	case k == number && ok:
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	return squeeze(parameter.Value)
}

// reduced is "3:2" for "6:4"; other where the ratio is not one of whole numbers.
func reduced(aspect, other string) string {
	w, h, _ := strings.Cut(aspect, ":")
	width, errW := strconv.ParseUint(w, 10, 32)
	height, errH := strconv.ParseUint(h, 10, 32)
	if errW != nil || errH != nil || width == 0 || height == 0 {
		return squeeze(other)
	}
	x, y := width, height
	for y != 0 {
		x, y = y, x%y
	}
	return strconv.FormatUint(width/x, 10) + ":" + strconv.FormatUint(height/x, 10)
}

// middles are what is left of two texts without the words they begin and end with alike.
func middles(a, b string) (string, string) {
	x, y := strings.Split(a, " "), strings.Split(b, " ")
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return strings.Join(x, " "), strings.Join(y, " ")
}
