package entity

import "github.com/whosaid/whosaid/extract/news"

// maxPhrase is the longest known name that is looked for, in tokens.
const maxPhrase = 6

// phraseCount counts how often pass one found the same words as a name of each
// kind.
type phraseCount [numKinds]int32

// findPhrases marks in the window the longest names that the gazetteer knows.
func (x *sight) findPhrases() {
	x.phrase = x.match(x.phrase, func(h uint64) Kind { return Kind(x.g.Word(h)) })
	if x.second {
		x.doc = x.match(x.doc, func(h uint64) Kind {
			c := x.own[h]
			if c == nil {
				return NoKind
			}
			best := NoKind
			for k := range c {
				if c[k] > c[best] {
					best = Kind(k)
				}
			}
			return best
		})
	}
}

// match writes for every token of the window the kind of the longest phrase
// over it, times four, and its place in it; 0 where there is none.
func (x *sight) match(out []uint8, kind func(uint64) Kind) []uint8 {
	out = append(out[:0], make([]uint8, x.r.Len())...)
	for i := x.r.First; i < x.r.End; {
		best, found := i, NoKind
		if x.t.words[i].capital {
			h := uint64(phraseSeed)
			for j := i; j < min(x.r.End, i+maxPhrase); j++ {
				h = phraseHash(h, x.t.words[j].hash)
				if !x.t.words[j].capital {
					continue
				}
				if k := kind(h); k != NoKind {
					best, found = j+1, k
				}
			}
		}
		if found == NoKind {
			i++
			continue
		}
		for j := i; j < best; j++ {
			place := inner
			switch {
			case best-i == 1:
				place = alone
			case j == i:
				place = first
			case j == best-1:
				place = last
			}
			out[j-x.r.First] = uint8(found)<<2 | place
		}
		i = best
	}
	return out
}

// countFirst gathers what the first pass, whose labels are t.first, found of
// each word and of whole names.
func (t *text) countFirst(own map[uint64]*phraseCount) {
	clear(own)
	for i := range t.seen {
		t.seen[i].kinds = [Classes]int32{}
	}
	for i, y := range t.first {
		w := &t.words[i]
		if w.letters && w.style == plain {
			t.seen[w.doc].kinds[ClassOf(y)]++
		}
	}
	EachName(t.doc, t.first, func(r news.TokenRange, k Kind) {
		h := uint64(phraseSeed)
		for i := r.First; i < r.End; i++ {
			h = phraseHash(h, t.words[i].hash)
		}
		c := own[h]
		if c == nil {
			c = new(phraseCount)
			own[h] = c
		}
		if t.words[r.First].style == plain {
			c[k] += 2
		} else {
			c[k]++
		}
	})
}

// EachName calls do for every name that labels make.
func EachName(d *news.Document, labels []uint8, do func(r news.TokenRange, k Kind)) {
	for _, s := range d.Sentences {
		for i := s.First; i < s.End; {
			k := kindOf(labels[i])
			if k == NoKind {
				i++
				continue
			}
			j := i + 1
			for j < s.End && kindOf(labels[j]) == k && !starts(labels[j]) {
				j++
			}
			do(news.TokenRange{First: i, End: j}, k)
			i = j
		}
	}
}

// majority are features of what the first pass found: of the token itself, of
// the same word elsewhere, of names elsewhere that hold it.
func (x *sight) majority(m *maker, i int32) {
	for d := int32(-1); d <= 1; d++ {
		if j := i + d; j >= x.s.First && j < x.s.End {
			m.add(tOwn, int(d), uint64(x.t.first[j]))
		}
	}
	class, sure := x.elsewhere(i)
	m.two(tMajority, 0, class, sure)
	m.two(tMajority, 1, class, uint64(x.t.first[i]))
	m.two(tMajorityShape, 0, class, x.word(i).shape)
	if i+1 < x.s.End {
		next, _ := x.elsewhere(i + 1)
		m.two(tMajority, 2, class, next)
	}
	if i > x.s.First {
		prev, _ := x.elsewhere(i - 1)
		m.two(tMajority, 3, prev, class)
	}
	p := uint64(x.doc[i-x.r.First])
	m.two(tPhraseDoc, 0, p, uint64(x.t.first[i]))
	if p != 0 {
		m.two(tPhraseDoc, 1, p, class)
		if i+1 < x.r.End {
			m.two(tPhraseDoc, 2, p, uint64(x.doc[i+1-x.r.First]))
		}
		if i > x.r.First {
			m.two(tPhraseDoc, 3, uint64(x.doc[i-1-x.r.First]), p)
		}
	}
}

// elsewhere is what the word of token i mostly is in other places of the
// article, and how sure that is.
func (x *sight) elsewhere(i int32) (class, sure uint64) {
	w := &x.t.words[i]
	counts := x.t.seen[w.doc].kinds
	if w.letters && w.style == plain {
		counts[ClassOf(x.t.first[i])]--
	}
	sum, best := int32(0), 0
	for k, c := range counts {
		sum += c
		if c > counts[best] {
			best = k
		}
	}
	if sum == 0 {
		return 31, 0
	}
	sure = uint64(bucket(sum))
	if counts[best] == sum {
		sure += 8
	}
	return uint64(best), sure
}
