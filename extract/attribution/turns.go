package attribution

import (
	"slices"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// fillsParagraph reports whether a quotation is all of its paragraph.
func (w *walker) fillsParagraph(r news.TokenRange) bool {
	p := w.Doc.Paragraphs[w.Toks[r.First].Par]
	return r.First-p.First <= 1 && p.End-r.End <= 1
}

// label reads Q, A, Q1, A12 and the like at token i.
func (a reader) label(i int32) coref.Class {
	w := a.Low(i)
	for len(w) > 1 && (w[len(w)-1] >= '0' && w[len(w)-1] <= '9' || w[len(w)-1] == '.' || w[len(w)-1] == ':') {
		w = w[:len(w)-1]
	}
	switch {
	case a.Lex.In(w, coref.Question):
		return coref.Asker
	case a.Lex.In(w, coref.Answer):
		return coref.Answerer
	}
	return coref.NoClass
}

// labelBefore reads the letter before a statement that stands in an interview
// set as "Q1: … A1: …" and has no source of its own.
func (a reader) labelBefore(first int32) coref.Class {
	for i := first - 1; i >= 0 && i >= first-4; i-- {
		if !a.Has(i, coref.NewLine) {
			continue
		}
		if end := first - 1; end > i && a.Low(end) != ":" && a.Low(end) != "." && a.Low(end) != ")" {
			return coref.NoClass
		}
		c := a.label(i)
		if !a.Has(i, coref.Cap) || c == coref.Answerer && first-i < 2 {
			return coref.NoClass
		}
		return c
	}
	return coref.NoClass
}

// signature is the name that a dash after a quotation's last word leads to:
// "…" - Rosa Finch. -1 when there is none.
func (a reader) signature(q *news.Quote) int32 {
	n := int32(len(a.Toks))
	i := a.TokenAt(q.Extent().End)
	for k := 0; k < 3 && i < n && !a.Has(i, coref.Word) && !dash(a.Low(i)); k++ {
		i++
	}
	if i+1 >= n || !dash(a.Low(i)) || a.Toks[i+1].Par > a.Toks[i].Par+1 {
		return -1
	}
	for i++; i < n && i < a.TokenAt(q.Extent().End)+8 && a.NameAt(i) < 0; i++ { // — Dr
		if !a.Is(i, coref.Title) {
			return -1
		}
	}
	m := a.NameAt(i)
	if m < 0 || a.Mentions[m].Entity < 0 || a.Entities[a.Mentions[m].Entity].Place {
		return -1
	}
	end := a.Mentions[m].End
	if end < n && a.Toks[end].Par == a.Toks[i].Par && a.Toks[end].Flags&(coref.NewLine|coref.Word) == coref.Word {
		return -1 // the sentence goes on: it is no signature
	}
	return m
}

func dash(w string) bool {
	switch w {
	case "-", "–", "—", "―", "--", "~":
		return true
	}
	return false
}

// isOutlet reports whether an entity's name ends like a paper's or channel's.
func (a reader) isOutlet(e *coref.Entity) bool {
	return e.Kind != news.Person && len(e.Words) > 0 && a.Lex.In(e.Words[len(e.Words)-1], coref.Outlet)
}

// voiceOf is how often the article says I or we outside of marks, as its author
// would, as a logarithm.
func (w *walker) voiceOf() float32 {
	n := int32(0)
	for i := range w.Mentions {
		if m := &w.Mentions[i]; m.Class == coref.First && !m.Quoted {
			n++
		}
	}
	return coref.Log(n)
}

// findInterview notes whom the sentences on an interview name: the first outlet, or
// else body, whose the questions may be, and the people. Where the layout alone shows
// an interview, it is the first person named before it.
func (w *walker) findInterview() {
	w.outlet = -1
	sent, talk := int32(-1), false
	w.joinLabels()
	first := w.findAnswers()
	guest, body := int32(-1), int32(-1)
	for i := range w.Mentions {
		m := &w.Mentions[i]
		if m.Form != news.Name || m.Entity < 0 {
			continue
		}
		if t := w.Toks[m.First].Sent; t != sent {
			sent, talk = t, w.sentenceHas(t, coref.Interview)
		}
		e := &w.Entities[m.Entity]
		if guest < 0 && e.Kind == news.Person && m.First < first {
			guest = m.Entity
		}
		switch {
		case !talk:
		case e.Kind == news.Person:
			if !slices.Contains(w.interviewed, m.Entity) {
				w.interviewed = append(w.interviewed, m.Entity)
			}
		case w.outlet < 0 && w.isOutlet(e):
			w.outlet = m.Entity
		case body < 0 && e.Kind == news.Organization && !e.Place:
			body = m.Entity
		}
	}
	if w.outlet < 0 {
		w.outlet = body
	}
	if len(w.interviewed) == 0 && guest >= 0 {
		w.interviewed = append(w.interviewed, guest)
	}
}

// joinLabels gives the names that are cut short in labels to whom they mean.
func (w *walker) joinLabels() {
	for q := range w.sources {
		s := &w.sources[q]
		if s.form != news.Name || s.name < 0 {
			continue
		}
		if m := w.NameAt(s.head); m >= 0 && m != s.name && w.shortened(s.first, s.last) == s.name {
			w.Mentions[m].Entity = w.Mentions[s.name].Entity
			s.name = m
		}
	}
}

// minAnswers bare turns behind questions are answers of an interview.
const minAnswers = 2

// findAnswers takes bare turns without marks, each behind a paragraph that asks, for
// answers, and others that ask for questions. It gives the token where the first turn
// of an interview begins; 0 where there is none.
func (w *walker) findAnswers() (first int32) {
	var answers, questions []int
	labelled := false // Q: and A:
	for q := range w.quotes {
		quote := &w.quotes[q]
		at := w.TokenAt(quote.Parts[0].Span.Start)
		s := &w.sources[q]
		switch {
		case s.class == coref.Asker || s.class == coref.Answerer:
			labelled = true
		case quote.Kind != news.Direct || quote.Parts[0].Quoted || !s.words.Empty() || !quote.Cue.Empty():
			continue
		case w.asked(at):
			answers = append(answers, q)
		case w.asksAt(w.TokensIn(quote.Extent())):
			questions = append(questions, q)
		default:
			continue
		}
		if first == 0 {
			first = at
		}
	}
	switch {
	case len(answers) >= minAnswers:
	case labelled:
		return first
	default:
		return 0
	}
	for _, q := range answers {
		w.sources[q].class = coref.Answerer
	}
	for _, q := range questions {
		w.sources[q].class = coref.Asker
	}
	return first
}

// asked reports whether the paragraph before the one that begins with token i asks
// something.
func (a reader) asked(i int32) bool {
	if i == 0 || !a.Has(i, coref.NewLine) {
		return false
	}
	for i--; i > 0 && (a.Low(i) == "**" || a.Low(i) == "__" || a.Low(i) == "*"); i-- {
	}
	return a.Low(i) == "?" && !a.Has(i, coref.Quoted)
}

func (a reader) sentenceHas(s int32, l coref.List) bool {
	r := a.Doc.Sentences[s]
	for k := r.First; k < r.End; k++ {
		if a.Is(k, l) {
			return true
		}
	}
	return false
}

// signers finds who signs each letter of a letters page: a letter opens with
// "Sir" or "Dear …" at the head of a line and ends with a person's name alone
// on one. It gives for every quotation told by "I" in a letter's own words the
// entity that signs the letter, -1 for the others; nil without letters.
func (w *walker) signers() []int32 {
	var opens []int32
	for i := range w.Toks {
		if w.Toks[i].Flags&coref.NewLine != 0 && w.Is(int32(i), coref.Dear) {
			opens = append(opens, int32(i))
		}
	}
	if len(opens) == 0 {
		return nil
	}
	out := make([]int32, len(w.quotes))
	for q := range w.quotes {
		out[q] = -1
		s := &w.sources[q]
		if s.class != coref.First || s.head < 0 || w.Has(s.head, coref.Quoted) {
			continue
		}
		from, to := int32(-1), int32(len(w.Toks))
		for _, o := range opens {
			if o > s.head {
				to = o
				break
			}
			from = o
		}
		if from >= 0 {
			out[q] = w.signedBy(s.head, to)
		}
	}
	return out
}

// signedBy is the first person after token i, and before end, whose name stands
// alone on its line; -1 for none.
func (a reader) signedBy(i, end int32) int32 {
	for m := range a.Mentions {
		n := &a.Mentions[m]
		if n.First < i || n.Form != news.Name || n.Entity < 0 || a.Entities[n.Entity].Kind != news.Person || n.End-n.First < 2 {
			continue
		}
		if n.First >= end {
			break
		}
		first := n.First
		for first > 0 && first > n.First-4 && !a.Has(first, coref.NewLine) { // (Mrs) X
			first--
		}
		alone := int(n.End) == len(a.Toks) || a.Has(n.End, coref.NewLine) || a.Toks[n.End].Par != a.Toks[n.First].Par
		if alone && a.Has(first, coref.NewLine) && a.Toks[first].Par == a.Toks[n.First].Par {
			return n.Entity
		}
	}
	return -1
}
