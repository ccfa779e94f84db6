package statement

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
)

// maxDateline is the most tokens of a dateline: ST. JOHN'S, Newfoundland,
// 3 May (Ellery News) —.
const maxDateline = 14

// afterDateline is r without the dateline that it begins with: a paragraph's
// first words, in capitals, up to a dash. Where the news comes from is part of
// no statement and of no name; none of the 91 articles of PolNeAR's training
// part that have one mark it.
func afterDateline(d *news.Document, r news.TokenRange) news.TokenRange {
	k := d.ParagraphAt(r.First)
	if k == len(d.Paragraphs) {
		return r
	}
	p := d.Paragraphs[k]
	if !Upper(d.Word(p.First)) {
		return r
	}
	for i := p.First + 1; i < p.End && i < p.First+maxDateline; i++ {
		switch w := d.Word(i); w {
		case "—", "–", "--", "-":
			// ST. looks like the end of a sentence, what begins behind it is the
			// dateline's still; but a headline in capitals may have a dash too.
			if r.First == p.First || r.First < i && i+1 < p.End && !Upper(d.Word(i+1)) {
				r.First = min(i+1, r.End)
			}
			return r
		case ",", ".", "(", ")", "/", "'S", "’S":
		default:
			if !marks.Capital(w) && (w[0] < '0' || w[0] > '9') {
				return r
			}
		}
	}
	return r
}
