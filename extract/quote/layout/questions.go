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
	case len(plain) >= minQuestions && (x.answered(plain) || x.announced(plain)):
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
// followed by a paragraph, no question, of a first person; or put by a first or to a
// second one, where all but one are answered by one paragraph each and a first person
// answers once.
func (x *reader) answered(questions []int) bool {
	first, either, single := 0, 0, 0
	for i, k := range questions {
		if k+1 >= len(x.d.Paragraphs) || x.done[k+1] {
			continue
		}
		p := x.d.Paragraphs[k+1]
		if !x.stopped(p) || x.d.Word(p.End-1) == "?" {
			continue
		}
		if x.speaksFirst(p) {
			first++
			either++
		} else if x.speaksFirst(x.d.Paragraphs[k]) || x.addresses(x.d.Paragraphs[k]) {
			either++
		}
		if i+1 == len(questions) || questions[i+1] == k+2 {
			single++
		}
	}
	n := len(questions)
	return 3*first >= 2*n || first > 0 && 3*either >= 2*n && single+1 >= n
}

// maxIntroduction is the most paragraphs before an interview.
const maxIntroduction = 4

// announced reports whether the paragraphs before the questions tell that somebody is
// asked, and all of them, but for one, are followed by one that is no question.
func (x *reader) announced(questions []int) bool {
	replies := 0
	for _, k := range questions {
		if x.reply(k + 1) {
			replies++
		}
	}
	if questions[0] > maxIntroduction || replies+1 < len(questions) {
		return false
	}
	for k := range questions[0] {
		p := x.d.Paragraphs[k]
		for i := p.First; i < p.End; i++ {
			if x.m.Inside[i] < 0 && x.startsWith(news.TokenRange{First: i, End: p.End}, x.w.InterviewSigns) > 0 {
				return true
			}
		}
	}
	return false
}

// addresses reports whether r speaks to a second person outside of marks.
func (x *reader) addresses(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if x.m.Inside[i] < 0 && x.w.SecondPerson.Has(x.low(i)) {
			return true
		}
	}
	return false
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
