package useapi

import (
	"regexp"
	"strconv"
	"strings"
)

// The content of a seed answer is
//
//	**<prompt>**
//	**Job ID**: <GUID>
//	**seed** 3937070146
//
// where the prompt is a stranger's text. It may hold line breaks, "--seed 77", and lines that look like the two below
// it; so everything is looked for from the end.
var (
	seedLine = regexp.MustCompile(`(?im)^[ \t]*\*{0,2}seed\*{0,2}[ \t]*:?[ \t]*(\d+)[ \t]*\r?$`)
	// anchored is the tail of an answer whose job is not a seed job: there, only the whole form is trusted.
	anchored = regexp.MustCompile(`(?i)\*\*Job ID\*\*:[^\n]*?\s*\*\*seed\*\*[ \t]*\d+\s*$`)
	// closing is the end of the prompt and what tells it from bold text inside.
	closing = regexp.MustCompile(`(?i)\*\*[ \t]*(?:-[ \t]*<@!?\d+>[^\n]*)?\r?\n\s*\*\*(?:Job ID|seed)\*\*`)
	jobLine = regexp.MustCompile(`(?im)^[ \t]*\*\*Job ID\*\*:[ \t]*(` + guid + `)`)
)

// Seed gives the seed of a completed seed job. It takes response.seed, or the seed object of API v2, or the seed line
// that ends the content; nothing else, above all no "--seed" of a prompt. If there is none in the range of an
// unsigned 32-bit number, the error is ErrNoSeed.
func (j *Job) Seed() (uint32, error) {
	if j.Response == nil {
		return 0, ErrNoSeed
	}
	if j.Response.seed != nil {
		return *j.Response.seed, nil
	}
	content := j.answer()
	if j.Response.answer == "" && !j.isSeed() && !anchored.MatchString(content) {
		return 0, ErrNoSeed
	}
	lines := seedLine.FindAllStringSubmatchIndex(content, -1)
	if len(lines) == 0 {
		return 0, ErrNoSeed
	}
	last := lines[len(lines)-1]
	// Bold text after it means that the line belongs to the prompt and the answer has none.
	if strings.Contains(content[last[1]:], "**") {
		return 0, ErrNoSeed
	}
	if n, ok := seedNumber(content[last[2]:last[3]]); ok {
		return n, nil
	}
	return 0, ErrNoSeed
}

// isSeed tells a seed job, also of v2 (seed_async), from its parent.
func (j *Job) isSeed() bool { return j.Verb == "" || strings.HasPrefix(j.Verb, "seed") }

// answer is the content of the seed answer.
func (j *Job) answer() string {
	if j.Response == nil {
		return ""
	}
	return either(j.Response.answer, j.Response.Content)
}

// seedNumber reads a seed. Some write every number as a fraction: 42.0 is 42.
func seedNumber(digits string) (uint32, bool) {
	if whole, fraction, found := strings.Cut(digits, "."); found && fraction != "" && strings.Trim(fraction, "0") == "" {
		digits = whole
	}
	n, err := strconv.ParseUint(strings.TrimSpace(digits), 10, 32)
	return uint32(n), err == nil
}

// SeedPrompt is the prompt as Midjourney echoes it in a seed answer, with the parameters it added; empty if the job
// is no seed answer.
func (j *Job) SeedPrompt() string {
	content := j.answer()
	if j.Response == nil || j.Response.answer == "" && !j.isSeed() && !anchored.MatchString(content) {
		return ""
	}
	rest, bold := strings.CutPrefix(strings.TrimLeft(content, " \t\r\n"), "**")
	if !bold {
		return ""
	}
	if end := lastIndex(closing, rest); end >= 0 {
		return rest[:end]
	}
	if prompt, ok := strings.CutSuffix(strings.TrimRight(rest, " \t\r\n"), "**"); ok {
		return prompt
	}
	return ""
}

// MidjourneyID is Midjourney's own id of the image, out of a seed answer. It leads to the account that made the
// image: keep it, do not show it.
func (j *Job) MidjourneyID() string {
	ids := jobLine.FindAllStringSubmatch(j.answer(), -1)
	if ids == nil {
		return ""
	}
	return ids[len(ids)-1][1]
}

// lastIndex is where the last match starts, -1 if there is none. Matches may overlap: the stars that end one bold
// text are those that the next pattern begins with.
func lastIndex(re *regexp.Regexp, s string) int {
	last := -1
	for {
		loc := re.FindStringIndex(s[last+1:])
		if loc == nil {
			return last
		}
		last += 1 + loc[0]
	}
}
