// Package layout finds the statements that the layout of an article shows by
// itself: the turns of transcripts and interviews, blocks without marks behind
// an introduction, posts with their signature, lists of quotations; and it tells
// the frames of articles that hold no statement at all.
//
// In go a document with tokens and tags and its paired marks; out comes a Plan,
// statements in tokens and silent stretches. Merge makes one list of a plan and
// of what a detector found by other means. Heads and relations are not read, and
// nothing that went in is changed.
//
// How. A paragraph is looked at as a whole, by how it begins and ends and by what
// stands beside it; each belongs to one layout at most, in this order:
//
//   - frames (frames.go): photographers' credits, links to other articles, times
//     of live blogs, the end of a press release. They are silent.
//   - turns (turns.go): labels of who speaks, once the document shows by enough of
//     them that it is a transcript; questions in bold type or by themselves, with
//     answers between (questions.go).
//   - posts and blocks (posts.go, blocks.go): the paragraphs before
//     "— Name (@handle)", and those behind "she wrote:".
//   - entries of live blogs that somebody writes (times.go): 16:02 Ana Reyes writes: …
//   - letters to the editor with their writer in brackets (brackets.go)
//   - lists (lists.go): “…” – Name; From Name: “…”; and who stands in brackets
//     (brackets.go, credit.go, asides.go): “…” (Name, by e-mail); (“…,” Name wrote).
//   - headlines and sentences that end with who says them (tails.go): Ferry to close,
//     ministry confirms; and what a newsroom notes of those who did not answer
//     (notes.go): messages left for the board were not returned.
//
// What a plan says is certain enough to win over a detector. Within a turn or a
// block, Merge keeps what the speaker reports of others.
//
// Ties: the first paragraph that may introduce a block does. Time is linear in the
// number of tokens.
package layout

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// Words is what the layouts read of a language; english/layout.txt tells what each
// section is.
type Words struct {
	Reporting       lang.Reporting `lang:"reporting.words"`
	Labels          lang.Set       `lang:"rules.labels"`
	Narrators       lang.Set       `lang:"layout.narrators"`
	NoSpeakers      lang.Set       `lang:"layout.no-speakers"`
	TranscriptSigns lang.Set       `lang:"layout.transcript-signs"`
	NameLinks       lang.Set       `lang:"layout.name-links"`
	FirstPerson     lang.Set       `lang:"layout.first-person"`
	SecondPerson    lang.Set       `lang:"layout.second-person"`
	BlockCues       lang.Set       `lang:"layout.block-cues"`
	BlockCarriers   lang.Set       `lang:"layout.block-carriers"`
	AuthorLinks     lang.Set       `lang:"layout.author-links"`
	Boilerplate     lang.Set       `lang:"layout.boilerplate"`
	About           lang.Set       `lang:"layout.about"`
	Desks           lang.Set       `lang:"layout.desks"`
	Halves          lang.Set       `lang:"layout.halves"`
	Replying        lang.Set       `lang:"layout.replying"`
	InterviewSigns  lang.Set       `lang:"layout.interview-signs"`
	CreditLinks     lang.Set       `lang:"layout.credit-links"`
	Manners         lang.Set       `lang:"layout.manners"`
	Hearing         lang.Set       `lang:"mend.hearing"`
	Being           lang.Set       `lang:"mend.being"`
	Echoes          lang.Set       `lang:"mend.echoes"`
	Inquiries       lang.Set       `lang:"layout.inquiries"`
	Inquired        lang.Set       `lang:"layout.inquired"`
	Nots            lang.Set       `lang:"layout.nots"`
	Returned        lang.Set       `lang:"layout.returned"`
	According       lang.Set       `lang:"mend.according"`
	WordsOf         lang.Set       `lang:"mend.words-of"`

	lemma   func(word string, tag news.Tag) string
	cues    lang.Set // forms of verbs that narrate
	reports lang.Set // forms of verbs that take what is said
	verbs   lang.Set // those that take a clause and are no nouns
	affirms lang.Set // those of them that tell what somebody says is so, and their base
	asked   lang.Set // participles of verbs whose subject is spoken to
	sources lang.Set // nouns for who and what reports
	matters lang.Set // nouns for what is reported: a lie, a joke
	opens   lang.Set // first words of what startsWith looks for
}

// Compile finds the forms of the verbs.
func (w *Words) Compile(l *lang.Language) {
	w.lemma = l.Lemma
	w.cues = w.Reporting.Forms(l, lang.Narrates, lang.NarratesPast)
	w.reports, w.verbs, w.affirms, w.asked = lang.Set{}, lang.Set{}, lang.Set{}, lang.Set{}
	w.sources, w.matters = lang.Set{}, lang.Set{}
	for i := range w.Reporting {
		w.compile(l, &w.Reporting[i])
	}
	for i := range w.Reporting {
		if e := &w.Reporting[i]; e.Part == lang.Noun || e.Has(lang.Attitude) {
			delete(w.verbs, l.Forms(e.Lemma).Present)
		}
	}
	w.opens = lang.Set{}
	for _, set := range []lang.Set{w.NoSpeakers, w.TranscriptSigns, w.About, w.Boilerplate, w.Desks, w.Replying, w.InterviewSigns} {
		for words := range set {
			first, _, _ := strings.Cut(words, " ")
			w.opens[first] = struct{}{}
		}
	}
}

