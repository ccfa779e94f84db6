package anonymity

import "github.com/whosaid/whosaid/extract/news"

// give sets the reason of a sentence with the quotations that it belongs to.
func (f *finder) give(sentence int, reason news.Span, explicit bool) {
	owner := f.owner(sentence, reason, explicit)
	if owner < 0 {
		return
	}
	entity := f.r.Attributions[owner].Entity
	for i := range f.r.Attributions {
		a := &f.r.Attributions[i]
		if a.Anonymity.Empty() && (i == owner || entity >= 0 && a.Entity == entity) {
			a.Anonymity = reason
		}
	}
}

// nameless tells whether the speaker of quotation i has no name.
func (f *finder) nameless(i int) bool {
	switch f.r.Attributions[i].Kind {
	case news.Unnamed, news.Group, news.DocumentKind, news.Unknown:
		return true
	}
	return false
}

// owner is the quotation whose speaker a reason is about, -1 for none.
func (f *finder) owner(sentence int, reason news.Span, explicit bool) int {
	s := f.d.Sentences[sentence]
	// The source that stands nearest in the sentence, before the reason rather
	// than behind it.
	best, distance := -1, int32(1<<30)
	for i := range f.r.Quotes {
		source := f.r.Quotes[i].SourceTokens
		if source.Empty() || source.First < s.First || source.First >= s.End {
			continue
		}
		if !f.nameless(i) && !(explicit && f.r.Attributions[i].Kind == news.Person) {
			continue
		}
		at := f.r.Quotes[i].Source.Start
		d := reason.Start - at
		if d < 0 {
			d = 4 * -d
		}
		if d < distance {
			best, distance = i, d
		}
	}
	if best >= 0 {
		return best
	}
	if i := f.mentioned(s); i >= 0 {
		return i
	}
	return f.beside(sentence)
}

// mentioned is a quotation of a nameless speaker whom the sentence mentions.
func (f *finder) mentioned(s news.TokenRange) int {
	span := f.d.Span(s)
	for _, m := range f.r.Mentions {
		if m.Span.Start < span.Start || m.Span.Start >= span.End {
			continue
		}
		for i := range f.r.Attributions {
			if f.nameless(i) && f.r.Attributions[i].Entity >= 0 && f.r.Attributions[i].Entity == m.Entity {
				return i
			}
		}
	}
	return -1
}

// beside is the last quotation of a nameless speaker in the sentences before,
// or the first in the one behind.
func (f *finder) beside(sentence int) int {
	const before = 2 // sentences
	best, place := -1, -1
	for i := range f.r.Quotes {
		if !f.nameless(i) || f.r.Quotes[i].SourceTokens.Empty() {
			continue
		}
		at := f.d.SentenceAt(f.r.Quotes[i].SourceTokens.First)
		switch {
		case at <= sentence && at >= sentence-before && at >= place:
			best, place = i, at
		case best < 0 && at == sentence+1:
			best, place = i, at
		}
	}
	return best
}
