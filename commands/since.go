package commands

import (
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Values of the option since.
const (
	sinceDay     = "day"
	sinceWeek    = "week"
	sinceMonth   = "month"
	sinceQuarter = "quarter"
	sinceYear    = "year"
	sinceAll     = "all"
)

// sinces are those that leave something out, the nearest first.
func sinces() []string { return []string{sinceDay, sinceWeek, sinceMonth, sinceQuarter, sinceYear} }

// sinceTime is the moment before which nothing is listed; the zero time for always.
func sinceTime(since string, now time.Time) time.Time {
	switch since {
	case sinceDay:
		return now.Add(-24 * time.Hour)
	case sinceWeek:
		return now.AddDate(0, 0, -7)
	case sinceMonth:
		return now.AddDate(0, -1, 0)
	case sinceQuarter:
		return now.AddDate(0, -3, 0)
	case sinceYear:
		return now.AddDate(-1, 0, 0)
	}
	return time.Time{}
}

// sinceNamed is a value of the option as it was chosen; "" for always, and for what is none.
func sinceNamed(value string) string {
	for _, since := range sinces() {
		if value == since {
			return since
		}
	}
	return ""
}

// sinceFlag is the letter of a value in custom IDs, which keeps its meaning; "" for always.
func sinceFlag(since string) string {
	if since = sinceNamed(since); since == "" {
		return ""
	}
	return since[:1]
}

// sinceFlagged is the value whose letter stands among flags, of several the nearest.
func sinceFlagged(flags string) string {
	for _, since := range sinces() {
		if strings.Contains(flags, sinceFlag(since)) {
			return since
		}
	}
	return ""
}

func sinceChoice() *discordgo.ApplicationCommandOption {
	o := &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionString, Name: sinceOption, Description: sinceDescription,
	}
	for _, since := range append(sinces(), sinceAll) {
		o.Choices = append(o.Choices, &discordgo.ApplicationCommandOptionChoice{Name: sinceLabel(since), Value: since})
	}
	return o
}
