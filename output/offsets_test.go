package output

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// checkRunes holds runeIndex against the plain count at every code point.
func checkRunes(t interface{ Fatalf(string, ...any) }, x *runeIndex, text string) {
	x.reset(text)
	if got, want := x.len(), int32(utf8.RuneCountInString(text)); got != want {
		t.Fatalf("%d code points, want %d", got, want)
	}
	n := int32(0)
	for b := range text {
		if !onBoundary(text, int32(b)) {
			t.Fatalf("byte %d is not seen as the first of a code point", b)
		}
		if got := x.at(int32(b)); got != n {
			t.Fatalf("byte %d is code point %d, want %d", b, got, n)
		}
		n++
	}
	if got := x.at(int32(len(text))); got != n {
		t.Fatalf("the end is code point %d, want %d", got, n)
	}
}

func TestRuneIndex(t *testing.T) {
	var x runeIndex // one for all: a used index must forget the text before
	for _, text := range []string{
		"", "a", "é", "🙂", strings.Repeat("a", 63), strings.Repeat("a", 64), strings.Repeat("a", 65),
		strings.Repeat("é", 32), strings.Repeat("é", 33), "a" + strings.Repeat("é", 200),
		strings.Repeat("東", 64), "ab" + strings.Repeat("🙂", 50), strings.Repeat("a", 200) + "é", "\x00\u0301\ufeff",
	} {
		checkRunes(t, &x, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		checkRunes(t, &x, rapid.StringN(0, 400, -1).Draw(t, "text"))
	})
}

func FuzzRuneIndex(f *testing.F) {
	f.Add("Zoë said 東京 🙂👍🏽", 3)
	f.Add(strings.Repeat("“x” ", 40), 64)
	f.Fuzz(func(t *testing.T, text string, cut int) {
		if cut >= 0 && cut <= len(text) && countRunes(text[:cut])+countRunes(text[cut:]) != countRunes(text) {
			t.Fatalf("the counts of two pieces do not add up, cut at %d", cut)
		}
		text = strings.ToValidUTF8(text, "")
		checkRunes(t, &runeIndex{}, text)
		checkContext(t, text)
		if got, want := countWords(text), plainWords(text); got != want {
			t.Fatalf("%d words, want %d", got, want)
		}
	})
}

// plainWords is the plain version of countWords.
func plainWords(s string) int32 {
	n := int32(0)
	for _, w := range strings.FieldsFunc(s, unicode.IsSpace) {
		if strings.IndexFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			n++
		}
	}
	return n
}

func TestCountWords(t *testing.T) {
	for text, want := range map[string]int32{
		"": 0, " ": 0, "—": 0, "a": 1, "He said: “No.”": 3, "x — y": 2, "1,200": 1, "naïve\u00a0café": 2,
		"東京 says": 2, "'tis o’clock": 2, "🙂 🙂": 0, "a\u0085b\vc": 3, "…and": 1,
	} {
		if got := countWords(text); got != want {
			t.Errorf("countWords(%q) = %d, want %d", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("ab1 é—\u00a0\n東🙂"), unicode.Letter, unicode.Space)).Draw(t, "text")
		if got, want := countWords(s), plainWords(s); got != want {
			t.Fatalf("countWords(%q) = %d, want %d", s, got, want)
		}
	})
}

// checkContext holds that context is the text around, bounded and whole words.
func checkContext(t interface{ Fatalf(string, ...any) }, text string) {
	edge := func(i int) bool { // no word runs across byte i
		if i == 0 || i == len(text) {
			return true
		}
		a, _ := utf8.DecodeLastRuneInString(text[:i])
		b, _ := utf8.DecodeRuneInString(text[i:])
		return unicode.IsSpace(a) || unicode.IsSpace(b)
	}
	for at := range text {
		b, a := before(text, at), after(text, at)
		if !strings.HasSuffix(text[:at], b) || !strings.HasPrefix(text[at:], a) {
			t.Fatalf("context of byte %d is not the text around it", at)
		}
		if !utf8.ValidString(b) || !utf8.ValidString(a) {
			t.Fatalf("context of byte %d cuts a character", at)
		}
		if utf8.RuneCountInString(b) > contextChars || utf8.RuneCountInString(a) > contextChars {
			t.Fatalf("context of byte %d is too long", at)
		}
		if strings.ContainsFunc(b, unicode.IsSpace) && !edge(at-len(b)) {
			t.Fatalf("context %q before byte %d begins inside a word", b, at)
		}
		if strings.ContainsFunc(a, unicode.IsSpace) && !edge(at+len(a)) {
			t.Fatalf("context %q after byte %d ends inside a word", a, at)
		}
	}
}

func TestContext(t *testing.T) {
	long := strings.Repeat("ninechars ", 30) // 300 characters
	word := strings.Repeat("é", 300)
	for _, c := range []struct {
		name, text    string
		at            int
		before, after string
	}{
		{"whole text", "He said: no.", 9, "He said: ", "no."},
		{"start", "no.", 0, "", "no."},
		{"cut at words", long, 150, strings.Repeat("ninechars ", 12), strings.TrimSpace(strings.Repeat("ninechars ", 12))},
		{"one word only", word, 300, word[:240], word[:240]},
		{"inside a word", long, 153, strings.Repeat("ninechars ", 11) + "nin", "echars " + strings.TrimSpace(strings.Repeat("ninechars ", 11))},
	} {
		if got := before(c.text, c.at); got != c.before {
			t.Errorf("%s: before %q, want %q", c.name, got, c.before)
		}
		if got := after(c.text, c.at); got != c.after {
			t.Errorf("%s: after %q, want %q", c.name, got, c.after)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		checkContext(t, rapid.StringOfN(rapid.RuneFrom([]rune("abc  \né東🙂")), 0, 300, -1).Draw(t, "text"))
	})
}
