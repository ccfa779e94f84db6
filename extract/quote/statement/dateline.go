package statement

import "github.com/whosaid/whosaid/extract/news"

// afterDateline is r without the dateline that it begins with: where the news
// comes from is part of no statement and of no name; none of the 91 articles of
// PolNeAR's training part that have one mark it.
func afterDateline(d *news.Document, r news.TokenRange) news.TokenRange {
	k := d.ParagraphAt(r.First)
	if k == len(d.Paragraphs) {
		return r
	}
	line, p := d.Dateline(k), d.Paragraphs[k]
	if line.Empty() {
		return r
	}
	// ST. looks like the end of a sentence, what begins behind it is the
	// dateline's still; but a headline in capitals may have a dash too.
	if i := line.End; r.First == p.First || r.First < i && i+1 < p.End && !news.InCapitals(d.Word(i+1)) {
		r.First = min(i+1, r.End)
	}
	return r
}
