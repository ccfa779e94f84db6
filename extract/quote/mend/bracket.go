package mend

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// unclosed takes from s what lies beyond a bracket that it has one half of: a part
// that begins in brackets in which its cue does not stand begins behind them, one
// that begins outside of them ends before a closing one, and a source ends before
// an opening one.
func (x *mender) unclosed(s *statement.Statement) {
	s.Source = x.balanced(s.Source, false)
	if last := s.Source.End - 1; !s.Source.Empty() && closesBracket(x.d.Word(last)) {
		if r, ok := x.bracket(last - 1); ok && r.First > s.Source.First+1 && x.verbIn(r, x.w.verbs) > 0 && x.adds(r, x.verbIn(r, x.w.verbs)) {
			s.Source.End = r.First - 1 // according to the town (the mayor says five)
		}
	}
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
		before := news.TokenRange{First: t.First, End: i}
		if r.End+1 < t.End && x.d.Tokens[r.End+1].Tag.Finite() || !x.finite(before.First, before.End) {
			before = news.TokenRange{} // no sentence by itself
		}
		if s, ok := x.said(r, before); ok {
			out = append(out, s)
		}
	}
	return out
}

// said reads what the bracket r, behind the words before, says.
func (x *mender) said(r, before news.TokenRange) (s statement.Statement, ok bool) {
	v := r.End - 1
	put, by := x.put(r)
	var cue, source news.TokenRange
	said := before
	switch {
	case !put.Empty():
		cue, source, said = put, by, x.beginning(news.TokenRange{First: r.First, End: min(put.First, by.First)})
	case x.speaks(r.First) && x.nominal(news.TokenRange{First: r.First + 1, End: r.End}):
		cue, source = news.TokenRange{First: r.First, End: r.First + 1}, news.TokenRange{First: r.First + 1, End: r.End}
	default:
		if cue, source = x.echoed(r); !cue.Empty() {
			break
		}
		if u := x.verbIn(r, x.w.verbs); u > 0 && u < v && x.adds(r, u) {
			cue, source, said = news.TokenRange{First: u, End: u + 1}, news.TokenRange{First: r.First, End: u}, news.TokenRange{First: u + 1, End: r.End}
			break
		}
		if !x.speaks(v) {
			return s, false
		}
		c := r.First + 1
		for c+1 < v && !(x.d.Word(c) == "," && x.nominal(news.TokenRange{First: c + 1, End: v})) {
			c++
		}
		cue, source, said = news.TokenRange{First: v, End: v + 1}, news.TokenRange{First: c + 1, End: v}, news.TokenRange{First: r.First, End: c}
	}
	for source.Len() > 1 && x.d.Word(source.End-1) == "," {
		source.End--
	}
	if said.Empty() || said.Len() == 1 && said.First != cue.End && put.Empty() || source.Empty() || !x.nominal(source) || x.m.Inside[said.First] >= 0 && put.Empty() {
		return s, false
	}
	verb := cue.First
	for verb+1 < cue.End && x.d.Tokens[verb+1].Tag.Verb() {
		verb++
	}
	return statement.Statement{
		Parts: []news.TokenRange{said}, Source: source, Cue: cue, Lemma: x.w.lemma(x.d.Word(verb), x.d.Tokens[verb].Tag),
		Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
	}, true
}

// beginning is r, which a bracket begins with, up to its closing mark or without the comma
// at its end.
func (x *mender) beginning(r news.TokenRange) news.TokenRange {
	for r.Len() > 1 && x.m.Inside[r.End-1] < 0 && (x.m.Inside[r.First] >= 0 || x.d.Word(r.End-1) == ",") {
		r.End--
	}
	return r
}

// echoed is the cue and the source of a bracket that gives what stands before it to
// somebody: as Reyes has said; so the mate told the court.
func (x *mender) echoed(r news.TokenRange) (cue, source news.TokenRange) {
	from, v := x.echo(r), r.End-1
	if from == 0 {
		return cue, source
	}
	if from+1 < v && x.d.Tokens[v].Tag == news.TagVBN && x.d.Tokens[v-1].Tag.Finite() && x.w.cues.Has(x.d.Word(v)) {
		return news.TokenRange{First: v - 1, End: v + 1}, news.TokenRange{First: from, End: v - 1}
	}
	u := x.verbIn(r, nil)
	if u > from && x.nominal(news.TokenRange{First: from, End: u}) && (u == v || x.nominal(news.TokenRange{First: u + 1, End: r.End})) {
		return news.TokenRange{First: u, End: u + 1}, news.TokenRange{First: from, End: u}
	}
	return cue, source
}

