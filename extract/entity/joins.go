package entity

import (
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// join is what small words join a run of capitals to: Appeals of "Court of Appeals
// for the Sixth Circuit" to Court before and Circuit behind.
type join struct {
	head  int32 // last word of the run before; -1 where none is joined
	small int32 // the small word between; of small words themselves, it is the first of them
	next  int32 // first word of the run behind; -1 where none is joined
	depth uint8 // how many runs are joined before
}

// findJoins fills joins for the window, whose runs are known.
func (x *sight) findJoins() {
	n := x.r.Len()
	x.joined = x.joined[:0]
	for range n {
		x.joined = append(x.joined, join{-1, -1, -1, 0})
	}
	for i := x.r.First; i < x.r.End; {
		r := x.runs[i-x.r.First]
		if r.end == r.first {
			i++
			continue
		}
		j := r.end
		for j < x.r.End && j < r.end+2 && x.runs[j-x.r.First].end == x.runs[j-x.r.First].first && x.t.small(j) {
			j++
		}
		i = r.end
		if j == r.end || j == x.r.End || !x.t.words[j].capital {
			continue
		}
		next := x.runs[j-x.r.First]
		depth := x.joined[r.first-x.r.First].depth
		for k := r.first; k < r.end; k++ {
			x.joined[k-x.r.First].next = next.first
		}
		for k := r.end; k < j; k++ {
			x.joined[k-x.r.First] = join{r.end - 1, r.end, next.first, depth}
		}
		for k := next.first; k < next.end; k++ {
			x.joined[k-x.r.First] = join{r.end - 1, r.end, -1, min(depth+1, 3)}
		}
	}
}

// small reports whether token j is a word that may join the parts of a name.
func (t *text) small(j int32) bool {
	switch t.doc.Tokens[j].Tag {
	case news.TagIN, news.TagTO, news.TagCC, news.TagDT:
		return t.words[j].letters && !t.words[j].capital
	}
	return false
}

// joinFeatures are features of the names around token i that small words join to
// it, and of whether the article has parts of its run as runs elsewhere.
func (x *sight) joinFeatures(m *maker, i int32, w *word) {
	j := &x.joined[i-x.r.First]
	if j.head >= 0 {
		h, s := x.word(j.head), x.word(j.small)
		between := linear.Join(s.hash, uint64(j.depth)<<1|uint64(boolBit(w.capital)))
		m.two(tJoin, 0, h.hash, between)
		m.two(tJoin, 1, uint64(h.entry.Cluster), between)
		m.two(tJoin, 2, h.suffix[2], between)
		m.two(tJoin, 3, uint64(h.entry.Group), linear.Join(between, uint64(w.entry.Group)))
		if !x.bare {
			m.two(tJoin, 4, uint64(h.gazette.Prior()), linear.Join(between, uint64(w.gazette.Prior())))
		}
	}
	if j.next >= 0 {
		n, s := x.word(j.next), x.word(max(i+1, x.runs[i-x.r.First].end))
		to := uint64(min(max(x.runs[i-x.r.First].end-1-i, 0), 3))
		m.two(tJoin, 5, s.hash, linear.Join(w.hash, to))
		m.two(tJoin, 6, s.hash, linear.Join(uint64(n.entry.Cluster), to))
		if j.head >= 0 {
			m.two(tJoin, 7, x.word(j.head).hash, n.hash)
		}
	}
	r := x.runs[i-x.r.First]
	if r.end-r.first < 2 {
		return
	}
	// does the article have the run from here on, or up to here, elsewhere?
	from, to := x.t.repeats(i, r.end), x.t.repeats(r.first, i+1)
	rest := uint64(0)
	if i > r.first {
		rest = uint64(x.t.repeats(r.first, i)) + 1
	}
	after := uint64(0)
	if i+1 < r.end {
		after = uint64(x.t.repeats(i+1, r.end)) + 1
	}
	m.two(tRepeat, 0, uint64(from)<<4|rest, uint64(boolBit(i == r.first)))
	m.two(tRepeat, 1, uint64(to)<<4|after, uint64(boolBit(i+1 == r.end)))
	m.two(tRepeat, 2, uint64(from)<<12|rest<<8|uint64(to)<<4|after, uint64(w.style))
}

// repeats is how often, up to 2, the article has tokens [i, j) as a whole run of
// capitals in plain sentences, apart from this place.
func (t *text) repeats(i, j int32) int32 {
	n := t.whole[t.hashOf(i, j)]
	if t.words[i].style == plain && !(i > 0 && t.words[i-1].capital && !t.words[i].first) && !(int(j) < len(t.words) && t.words[j].capital && !t.words[j].first) {
		n-- // itself
	}
	return min(max(n, 0), 2)
}

func (t *text) hashOf(i, j int32) uint64 {
	h := uint64(phraseSeed)
	for ; i < j; i++ {
		h = phraseHash(h, t.words[i].hash)
	}
	return h
}

// lineFeatures are features of the line that token i stands in: headings and
// labels have no mark at their end, and are short.
func (x *sight) lineFeatures(m *maker, i int32, w *word) {
	n := uint64(min(x.s.Len(), 24)) / 4
	ended := uint64(boolBit(x.t.words[x.s.End-1].letters))
	from, to := uint64(min(i-x.s.First, 3)), uint64(min(x.s.End-1-i, 3))
	m.two(tLine, 0, n<<1|ended, from<<2|to)
	m.two(tLine, 1, ended<<2|from, w.shape)
	s := linear.Join(x.word(i-2).shape, x.word(i-1).shape)
	e := linear.Join(x.word(i+1).shape, x.word(i+2).shape)
	m.two(tLine, 2, linear.Join(s, w.shape), e)
	m.two(tLine, 3, s, w.shape)
	m.two(tLine, 4, w.shape, e)
}
