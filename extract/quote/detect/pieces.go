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

// piece is a part of a long document: whole paragraphs, or parts of one that no
// newspaper would print.
type piece struct {
	base       int32 // first token
	paragraphs [][]news.TokenRange
}

// pieces cuts a document that is long, or has such a paragraph; nil for any other.
func pieces(d *news.Document) (out []piece) {
	if len(d.Tokens) <= pieceTokens && !overlong(d) {
		return nil
	}
	full := true // the last piece has its tokens
	EachParagraph(d, func(_ int, sentences []news.TokenRange) {
		for from := 0; from < len(sentences); {
			start := sentences[from].First
			k := from
			for k < len(sentences)-1 && sentences[k].End-start < paragraphTokens {
				k++
			}
			if full {
				out = append(out, piece{base: start})
			}
			x := &out[len(out)-1]
			x.paragraphs = append(x.paragraphs, sentences[from:k+1])
			full = sentences[k].End-x.base >= pieceTokens-paragraphTokens
			from = k + 1
		}
	})
	return out
}

// cut makes into a document of the piece. Its text is d's, so that spans need no
// change; indexes of tokens count within the piece.
func (x *piece) cut(d, into *news.Document) {
	into.Article, into.Text = d.Article, d.Text
	into.Tokens, into.Sentences, into.Paragraphs = into.Tokens[:0], into.Sentences[:0], into.Paragraphs[:0]
	for _, sentences := range x.paragraphs {
		first := int32(len(into.Tokens))
		for _, s := range sentences {
			for _, t := range d.Tokens[s.First:s.End] {
				if t.Head != news.NoHead {
					t.Head -= x.base
				}
				into.Tokens = append(into.Tokens, t)
			}
			into.Sentences = append(into.Sentences, news.TokenRange{First: s.First - x.base, End: s.End - x.base})
		}
		into.Paragraphs = append(into.Paragraphs, news.TokenRange{First: first, End: int32(len(into.Tokens))})
	}
}

func overlong(d *news.Document) bool {
	for _, p := range d.Paragraphs {
		if p.Len() > paragraphTokens {
			return true
		}
	}
	return false
}
