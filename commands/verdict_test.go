package commands

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/prompt"
)

func TestTheVerdictOfACard(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prompt string
		change func(*db.Card)
		says   string
	}{
		"everything fixed": {"owl --v 7", nil, "High – model version, size, style and seed are all fixed"},
		"no version, of the day the job was made": {"owl", func(c *db.Card) { c.Job = "j0615" + c.Job[5:] },
			"Medium – no version was written; the account default was V8.1 on <t:1781532900:D>. Add --v 8.1 to pin it."},
		"no version, without a job": {"owl", func(c *db.Card) { c.Job = "" },
			"Medium – no version was written; the account default was V8.2 on <t:1792756801:D>. Add --v 8.2 to pin it."},
		"no version, of nobody knows when": {"owl", func(c *db.Card) { c.Job, c.Created = "", time.Time{} },
			"Medium – no version was written, and the account's default changes. Write the version that Midjourney shows, as in --v 7."},
		"a typed seed": {"owl --v 7", func(c *db.Card) { c.Source = db.Pasted },
			"Medium – the seed was pasted or typed in by a member, not answered by Midjourney. Midjourney's own ✉️ answer to the picture makes sure of it."},
		"a seed from a file": {"owl --v 7", func(c *db.Card) { c.Source = db.Imported },
			"Medium – the seed came from a file, not from Midjourney's answer. Midjourney's own ✉️ answer to the picture makes sure of it."},
		"a seed of the prompt's own": {"owl --v 7 --seed 5", func(c *db.Card) { c.Source = db.Prompt }, "High – model version, size, style and seed are all fixed"},
		"turbo, only in the job":     {"owl --v 7", func(c *db.Card) { c.Speed = "Turbo" }, "Medium – it was made in turbo mode, where seeds are not reliable. Make the next one in fast or relax mode."},
		"turbo, in the prompt":       {"owl --v 7 --turbo", nil, "Medium – turbo mode does not keep to seeds. Leave out --turbo."},
		"weird":                      {"owl --v 7 --weird 250", nil, "Medium – --weird 250 does not go well with seeds. Leave out --weird 250."},
		"chaos":                      {"owl --v 7 --c 30", nil, "Medium – --chaos 30 spreads the four pictures widely. Use less than 30, or leave out --c 30."},
		"a style code":               {"owl --v 7 --sref 123", nil, "Medium – style code 123 without --sv means another style in another style version. Add --sv 6 to pin it."},
		"two style codes":            {"owl --v 7 --sref 123 456", nil, "Medium – style codes 123, 456 without --sv mean other styles in another style version. Add --sv 6 to pin it."},
		"a picture that expires": {"https://cdn.discordapp.com/attachments/1234567890123456789/2/a.png?ex=1 owl --v 7", nil,
			"Medium – a picture that the prompt refers to lies behind a link that expires (cdn.discordapp.com/…). Put the picture on a host that keeps it."},
		"an upscale": {"owl --v 7", func(c *db.Card) { c.Action = "upscale" },
			"Low – this picture is an upscale of another one, and a seed shapes only the first grid of four. Ask for the seed of the grid that it was made from."},
		"a grid made by us":          {"owl --v 7", func(c *db.Card) { c.Action = "imagine" }, "High – model version, size, style and seed are all fixed"},
		"something new":              {"owl --v 7", func(c *db.Card) { c.Action = "Sculpt" }, "Low – this picture is made from another one, and a seed shapes only the first grid of four. Ask for the seed of the grid that it was made from."},
		"an old model":               {"owl --v 3", nil, "Low – model version 3 gives only something similar for the same seed. Versions from 4 on repeat nearly the same."},
		"no prompt":                  {"", nil, "Low – the prompt is not known. Without the same prompt a seed is of no use: ask whoever made the picture."},
		"a reason full of markdown":  {"owl --v 7 --weird *9*", nil, "High – model version, size, style and seed are all fixed"},
		"a model nobody can ask for": {"owl --v 8", nil, "Low – model version 8 can no longer be asked for. Choose a newer version and take its picture as the new start."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			card := owlCard()
			card.Prompt, card.Source = test.prompt, db.Midjourney
			if test.change != nil {
				test.change(&card)
			}
			require.Equal(t, "**Repeatable:** "+test.says, verdictLine(card))
		})
	}
}

func TestEveryReasonHasItsWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, code := range []prompt.Code{
		prompt.NotGrid, prompt.SeedMissing, prompt.PromptUnknown, prompt.PromptTruncated, prompt.Alternatives, prompt.RandomStyle,
		prompt.ModelRetired, prompt.OldModel, prompt.DeadReference, prompt.VersionUnwritten, prompt.BareProfile,
		prompt.StyleVersionMissing, prompt.TurboMode, prompt.DraftMode, prompt.WeirdSet, prompt.ChaosHigh,
		prompt.ExpiringReference, prompt.SeedPasted, prompt.SeedImported,
	} {
		hostile := strings.Repeat("*_`[x](https://evil.example)", 20)
		why, mend := reasonWords(prompt.Reason{Code: code, Values: []string{hostile}, Drop: "--x " + hostile}, noon)
		require.NotEmpty(t, why, code)
		require.False(t, seen[why], "%s shares its words", code)
		seen[why] = true
		require.NotContains(t, why, "https://", code)
		require.False(t, strings.HasSuffix(why, "."), "%s: %s", code, why)
		require.True(t, strings.HasSuffix(mend, "."), "%s: %s", code, mend)
		require.LessOrEqual(t, units(why)+units(mend), maxVerdictLine)
	}
	why, mend := reasonWords(prompt.Reason{Code: "of a later version"}, noon)
	require.NotEmpty(t, why)
	require.Empty(t, mend)
}

func TestEveryActionHasItsWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, action := range []prompt.Action{
		prompt.Variation, prompt.Upscale, prompt.Zoom, prompt.Pan, prompt.Region, prompt.Edit, prompt.Remix, prompt.Video, "sculpt",
	} {
		words := actionWords(prompt.Reason{Values: []string{string(action)}})
		require.False(t, seen[words], action)
		seen[words] = true
	}
	for written, action := range map[string]prompt.Action{
		"": prompt.Grid, "imagine": prompt.Grid, " Imagine ": prompt.Grid, "blend": prompt.Grid, "upscale": prompt.Upscale,
		"upsample_v7_2x_subtle": prompt.Upscale, "variation": prompt.Variation, "Vary (Region)": prompt.Region, "zoom_out": prompt.Zoom,
		"pan_left": prompt.Pan, "video": prompt.Video, "sculpt": "sculpt",
	} {
		require.Equal(t, action, actionOf(written), written)
	}
}

func TestWhenAPictureWasMade(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 1, 2, 10, 0, 0, 0, time.UTC)
	for job, want := range map[string]time.Time{
		"j1231235900000000000": time.Date(2025, 12, 31, 23, 59, 0, 0, time.UTC),
		"j0102095900000000000": time.Date(2026, 1, 2, 9, 59, 0, 0, time.UTC),
		"j0103095900000000000": time.Date(2026, 1, 3, 9, 59, 0, 0, time.UTC), // a clock that goes ahead
		"j0229120000000000000": time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC),
		"j9999999900000000000": created,
		"j01":                  created,
		"":                     created,
	} {
		require.Equal(t, want, madeAt(db.Card{Job: job, Created: created}), job)
	}
}

func TestWhyACardMightDiffer(t *testing.T) {
	t.Parallel()
	card := owlCard()
	card.Source = db.Pasted
	card.Prompt = "owl --chaos 40 --weird 5 --turbo"
	require.Equal(t, "**Why might #142 differ?** Repeatable: Medium. The same prompt with the same seed may give the same picture, but something is left open:\n"+
		"- No version was written; the account default was V8.2 on <t:1792764900:D>. Add --v 8.2 to pin it.\n"+
		"- Turbo mode does not keep to seeds. Leave out --turbo.\n"+
		"- --weird 5 does not go well with seeds. Leave out --weird 5.\n"+
		"- --chaos 40 spreads the four pictures widely. Use less than 30, or leave out --chaos 40.\n"+
		"- The seed was pasted or typed in by a member, not answered by Midjourney. Midjourney's own ✉️ answer to the picture makes sure of it.\n"+
		textVerdictLimits+"\n"+textVerdictNext, verdictText(card))
	require.Contains(t, verdictText(owlCard()), "I know of nothing that stands against it:\n- Model version, size, style and seed are all fixed.\n")
	card.Prompt = "{a, b} --sref random " + strings.Repeat("--sref https://cdn.discordapp.com/x ", 200)
	require.LessOrEqual(t, units(verdictText(card)), 3500, "it stands in one message")
}
