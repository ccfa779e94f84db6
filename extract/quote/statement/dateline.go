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

// inParagraph is the part of source that stands in the paragraph of the cue, or in
// its own first paragraph where there is no cue: nobody's name goes on from a
// headline into the text.
func inParagraph(d *news.Document, source, cue news.TokenRange) news.TokenRange {
	if source.Empty() {
		return source
	}
	k := d.ParagraphAt(source.First)
	if k == len(d.Paragraphs) || d.Paragraphs[k].End >= source.End {
		return source
	}
	if !cue.Empty() {
		if c := d.ParagraphAt(cue.First); c < len(d.Paragraphs) && d.Paragraphs[c].First < source.End && d.Paragraphs[c].End > source.First {
			k = c
		}
	}
	p := d.Paragraphs[k]
	return news.TokenRange{First: max(source.First, p.First), End: min(source.End, p.End)}
}
