package mend

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// unclosed takes from s what lies beyond a bracket that it has one half of: a part
// that begins in brackets in which its cue does not stand begins behind them, one
// that begins outside of them ends before a closing one, and a source ends before
// an opening one.
func (x *mender) unclosed(s *statement.Statement) {
	s.Source = x.balanced(s.Source, false)
	parts := s.Parts[:0:0]
	for _, p := range s.Parts {
		if p = x.balanced(p, s.Cue.Empty() || s.Cue.First < p.First); !p.Empty() {
			parts = append(parts, p)
		}
	}
	if len(parts) > 0 {
		s.Parts = parts
	}
}

// balanced is r without what lies beyond the one half of a pair of brackets, outside
// of marks; behind tells that what follows a closing one may be all of it.
func (x *mender) balanced(r news.TokenRange, behind bool) news.TokenRange {
	depth, open := 0, int32(-1)
	for i := r.First; i < r.End; i++ {
		if x.m.Inside[i] >= 0 {
			continue
		}
		switch w := x.d.Word(i); {
		case opensBracket(w):
			if depth == 0 {
				open = i
			}
			depth++
		case closesBracket(w):
			if depth--; depth < 0 {
				if around, ok := x.bracket(i - 1); behind && ok && around.First < r.First && x.cueIn(around) {
					r.First = i + 1
					if r.Len() > 1 && x.d.Word(r.First) == "," {
						r.First++
					}
					return x.balanced(r, false)
				}
				r.End = i
				return r
			}
		}
	}
	switch {
	case depth <= 0 || open < 0:
	case open == r.First:
		r.First++
	case !behind:
		r.End = open
	}
	return r
}

// cueIn reports whether a verb of saying stands in r.
func (x *mender) cueIn(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if x.w.cues.Has(x.d.Word(i)) {
			return true
		}
	}
	return false
}

// asides reads what a bracket with its own cue says: (two of them lost, Reyes admits); or
// that the words before it are said: The dam is full (or so its owner, Ana Reyes, says);
// The dam is full (says its owner).
func (x *mender) asides(t news.TokenRange) (out []statement.Statement) {
	for i := t.First + 1; i+3 < t.End; i++ {
		if !opensBracket(x.d.Word(i)) || x.m.Inside[i] >= 0 {
			continue
		}
		r, ok := x.bracket(i + 1)
		if !ok || r.Len() < 3 {
			continue
		}
		s := statement.Statement{Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true}
		before := news.TokenRange{First: t.First, End: i}
		if r.End+1 < t.End && x.d.Tokens[r.End+1].Tag.Finite() || !x.finite(before.First, before.End) {
			before = news.TokenRange{} // no sentence by itself
		}
		v := r.End - 1
		switch c := x.echo(r); {
		case x.speaks(r.First) && x.nominal(news.TokenRange{First: r.First + 1, End: r.End}):
			v = r.First
			s.Source, s.Parts = news.TokenRange{First: v + 1, End: r.End}, []news.TokenRange{before}
		case !x.speaks(v):
			continue
		case c > 0:
			s.Source, s.Parts = news.TokenRange{First: c, End: v}, []news.TokenRange{before}
		default:
			for c = r.First + 1; c+1 < v && !(x.d.Word(c) == "," && x.nominal(news.TokenRange{First: c + 1, End: v})); c++ {
			}
			s.Source, s.Parts = news.TokenRange{First: c + 1, End: v}, []news.TokenRange{{First: r.First, End: c}}
		}
		s.Cue, s.Lemma = news.TokenRange{First: v, End: v + 1}, x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)
		for s.Source.Len() > 1 && x.d.Word(s.Source.End-1) == "," {
			s.Source.End--
		}
		if !s.Source.Empty() && x.nominal(s.Source) && s.Parts[0].Len() > 1 && x.m.Inside[s.Parts[0].First] < 0 {
			out = append(out, s)
		}
	}
	return out
}

// speaks reports a verb of saying outside of marks.
func (x *mender) speaks(v int32) bool {
	w := x.d.Word(v)
	return x.d.Tokens[v].Tag.Finite() && x.m.Inside[v] < 0 && (x.w.clausal.Has(w) || x.w.cues.Has(w))
}

// echo is where the words begin behind those that a bracket repeats what stands
// before it with; 0 without any.
func (x *mender) echo(r news.TokenRange) int32 {
	words := ""
	for i := r.First; i < r.End-1 && i < r.First+maxEcho; i++ {
		if words += strings.ToLower(x.d.Word(i)); x.w.Echoes.Has(words) {
			return i + 1
		}
		words += " "
	}
	return 0
}

// maxEcho is the most tokens of such words.
const maxEcho = 4

// parenthetic adds the asides of all sentences to found: the statement that has the
// aside's cue becomes it.
func (x *mender) parenthetic(found []statement.Statement) []statement.Statement {
	for _, t := range x.d.Sentences {
		for _, s := range x.asides(t) {
			at := -1
			for i := range found {
				if f := &found[i]; f.Cue.First < s.Cue.End && s.Cue.First < f.Cue.End {
					at = i
				}
			}
			switch {
			case at < 0:
				found = append(found, s)
			case !x.inMarks(&found[at]):
				s.Confidence = found[at].Confidence
				found[at] = s
			}
		}
	}
	return found
}
