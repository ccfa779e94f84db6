// Package anonymity finds the reason that a text gives for not naming a source:
// "because he was not authorized to speak publicly".
//
// In go a document with tags and the quotations in it, with their attributions;
// they come out with Attribution.Anonymity set, where the text has a reason, and
// nothing else changed.
//
// How: sentence by sentence. A phrase tells that somebody is not named ("on
// condition of anonymity", "declined to be identified"); behind it, or at the
// head of the sentence, a word opens the reason ("because", "citing", "for fear
// of", "to"), which ends with its clause. Where nothing opens one, words of not
// being allowed to speak are the reason by themselves, of a nameless source
// also without the phrase. The reason belongs to the quotation whose source
// stands in the same sentence, else to the nameless speaker whom the sentence
// mentions, else to the last one quoted before, else to the next; and to all
// other quotations of that speaker.
package anonymity

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
)

// Words is the language that this package knows.
type Words struct {
	Hidden      lang.Set `lang:"anonymity.hidden"`
	Namings     lang.Set `lang:"anonymity.namings"`
	Refusals    lang.Set `lang:"anonymity.refusals"`
	Skipped     lang.Set `lang:"anonymity.skipped"`
	Openers     lang.Set `lang:"anonymity.openers"`
	NearOpeners lang.Set `lang:"anonymity.near-openers"`
	Allowed     lang.Set `lang:"anonymity.allowed"`
	Forbidden   lang.Set `lang:"anonymity.forbidden"`
	Speaking    lang.Set `lang:"anonymity.speaking"`
	Negations   lang.Set `lang:"anonymity.negations"`
	Copulas     lang.Set `lang:"anonymity.copulas"`
	Infinitive  lang.Set `lang:"anonymity.infinitive"`
	Clausal     lang.Set `lang:"anonymity.clausal"`
	Causal      lang.Set `lang:"anonymity.causal"`
	And         lang.Set `lang:"anonymity.and"`

	first map[string]phrases // lists of which a phrase begins with the word
}

// phrases is lists of phrases, a bit each.
type phrases uint8

const (
	hidden phrases = 1 << iota
	namings
	openers
	nearOpeners
	forbidden
	negations
)

// telling are the lists without which a sentence has no reason.
const telling = hidden | namings | forbidden | negations

// Compile notes the words with which the phrases begin.
func (w *Words) Compile(*lang.Language) {
	w.first = map[string]phrases{}
	for list := hidden; list <= negations; list <<= 1 {
		for p := range w.of(list) {
			first, _, _ := strings.Cut(p, " ")
			w.first[first] |= list
		}
	}
}

// of is the phrases of one list.
func (w *Words) of(list phrases) lang.Set {
	switch list {
	case hidden:
		return w.Hidden
	case namings:
		return w.Namings
	case openers:
		return w.Openers
	case nearOpeners:
		return w.NearOpeners
	case forbidden:
		return w.Forbidden
	}
	return w.Negations
}

// Mark sets Attribution.Anonymity of the attributions of r, whose language is l.
func Mark(l *lang.Language, r *news.Result) {
	if len(r.Attributions) == 0 {
		return
	}
	f := finder{w: lang.Bind[Words](l), d: r.Doc, r: r}
	for i := range r.Attributions {
		r.Attributions[i].Anonymity = news.Span{}
	}
	for i, s := range r.Doc.Sentences {
		if f.read(s)&telling == 0 {
			continue
		}
		if reason, explicit, ok := f.reason(); ok {
			f.give(i, reason, explicit)
		}
	}
}

// finder reads one sentence after the other.
type finder struct {
	w     *Words
	d     *news.Document
	r     *news.Result
	words []string  // of the sentence, lower case
	first []phrases // lists of which a phrase may begin at each
	at    int32     // its first token
	text  []byte    // scratch of phrase
}

