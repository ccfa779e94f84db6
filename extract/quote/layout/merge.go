package layout

import (
	"cmp"
	"slices"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// Merge makes one list of what a detector found in d and of plan p. What the plan
// says stands; what was found is kept where the plan is silent of it, and within a
// turn or a block where somebody else is reported. A bracket behind a quotation
// yields to a cue.
func (p *Plan) Merge(d *news.Document, m *marks.Marks, w *Words, found []statement.Statement) []statement.Statement {
	x := &reader{w: w, d: d, m: m}
	for i := range found {
		x.untimed(&found[i])
		x.behindAside(&found[i])
	}
	if len(p.Statements) == 0 && len(p.Silent) == 0 {
		return found
	}
	at := make([]int32, len(d.Tokens)) // per token: 1 + index into Statements of whose words it is
	for i := range p.Statements {
		for _, r := range p.Statements[i].Parts {
			for k := r.First; k < r.End; k++ {
				at[k] = int32(i) + 1
			}
		}
	}
	for _, r := range p.Silent {
		for k := r.First; k < r.End; k++ {
			at[k] = -1
		}
	}
	aside := make([]int32, len(d.Tokens)) // per token: 1 + index into asides of the bracket that holds it
	for i, r := range p.asides {
		for k := r.First; k < r.End; k++ {
			aside[k] = int32(i) + 1
		}
	}
	yields := make([]bool, len(p.Statements))
	out := make([]statement.Statement, 0, len(found)+len(p.Statements))
	for i := range found {
		s := &found[i]
		p.unbracket(s, aside)
		k, some := within(s, at, aside)
		switch {
		case k < 0, k == 0 && some, x.claims(s, p.Statements, aside):
		case k == 0:
			out = append(out, *s)
		case p.Statements[k-1].Spoken:
			if x.reported(s, at) {
				out = append(out, *s)
			}
		case p.Statements[k-1].Cue.Empty() && !s.Cue.Empty() && !s.Source.Empty() && s.Lemma != ":" && !yields[k-1] && !x.behindBracket(&p.Statements[k-1], s.Cue.First):
			yields[k-1] = true
			out = append(out, *s)
		}
	}
	for i := range p.Statements {
		if !yields[i] {
			out = append(out, p.Statements[i])
		}
	}
	return out
}

// behindBracket reports whether token i stands in the bracket behind the words of l.
func (x *reader) behindBracket(l *statement.Statement, i int32) bool {
	open := l.Parts[len(l.Parts)-1].End
	return int(open) < len(x.d.Tokens) && bracket(x.d.Word(open)) > 0 && open < i && i < x.closing(open, min(open+maxAside, int32(len(x.d.Tokens))))
}

// behindAside gives s the rest of the sentence where all that it has is what a bracket
// behind its cue holds: promised (not for the first time) to rebuild.
func (x *reader) behindAside(s *statement.Statement) {
	if s.Cue.Empty() || len(s.Parts) != 1 || int(s.Cue.End)+2 >= len(x.d.Tokens) || bracket(x.d.Word(s.Cue.End)) <= 0 {
		return
	}
	t := x.d.Sentences[x.d.SentenceAt(s.Cue.First)]
	end := x.closing(s.Cue.End, t.End)
	if end == 0 || s.Parts[0].First < s.Cue.End || s.Parts[0].End > end+1 {
		return
	}
	if r := x.unended(news.TokenRange{First: end + 1, End: t.End}); r.Len() > 1 && statement.IsWord(x.d.Word(r.First)) {
		s.Parts = []news.TokenRange{r}
	}
}

// Turns is what is spoken or written without marks, in text order.
func (p *Plan) Turns() (out []news.TokenRange) {
	for i := range p.Statements {
		if p.Statements[i].Spoken {
			out = append(out, p.Statements[i].Parts...)
		}
	}
	slices.SortFunc(out, func(a, b news.TokenRange) int { return cmp.Compare(a.First, b.First) })
	return out
}

// unbracket takes from the parts of s a bracket at their end that holds another's words.
func (p *Plan) unbracket(s *statement.Statement, aside []int32) {
	parts := s.Parts
	for i, r := range parts {
		if r.Empty() || aside[r.End-1] == 0 || aside[r.End-1] == aside[r.First] {
			continue
		}
		if b := p.asides[aside[r.End-1]-1]; b.First > r.First {
			if &parts[0] == &s.Parts[0] {
				parts = slices.Clone(parts)
			}
			parts[i].End = b.First
		}
	}
	s.Parts = parts
}

// within is 1 + the index of the statement of the layout whose words all of s are;
// 0 if none, or several; -1 where s stands in silence. some tells that words of s
// are the layout's.
func within(s *statement.Statement, at, aside []int32) (k int32, some bool) {
	const unread = -2 // no word yet
	first, same := int32(unread), true
	for _, r := range s.Parts {
		for i := r.First; i < r.End; i++ {
			if aside[i] != 0 && aside[i] != aside[r.First] {
				continue // another's words within
			}
			switch {
			case at[i] < 0:
				return -1, true
			case first == unread:
				first = at[i]
			case at[i] != first:
				same = false
			}
			some = some || at[i] != 0
		}
	}
	if !same || first < 0 {
		return 0, some
	}
	return first, some
}

// claims reports whether s takes the cue or the source of one of the layout's
// statements for words or for a cue, but for one in a bracket within s.
func (x *reader) claims(s *statement.Statement, laid []statement.Statement, aside []int32) bool {
	for i := range laid {
		l := &laid[i]
		if meet(s.Cue, l.Cue) || l.Spoken && meet(s.Cue, l.Source) {
			return true
		}
		for _, r := range s.Parts {
			by := l.Cue
			if by.Empty() {
				by = l.Source
			}
			if meet(r, by) && (aside[by.First] == 0 || aside[by.First] == aside[r.First]) {
				return true
			}
		}
	}
	return false
}

func meet(a, b news.TokenRange) bool { return a.First < b.End && b.First < a.End }

// reported reports whether s, within a turn or a block, is what its speaker tells
// of somebody else: its cue and source stand there too, and it is shorter.
func (x *reader) reported(s *statement.Statement, at []int32) bool {
	k := at[s.Parts[0].First]
	if s.Spoken || s.Attitude || s.Cue.Empty() || at[s.Cue.First] != k {
		return false
	}
	if x.marked(s.Parts[0]) {
		return true
	}
	if s.Source.Empty() || at[s.Source.First] != k || len(s.Parts) == 1 && s.Parts[0].Len() == 1 && x.d.Tokens[s.Parts[0].First].Tag == news.TagPRP {
		return false // nobody called me
	}
	switch t := x.d.Tokens[s.Source.First].Tag; {
	case t == news.TagPRPS && s.Source.Len() > 1: // my sister
		return true
	case t == news.TagWP && s.Source.Len() == 1: // anybody who says so
		return false
	}
	return !x.w.FirstPerson.Has(x.low(s.Source.First)) && !x.w.SecondPerson.Has(x.low(s.Source.First))
}
