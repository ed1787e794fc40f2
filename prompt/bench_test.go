package prompt_test

import (
	"testing"

	"seedbank/prompt"
)

const usual = "https://example.com/owl.png owl in the rain, 35 mm film, soft rim light, wet feathers, city lights " +
	"--ar 3:2 --stylize 250 --chaos 5 --no people, cars --sref 123456789 --sv 6 --raw --v 7 --seed 3718204551"

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(usual)))
	b.ReportAllocs()
	for b.Loop() {
		prompt.Parse(usual)
	}
}

func BenchmarkWithSeed(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		prompt.Parse(usual).WithSeed(5)
	}
}

func BenchmarkRepeatable(b *testing.B) {
	p := prompt.Parse(usual)
	b.ReportAllocs()
	for b.Loop() {
		prompt.Repeatable(p, prompt.Facts{Source: prompt.FromMidjourney})
	}
}