// compile notes the forms of a verb that takes what is said, and nouns for who says it.
func (w *Words) compile(l *lang.Language, e *lang.Entry) {
	if e.Part == lang.Noun {
		if slices.ContainsFunc(e.Senses, func(s lang.Sense) bool { return s >= lang.Somebody || s == lang.Write }) {
			w.sources[e.Lemma] = struct{}{}
		} else {
			w.matters[e.Lemma] = struct{}{}
		}
	}
	if e.Part != lang.Verb || e.Marks&(lang.Clause|lang.Addressee|lang.Object|lang.Quotation) == 0 {
		return
	}
	f := l.Forms(e.Lemma)
	w.reports[f.Base] = struct{}{}
	if e.Has(lang.Clause) && !e.Has(lang.Attitude) && !slices.Contains(e.Senses, lang.Deny) {
		for _, form := range slices.Concat(f.Past, []string{f.Base, f.Present}) {
			w.affirms[form] = struct{}{}
		}
	}
	for _, form := range slices.Concat(f.Past, []string{f.Present}) {
		w.reports[form] = struct{}{}
		if e.Has(lang.Clause) {
			w.verbs[form] = struct{}{}
		}
	}
	if e.Has(lang.Asked) {
		for _, form := range f.Past {
			w.asked[form] = struct{}{}
		}
	}
}

// Plan is what the layout of a document shows. It is never changed.
type Plan struct {
	Statements []statement.Statement // in text order, none within another
	Silent     []news.TokenRange     // hold no statement
	Groups     int32                 // one more than the largest group number

	asides []news.TokenRange // brackets that hold who says what is in them or before them
}

// reader is one document while it is looked at.
type reader struct {
	w    *Words
	d    *news.Document
	m    *marks.Marks
	done []bool // per paragraph: it belongs to a layout
	few  bool   // few paragraphs are set in
	plan Plan

	credits int                   // names in brackets behind what they say
	unsure  []statement.Statement // what is said only where there are enough of them
}

// Read finds what the layout of d shows, whose marks are m and whose language's
// words are w. Tokens need their Tag. Groups of statements are numbered from
// groups on.
func Read(d *news.Document, m *marks.Marks, w *Words, groups int32) Plan {
	x := &reader{w: w, d: d, m: m, done: make([]bool, len(d.Paragraphs)), plan: Plan{Groups: groups}}
	x.frames()
	if !x.turns() {
		x.questions()
	}
	x.posts()
	x.entries()
	x.blocks()
	x.readersLetters()
	x.lists()
	x.settle()
	x.tails()
	return x.plan
}

// add records a statement without marks of the paragraphs' parts.
func (x *reader) add(s statement.Statement) {
	s.Quotation, s.Parent, s.Group = statement.None, statement.None, statement.None
	if len(s.Parts) > 1 {
		s.Group = x.plan.Groups
		x.plan.Groups++
	}
	for _, p := range s.Parts {
		if q := x.m.Outermost(p.First); q >= 0 && x.m.Quotations[q].Tokens() == p {
			s.Quotation = q
		}
	}
	s.Exact = true
	x.plan.Statements = append(x.plan.Statements, s)
}

func (x *reader) silence(k int) {
	x.done[k] = true
	x.plan.Silent = append(x.plan.Silent, x.d.Paragraphs[k])
}

// low is token i in lower case.
func (x *reader) low(i int32) string { return strings.ToLower(x.d.Word(i)) }

// startsWith is the token behind the words of set that r begins with; 0 without
// any.
func (x *reader) startsWith(r news.TokenRange, set lang.Set) int32 {
	words := ""
	if !x.w.opens.Has(x.low(r.First)) {
		return 0
	}
	for i := r.First; i < r.End && i < r.First+maxOpening; i++ {
		if words += x.low(i); set.Has(words) {
			return i + 1
		}
		words += " "
	}
	return 0
}

// maxOpening is the most tokens of what startsWith looks for.
const maxOpening = 5

// stopped reports whether p ends like a sentence, marks and brackets left out.
func (x *reader) stopped(p news.TokenRange) bool {
	for p.End > p.First && (marks.IsMark(x.d.Word(p.End-1)) || x.d.Word(p.End-1) == ")" || isBold(x.d.Word(p.End-1))) {
		p.End--
	}
	if p.Empty() {
		return false
	}
	w := x.d.Word(p.End - 1)
	return marks.Terminal(w) || isDash(w)
}

// speaksFirst reports whether a first person speaks in r outside of marks.
func (x *reader) speaksFirst(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if x.m.Inside[i] < 0 && x.w.FirstPerson.Has(x.low(i)) {
			return true
		}
	}
	return false
}

// finite reports whether a finite verb or a cue stands in r.
func (x *reader) finite(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		w := x.d.Word(i)
		if x.d.Tokens[i].Tag.Finite() && !marks.Capital(w) || x.w.cues.Has(w) {
			return true
		}
	}
	return false
}

// named reports whether a word of r but for a first article is written big.
func (x *reader) named(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if w := x.d.Word(i); marks.Capital(w) && x.d.Tokens[i].Tag != news.TagDT {
			return true
		}
	}
	return false
}

func isDash(w string) bool {
	switch w {
	case "—", "–", "--", "-", "―":
		return true
	}
	return false
}

func isBold(w string) bool { return w == "**" || w == "__" || w == "*" }

func isBullet(w string) bool {
	switch w {
	case "•", "·", "▪", "■", "●", "*", "◦", "‣":
		return true
	}
	return isDash(w)
}
