package prompt

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Get is the first parameter of that name; any of the parameter's names will do ("ar" or "aspect").
func (p Prompt) Get(name string) (Parameter, bool) {
	name, _, _ = lookUp(name)
	for _, parameter := range p.Parameters {
		if parameter.Name == name {
			return parameter, true
		}
	}
	return Parameter{}, false
}

// All are the parameters of that name, in order; any of the parameter's names will do.
func (p Prompt) All(name string) []Parameter {
	name, _, _ = lookUp(name)
	var all []Parameter
	for _, parameter := range p.Parameters {
		if parameter.Name == name {
			all = append(all, parameter)
		}
	}
	return all
}

// Seed is the seed the prompt itself fixes. Of several --seed the first counts; one that is no whole number from 0 to
// 4294967295 fixes none.
func (p Prompt) Seed() (uint32, bool) {
	parameter, ok := p.Get(nameSeed)
	if !ok || !digits(parameter.Value) {
		return 0, false
	}
	seed, err := strconv.ParseUint(parameter.Value, 10, 32)
	return uint32(seed), err == nil
}

// Version is the model written in the prompt: "7", "6.1" (never "7.0"), "niji 6", "niji", or "test" and "testp" of
// Midjourney's first year; "" when none is. Of several the first counts.
func (p Prompt) Version() string {
	for _, parameter := range p.Parameters {
		switch parameter.Name {
		case nameVersion:
			if v := modelVersion(parameter.Value); v != "" {
				return v
			}
		case nameNiji:
			if v := modelVersion("niji " + parameter.Value); v != "" {
				return v
			}
		case "test", "testp":
			return parameter.Name
		}
	}
	return ""
}

// modelVersion brings "7", "v7.0" and "Niji  6" into one form; "" for what is no version.
func modelVersion(value string) string {
	value = strings.ToLower(squeeze(value))
	if rest, ok := strings.CutPrefix(value, nameNiji); ok {
		if rest = trimSpace(rest); rest == "" {
			return nameNiji
		}
		if rest = modelNumber(rest); rest == "" {
			return ""
		}
		return nameNiji + " " + rest
	}
	return modelNumber(strings.TrimPrefix(value, "v"))
}

func modelNumber(value string) string {
	major, minor, dotted := strings.Cut(value, ".")
	if !digits(major) || len(major) > 3 || dotted && !digits(minor) || len(minor) > 3 {
		return ""
	}
	if strings.Trim(minor, "0") == "" {
		return major
	}
	return major + "." + minor
}

// Aspect is the shape of the picture as written, in the form "3:2"; "" when none is written, or none that makes sense.
func (p Prompt) Aspect() string {
	parameter, _ := p.Get(nameAspect)
	value := strings.Join(strings.FieldsFunc(parameter.Value, isSpace), "")
	i := strings.IndexAny(value, ":/xX：×")
	if i < 0 {
		return ""
	}
	width, height := value[:i], strings.TrimLeft(value[i:], ":/xX：×")
	if !positive(width) || !positive(height) {
		return ""
	}
	return width + ":" + height
}

// positive holds for a number above zero, as each side of a ratio is.
func positive(s string) bool {
	whole, part, dotted := strings.Cut(s, ".")
	return digits(whole) && (!dotted || digits(part)) && strings.Trim(s, "0.") != ""
}

// Number is the parameter's value as a number; ok is false when it is none.
func (p Parameter) Number() (n float64, ok bool) {
	if strings.Trim(p.Value, "+-.0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(p.Value, 64)
	return n, err == nil
}

// Weight is one part of a multi-prompt, "hot::2", or one of several codes or links of a parameter.
type Weight struct {
	Text   string
	Weight float64 // 1 when none is written
}

// Weights are the parts of a multi-prompt, image links included; nil when nothing is separated by "::".
func (p Prompt) Weights() []Weight {
	if !strings.Contains(p.words, "::") {
		return nil
	}
	return split(p.words)
}

// Codes are the links and codes of a parameter like --sref or --profile, each with its weight; nil when it has none.
func (p Parameter) Codes() []Weight {
	var all []Weight
	for token := range strings.FieldsFuncSeq(p.Value, func(r rune) bool { return isSpace(r) || r == ',' }) {
		if strings.HasPrefix(token, "::") && len(all) > 0 {
			all[len(all)-1].Weight, _ = leadingWeight(token[2:])
			continue
		}
		for _, part := range split(token) {
			part.Text = strings.TrimSuffix(strings.TrimPrefix(part.Text, "<"), ">")
			all = append(all, part)
		}
	}
	return all
}

// split cuts at "::" and gives each part the number that stands right behind it.
func split(s string) []Weight {
	var parts []Weight
	for {
		text, rest, more := strings.Cut(s, "::")
		part := Weight{Text: trimSpace(text), Weight: 1}
		if more {
			part.Weight, rest = leadingWeight(rest)
		}
		if part.Text != "" {
			parts = append(parts, part)
		}
		if !more {
			return parts
		}
		s = rest
	}
}

// leadingWeight reads the number s begins with, if it ends where a word or another "::" does, and returns what follows.
func leadingWeight(s string) (weight float64, rest string) {
	number := s[:len(s)-len(strings.TrimLeft(s, "+-.0123456789"))]
	next, _ := utf8.DecodeRuneInString(s[len(number):])
	ends := len(number) == len(s) || isSpace(next) || next == ':' || strings.ContainsRune(stray, next)
	if n, ok := (Parameter{Value: number}).Number(); ok && ends {
		return n, s[len(number):]
	}
	return 1, s
}
