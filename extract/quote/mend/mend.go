// Package mend repairs the edges of statements where the text itself shows what
// was cut or joined, and drops words in marks that nobody said.
//
// In go a document with tokens and tags, its paired marks, and the statements
// that a detector found; out come statements, fewer or more. Heads and relations
// are not read. How, in this order:
//
//   - What a bracket holds, with its cue, is all that is said: (“…,” said the
//     pupil). A part neither ends with a bracket that opens, nor with a credit or a
//     date in brackets; none has one half of a pair of brackets. What a bracket's own cue says is a statement (bracket.go).
//   - Who is told is no part of what is told: told MPs the bridge was safe.
//   - Behind a semicolon, a quotation with a cue and a subject of its own is
//     another statement.
//   - A subject that is cut off from its quotation by the cue belongs to it: The
//     statute, she wrote, “speaks of doors”. So does a word or two in marks before
//     the cue: “If,” he said, “if they come”.
//   - Names, verse and songs in marks are no statements, nor is what was only
//     supposed to be said (Had he said so …); what somebody thought is an attitude.
//   - A quotation in two pieces with a participle between is one statement; a clause runs
//     on over an aside between dashes, and up to its verb (resume.go).
//   - A sentence that is a subject, a verb of saying and "that" is a statement,
//     where nobody took its words; so is what is so for somebody: For the union, it is
//     “a bad joke” (clause.go); so are a refusal to say who or what, reports that nobody
//     in particular makes, what somebody announced in the sentence before, and a
//     quotation behind "was like" (shapes.go).
//
// Time is linear in the number of tokens of the sentences with statements.
package mend

