package entity

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/whosaid/whosaid/extract/lang"
)

// lexicon is the words of a language that names need, folded.
type lexicon struct {
	Honorific   lang.Set `lang:"entity.honorific"`
	Address     lang.Set `lang:"entity.address"`
	Title       lang.Set `lang:"entity.title"`
	Rank        lang.Set `lang:"entity.rank"`
	Female      lang.Set `lang:"entity.female"`
	Male        lang.Set `lang:"entity.male"`
	Suffix      lang.Set `lang:"entity.suffix"`
	Postnominal lang.Set `lang:"entity.postnominal"`
	Particle    lang.Set `lang:"entity.particle"`
	Family      lang.Set `lang:"entity.family"`
	Legal       lang.Set `lang:"entity.legal"`
	Led         lang.Set `lang:"entity.led"`
	Ruling      lang.Set `lang:"entity.ruling"`
	Small       lang.Set `lang:"entity.small-legal"`
	Twofold     lang.Set `lang:"entity.twofold"`
	And         lang.Set `lang:"entity.and"`
	Of          lang.Set `lang:"entity.of"`
	Article     lang.Set `lang:"entity.article"`
	Joint       lang.Set `lang:"entity.joint"`
	Still       lang.Set `lang:"entity.still"`
	Kin         lang.Set `lang:"entity.kin"`

	Role    lang.Set  `lang:"coref.role"` // the farmer, the apprentice
	Time    lang.Set  `lang:"coref.time"`
	Spelled lang.Keys `lang:"entity.spelled"`
	Noun    lang.Keys `lang:"entity.noun"` // with the word of the kind that they tell
}

// titles reports whether a word in small letters is an office or a form of
// address, or ends with one behind a hyphen: ex-premier.
func (x *lexicon) titles(w string) bool {
	if i := strings.LastIndexByte(w, '-'); i > 0 && x.Title.Has(w[i+1:]) {
		return true
	}
	return x.Title.Has(w) || x.Honorific.Has(w)
}

// sex is 1 for a woman's form of address or office, -1 for a man's.
func (x *lexicon) sex(w string) int8 {
	switch {
	case x.Female.Has(w):
		return 1
	case x.Male.Has(w):
		return -1
	}
	return 0
}

// Titles are the offices and forms of address that stand before names in a
// language, in small letters.
func Titles(l *lang.Language) []string {
	x := lang.Bind[lexicon](l)
	var out []string
	for _, s := range []lang.Set{x.Title, x.Honorific} {
		for w := range s {
			out = append(out, w)
		}
	}
	return out
}

// fold is a word in small letters, without diacritics, with plain apostrophes
// and hyphens.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == '’' || r == '‘':
			b.WriteByte('\'')
		case r == '‑' || r == '‐':
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// Sections names the sections of a language that the package reads.
func Sections() []string { return lang.Names[lexicon]() }
