package marks

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// singles pairs the single marks of one paragraph, those in every double
// quotation (numbered from first) and those outside apart: a pair never
// crosses the edge of a double quotation.
func (p *pairer) singles(ms []mark, r news.TokenRange, k int, first int32, prev carry, c *carry) {
	if p.lists == nil {
		p.lists = make(map[int32][]int)
	}
	clear(p.lists)
	var contexts []int32 // keys of lists in order
	var around []int32
	next := first
	end := int32(len(p.marks.Quotations))
	for i := range ms {
		m := &ms[i]
		for next < end && p.begin(next) <= m.token {
			around = append(around, next)
			next++
		}
		for len(around) > 0 && p.end(around[len(around)-1]) <= m.token {
			around = around[:len(around)-1]
		}
		if !m.glyph.single() {
			continue
		}
		key := int32(-1)
		if len(around) > 0 {
			key = around[len(around)-1]
		}
		if _, ok := p.lists[key]; !ok {
			contexts = append(contexts, key)
		}
		p.lists[key] = append(p.lists[key], i)
	}
	for _, key := range contexts {
		to := r.End
		if key >= 0 {
			to = p.end(key)
		}
		p.singlesOf(ms, p.lists[key], r, to, key < 0, k, prev, c)
	}
}

func (p *pairer) begin(q int32) int32 { return p.marks.Quotations[q].Tokens().First }

// singlesOf pairs the single marks list of one context, which ends before
// token to. outer tells the context outside of double marks.
func (p *pairer) singlesOf(ms []mark, list []int, r news.TokenRange, to int32, outer bool, k int, prev carry, c *carry) {
	main := outer && p.marks.Main == Single
	for n := 0; n < len(list); {
		m := &ms[list[n]]
		if !p.opensSingle(m, r) {
			n++
			continue
		}
		end, found := p.closing(ms, list, n)
		switch {
		case found:
			q := p.addSingle(m, main, r, k, prev)
			p.close(q, ms[list[end]].token)
			n = p.nested(ms, list, n+1, end, r)
		case main && m.glyph != singleClose && p.weighty(m, r):
			q := p.addSingle(m, main, r, k, prev)
			stop := to
			for _, j := range list[n+1:] {
				if ms[j].glyph == singleOpen || ms[j].glyph == m.glyph && p.opensSingle(&ms[j], r) {
					stop = ms[j].token
					break
				}
			}
			at, cut := p.narration(m.token+1, stop)
			p.leave(q, at)
			if !cut && stop == to {
				c.single = q
			}
			n++
		default:
			n++
		}
	}
}

func (p *pairer) addSingle(m *mark, main bool, r news.TokenRange, k int, prev carry) int32 {
	q := int32(len(p.marks.Quotations))
	p.marks.Quotations = append(p.marks.Quotations, Quotation{Open: m.token, Close: -1, Style: Single, Parent: -1, Group: -1})
	if main && m.token == r.First && prev.single >= 0 && prev.paragraph == k-1 {
		p.join(prev.single, q)
	}
	return q
}

// nested pairs single marks inside the single quotation that list[end] closes,
// and gives the place in list after it.
func (p *pairer) nested(ms []mark, list []int, from, end int, r news.TokenRange) int {
	for n := from; n < end; {
		m := &ms[list[n]]
		if m.glyph == singleOpen && p.opensSingle(m, r) {
			if e, found := p.closing(ms, list[:end], n); found {
				q := p.addSingle(m, false, r, 0, carry{})
				p.close(q, ms[list[e]].token)
				n = e + 1
				continue
			}
		}
		n++
	}
	return end + 1
}

// weighty reports whether an opening single mark without a closing one opens a
// quotation all the same: at the start of a paragraph or after : or , and not
// before a word that may have lost its first letters.
func (p *pairer) weighty(m *mark, r news.TokenRange) bool {
	if m.token == r.First {
		return true
	}
	w := p.d.Word(m.token - 1)
	return (w == ":" || isTerminalWord(w)) && (m.glyph == singleOpen || Capital(p.d.Word(min(m.token+1, r.End-1))))
}

