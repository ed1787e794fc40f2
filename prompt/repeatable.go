package prompt

import (
	"slices"
	"strings"
	"time"
)

// Source says where a seed came from.
type Source string

const (
	NoSource       Source = ""           // no seed, unless the prompt fixes one
	FromMidjourney Source = "midjourney" // answered by Midjourney for this very job
	FromPrompt     Source = "prompt"     // the prompt's own --seed
	Pasted         Source = "pasted"     // typed in by a person
	Imported       Source = "imported"   // read from a file
)

// Action says what made a picture. Only a grid is made of prompt and seed alone.
type Action string

const (
	UnknownAction Action = "" // taken for a grid: Midjourney gives seeds for grids
	Grid          Action = "grid"
	Variation     Action = "variation"
	Upscale       Action = "upscale"
	Zoom          Action = "zoom"
	Pan           Action = "pan"
	Region        Action = "region"
	Edit          Action = "edit"
	Remix         Action = "remix"
	Video         Action = "video"
)

// Facts are what a prompt does not tell about its picture.
type Facts struct {
	Source Source
	Action Action
	// At is when the picture was made; zero when nobody knows.
	At time.Time
	// Turbo tells that the job ran in turbo mode, written in the prompt or not.
	Turbo bool
	// Truncated tells that the prompt is known only in part.
	Truncated bool
	// DeadReferences are links of the prompt that no longer lead to their picture.
	DeadReferences []string
}

// Repeatable judges whether prompt and seed will give the same picture again. The prompt must be the one Midjourney
// echoes, since that shows what account settings added.
func Repeatable(p Prompt, facts Facts) Verdict {
	j := judge{p: p, facts: facts}
	j.low()
	j.medium()
	v := Verdict{Level: High, Reasons: j.reasons}
	if len(v.Reasons) > 0 {
		v.Level = v.Reasons[0].Level
	}
	return v
}

// judge collects reasons. They are looked for in the order of their use to the reader, Low before Medium, so that the
// first found is the first to show.
type judge struct {
	p       Prompt
	facts   Facts
	reasons []Reason
}

func (j *judge) low() {
	if action := j.action(); action != Grid {
		j.add(Low, Reason{Code: NotGrid, Values: []string{string(action)}})
	}
	if _, fixed := j.p.Seed(); j.facts.Source == NoSource && !fixed {
		j.add(Low, Reason{Code: SeedMissing})
	}
	if j.p.Text == "" && len(j.p.Images) == 0 {
		j.add(Low, Reason{Code: PromptUnknown})
	}
	if j.facts.Truncated {
		j.add(Low, Reason{Code: PromptTruncated})
	}
	if j.p.Permutations() {
		j.add(Low, Reason{Code: Alternatives})
	}
	for _, sref := range j.p.All(nameSref) {
		if slices.ContainsFunc(sref.Codes(), func(c Weight) bool { return strings.EqualFold(c.Text, "random") }) {
			j.add(Low, Reason{Code: RandomStyle})
			break
		}
	}
	switch m := j.model(); {
	case m.Retired:
		j.add(Low, Reason{Code: ModelRetired, Values: []string{m.Version}})
	case m.Loose:
		j.add(Low, Reason{Code: OldModel, Values: []string{m.Version}})
	}
	if len(j.facts.DeadReferences) > 0 {
		j.add(Low, Reason{Code: DeadReference, Values: j.facts.DeadReferences})
	}
}

func (j *judge) medium() {
	if j.p.Version() == "" {
		r := Reason{Code: VersionUnwritten}
		if m, ok := DefaultModel(j.facts.At); ok {
			r.Model, r.Add = m, pin(m.Version)
		}
		j.add(Medium, r)
	}
	for _, profile := range j.p.All(nameProfile) {
		if profile.Value == "" {
			j.add(Medium, Reason{Code: BareProfile})
			break
		}
	}
	j.styleVersion()
	turbo, written := j.p.Get(nameTurbo)
	if written || j.facts.Turbo {
		j.add(Medium, Reason{Code: TurboMode, Drop: turbo.Raw})
	}
	if draft, ok := j.p.Get(nameDraft); ok {
		j.add(Medium, Reason{Code: DraftMode, Drop: draft.Raw})
	}
	j.atLeast(WeirdSet, nameWeird, func(n float64) bool { return n > 0 })
	j.atLeast(ChaosHigh, nameChaos, func(n float64) bool { return n >= 30 })
	lasts := func(link string) bool { return !expires(link) }
	if expiring := slices.DeleteFunc(j.p.References(), lasts); len(expiring) > 0 {
		j.add(Medium, Reason{Code: ExpiringReference, Values: expiring})
	}
	switch j.facts.Source {
	case Pasted:
		j.add(Medium, Reason{Code: SeedPasted})
	case Imported:
		j.add(Medium, Reason{Code: SeedImported})
	}
}

// styleVersion minds numbered styles without --sv: the same number is another style in another style version.
func (j *judge) styleVersion() {
	if sv, ok := j.p.Get(nameSV); ok && sv.Value != "" {
		return
	}
	var numbered []string
	for _, sref := range j.p.All(nameSref) {
		for _, c := range sref.Codes() {
			if digits(c.Text) {
				numbered = append(numbered, c.Text)
			}
		}
	}
	if len(numbered) == 0 {
		return
	}
	r := Reason{Code: StyleVersionMissing, Values: numbered}
	if m := j.model(); m.StyleVersion != "" {
		r.Add = "--" + nameSV + " " + m.StyleVersion
	}
	j.add(Medium, r)
}

// atLeast minds a parameter whose number is too high.
func (j *judge) atLeast(code Code, name string, high func(float64) bool) {
	parameter, _ := j.p.Get(name)
	if n, ok := parameter.Number(); ok && high(n) {
		j.add(Medium, Reason{Code: code, Values: []string{parameter.Value}, Drop: parameter.Raw})
	}
}

func (j *judge) add(level Level, r Reason) {
	r.Level = level
	j.reasons = append(j.reasons, r)
}

// action is what made the picture: what is known of the job, else what only other actions write into a prompt.
func (j *judge) action() Action {
	if j.facts.Action != UnknownAction && j.facts.Action != Grid {
		return j.facts.Action
	}
	for _, parameter := range j.p.Parameters {
		switch parameter.Name {
		case "zoom":
			return Zoom
		case "edit":
			return Edit
		case "video", "motion", "loop", "end":
			return Video
		}
	}
	return Grid
}

// model is the written model, else the likely one; the zero Model when neither is in the table.
func (j *judge) model() Model {
	version := j.p.Version()
	switch version {
	case "":
		m, _ := DefaultModel(j.facts.At)
		return m
	case "test", "testp":
		return Model{Version: version, Loose: true}
	}
	m, _ := model(version)
	return m
}
