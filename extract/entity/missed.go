package entity

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// addEnds makes names of capitalised words that the labels left out where the article
// has a fuller name that they end: a person's, or a body's behind "the". What the labels
// took for something else without being sure is such a person's too.
func (a *analysis) addEnds() {
	ends := map[string]Kind{}
	for i := range a.names {
		n := &a.names[i]
		switch w := a.low(n.Tokens.End - 1); {
		case n.Tokens.Len() < 2:
		case n.Kind == Person && n.Confidence >= doubtful:
			ends[w] = Person
		case n.Kind == Organization && n.Confidence >= surelyBody && ends[w] == NoKind:
			ends[w] = Organization
		}
	}
	for i := range a.names {
		n := &a.names[i]
		if n.Tokens.Len() == 1 && n.Confidence < likely && ends[a.low(n.Tokens.First)] == Person && n.Kind != Person {
			n.Kind, n.Confidence = Person, doubtful
		}
	}
	a.unnamed(func(i, _, _ int32) (n Name) {
		w := &a.t.words[i]
		kind := ends[a.low(i)]
		if !w.capital || w.style != plain || kind == NoKind || !a.singleName(i) {
			return n
		}
		if kind == Person && (len(a.low(i)) <= 2 || a.t.seen[w.doc].lower > 0) || kind == Organization && !a.r.lex.Article.Has(a.low(i-1)) {
			return n
		}
		return Name{Tokens: news.TokenRange{First: i, End: i + 1}, Kind: kind, Confidence: doubtful, Entity: -1}
	})
}

// addAddressed makes names of people of capitalised words behind a form of address:
// Mr Justice Penhallow, Cllr. Thorne.
func (a *analysis) addAddressed() {
	a.unnamed(func(i, floor, next int32) (n Name) {
		if !a.addressed(i) {
			return n
		}
		k := i + 1
		for k < min(next, i+3) && a.inName(k) {
			k++
		}
		sentence := a.d.Sentences[a.d.SentenceAt(i)].First
		title := a.titleBefore(i, max(floor, sentence), sentence)
		return Name{Tokens: news.TokenRange{First: i, End: k}, Title: title, Kind: Person, Confidence: doubtful, Entity: -1}
	})
}

// addressed reports whether a name may begin at token i, behind a form of address; an
// office behind another or cut short is one: Mr Justice, Cllr.
func (a *analysis) addressed(i int32) bool {
	before := a.low(i - 1)
	return i > 0 && a.inName(i) && a.capital(i-1) && a.r.lex.Honorific.Has(before) &&
		(!a.r.lex.Title.Has(before) || a.r.lex.Address.Has(a.low(i-2)) || strings.HasSuffix(before, "."))
}

// inName reports whether a word inside a sentence has a capital and is no office.
func (a *analysis) inName(i int32) bool {
	w := &a.t.words[i]
	return w.capital && w.letters && !w.first && w.style == plain && !a.r.lex.titles(a.low(i))
}

// addLegal makes names of capitalised words before a legal form in small letters:
// Brightwater plc.
func (a *analysis) addLegal() {
	a.unnamed(func(i, floor, _ int32) (n Name) {
		k := i
		for k > floor && a.r.lex.Small.Has(a.low(i)) && a.capital(k-1) && a.d.Tokens[k-1].Tag != news.TagDT && (k == i || !a.t.words[k].opens) {
			k--
		}
		if k == i {
			return n
		}
		return Name{Tokens: news.TokenRange{First: k, End: i + 1}, Kind: Organization, Confidence: surelyBody, Entity: -1}
	})
}

// addBodyNouns makes bodies of a leader's, place's or nation's name and a noun
// for what is theirs: Whitlock campaign, Saudi government, Pinewater police.
func (a *analysis) addBodyNouns() {
	for i := range a.names {
		n := &a.names[i]
		k := n.Tokens.End
		if int(k) >= len(a.d.Tokens) || a.t.words[k].capital || a.t.words[k].opens {
			continue
		}
		if int(k)+1 < len(a.d.Tokens) && (a.d.Tokens[k+1].Tag == news.TagNN || a.d.Tokens[k+1].Tag == news.TagNNS) {
			continue // campaign manager
		}
		led := n.Kind == Person && a.r.lex.Led.Has(a.low(k))
		ruled := (n.Kind == Place || n.Kind == Nationality) && a.r.lex.Ruling.Has(a.low(k))
		if led || ruled {
			n.of, n.noun = n.Kind, 1
			n.Kind, n.Tokens.End, n.Title = Organization, k+1, news.TokenRange{}
		}
	}
}

// unnamed calls find for every token that no name holds, with the end of the name
// before it and the first token of the next one, and adds the names that it finds; an
// empty one is none.
func (a *analysis) unnamed(find func(i, floor, next int32) Name) {
	var more []Name
	at, reach := 0, int32(0)
	for i := range int32(len(a.d.Tokens)) {
		for at < len(a.names) && a.names[at].Tokens.End <= i {
			at++
		}
		floor, next := int32(0), int32(len(a.d.Tokens))
		if at > 0 {
			floor = a.names[at-1].Tokens.End
		}
		if at < len(a.names) {
			next = a.names[at].Tokens.First
		}
		if i < reach || i >= next {
			continue
		}
		if n := find(i, floor, next); !n.Tokens.Empty() {
			more = append(more, n)
			reach = n.Tokens.End
		}
	}
	if len(more) > 0 {
		a.names = append(a.names, more...)
		slices.SortFunc(a.names, func(x, y Name) int { return int(x.Tokens.First - y.Tokens.First) })
	}
}

// singleName reports whether no capitalised word stands next to token i.
func (a *analysis) singleName(i int32) bool {
	next := int(i)+1 < len(a.t.words) && a.t.words[i+1].capital && !a.t.words[i+1].opens
	prev := i > 0 && a.t.words[i-1].capital && !a.t.words[i].opens && !a.r.lex.titles(a.low(i-1)) && !a.t.words[i-1].opens
	return !next && !prev
}
