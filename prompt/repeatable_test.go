package prompt_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/prompt"
)

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// The levels and the order of reasons are the corpus's business; here is what each reason carries.
func TestReasonsCarryTheChangeThatMendsThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		prompt string
		facts  prompt.Facts
		want   prompt.Reason
	}{
		{"owl --weird 300 --v 7", prompt.Facts{}, prompt.Reason{
			Code: prompt.WeirdSet, Level: prompt.Medium, Values: []string{"300"}, Drop: "--weird 300",
		}},
		{"owl —c 50 --v 7", prompt.Facts{}, prompt.Reason{
			Code: prompt.ChaosHigh, Level: prompt.Medium, Values: []string{"50"}, Drop: "—c 50",
		}},
		{"owl --turbo --v 7", prompt.Facts{}, prompt.Reason{Code: prompt.TurboMode, Level: prompt.Medium, Drop: "--turbo"}},
		{"owl --v 7", prompt.Facts{Turbo: true}, prompt.Reason{Code: prompt.TurboMode, Level: prompt.Medium}},
		{"owl --draft --v 7", prompt.Facts{}, prompt.Reason{Code: prompt.DraftMode, Level: prompt.Medium, Drop: "--draft"}},
		{"owl --sref 5 6::2 https://a.example/s.png --v 7", prompt.Facts{}, prompt.Reason{
			Code: prompt.StyleVersionMissing, Level: prompt.Medium, Values: []string{"5", "6"}, Add: "--sv 6",
		}},
		{"owl --sref 5 --v 8.2", prompt.Facts{}, prompt.Reason{
			Code: prompt.StyleVersionMissing, Level: prompt.Medium, Values: []string{"5"},
		}},
		{"https://cdn.discordapp.com/1.png owl --oref https://media.discordapp.net/2.png --v 7", prompt.Facts{}, prompt.Reason{
			Code: prompt.ExpiringReference, Level: prompt.Medium,
			Values: []string{"https://cdn.discordapp.com/1.png", "https://media.discordapp.net/2.png"},
		}},
		{"owl --v 7", prompt.Facts{Action: prompt.Upscale}, prompt.Reason{
			Code: prompt.NotGrid, Level: prompt.Low, Values: []string{"upscale"},
		}},
		{"https://a.example/1.png --motion low --v 7", prompt.Facts{}, prompt.Reason{
			Code: prompt.NotGrid, Level: prompt.Low, Values: []string{"video"},
		}},
		{"owl --v 2", prompt.Facts{}, prompt.Reason{Code: prompt.OldModel, Level: prompt.Low, Values: []string{"2"}}},
		{"owl --v 8.0", prompt.Facts{}, prompt.Reason{Code: prompt.ModelRetired, Level: prompt.Low, Values: []string{"8"}}},
		{"owl --v 7", prompt.Facts{DeadReferences: []string{"https://a.example/1.png"}}, prompt.Reason{
			Code: prompt.DeadReference, Level: prompt.Low, Values: []string{"https://a.example/1.png"},
		}},
		{"owl", prompt.Facts{}, prompt.Reason{Code: prompt.VersionUnwritten, Level: prompt.Medium}},
		{"owl", prompt.Facts{At: date(2025, time.November, 3)}, prompt.Reason{
			Code: prompt.VersionUnwritten, Level: prompt.Medium, Add: "--v 7",
			Model: prompt.Model{Version: "7", Default: date(2025, time.June, 17), StyleVersion: "6"},
		}},
	} {
		if test.facts.Source == prompt.NoSource {
			test.facts.Source = prompt.FromMidjourney
		}
		require.Equal(t, []prompt.Reason{test.want}, prompt.Repeatable(prompt.Parse(test.prompt), test.facts).Reasons)
	}
}

func TestWhatMendsAReasonMendsIt(t *testing.T) {
	t.Parallel()
	at := date(2026, time.August, 1)
	facts := prompt.Facts{Source: prompt.FromMidjourney, At: at}
	for _, s := range []string{"owl", "owl --sref 5 --v 7", "owl --sref 5 --niji 6"} {
		p := prompt.Parse(s)
		before := prompt.Repeatable(p, facts)
		require.Equal(t, prompt.Medium, before.Level)
		if add := before.Reasons[0].Add; add != "" {
			require.Equal(t, prompt.High, prompt.Repeatable(prompt.Parse(s+" "+add), facts).Level, s)
		}
	}
	likely, ok := prompt.DefaultModel(at)
	require.True(t, ok)
	pinned := prompt.Parse(prompt.Parse("owl").WithSeed(5, prompt.PinVersion(likely.Version)))
	require.Equal(t, prompt.Verdict{Level: prompt.High}, prompt.Repeatable(pinned, facts))
}

func TestDefaultModelIsTheOneOfTheDay(t *testing.T) {
	t.Parallel()
	for day, want := range map[time.Time]string{
		{}:                          "",
		date(2022, time.January, 1): "",
		date(2022, time.August, 1):  "3",
		date(2023, time.April, 1):   "4",
		date(2023, time.May, 4):     "5.1",
		date(2024, time.July, 30):   "6",
		date(2025, time.June, 16):   "6.1",
		date(2025, time.June, 17):   "7",
		date(2026, time.April, 30):  "7",
		date(2026, time.June, 10):   "8.1",
		date(2026, time.July, 23):   "8.1",
		date(2026, time.July, 24):   "8.2",
		date(2030, time.January, 1): "8.2",
	} {
		got, ok := prompt.DefaultModel(day)
		require.Equal(t, want, got.Version, day)
		require.Equal(t, want != "", ok)
	}
	evening := time.Date(2026, time.July, 23, 22, 0, 0, 0, time.FixedZone("west", -7*60*60))
	got, _ := prompt.DefaultModel(evening)
	require.Equal(t, "8.2", got.Version, "days are those of UTC")
}

func TestModelsStandInTheOrderTheyBecameDefault(t *testing.T) {
	t.Parallel()
	var last time.Time
	seen := map[string]bool{}
	for _, m := range prompt.Models() {
		require.False(t, seen[m.Version], m.Version)
		seen[m.Version] = true
		require.Equal(t, m.Version, prompt.Parse("owl --v "+m.Version).Version())
		if !m.Default.IsZero() {
			require.True(t, m.Default.After(last), m.Version)
			last = m.Default
		}
	}
}
