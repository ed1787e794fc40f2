package db

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"words without case", "A Lighthouse at DUSK", "a lighthouse at dusk"},
		{"signs part words", "owl-like, 35mm (f/1.8) don't snake_case", "owl like 35mm f 1 8 don t snake case"},
		{"accents are left out, composed or not", "café cafe\u0301 résumé Ñandú Ångström Škoda", "cafe cafe resume nandu angstrom skoda"},
		{"letters with a stroke", "Straße STRASSE Øre Łódź đak œuvre ægir ıslak", "strasse strasse ore lodz dak oeuvre aegir islak"},
		{"Greek, with every sigma", "ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"},
		{"Cyrillic", "Ёжик ёжик МОЙ", "ежик ежик мои"},
		{"full width and ligatures", "ＡＢＣ１２ ﬁlm ②", "abc12 film 2"},
		{"Turkish", "İstanbul", "istanbul"},
		{"Chinese by characters", "雨中的猫。", "雨 中 的 猫"},
		{"Japanese, whose marks are no accents", "雨の中のガラス、パンダー", "雨 の 中 の カ\u3099 ラ ス ハ\u309A ン タ\u3099 ー"},
		{"half width Kana", "ｶﾞ", "ガ"},
		{"Korean by syllables", "고양이가 HELLO", "고 양 이 가 hello"},
		{"Thai by characters", "แมวดำ", "แ ม ว ด ํ า"},
		{"Hindi by words", "हिन्दी चित्र", "हिन्दी चित्र"},
		{"Arabic without vowels", "كِتَاب", "كتاب"},
		{"Hebrew without points", "שָׁלוֹם", "שלום"},
		{"scripts beside each other", "cat猫dog", "cat 猫 dog"},
		{"emoji are words", "🌱seed ❤️ 👩‍🎨", "🌱 seed ❤ 👩 🎨"},
		{"nothing", " \t\n—…!?*\"'", ""},
		{"odd bytes", "a\x00b\xffc", "a b c"},
		{"FTS operators are words", "AND OR NOT NEAR/3 ^a words:b", "and or not near 3 a words b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := strings.Fields(c.want)
			for i := range want {
				want[i] = fold(want[i]) // so that this file may write them in any form
			}
			got := tokens(c.text)
			if len(want) == 0 {
				require.Empty(t, got)
				return
			}
			require.Equal(t, want, got)
		})
	}
	long := tokens(strings.Repeat("ä", 1000))
	require.Equal(t, []string{strings.Repeat("a", maxToken)}, long)
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	t.Parallel()
	for r := rune(1); r < 0x20000; r++ {
		if 0x3400 <= r && r <= 0xD7FF && r%97 != 0 || !utf8.ValidRune(r) { // of the many Chinese and Korean ones a few
			continue
		}
		once := fold(string(r))
		if fold(once) != once {
			t.Fatalf("%U: %q, then %q", r, once, fold(once))
		}
		for _, token := range tokens(string(r)) {
			require.NotContains(t, token, " ")
			require.NotContains(t, token, `"`)
		}
	}
}

func TestMarksAreOneTokenEach(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, value := range []string{"", "a", "A", "a b", `a"b`, "a*b", "16:9", "169", "16 9", "猫", "\uE020", "^a", "-", "_"} {
		m := mark(markTag, value)
		require.NotContains(t, m, " ")
		for _, r := range m {
			require.True(t, r >= utf8.RuneSelf || '0' <= r && r <= '9' || 'a' <= r && r <= 'z', "%q", r)
		}
		if other, ok := seen[m]; ok && value != "\uE020" {
			t.Errorf("%q and %q have one mark", value, other)
		}
		seen[m] = value
	}
}
