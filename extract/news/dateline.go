package news

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline is the most tokens of a dateline: ST. JOHN'S, Newfoundland,
// 3 May (Ellery News) —.
const maxDateline = 14

// Dateline is where the news of a paragraph comes from, as its first words in
// capitals tell up to a dash, which is not part of the range: GORSE HILL (Ellery
// News). It is empty where a paragraph has none. A heading in capitals may have a
// dash too: what follows it tells the two apart.
func (d *Document) Dateline(paragraph int) TokenRange {
	p := d.Paragraphs[paragraph]
	none := TokenRange{First: p.First, End: p.First}
	if p.Empty() || !InCapitals(d.Word(p.First)) {
		return none
	}
	for i := p.First + 1; i < p.End && i < p.First+maxDateline; i++ {
		switch w := d.Word(i); w {
		case "—", "–", "--", "-":
			return TokenRange{First: p.First, End: i}
		case ",", ".", "(", ")", "/", "'S", "’S":
		default:
			r, _ := utf8.DecodeRuneInString(w)
			if !unicode.IsUpper(r) && !unicode.IsDigit(r) {
				return none
			}
		}
	}
	return none
}

// InCapitals reports a word of two letters or more, all of them capitals.
func InCapitals(w string) bool {
	return len(w) > 1 && w == strings.ToUpper(w) && w != strings.ToLower(w)
}
