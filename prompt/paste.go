package prompt

import (
	"strconv"
	"strings"
)

// Option changes the line that WithSeed and WithoutSeed make.
type Option func(*paste)

type paste struct {
	version string
}

// PinVersion adds the model, "8.2" or "niji 7", when the prompt names none. What is no version adds nothing.
func PinVersion(version string) Option {
	return func(p *paste) { p.version = modelVersion(version) }
}

// WithSeed is the one line to paste to Midjourney for the same picture again: words and parameters as they are, with
// exactly one --seed, at the very end. Left out are speed, visibility and --repeat, which do not shape the picture.
// Words behind parameters, where Midjourney refuses them, come to the front.
//
// Seeds inside permutations stay: they are part of the words until Midjourney makes single jobs of them.
func (p Prompt) WithSeed(seed uint32, opts ...Option) string {
	return strings.Join(append(p.bare(opts), "--seed", strconv.FormatUint(uint64(seed), 10)), " ")
}

// WithoutSeed is WithSeed's line without a seed: the same words, a new picture.
func (p Prompt) WithoutSeed(opts ...Option) string {
	return strings.Join(p.bare(opts), " ")
}

// bare are the parts of the line without a seed.
func (p Prompt) bare(opts []Option) []string {
	var with paste
	for _, opt := range opts {
		opt(&with)
	}
	parts := appendPiece(nil, oneLine(p.words))
	pinned := false
	for _, parameter := range p.Parameters {
		if parameter.model() {
			pinned = true
		}
		if !parameter.drops() {
			parts = append(parts, oneLine(parameter.Raw))
		}
	}
	if with.version != "" && !pinned {
		parts = append(parts, pin(with.version))
	}
	return parts
}

// pin writes a version as the parameter that asks for it.
func pin(version string) string {
	if strings.HasPrefix(version, nameNiji) {
		return "--" + version
	}
	return "--v " + version
}

// model tells whether the parameter chooses the model.
func (p Parameter) model() bool {
	switch p.Name {
	case nameVersion, nameNiji, "test", "testp":
		return true
	}
	return false
}

// drops tells whether the paste-ready line goes without the parameter.
func (p Parameter) drops() bool {
	switch p.Name {
	case nameSeed, nameRepeat, "fast", "relax", nameTurbo, "stealth", "public":
		return true
	}
	return false
}