func (p *pairer) opensSingle(m *mark, r news.TokenRange) bool {
	if m.token+1 >= r.End {
		return false
	}
	switch m.glyph {
	case singleOpen:
		return m.side != sideClose
	case singlePlain, singleClose:
		return m.side == sideOpen && !isDigit(m.before)
	}
	return false
}

// How good a mark is as the closing one.
const (
	notClosing = iota
	maybeClosing
	surelyClosing
)

// closing finds the mark that closes the single quotation opened by list[n]:
// the first sure one before another opens, else the first that may be.
func (p *pairer) closing(ms []mark, list []int, n int) (at int, found bool) {
	weak := -1
	depth := 0
	plain := ms[list[n]].glyph != singleOpen
	for j := n + 1; j < len(list); j++ {
		m := &ms[list[j]]
		if m.side == sideOpen && (m.glyph == singleOpen || m.glyph == singlePlain && plain) {
			// Another opens: nested when this one stands in the middle of a
			// sentence and both can be closed, else the first was no mark.
			if m.glyph == singleOpen && weak < 0 && !Terminal(p.d.Word(m.token-1)) && p.enough(ms, list, j) {
				depth++
				continue
			}
			break
		}
		switch p.closes(m) {
		case surelyClosing:
			if depth > 0 {
				depth--
				continue
			}
			if weak >= 0 && !isTerminal(m.before) && ms[list[weak]].token > ms[list[n]].token+1 && plain {
				return weak, true
			}
			return j, true
		case maybeClosing:
			if depth == 0 && weak < 0 && (!plain || m.token-ms[list[n]].token <= maxPlain) {
				weak = j
			}
		}
	}
	return weak, weak >= 0
}

// maxPlain tokens lie at most between straight single marks of which the
// second might as well be a possessive.
const maxPlain = 12

// enough reports whether two sure closing marks follow list[j] before another
// opens.
func (p *pairer) enough(ms []mark, list []int, j int) bool {
	sure := 0
	for _, k := range list[j+1:] {
		m := &ms[k]
		if m.side == sideOpen {
			return false
		}
		if p.closes(m) == surelyClosing {
			if sure++; sure == 2 {
				return true
			}
		}
		if k-j > 16 {
			return false // keeps the time linear
		}
	}
	return false
}

// closes judges whether m ends a single quotation or is an apostrophe.
func (p *pairer) closes(m *mark) int {
	if m.side == sideOpen || m.before == ' ' || m.before == 0 {
		return notClosing
	}
	if !isLetter(m.before) {
		if isDigit(m.before) && m.after == ' ' && m.glyph == singlePlain && p.digitAfter(m.token) {
			return notClosing // 5' 11"
		}
		return surelyClosing
	}
	if m.after == 0 || m.after != ' ' && !isLetter(m.after) && !isDigit(m.after) {
		return surelyClosing // before punctuation no possessive stands
	}
	word := p.d.Word(m.token - 1)
	lower := strings.ToLower(word)
	next := ""
	if int(m.token+1) < len(p.d.Tokens) {
		next = p.d.Word(m.token + 1)
	}
	switch {
	case p.words.Clipped.Has(lower) || endsWith(lower, p.words.ClippedEndings) && len(lower) >= 5:
		return maybeClosing // o’ clock, talkin’ loud
	case !endsWith(lower, p.words.PossessiveEndings):
		return surelyClosing
	case p.words.FunctionWords.Has(next) || p.words.narrating.Has(next):
		return surelyClosing
	}
	return maybeClosing
}

func (p *pairer) digitAfter(i int32) bool {
	return int(i+1) < len(p.d.Tokens) && isDigit(rune(p.d.Word(i + 1)[0]))
}