// read takes in a sentence and gives the lists of which phrases may stand in it.
func (f *finder) read(s news.TokenRange) (all phrases) {
	f.words, f.first, f.at = f.words[:0], f.first[:0], s.First
	for i := s.First; i < s.End; i++ {
		w := strings.ToLower(strings.ReplaceAll(f.d.Word(i), "’", "'"))
		first := f.w.first[w]
		f.words, f.first = append(f.words, w), append(f.first, first)
		all |= first
	}
	return all
}

// maxPhrase is the most words of a phrase of the lists, and of what may stand
// between them.
const (
	maxPhrase  = 4
	maxBetween = 2
)

// phrase is the end of the longest phrase of a list that begins at word i, -1
// for none.
func (f *finder) phrase(list phrases, i int) int {
	if f.first[i]&list == 0 {
		return -1
	}
	end, set, text := -1, f.w.of(list), f.text[:0]
	for n, j, between := 0, i, 0; n < maxPhrase && j < len(f.words); j++ {
		if n > 0 && f.w.Skipped.Has(f.words[j]) {
			if between++; between > maxBetween {
				break
			}
			continue
		}
		if n > 0 {
			text = append(text, ' ')
		}
		text = append(text, f.words[j]...)
		n++
		if _, ok := set[string(text)]; ok {
			end = j + 1
		}
	}
	f.text = text
	return end
}

// hidden is where the sentence says that somebody is not named: the words of
// the phrase, from the refusal where there is one.
func (f *finder) hidden() (first, end int, ok bool) {
	const near = 5 // words between a refusal and a naming
	for i := range f.words {
		if end := f.phrase(hidden, i); end > 0 {
			return i, end, true
		}
		end := f.phrase(namings, i)
		if end < 0 {
			continue
		}
		for j := i - 1; j >= max(0, i-near); j-- {
			if f.w.Refusals.Has(f.words[j]) && (end-i > 1 || j == i-1) {
				return j, end, true
			}
		}
	}
	return 0, 0, false
}

// reason is the words of the sentence that tell why somebody is not named;
// explicit when it says that they are not.
func (f *finder) reason() (span news.Span, explicit, ok bool) {
	first, end, hidden := f.hidden()
	if hidden {
		if from := f.opener(end); from >= 0 {
			if s, ok := f.clause(from); ok {
				return s, true, true
			}
		}
		if len(f.words) > 0 && f.phrase(openers, 0) > 0 { // Because …, the official asked not to be named.
			if s, ok := f.clause(0); ok && s.End <= f.d.Tokens[f.at+int32(first)].Span.Start {
				return s, true, true
			}
		}
	}
	if from := f.forbidden(); from >= 0 && (hidden || !f.reportedAt(from)) {
		if s, ok := f.clause(from); ok {
			return s, hidden, true
		}
	}
	return news.Span{}, false, false
}

// opener is where a reason opens behind word end, -1 for nowhere.
func (f *finder) opener(end int) int {
	const far = 14 // words
	for i := end; i < min(len(f.words), end+far); i++ {
		if f.phrase(openers, i) > 0 {
			return i
		}
		if i <= end+1 && (i == end || f.words[end] == ",") && f.phrase(nearOpeners, i) > 0 && f.leads(i) {
			return i
		}
		if f.words[i] == ";" {
			break
		}
	}
	return -1
}

// leads tells whether a word that may open a reason does so here: "to" before a
// verb, "for" before what is feared or protected.
func (f *finder) leads(i int) bool {
	next := news.Tag(0)
	if k := f.at + int32(i) + 1; int(k) < len(f.d.Tokens) {
		next = f.d.Tokens[k].Tag
	}
	switch w := f.words[i]; {
	case f.w.Infinitive.Has(w):
		return i+1 < len(f.words) && (isVerb(next.String()) || strings.HasSuffix(f.words[i+1], "ly")) && !f.w.Namings.Has(w+" "+f.words[i+1])
	case f.w.Clausal.Has(w):
		for j := i + 1; j < len(f.words) && f.words[j] != ","; j++ {
			if isFinite(f.d.Tokens[f.at+int32(j)].Tag.String()) {
				return true
			}
		}
		return false
	}
	return true
}

