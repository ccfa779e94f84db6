package marks

import (
	"sort"

	"github.com/whosaid/whosaid/extract/news"
)

// pairer holds the marks of one document while they are paired.
type pairer struct {
	words  *Words
	d      *news.Document
	marks  Marks
	all    []mark
	bounds []int // all[bounds[k]:bounds[k+1]] are paragraph k's

	// Of the paragraph in work:
	after []int32 // per mark: closing less opening double marks from it on
	stack []openMark
	lists map[int32][]int // per double quotation, -1 for none: its single marks
}

// openMark is a quotation not yet closed.
type openMark struct {
	q     int32 // index into marks.Quotations
	token int32
}

// carry is what one paragraph hands to the next.
type carry struct {
	double, single int32 // quotation open at the end of the last paragraph, -1 for none
	paragraph      int   // its paragraph
}

// maxNesting levels of double marks; deeper is damage.
const maxNesting = 4

// maxGap paragraphs without any mark may stand between an opening mark and the
// closing one that ends a letter or a speech printed without reopening marks.
const maxGap = 12

// paragraph pairs the marks of paragraph k, the tokens r.
func (p *pairer) paragraph(r news.TokenRange, k int, c *carry) {
	ms := p.all[p.bounds[k]:p.bounds[k+1]]
	if len(ms) == 0 {
		return
	}
	first := int32(len(p.marks.Quotations))
	prev := *c
	c.double, c.single, c.paragraph = -1, -1, k
	p.doubles(ms, r, k, prev, c)
	p.singles(ms, r, k, first, prev, c)
}

// doubles pairs the double marks of one paragraph.
func (p *pairer) doubles(ms []mark, r news.TokenRange, k int, prev carry, c *carry) {
	p.balance(ms)
	p.stack = p.stack[:0]
	for i := range ms {
		m := &ms[i]
		if m.glyph.single() || m.glyph == noMark {
			continue
		}
		role := p.decide(ms, i, r)
		switch role {
		case Opens:
			p.openAt(m, r, k, prev)
		case Closes:
			if len(p.stack) == 0 {
				p.closeEarlier(m, r, k, prev)
				continue
			}
			top := p.stack[len(p.stack)-1]
			p.stack = p.stack[:len(p.stack)-1]
			p.close(top.q, m.token)
		}
	}
	for n, o := range p.stack {
		end, cut := p.narration(o.token+1, r.End)
		p.leave(o.q, end)
		if n == 0 && !cut {
			c.double = o.q
		}
	}
}

// balance counts, from every double mark on, closing less opening marks.
func (p *pairer) balance(ms []mark) {
	p.after = append(p.after[:0], make([]int32, len(ms)+1)...)
	for i := len(ms) - 1; i >= 0; i-- {
		p.after[i] = p.after[i+1]
		if ms[i].glyph.single() {
			continue
		}
		switch ms[i].role() {
		case Opens:
			p.after[i]--
		case Closes:
			p.after[i]++
		}
	}
}

// decide gives what the double mark ms[i] does, with the stack as it is, and
// ends quotations before it that have lost their closing mark.
func (p *pairer) decide(ms []mark, i int, r news.TokenRange) Role {
	m := &ms[i]
	depth := int32(len(p.stack))
	if m.glyph == straight && isDigit(m.before) && (depth == 0 ||
		p.after[i+1] >= depth && m.after == ' ' && p.lowerAfter(m.token, r)) {
		return NoRole // an inch, or a second of arc
	}
	role := m.role()
	if depth == 0 {
		if role == NoRole || m.glyph == curlyClose && m.side == sideNone && m.before == ' ' {
			return Opens
		}
		return role
	}
	if role == NoRole || m.glyph == curlyOpen && m.side == sideNone && p.topGlyph() == lowOpen {
		return Closes
	}
	if role == Closes {
		return Closes
	}
	// It opens while another is open.
	top := p.stack[depth-1]
	if end, cut := p.narration(top.token+1, m.token); cut {
		p.leaveAll(end)
		return Opens
	}
	if m.glyph != curlyOpen && isTerminalWord(p.d.Word(m.token-1)) && p.narrates(m.token+1, r.End) {
		return Closes // "A, "he said
	}
	slack := p.after[i]
	if !isTerminalWord(p.d.Word(m.token - 1)) {
		slack++ // a fragment inside the sentence: the outer one may go on in the next paragraph
	}
	if slack >= depth && depth < maxNesting {
		return Opens
	}
	p.leaveAll(m.token)
	return Opens
}

func (p *pairer) topGlyph() glyph { return p.glyphAt(p.stack[len(p.stack)-1].token) }

func (p *pairer) lowerAfter(i int32, r news.TokenRange) bool {
	if i+1 >= r.End {
		return false
	}
	c := p.d.Word(i + 1)[0]
	return 'a' <= c && c <= 'z' && !p.narrates(i+1, r.End)
}

// openAt begins a quotation at m.
func (p *pairer) openAt(m *mark, r news.TokenRange, k int, prev carry) {
	q := int32(len(p.marks.Quotations))
	p.marks.Quotations = append(p.marks.Quotations, Quotation{Open: m.token, Close: -1, Style: m.glyph.style(), Parent: -1, Group: -1})
	if len(p.stack) == 0 && m.token == r.First && prev.double >= 0 && prev.paragraph == k-1 {
		p.join(prev.double, q)
	}
	p.stack = append(p.stack, openMark{q, m.token})
}

