package commands

import (
	"strings"
	"time"

	"seedbank/prompt"
)

// Whether a card will repeat. A reason is a clause that can follow a dash, without a full stop; what mends it is a
// sentence.

const textAllFixed = "model version, size, style and seed are all fixed"

func levelWord(level prompt.Level) string {
	switch level {
	case prompt.High:
		return "High"
	case prompt.Medium:
		return "Medium"
	}
	return "Low"
}

func textVerdict(level prompt.Level, why, mend string) string {
	line := "**Repeatable:** " + levelWord(level) + " – " + why
	if mend != "" {
		line += ". " + mend
	}
	return line
}

func textVerdictHead(number int64, level prompt.Level) string {
	head := "**Why might " + cardNumber(number) + " differ?** Repeatable: " + levelWord(level)
	switch level {
	case prompt.High:
		return head + ". I know of nothing that stands against it:"
	case prompt.Medium:
		return head + ". The same prompt with the same seed may give the same picture, but something is left open:"
	}
	return head + ". The same prompt with the same seed will most likely give another picture:"
}

const textVerdictLimits = "-# Near enough the same is normal, every pixel the same is luck: Midjourney's machines differ, and its models change. " +
	"A seed repeats a picture in Fast or Relax mode; it does not keep a character or a style for another prompt."

const textVerdictNext = "-# A change makes your next pictures repeatable; it does not bring this one back."

// reasonWords is one reason, and the change that mends it where there is one. at is when the picture was made.
func reasonWords(r prompt.Reason, at time.Time) (why, mend string) {
	switch r.Code {
	case prompt.NotGrid:
		return "this picture is " + actionWords(r) + ", and a seed shapes only the first grid of four",
			"Ask for the seed of the grid that it was made from."
	case prompt.SeedMissing:
		return "no seed is known for it", "Ask for the seed with Get seed on the finished picture."
	case prompt.PromptUnknown:
		return "the prompt is not known", "Without the same prompt a seed is of no use: ask whoever made the picture."
	case prompt.PromptTruncated:
		return "only a part of the prompt is known", "Take the whole prompt from Midjourney and record it anew."
	case prompt.Alternatives:
		return "the prompt holds {alternatives}, from which Midjourney makes several jobs", "Write out the one that this picture was made from."
	case prompt.RandomStyle:
		return "--sref random stands for a style that the prompt does not name", "Copy the code from Midjourney's own message in its place."
	case prompt.ModelRetired:
		return "model version " + values(r) + " can no longer be asked for", "Choose a newer version and take its picture as the new start."
	case prompt.OldModel:
		return "model version " + values(r) + " gives only something similar for the same seed", "Versions from 4 on repeat nearly the same."
	case prompt.DeadReference:
		return "a picture that the prompt refers to is gone (" + values(r) + ")", "Put the same picture there again, byte for byte."
	case prompt.VersionUnwritten:
		return versionUnwritten(r, at)
	case prompt.BareProfile:
		return "--p without a code means whatever your profile is on that day", "Write the code that Midjourney's own message shows, as in --p abc123."
	case prompt.StyleVersionMissing:
		return styleVersionMissing(r)
	case prompt.TurboMode:
		if r.Drop == "" {
			return "it was made in turbo mode, where seeds are not reliable", "Make the next one in fast or relax mode."
		}
		return "turbo mode does not keep to seeds", "Leave out " + change(r.Drop) + "."
	case prompt.DraftMode:
		return "draft mode is quick and rough, and repeats less well", dropWords(r)
	case prompt.WeirdSet:
		return "--weird " + values(r) + " does not go well with seeds", dropWords(r)
	case prompt.ChaosHigh:
		return "--chaos " + values(r) + " spreads the four pictures widely", "Use less than 30, or leave out " + change(r.Drop) + "."
	case prompt.ExpiringReference:
		return "a picture that the prompt refers to lies behind a link that expires (" + values(r) + ")", "Put the picture on a host that keeps it."
	case prompt.SeedPasted:
		return "the seed was pasted or typed in by a member, not answered by Midjourney", "Midjourney's own ✉️ answer to the picture makes sure of it."
	case prompt.SeedImported:
		return "the seed came from a file, not from Midjourney's answer", "Midjourney's own ✉️ answer to the picture makes sure of it."
	}
	return "something in the prompt is left open", "" // a reason of a later version
}

func versionUnwritten(r prompt.Reason, at time.Time) (why, mend string) {
	if r.Model.Version == "" {
		return "no version was written, and the account's default changes", "Write the version that Midjourney shows, as in --v 7."
	}
	return "no version was written; the account default was V" + r.Model.Version + " on " + onDay(at),
		"Add " + r.Add + " to pin it."
}

func styleVersionMissing(r prompt.Reason) (why, mend string) {
	why = "style code " + values(r) + " without --sv means another style in another style version"
	if strings.Contains(values(r), ", ") {
		why = "style codes " + values(r) + " without --sv mean other styles in another style version"
	}
	if r.Add == "" {
		return why, "Write --sv with the style version that was in use."
	}
	return why, "Add " + r.Add + " to pin it."
}

func dropWords(r prompt.Reason) string {
	if r.Drop == "" {
		return ""
	}
	return "Leave out " + change(r.Drop) + "."
}

// actionWords is what a picture is that is no grid.
func actionWords(r prompt.Reason) string {
	action := prompt.UnknownAction
	if len(r.Values) > 0 {
		action = prompt.Action(r.Values[0])
	}
	switch action {
	case prompt.Variation:
		return "a variation of another one"
	case prompt.Upscale:
		return "an upscale of another one"
	case prompt.Zoom:
		return "another one, zoomed out"
	case prompt.Pan:
		return "another one, extended to a side"
	case prompt.Region:
		return "another one with a region changed"
	case prompt.Edit:
		return "an edit of another one"
	case prompt.Remix:
		return "a remix of another one"
	case prompt.Video:
		return "a video"
	}
	return "made from another one"
}
