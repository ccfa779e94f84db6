package layout

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

const (
	// minQuestions questions without label make an interview, fewer where they are
	// in bold type.
	minQuestions     = 3
	minBoldQuestions = 2
	// maxQuestion is the most tokens of one.
	maxQuestion = 60
)

// questions takes the answers of an interview whose questions have no label: in
// bold type, or paragraphs by themselves that end with a question mark, answered
// by a first person. Whose the questions are the text does not show; they are
// silent.
func (x *reader) questions() {
	var bold, plain, emphatic []int
	for k, p := range x.d.Paragraphs {
		if x.done[k] || p.Len() > maxQuestion {
			continue
		}
		r := x.unbold(p)
		if r != p {
			emphatic = append(emphatic, k)
		}
		switch {
		case x.d.Word(x.unsigned(r).End-1) != "?":
		case r != p:
			bold = append(bold, k)
		case x.m.Inside[p.First] < 0:
			plain = append(plain, k)
		}
	}
	switch {
	case len(bold) >= minBoldQuestions && 2*len(bold) >= len(emphatic):
		x.answers(emphatic) // Tell us about the boat.
	case len(plain) >= minQuestions && x.answered(plain):
		x.answers(plain)
	}
}

// unsigned is r without who asks, in brackets or behind a dash: Is he ill? (Mrs P.)
func (x *reader) unsigned(r news.TokenRange) news.TokenRange {
	for i := r.First + 1; i+1 < r.End; i++ {
		if w := x.d.Word(i); x.d.Word(i-1) == "?" && r.End-i <= maxLabel && (isDash(w) || w == "(" && x.d.Word(r.End-1) == ")") {
			return news.TokenRange{First: r.First, End: i}
		}
	}
	return r
}

// unbold is p without the marks of bold type around it.
func (x *reader) unbold(p news.TokenRange) news.TokenRange {
	r := p
	for r.Len() > 2 && isBold(x.d.Word(r.First)) && isBold(x.d.Word(r.End-1)) {
		r.First++
		r.End--
	}
	return r
}

// answered reports whether each of the questions, but for one in three, is
// followed by a paragraph, no question, of a first person.
func (x *reader) answered(questions []int) bool {
	n := 0
	for _, k := range questions {
		if k+1 < len(x.d.Paragraphs) && !x.done[k+1] && x.speaksFirst(x.d.Paragraphs[k+1]) && x.stopped(x.d.Paragraphs[k+1]) && x.d.Word(x.d.Paragraphs[k+1].End-1) != "?" {
			n++
		}
	}
	return 3*n >= 2*len(questions)
}

// answers takes what stands behind each of the questions.
func (x *reader) answers(questions []int) {
	for i, k := range questions {
		x.silence(k)
		end := len(x.d.Paragraphs)
		if i+1 < len(questions) {
			end = questions[i+1]
		}
		s := statement.Statement{Spoken: true}
		for j := k + 1; j < end; j++ {
			p := x.d.Paragraphs[j]
			if x.done[j] || x.direction(p) || !x.stopped(p) && p.Len() <= maxHeading || i+1 == len(questions) && j > k+1 && !x.speaksFirst(p) {
				break
			}
			s.Parts = append(s.Parts, p)
			x.done[j] = true
		}
		if len(s.Parts) > 0 {
			x.add(s)
		}
	}
}
