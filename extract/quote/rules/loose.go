package rules

import (
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// loose deals with quotations that no cue took.
func (s *stretch) loose(taken []bool, before state) {
	end := s.end()
	for i := range s.u {
		if !s.isQ(i) || taken[i] || s.parent >= 0 {
			continue
		}
		m, q := s.x.m, s.u[i].q
		switch o := &m.Quotations[q]; {
		case o.Style == marks.Single && m.Main != marks.Single && o.Group < 0: // a heading
		case i == 0 && end <= 1:
			s.alone(i, taken, before)
		case !s.x.titled(q): // the title of a work
			s.amid(i, taken)
		}
	}
}

// alone takes the quotation at unit i, which fills its stretch.
func (s *stretch) alone(i int, taken []bool, before state) {
	x, q := s.x, s.u[i].q
	o := &x.m.Quotations[q]
	if before.last >= 0 && (before.trailing || x.proposals[before.last].Quotation >= 0) {
		// “A,” she said. “B.”
		s.take(&x.proposals[before.last], i, i+1, taken)
		x.state = before
		return
	}
	if o.Words.Len() <= 3 && o.Group < 0 && !statement.Whole(x.d, x.m, q) {
		return
	}
	f := statement.Statement{Quotation: -1, Parent: s.parent, Group: -1}
	if x.pending.paragraph == s.paragraph-1 && s.u[0].first == x.d.Paragraphs[s.paragraph].First {
		f.Cue, f.Source, f.Lemma = x.pending.cue, x.pending.source, x.pending.lemma
	}
	s.put(f, i, i+1, taken)
	x.state.trailing = true
}

// amid takes the quotation at unit i, which stands in narration.
func (s *stretch) amid(i int, taken []bool) {
	x, q := s.x, s.u[i].q
	o := &x.m.Quotations[q]
	switch {
	case i > 0 && (s.word(i-1) == ":" || s.isDash(i-1)) && o.Words.Len() > 2:
		f := statement.Statement{Quotation: -1, Parent: s.parent, Group: -1, Cue: s.tokens(i-1, i), Lemma: ":"}
		if a, b := s.subject(i-1, 0); a == 0 {
			f.Source = s.tokens(a, b)
		}
		s.put(f, i, i+1, taken)
	case statement.Whole(x.d, x.m, q) && o.Words.Len() > 4 && s.endsOpen(q) || o.Words.Len() > 9:
		s.put(statement.Statement{Quotation: -1, Parent: s.parent, Group: -1}, i, i+1, taken)
	}
}
