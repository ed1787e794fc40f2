package picture_test

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/draw"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/picture"
)

func rgba(img image.Image) []uint8 {
	copied := image.NewRGBA(img.Bounds())
	draw.Draw(copied, copied.Rect, img, img.Bounds().Min, draw.Src)
	return copied.Pix
}

func packed(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, err := z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func owl() picture.Label {
	return picture.Label{
		Card: 142, Seed: 3718204551, Prompt: "owl in the rain, 35 mm: film --ar 3:2 --v 7", Line: "owl in the rain, 35 mm: film --ar 3:2 --v 7 --seed 3718204551",
		Model: "7", Width: 1344, Height: 896,
	}
}

func TestALabelIsReadBack(t *testing.T) {
	t.Parallel()
	file := write(t, pngOf(t, scene(1, 8, 8)), owl().Texts())
	got, ours := picture.LabelOf(read(t, file))
	require.True(t, ours)
	require.Equal(t, picture.Label{Card: 142, Seed: 3718204551, Prompt: owl().Prompt}, got)
}

func TestLabelsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no text": "", "no JSON": "owl", "a list": "[1]", "another version": `{"v":2,"seed":1,"card":1}`, "no card": `{"v":1,"seed":1}`,
		"a card below one": `{"v":1,"seed":1,"card":-4}`, "a seed too large": `{"v":1,"seed":4294967296,"card":1}`,
		"a prompt that is a number": `{"v":1,"seed":1,"card":1,"prompt":5}`,
	} {
		_, ours := picture.LabelOf(map[string]string{"seedbank": text})
		require.False(t, ours, name)
	}
}

// readers is how programs take "parameters" apart that know AUTOMATIC1111's form: a last line with three or more values
// holds the settings, and all before it is the prompt.
func readers(text string) (prompt string, settings map[string]string) {
	value := regexp.MustCompile(`\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)`)
	lines := strings.Split(strings.TrimSpace(text), "\n")
	last := value.FindAllStringSubmatch(lines[len(lines)-1], -1)
	if len(last) < 3 {
		return text, nil
	}
	settings = map[string]string{}
	for _, m := range last {
		settings[m[1]] = m[2]
	}
	return strings.Join(lines[:len(lines)-1], "\n"), settings
}

func TestOtherProgramsReadTheParameters(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]picture.Label{
		"as usual":             owl(),
		"a prompt of lines":    {Card: 1, Seed: 5, Prompt: "one\ntwo: three, four", Model: "niji 6", Width: 10, Height: 20},
		"an unknown model":     {Card: 1, Seed: 0, Prompt: "owl", Width: 1, Height: 1},
		"a model with a comma": {Card: 1, Seed: 0, Prompt: "owl", Model: "7, \"x\": 3", Width: 1, Height: 1},
	} {
		texts := l.Texts()
		prompt, settings := readers(texts["parameters"])
		require.Equal(t, l.Prompt, prompt, name)
		require.Len(t, settings, 3, name)
		require.Regexp(t, `^\d+$`, settings["Seed"], name)
		require.Regexp(t, `^\d+x\d+$`, settings["Size"], name)
		require.Contains(t, settings["Model"], "Midjourney", name)
	}
	require.Equal(t, "owl in the rain, 35 mm: film --ar 3:2 --v 7\nSeed: 3718204551, Size: 1344x896, Model: Midjourney 7", owl().Texts()["parameters"])
	require.Equal(t, owl().Line, owl().Texts()["Description"])
}

// What Midjourney writes into its files leads to the account that made them.
func TestALabelTakesTheAccountOut(t *testing.T) {
	t.Parallel()
	const id = "00000000-0000-4000-8000-bbd798ffcb5d"
	theirs := with(pngOf(t, scene(1, 8, 8)), piece("tEXt", "Author\x00quiet_otter"), piece("tEXt", "Description\x00owl Job ID: "+id),
		piece("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00<x DigImageGUID='"+id+"'/>"), piece("tEXt", "Creation Time\x00today"))
	file := write(t, theirs, owl().Texts())
	require.NotContains(t, string(file), "quiet_otter")
	require.NotContains(t, string(file), id)
	texts := read(t, file)
	require.Equal(t, "today", texts["Creation Time"])
	require.Contains(t, texts["XML:com.adobe.xmp"], "trainedAlgorithmicMedia", "that a model made it stays told")
}