// join makes q go on with the quotation before.
func (p *pairer) join(before, q int32) {
	b := &p.marks.Quotations[before]
	b.Continues = true
	if b.Group < 0 {
		b.Group = before
	}
	p.marks.Quotations[q].Group = b.Group
}

// closeEarlier takes a closing mark without an opening one: the end of a
// quotation opened some paragraphs before, or a stray.
func (p *pairer) closeEarlier(m *mark, r news.TokenRange, k int, prev carry) {
	if prev.double < 0 || k-prev.paragraph > maxGap || p.bounds[k] < len(p.all) && p.all[p.bounds[k]].token != m.token || m.side != sideClose {
		return
	}
	before := prev.double
	for pk := prev.paragraph + 1; pk <= k; pk++ {
		pr := p.d.Paragraphs[pk]
		end := pr.End
		if pk == k {
			end = m.token + 1
		}
		q := int32(len(p.marks.Quotations))
		p.marks.Quotations = append(p.marks.Quotations, Quotation{Open: -1, Close: -1, Words: news.TokenRange{First: pr.First, End: end},
			Style: p.marks.Quotations[before].Style, Parent: -1, Group: -1})
		p.join(before, q)
		before = q
	}
	last := &p.marks.Quotations[before]
	last.Close = m.token
	last.Words.End = m.token
	p.marks.Role[m.token] = Closes
}

// close ends quotation q with the mark at token.
func (p *pairer) close(q, token int32) {
	o := &p.marks.Quotations[q]
	o.Close = token
	o.Words = news.TokenRange{First: o.Open + 1, End: token}
	p.marks.Role[o.Open] = Opens
	p.marks.Role[token] = Closes
}

// leave ends quotation q before token end without a mark.
func (p *pairer) leave(q, end int32) {
	o := &p.marks.Quotations[q]
	o.Words = news.TokenRange{First: o.Open + 1, End: max(end, o.Open+1)}
	p.marks.Role[o.Open] = Opens
}

func (p *pairer) leaveAll(end int32) {
	for _, o := range p.stack {
		p.leave(o.q, end)
	}
	p.stack = p.stack[:0]
}

// narration finds, in tokens from up to to, the place where the article speaks
// again though no mark closed the quotation: “We lost, she said. It is the
// token after the comma. cut is false, and end is to, without one.
func (p *pairer) narration(from, to int32) (end int32, cut bool) {
	for i := from; i+2 < to; i++ {
		if w := p.d.Word(i); (w == "," || w == "?" || w == "!") && p.narrates(i+1, to) {
			return i + 1, true
		}
	}
	return to, false
}

// narrates reports whether the tokens at i read "she said", "Jane Roe said" or
// "said the minister", and then stop.
func (p *pairer) narrates(i, to int32) bool {
	if i >= to {
		return false
	}
	w := p.d.Word(i)
	if p.words.narrating.Has(w) {
		next := ""
		if i+1 < to {
			next = p.d.Word(i + 1)
		}
		return p.words.Subjects.Has(next) || p.words.Articles.Has(next) || Capital(next)
	}
	k := i
	switch {
	case p.words.Subjects.Has(w):
		k++
	case p.words.Articles.Has(w):
		for k < to && k < i+5 && !p.words.narrating.Has(p.d.Word(k)) && isLetter(rune(p.d.Word(k)[0])) {
			k++
		}
	default:
		for k < to && k < i+5 && Capital(p.d.Word(k)) {
			k++
		}
	}
	if k == i || k >= to || !p.words.narrating.Has(p.d.Word(k)) {
		return false
	}
	if k+1 >= to {
		return true
	}
	next := p.d.Word(k + 1)
	return p.words.AfterCue.Has(next) || glyphOf(next) != noMark
}

// finish puts the quotations in order and tells their levels, spans and
// tokens.
func (p *pairer) finish() {
	qs := p.marks.Quotations
	start := func(q *Quotation) int32 { return q.Tokens().First }
	order := make([]int32, len(qs))
	for i := range order {
		order[i] = int32(i)
	}
	sort.SliceStable(order, func(a, b int) bool { return start(&qs[order[a]]) < start(&qs[order[b]]) })
	place := make([]int32, len(qs))
	for i, o := range order {
		place[o] = int32(i)
	}
	sorted := make([]Quotation, len(qs))
	for i, o := range order {
		q := qs[o]
		if q.Group >= 0 {
			q.Group = place[q.Group]
		}
		sorted[i] = q
	}
	p.marks.Quotations = sorted
	var around []int32 // quotations that hold the place, outermost first
	at := int32(0)
	fill := func(to int32) {
		for ; at < to; at++ {
			for len(around) > 0 && at >= p.end(around[len(around)-1]) {
				around = around[:len(around)-1]
			}
			if len(around) > 0 {
				p.marks.Inside[at] = around[len(around)-1]
			}
		}
	}
	for i := range sorted {
		q := &sorted[i]
		first := start(q)
		fill(first)
		// One that was left without a mark may end before what began in it.
		for len(around) > 0 && (first >= p.end(around[len(around)-1]) || p.end(int32(i)) > p.end(around[len(around)-1])) {
			around = around[:len(around)-1]
		}
		if n := len(around); n > 0 {
			q.Parent = around[n-1]
			q.Level = sorted[q.Parent].Level + 1
		}
		q.Span = news.Span{Start: p.d.Tokens[first].Span.Start, End: p.d.Tokens[p.end(int32(i))-1].Span.End}
		around = append(around, int32(i))
	}
	fill(int32(len(p.d.Tokens)))
}

// end is the token after quotation q and its closing mark.
func (p *pairer) end(q int32) int32 { return p.marks.Quotations[q].Tokens().End }