import (
	"maps"
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// Words is what mending reads of a language; english/mend.txt tells what each
// section is.
type Words struct {
	Reporting       lang.Reporting `lang:"reporting.words"`
	Complementizers lang.Set       `lang:"mend.complementizers"`
	Naming          lang.Set       `lang:"mend.naming"`
	NamingLinks     lang.Set       `lang:"mend.naming-links"`
	Reciting        lang.Set       `lang:"mend.reciting"`
	Announcing      lang.Set       `lang:"mend.announcing"`
	Announcements   lang.Set       `lang:"mend.announcements"`
	Rumours         lang.Set       `lang:"mend.rumours"`
	Verse           lang.Set       `lang:"mend.verse"`
	Thinking        lang.Set       `lang:"mend.thinking"`
	Credits         lang.Set       `lang:"mend.credits"`

	Phrasal         lang.Set `lang:"mend.phrasal"`
	Verdicts        lang.Set `lang:"mend.verdicts"`
	Saying          lang.Set `lang:"mend.saying"`
	For             lang.Set `lang:"mend.for"`
	Performing      lang.Set `lang:"mend.performing"`
	Conversing      lang.Set `lang:"mend.conversing"`
	Partners        lang.Set `lang:"mend.partners"`
	Siding          lang.Set `lang:"mend.siding"`
	Carriers        lang.Set `lang:"layout.block-carriers"`
	Nobody          lang.Set `lang:"mend.nobody"`
	Telling         lang.Set `lang:"mend.telling"`
	Speaker         lang.Set `lang:"layout.first-person"`
	Without         lang.Set `lang:"mend.without"`
	Examples        lang.Set `lang:"rules.examples"`
	Echoes          lang.Set `lang:"mend.echoes"`
	Counterfactual  lang.Set `lang:"mend.counterfactual"`
	Conditional     lang.Set `lang:"mend.conditional"`
	Supposing       lang.Set `lang:"mend.supposing"`
	Possible        lang.Set `lang:"mend.possible"`
	Having          lang.Set `lang:"mend.having"`
	Days            lang.Set `lang:"mend.days"`
	Being           lang.Set `lang:"mend.being"`
	According       lang.Set `lang:"mend.according"`
	WordsOf         lang.Set `lang:"mend.words-of"`
	Hearing         lang.Set `lang:"mend.hearing"`
	Like            lang.Set `lang:"mend.like"`
	QuestionOpeners lang.Set `lang:"mend.question-openers"`
	Refusing        lang.Set `lang:"mend.refusing"`
	Calling         lang.Set `lang:"mend.calling"`

	lemma  func(word string, tag news.Tag) string
	cues   lang.Set // forms of verbs that narrate
	ruling lang.Set // verbs that take a clause and report words
	verbs  lang.Set // forms of all verbs that report
}

// Compile finds the forms of the verbs.
func (w *Words) Compile(l *lang.Language) {
	w.lemma = l.Lemma
	w.cues = w.Reporting.Forms(l, lang.Narrates, lang.NarratesPast)
	w.verbs = finiteForms(l, verbsOf(w.Reporting, (*lang.Entry).Cue))
	w.ruling = verbsOf(w.Reporting, func(e *lang.Entry) bool {
		return e.Part == lang.Verb && e.Cue() && e.Has(lang.Clause) && !e.Has(lang.Attitude)
	})
	maps.Copy(w.ruling, w.Verdicts)
}

// mender is one document while its statements are mended.
type mender struct {
	w *Words
	d *news.Document
	m *marks.Marks
}

// Mend gives the statements of d, whose marks are m, mended. turns is what is
// spoken without marks.
func Mend(d *news.Document, m *marks.Marks, w *Words, found []statement.Statement, turns []news.TokenRange) []statement.Statement {
	x := &mender{w, d, m}
	out := make([]statement.Statement, 0, len(found)+4)
	for i := range found {
		s := found[i]
		if x.unsaid(&s) {
			continue
		}
		x.bracketed(&s)
		x.unclosed(&s)
		x.nicknamed(&s)
		x.sourced(&s)
		x.bare(&s)
		x.addressed(&s)
		x.ends(&s)
		x.dashed(&s)
		x.verbless(&s)
		if len(s.Parts) == 0 {
			continue
		}
		if more, ok := x.replied(&s); ok {
			out = append(out, more)
		}
		for more, ok := x.listed(&s); ok; more, ok = x.listed(&s) {
			out = append(out, more)
		}
		x.fronted(&s)
		if s.Quotation >= 0 && x.w.Thinking.Has(s.Lemma) || x.w.Siding.Has(s.Lemma) && x.wordless(&s) {
			s.Attitude = true
		}
		if len(s.Parts) > 0 {
			out = append(out, s)
		}
	}
	x.leading(out)
	x.tagged(out)
	return x.clauses(x.parenthetic(x.participles(out)), turns)
}

// named reports whether the quotation that p ends with is a name: words written big.
func (x *mender) named(p news.TokenRange) bool {
	k := x.m.Inside[p.End-1]
	if k < 0 || x.m.Quotations[k].Words.Len() > maxName {
		return false
	}
	r := x.m.Quotations[k].Words
	for i := r.First; i < r.End; i++ {
		if w := x.d.Word(i); statement.IsWord(w) && !marks.Capital(w) && len(w) > 3 {
			return false
		}
	}
	return !r.Empty() && marks.Capital(x.d.Word(r.First))
}

// maxName is the most tokens, marks counted, of a name in marks.
const maxName = 8

// inMarks reports whether all of s stands in marks.
func (x *mender) inMarks(s *statement.Statement) bool {
	for _, p := range s.Parts {
		if x.m.Inside[p.First] < 0 || x.m.Inside[p.End-1] < 0 {
			return false
		}
	}
	return true
}

// bracket is the tokens within the brackets around token i, in its sentence; ok is
// false outside of brackets.
func (x *mender) bracket(i int32) (r news.TokenRange, ok bool) {
	s := x.sentence(i)
	depth := 0
	for r.First = i; r.First > s.First && r.First > i-maxBracket; r.First-- {
		w := x.d.Word(r.First - 1)
		if closesBracket(w) {
			depth++
		}
		if opensBracket(w) {
			if depth--; depth < 0 {
				break
			}
		}
	}
	if depth >= 0 {
		return r, false
	}
	depth = 0
	for r.End = i; r.End < s.End && r.End < i+maxBracket; r.End++ {
		w := x.d.Word(r.End)
		if opensBracket(w) {
			depth++
		}
		if closesBracket(w) {
			if depth--; depth < 0 {
				return r, true
			}
		}
	}
	return r, false
}

func opensBracket(w string) bool  { return w == "(" || w == "[" }
func closesBracket(w string) bool { return w == ")" || w == "]" }

// maxBracket is how far a bracket may be from a cue in it.
const maxBracket = 200

// sentence is the sentence of token i.
func (x *mender) sentence(i int32) news.TokenRange {
	lo, hi := 0, len(x.d.Sentences)
	for lo < hi {
		if mid := (lo + hi) / 2; x.d.Sentences[mid].End <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(x.d.Sentences) {
		return news.TokenRange{First: i, End: i + 1}
	}
	return x.d.Sentences[lo]
}

// bracketed keeps s within the brackets that its cue stands in, where words of it
// do too.
func (x *mender) bracketed(s *statement.Statement) {
	if s.Cue.Empty() || s.Cue.Len() > 1 && x.m.Inside[s.Cue.First] >= 0 {
		return
	}
	r, ok := x.bracket(s.Cue.First)
	if !ok || x.m.Inside[r.First-1] >= 0 && x.m.Inside[s.Parts[0].First] != x.m.Inside[r.First-1] {
		return
	}
	s.Source = cut(s.Source, r)
	var parts []news.TokenRange
	for _, p := range s.Parts {
		if c := cut(p, r); !c.Empty() && (x.m.Inside[c.First] >= 0 || c.First >= s.Cue.End) && !(c.First >= s.Source.First && c.End <= s.Source.End) {
			parts = append(parts, c)
		}
	}
	if len(parts) > 0 {
		s.Parts = parts
	}
}

func cut(r, within news.TokenRange) news.TokenRange {
	r.First, r.End = max(r.First, within.First), min(r.End, within.End)
	if r.Empty() {
		return news.TokenRange{}
	}
	return r
}

// ends takes from the ends of the parts a bracket that opens, and brackets with a
// credit or a date.
func (x *mender) ends(s *statement.Statement) {
	parts := s.Parts[:0:0]
	for _, p := range s.Parts {
		for p.End > p.First && x.d.Word(p.End-1) == "(" {
			p.End--
		}
		if o := x.opening(p); o > p.First && x.aside(news.TokenRange{First: o + 1, End: p.End}) {
			p.End = o
		}
		if !p.Empty() {
			parts = append(parts, p)
		}
	}
	s.Parts = parts
}

// maxAside is the most tokens of a credit or a date in brackets.
const maxAside = 8

// opening is the bracket that opens what p ends with; -1 if there is none.
func (x *mender) opening(p news.TokenRange) int32 {
	for i := p.End - 1; i > p.First && p.End-i <= maxAside; i-- {
		switch x.d.Word(i) {
		case "(":
			return i
		case ")":
			if i != p.End-1 {
				return -1
			}
		}
	}
	return -1
}

// aside reports whether r, in brackets, is a credit or a date: words written big,
// with a number, or behind a word that gives credit.
func (x *mender) aside(r news.TokenRange) bool {
	if r.Empty() {
		return false
	}
	if x.w.Credits.Has(strings.ToLower(x.d.Word(r.First))) {
		return true
	}
	number, name := false, false
	for i := r.First; i < r.End; i++ {
		switch w := x.d.Word(i); {
		case w[0] >= '0' && w[0] <= '9':
			number = true
		case marks.Capital(w):
			name = true
		case statement.IsWord(w):
			return false
		}
	}
	return number && name
}
