package detect

import "github.com/whosaid/whosaid/extract/news"

const (
	// pieceTokens is the most tokens of a document that are looked at in one
	// piece, whole paragraphs: the length of a long read of 13,000 words.
	// Features take some 300 bytes a token.
	pieceTokens = 1 << 14
	// paragraphTokens is where a paragraph is cut, at the end of a sentence:
	// five times the longest of PolNeAR's.
	paragraphTokens = 1 << 11
)

// eachPiece calls do with d itself, or, where it is long or has a paragraph
// that no newspaper would print, with one document after the other that hold
// a part of its tokens. Their text is d's, so that spans need no change;
// indexes of tokens count within the piece, whose
// first token is token base of d.
func eachPiece(d *news.Document, do func(piece *news.Document, base int32)) {
	if len(d.Tokens) <= pieceTokens && !overlong(d) {
		do(d, 0)
		return
	}
	piece := news.Document{Article: d.Article, Text: d.Text}
	base := int32(0)
	flush := func() {
		if len(piece.Tokens) > 0 {
			do(&piece, base)
		}
		base += int32(len(piece.Tokens))
		piece.Tokens, piece.Sentences, piece.Paragraphs = piece.Tokens[:0], piece.Sentences[:0], piece.Paragraphs[:0]
	}
	EachParagraph(d, func(_ int, sentences []news.TokenRange) {
		start := sentences[0].First - base
		for k, s := range sentences {
			for i := s.First; i < s.End; i++ {
				t := d.Tokens[i]
				if t.Head != news.NoHead {
					t.Head -= base
				}
				piece.Tokens = append(piece.Tokens, t)
			}
			piece.Sentences = append(piece.Sentences, news.TokenRange{First: s.First - base, End: s.End - base})
			if last := k == len(sentences)-1; last || s.End-base-start >= paragraphTokens {
				piece.Paragraphs = append(piece.Paragraphs, news.TokenRange{First: start, End: s.End - base})
				if len(piece.Tokens) >= pieceTokens-paragraphTokens {
					flush()
				}
				start = s.End - base
			}
		}
	})
	flush()
}

func overlong(d *news.Document) bool {
	for _, p := range d.Paragraphs {
		if p.Len() > paragraphTokens {
			return true
		}
	}
	return false
}
