package prompt

import "time"

// Model is one of Midjourney's image models, as far as seeds are concerned.
type Model struct {
	// Version is the form Prompt.Version gives: "7", "6.1".
	Version string
	// Default is the day (UTC) from which prompts without a version went to it; zero if they never did. Accounts may
	// choose another default, so it is the likely model, not the certain one.
	Default time.Time
	// StyleVersion is the --sv that --sref codes get when none is written; "" if not known.
	StyleVersion string
	// Loose models give only something similar for the same seed and prompt.
	Loose bool
	// Retired models can no longer be asked for.
	Retired bool
}

// Models are all models, oldest first. This is the one place to bring up to date when Midjourney changes its default: add
// a line at the end. Sources: Midjourney's Version and Style Reference pages; the announcements of June and July 2026.
// Alpha releases (5, 8) were never a default. Niji models are always written, so none stands here.
func Models() []Model {
	return []Model{
		{Version: "1", Default: day(2022, time.February, 1), Loose: true},
		{Version: "2", Default: day(2022, time.April, 12), Loose: true},
		{Version: "3", Default: day(2022, time.July, 25), Loose: true},
		{Version: "4", Default: day(2022, time.November, 10)},
		{Version: "5"},
		{Version: "5.1", Default: day(2023, time.May, 4)},
		{Version: "5.2", Default: day(2023, time.June, 22)},
		{Version: "6", Default: day(2024, time.February, 14), StyleVersion: "4"},
		{Version: "6.1", Default: day(2024, time.July, 31), StyleVersion: "4"},
		{Version: "7", Default: day(2025, time.June, 17), StyleVersion: "6"},
		{Version: "8", Retired: true},
		{Version: "8.1", Default: day(2026, time.June, 10), StyleVersion: "7"},
		{Version: "8.2", Default: day(2026, time.July, 24)},
	}
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

// DefaultModel is the model that prompts without a version went to at a time; ok is false for the zero time and for
// times before the first model.
func DefaultModel(at time.Time) (m Model, ok bool) {
	for _, model := range Models() {
		if !model.Default.IsZero() && !at.Before(model.Default) {
			m, ok = model, true
		}
	}
	return m, ok
}

// model finds a version in the table.
func model(version string) (Model, bool) {
	for _, m := range Models() {
		if m.Version == version {
			return m, true
		}
	}
	return Model{}, false
}
