package commands

import (
	"fmt"
	"time"

	"seedbank/db"
)

// All parameters.

func textParametersHead(number int64) string {
	return "**Everything known of " + cardNumber(number) + "**"
}

func textFact(name, value string) string { return "**" + name + "** " + value }

func textMoreFacts(n int) string {
	return fmt.Sprintf("-# and %d more; Copy prompt gives the whole prompt.", n)
}

const (
	factSeed    = "Seed"
	factWords   = "Words"
	factImage   = "Image prompt"
	factVersion = "Version"
	factTyped   = "As typed"
	factSpeed   = "Speed"
	factParent  = "Made from"
	factJob     = "Job"
	factAsked   = "Asked"
	factAdded   = "Added"
	factMessage = "Message"
	factNote    = "Note"
	factTags    = "Tags"
)

func textVersionUnwritten(version string, at time.Time) string {
	return "not written; the account default was V" + version + " on " + onDay(at)
}

// textBy is who did something and when; "" is nobody in particular: one who is forgotten, or whom a file did not name.
func textBy(user string, at time.Time) string {
	if user == "" {
		return ago(at)
	}
	return "by " + mention(user) + " " + ago(at)
}

// textSource says where a seed came from.
func textSource(source db.Source) string {
	switch source {
	case db.Midjourney:
		return "answered by Midjourney"
	case db.Prompt:
		return "written in the prompt"
	case db.Pasted:
		return "pasted or typed in by a member"
	case db.Imported:
		return "read from a file"
	}
	return "of unknown origin"
}
