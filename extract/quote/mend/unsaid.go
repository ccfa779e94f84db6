package mend

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// unsaid reports whether s is a name or verse.
func (x *mender) unsaid(s *statement.Statement) bool {
	if s.Cue.Empty() || len(s.Parts) == 0 {
		return false
	}
	if x.exemplary(s) || x.performs(s) || x.unreal(s) || x.asks(s) {
		return true
	}
	if s.Quotation < 0 && x.m.Inside[s.Parts[len(s.Parts)-1].End-1] < 0 {
		return false
	}
	last := x.d.Word(s.Cue.End - 1)
	switch {
	case x.w.Calling.Has(s.Lemma) && s.Source.Empty() && x.d.Tokens[s.Cue.End-1].Tag == news.TagVBN:
		return x.named(s.Parts[len(s.Parts)-1])
	case x.w.Naming.Has(s.Lemma):
		return x.w.NamingLinks.Has(last) && x.inMarks(s) || len(s.Parts) == 1 && s.Parts[0].Len() <= maxName && x.m.Inside[s.Parts[0].End-1] >= 0
	}
	if x.w.Reciting.Has(s.Lemma) || !x.w.cues.Has(strings.ToLower(x.d.Word(s.Cue.First))) && x.recited(s.Parts[0].First) {
		return x.inMarks(s)
	}
	for i := s.Source.First; i < s.Source.End; i++ {
		if x.w.Verse.Has(strings.ToLower(x.d.Word(i))) && x.d.Tokens[i].Tag.Noun() && !marks.Capital(x.d.Word(i)) {
			return x.inMarks(s)
		}
	}
	return false
}

// nicknamed takes from s a part that is a name in marks behind the noun that its source
// ends with: said a man who goes by the name “Pebbles.”
func (x *mender) nicknamed(s *statement.Statement) {
	if s.Cue.Empty() || s.Source.Empty() || s.Source.First < s.Cue.First || len(s.Parts) < 2 {
		return
	}
	kept := s.Parts[:0:0]
	for _, p := range s.Parts {
		if p.First > s.Source.First && p.First <= s.Source.End+1 && p.First > 0 && x.d.Tokens[p.First-1].Tag.Noun() && x.sentence(p.First) == x.sentence(s.Cue.First) && x.m.Inside[p.First] >= 0 && x.named(p) {
			s.Source.End = max(s.Source.End, p.End)
			continue
		}
		kept = append(kept, p)
	}
	s.Parts = kept
}

// recited reports a verb of reciting before token i in its sentence.
func (x *mender) recited(i int32) bool {
	for k := x.sentence(i).First; k < i; k++ {
		if x.d.Tokens[k].Tag.Verb() && x.m.Inside[k] < 0 && x.w.Reciting.Has(x.w.lemma(x.d.Word(k), x.d.Tokens[k].Tag)) {
			return true
		}
	}
	return false
}

// asks reports a cue whose words are a question's first alone: what the papers say.
func (x *mender) asks(s *statement.Statement) bool {
	if len(s.Parts) != 1 || s.Parts[0].Len() != 1 {
		return false
	}
	t := x.d.Tokens[s.Parts[0].First].Tag
	return t == news.TagWP || t == news.TagWDT || t == news.TagWRB
}

// exemplary reports a cue that reports nothing: it goes without saying that; say,
// for argument's sake, that.
func (x *mender) exemplary(s *statement.Statement) bool {
	last := s.Cue.End - 1
	if last > 0 && x.d.Tokens[last].Tag == news.TagVBG && x.w.Without.Has(strings.ToLower(x.d.Word(last-1))) {
		return true
	}
	i := s.Cue.First
	return s.Parts[0].First > i && x.d.Word(i+1) == "," && s.Source.Empty() && x.w.Examples.Has(strings.ToLower(x.d.Word(i))) && x.sentence(i).First == i
}

// performs reports a cue that does something by its words and tells none of them:
// signed the bill, congratulated the crew, were quick to jump on the claim.
func (x *mender) performs(s *statement.Statement) bool {
	last := s.Cue.End - 1
	partner := x.w.Partners.Has(x.d.Word(last))
	does := x.w.Performing.Has(s.Lemma) || partner && x.w.Conversing.Has(s.Lemma) ||
		partner && s.Cue.Len() > 1 && x.w.Carriers.Has(x.d.Word(last-1)) && x.d.Tokens[last-1].Tag.Noun() // made a statement for
	for i := s.Cue.First; i < s.Cue.End && !does; i++ {
		does = x.d.Tokens[i].Tag.Verb() && x.w.Performing.Has(x.w.lemma(x.d.Word(i), x.d.Tokens[i].Tag))
	}
	return does && x.wordless(s)
}

// wordless reports whether s has neither a clause nor words in marks.
func (x *mender) wordless(s *statement.Statement) bool {
	for _, p := range s.Parts {
		for i := p.First; i < p.End; i++ {
			if x.m.Inside[i] >= 0 || x.d.Tokens[i].Tag.Finite() {
				return false
			}
		}
	}
	return true
}

// unreal reports a cue whose words nobody said, nor will but perhaps: Had he said that;
// If asked, he would say; he might tell them.
func (x *mender) unreal(s *statement.Statement) bool {
	if s.Cue.Empty() || x.inMarks(s) {
		return false
	}
	t := x.sentence(s.Cue.First)
	first := strings.ToLower(x.d.Word(t.First))
	if x.w.Counterfactual.Has(first) && s.Cue.First > t.First+1 && s.Source.First == t.First+1 {
		return true
	}
	asked := t.Len() > 3 && x.w.Supposing.Has(first) && x.d.Tokens[t.First+1].Tag == news.TagVBN && x.d.Word(t.First+2) == ","
	for i := s.Cue.First; i < s.Cue.End; i++ {
		if w := x.d.Word(i); x.d.Tokens[i].Tag == news.TagMD && (asked && x.w.Conditional.Has(w) || x.w.Possible.Has(w) && i+1 < s.Cue.End && x.d.Tokens[i+1].Tag == news.TagVB && !x.w.Having.Has(x.d.Word(i+1))) {
			return true
		}
	}
	return false
}
