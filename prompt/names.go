package prompt

import "strings"

// kind says how far the value of a parameter reaches.
type kind int

const (
	// anything reaches to the next parameter: what an unknown parameter takes, since nobody can say where it ends.
	anything kind = iota
	flag          // no value
	number        // one number
	ratio         // width:height
	version       // a model: 7, 6.1, niji 6
	word          // one word
	list          // to the next parameter: red, blue sky
	links         // links and codes, as many as there are
	codes         // personalization codes, or none
)

// Names of parameters that this package treats in a way of their own.
const (
	nameAspect  = "aspect"
	nameChaos   = "chaos"
	nameDraft   = "draft"
	nameNiji    = "niji"
	nameProfile = "profile"
	nameQuality = "quality"
	nameRaw     = "raw"
	nameRepeat  = "repeat"
	nameSeed    = "seed"
	nameSref    = "sref"
	nameStyle   = "style"
	nameStylize = "stylize"
	nameSV      = "sv"
	nameTurbo   = "turbo"
	nameVersion = "version"
	nameWeird   = "weird"
)

// lookUp finds a parameter by any of its names, in any case. Source: Midjourney's parameter list and its pages on
// legacy features.
func lookUp(name string) (canonical string, k kind, known bool) {
	name = strings.ToLower(name)
	switch name {
	case "ar", "aspect":
		return nameAspect, ratio, true
	case "v", "version":
		return nameVersion, version, true
	case "niji":
		return nameNiji, number, true
	case "s", "stylize":
		return nameStylize, number, true
	case "c", "chaos":
		return nameChaos, number, true
	case "w", "weird":
		return nameWeird, number, true
	case "q", "quality":
		return nameQuality, number, true
	case "r", "repeat":
		return nameRepeat, number, true
	case "p", "profile", "personalize":
		return nameProfile, codes, true
	case "seed", "sameseed", "stop", "exp", "iw", "sw", "sv", "cw", "ow", "bs", "zoom":
		return name, number, true
	case "sref", "cref", "oref", "edit", "end":
		return name, links, true
	case "no":
		return name, list, true
	case "style", "motion":
		return name, word, true
	case "raw", "tile", "draft", "hd", "sd", "fast", "relax", "turbo", "stealth", "public", "video", "loop",
		"uplight", "upbeta", "upanime", "beta", "test", "testp", "creative":
		return name, flag, true
	}
	return name, anything, false
}

// mayTouch says whether a value of this kind is understood without a space before it: --v6.1, --ar16:9.
func (k kind) mayTouch() bool { return k == number || k == ratio || k == version }

// cutsWords says whether the parameter is recognised in the middle of a word, as in "rain--ar 3:2". People forget that
// space; but "well--no" and "so--fast" are prose, so only names that are no English words do it.
func cutsWords(written string) bool {
	switch strings.ToLower(written) {
	case "ar", "aspect", "v", "version", "niji", "s", "stylize", "c", "q", "w", "iw", "seed",
		"sref", "sw", "sv", "cref", "cw", "oref", "ow":
		return true
	}
	return false
}