// put is the verb of the bracket r that tells who says what it begins with, and who that
// is: (for “a song”, says its owner); (“biblically wet,” as the owner put it).
func (x *mender) put(r news.TokenRange) (cue, source news.TokenRange) {
	quoted := r.First // what it begins with in marks ends there
	for quoted < r.End && x.m.Inside[quoted] >= 0 {
		quoted++
	}
	if quoted+1 < r.End && x.d.Word(quoted) == "," {
		quoted++
	}
	if quoted > r.First && quoted < r.End {
		behind := news.TokenRange{First: quoted, End: r.End}
		if by := x.opener(behind, x.w.WordsOf); by > 0 && x.nominal(news.TokenRange{First: by, End: r.End}) {
			return news.TokenRange{First: quoted, End: by}, news.TokenRange{First: by, End: r.End}
		}
	}
	if last := r.End - 1; quoted > r.First && quoted < last && x.speaks(last) && x.nominal(news.TokenRange{First: quoted, End: last}) {
		return news.TokenRange{First: last, End: r.End}, news.TokenRange{First: quoted, End: last} // “…,” the mate insists
	}
	echoes := quoted > r.First && quoted < r.End && x.w.Echoes.Has(strings.ToLower(x.d.Word(quoted)))
	for v := r.First + 2; v < r.End; v++ {
		if x.m.Inside[v] >= 0 || !x.d.Tokens[v].Tag.Verb() {
			continue
		}
		behind := news.TokenRange{First: v + 1, End: r.End}
		switch {
		case echoes && v > quoted+1 && behind.Len() <= 1:
			return news.TokenRange{First: v, End: r.End}, news.TokenRange{First: quoted + 1, End: v}
		case x.speaks(v) && (x.d.Word(v-1) == "," || x.m.Inside[v-1] >= 0) && x.nominal(behind):
			return news.TokenRange{First: v, End: v + 1}, behind
		}
	}
	return cue, source
}

// verbIn is the first finite verb of r, where it is one of saying outside of marks, or of
// more, or 0.
func (x *mender) verbIn(r news.TokenRange, more lang.Set) int32 {
	v := r.First + 1
	for v < r.End && v <= r.First+maxSubject && !x.d.Tokens[v].Tag.Finite() {
		v++
	}
	if v >= r.End || !x.speaks(v) && !(more.Has(x.d.Word(v)) && x.m.Inside[v] < 0) {
		return 0
	}
	return v
}

// adds reports whether somebody says something else in the bracket r, by the verb v:
// (farmers say they have trebled).
func (x *mender) adds(r news.TokenRange, v int32) bool {
	if v+1 >= r.End {
		return false
	}
	behind := x.d.Tokens[v+1].Tag
	return x.nominal(news.TokenRange{First: r.First, End: v}) && statement.IsWord(x.d.Word(v+1)) && (behind != news.TagIN || x.w.Complementizers.Has(x.d.Word(v+1)))
}

// speaks reports a verb of saying outside of marks.
func (x *mender) speaks(v int32) bool {
	w := x.d.Word(v)
	return x.d.Tokens[v].Tag.Finite() && x.m.Inside[v] < 0 && (x.w.cues.Has(w) || x.rules(v))
}

// echo is where the words begin behind those that a bracket repeats what stands
// before it with; 0 without any.
func (x *mender) echo(r news.TokenRange) int32 { return x.opener(r, x.w.Echoes) }

// opener is the token behind the words of set that r begins with; 0 without any.
func (x *mender) opener(r news.TokenRange, set lang.Set) int32 {
	words := ""
	for i := r.First; i < r.End-1 && i < r.First+maxEcho; i++ {
		if words += strings.ToLower(x.d.Word(i)); set.Has(words) {
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