// forbidden is where words of not being allowed to speak begin, with an opener
// or a copula before them; -1 for nowhere.
func (f *finder) forbidden() int {
	for i := range f.words {
		end := f.phrase(forbidden, i)
		if not := f.phrase(negations, i); end < 0 && not > 0 {
			for j := not; j < min(not+2, len(f.words)); j++ {
				if f.w.Allowed.Has(f.words[j]) {
					end = j + 1
				}
			}
		}
		if end < 0 || !f.speaks(end) {
			continue
		}
		from := i
		for j := i - 1; j >= max(0, i-6); j-- {
			if f.phrase(openers, j) > 0 || f.w.Causal.Has(f.words[j]) {
				return j
			}
		}
		return from
	}
	return -1
}

// speaks tells whether a word of speaking stands at or right behind word i.
func (f *finder) speaks(i int) bool {
	for j := i; j < min(i+4, len(f.words)); j++ {
		if f.w.Speaking.Has(f.words[j]) {
			return true
		}
	}
	return false
}

// clause is the span from word from to the end of its clause: the sentence's
// end, a mark, a comma before a verb of the main clause or before a cue or
// source, "and" before a finite verb.
func (f *finder) clause(from int) (news.Span, bool) {
	end := len(f.words)
	for i := from + 1; i < len(f.words) && end == len(f.words); i++ {
		switch w := f.words[i]; {
		case w == ";" || w == ")" || w == "—" || w == "–" || w == "--" || w == "\"" || w == "''" || w == "``" || w == "“" || w == "”":
			end = i
		case w == "," && f.resumes(from, i+1):
			end = i
		case f.w.And.Has(w) && i+1 < len(f.words) && isPast(f.tag(i+1)) && !f.w.Copulas.Has(f.words[i+1]) && i-from > 3:
			end = i
		}
	}
	for end > from && !letters(f.words[end-1]) {
		end--
	}
	if end-from < 2 {
		return news.Span{}, false
	}
	return f.d.Span(news.TokenRange{First: f.at + int32(from), End: f.at + int32(end)}), true
}

// resumes tells whether the main clause goes on at word i, behind a comma.
func (f *finder) resumes(from, i int) bool {
	if i >= len(f.words) || f.cueAt(i) {
		return true
	}
	if isFinite(f.tag(i)) {
		return true
	}
	if from == 0 { // an opener at the head of the sentence: the comma ends its clause
		return true
	}
	// A subject and its verb: "…, the official said".
	for j := i; j < min(i+6, len(f.words)); j++ {
		if f.words[j] == "," {
			return false
		}
		if f.cueAt(j) {
			return true
		}
	}
	return false
}

func (f *finder) tag(i int) string { return f.d.Tokens[f.at+int32(i)].Tag.String() }

// cueAt tells whether the cue or the first words of a quotation stand at word i.
func (f *finder) cueAt(i int) bool {
	at := f.at + int32(i)
	for k := range f.r.Quotes {
		if c := f.r.Quotes[k].CueTokens; !c.Empty() && c.First <= at && at < c.End && !f.w.Refusals.Has(f.words[i]) {
			return true
		}
	}
	return false
}

// reportedAt tells whether word i is part of what somebody said.
func (f *finder) reportedAt(i int) bool {
	at := f.d.Tokens[f.at+int32(i)].Span
	for k := range f.r.Quotes {
		for _, p := range f.r.Quotes[k].Parts {
			if p.Span.Contains(at) {
				return true
			}
		}
	}
	return false
}

func isVerb(tag string) bool   { return strings.HasPrefix(tag, "VB") }
func isFinite(tag string) bool { return tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "MD" }
func isPast(tag string) bool   { return tag == "VBD" || tag == "VBZ" }

func letters(w string) bool {
	return strings.ContainsFunc(w, func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c > 0x2fff || c >= 0xc0 && c < 0x2000
	})
}
