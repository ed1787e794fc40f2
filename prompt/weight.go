package prompt

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// byWeight are the subjects of a comparison, those that change a picture most first. The order is that of the model,
// then of the noise a picture starts from, then of what it shows, then of how it looks.
func byWeight() []string {
	return []string{
		nameVersion, nameSeed, SubjectWords, SubjectImages, nameAspect,
		nameSref, nameSV, "oref", "cref", "edit", nameProfile, nameStyle, nameRaw,
		"sameseed", "tile", nameDraft, "hd", "sd", "zoom", "video",
		"no", "iw", "sw", "ow", "cw", nameWeird, nameChaos, nameStylize, "exp", nameQuality, "stop",
	}
}

// inOrder are the subjects of two prompts by weight. Unknown parameters come behind the known ones that change a
// picture, and what changes nothing comes last.
func inOrder(a, b map[string]*said) []string {
	ranks := make(map[string]int)
	for i, subject := range byWeight() {
		ranks[subject] = i - len(byWeight())
	}
	rank := func(subject string) int {
		if effect(subject) == NoEffect {
			return 1
		}
		return ranks[subject]
	}
	all := slices.Collect(maps.Keys(a))
	for subject := range b {
		if a[subject] == nil {
			all = append(all, subject)
		}
	}
	slices.SortFunc(all, func(x, y string) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), strings.Compare(x, y))
	})
	return all
}

// effect says what a difference in the subject does.
func effect(subject string) Effect {
	switch subject {
	case "fast", "relax", "stealth", "public", nameRepeat:
		return NoEffect
	case nameVersion, nameSeed, SubjectWords, SubjectImages, nameAspect, nameSref, nameSV, "oref", "cref", "edit",
		nameProfile, "sameseed", "zoom", "video":
		return Replaces
	}
	return Shifts
}
