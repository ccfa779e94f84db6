package marks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// glyph is the character of a mark.
type glyph uint8

const (
	noMark glyph = iota
	straight
	curlyOpen
	curlyClose
	lowOpen
	wireOpen  // ``
	wireClose // '', which also opens
	guilLeft  // «
	guilRight // »
	singleOpen
	singleClose // ’
	singlePlain // ' and `
	numGlyphs
)

func glyphOf(w string) glyph {
	switch w {
	case `"`, "&quot;", "＂", "&#34;":
		return straight
	case "“", "‘‘", "&ldquo;", "&#8220;", "‟":
		return curlyOpen
	case "”", "’’", "&rdquo;", "&#8221;":
		return curlyClose
	case "„", "‚‚", "&bdquo;":
		return lowOpen
	case "``":
		return wireOpen
	case "''", "‘’": // the side decides
		return wireClose
	case "«", "‹", "&laquo;":
		return guilLeft
	case "»", "›", "&raquo;":
		return guilRight
	case "‘", "‚", "‛", "&lsquo;", "&#8216;":
		return singleOpen
	case "’", "&rsquo;", "&#8217;":
		return singleClose
	case "'", "`", "´", "&apos;", "&#39;", "&#039;":
		return singlePlain
	}
	return noMark
}

func (k glyph) single() bool { return k >= singleOpen }

func (k glyph) style() Style {
	switch k {
	case straight:
		return Straight
	case curlyOpen, curlyClose, lowOpen:
		return Curly
	case wireOpen, wireClose:
		return Wire
	case guilLeft, guilRight:
		return Guillemets
	case singleOpen, singleClose, singlePlain:
		return Single
	}
	return NoStyle
}

// side is the side of a mark on which its words stand.
type side uint8

const (
	sideNone side = iota
	sideOpen
	sideClose
)

// mark is one token that may be a quotation mark.
type mark struct {
	token int32
	glyph glyph
	side  side
	// before and after are the characters around the run of marks this one
	// stands in; 0 at the paragraph's ends, ' ' for white space.
	before, after rune
}

// classify finds the marks of the document with their shapes.
func (p *pairer) classify() {
	d := p.d
	for pi := range d.Paragraphs {
		r := d.Paragraphs[pi]
		p.bounds = append(p.bounds, len(p.all))
		for i := r.First; i < r.End; {
			k := p.glyphAt(i)
			if k == noMark {
				i++
				continue
			}
			end := i + 1
			for end < r.End && p.touches(end) && p.glyphAt(end) != noMark {
				end++
			}
			before, after := p.runeBefore(i, r), p.runeAfter(end-1, r)
			for ; i < end; i++ {
				p.all = append(p.all, mark{i, p.glyphAt(i), sideOf(before, after), before, after})
			}
		}
	}
	p.bounds = append(p.bounds, len(p.all))
}

func (p *pairer) glyphAt(i int32) glyph {
	s := p.d.Tokens[i].Span
	if s.Len() > 8 {
		return noMark
	}
	if c := p.d.Text[s.Start]; c < utf8.RuneSelf && c != '"' && c != '\'' && c != '`' && c != '&' {
		return noMark
	}
	return glyphOf(s.Of(p.d.Text))
}

// touches reports whether no space stands before token i.
func (p *pairer) touches(i int32) bool {
	return i > 0 && p.d.Tokens[i-1].Span.End == p.d.Tokens[i].Span.Start
}

func (p *pairer) runeBefore(i int32, r news.TokenRange) rune {
	if i == r.First {
		return 0
	}
	if !p.touches(i) {
		return ' '
	}
	c, _ := utf8.DecodeLastRuneInString(p.d.Text[:p.d.Tokens[i].Span.Start])
	return c
}

func (p *pairer) runeAfter(i int32, r news.TokenRange) rune {
	if i+1 == r.End {
		return 0
	}
	if !p.touches(i + 1) {
		return ' '
	}
	next := p.d.Word(i + 1)
	if strings.HasPrefix(next, "..") {
		return '…'
	}
	c, _ := utf8.DecodeRuneInString(next)
	return c
}

// sideOf tells on which side the words are.
func sideOf(before, after rune) side {
	canOpen := before == 0 || before == ' ' || strings.ContainsRune("([{<—–―-/=:", before)
	canClose := after == 0 || after == ' ' || strings.ContainsRune(")]}>—–―,.;:!?/%", after)
	switch {
	case canOpen && !canClose:
		return sideOpen
	case canClose && !canOpen:
		return sideClose
	case before == 0:
		return sideOpen // a mark alone on its line, or with space after it
	case after == 0:
		return sideClose
	case canOpen && before != ' ' && after == ' ':
		return sideClose // “But—” he said
	}
	return sideNone
}

// role is what a mark does by its character and side, whatever is open.
func (m *mark) role() Role {
	switch m.glyph {
	case lowOpen, wireOpen:
		return Opens
	case curlyOpen:
		if m.side == sideClose {
			return Closes
		}
		return Opens
	case curlyClose:
		if m.side == sideOpen {
			return Opens
		}
		return Closes
	}
	switch m.side {
	case sideOpen:
		return Opens
	case sideClose:
		return Closes
	}
	switch m.glyph {
	case guilLeft:
		return Opens
	case guilRight:
		return Closes
	}
	return NoRole
}

// chooseMain finds the article's main style, by the marks that open.
func (p *pairer) chooseMain() {
	var count [Single + 1]int
	strong := 0 // plain single marks that can only close
	plain := 0
	for i := range p.all {
		m := &p.all[i]
		if m.glyph == singlePlain || m.glyph == singleClose {
			if m.side == sideClose && isTerminal(m.before) {
				strong++
			} else if m.side == sideOpen && m.glyph == singlePlain {
				plain++
			}
			continue
		}
		if m.role() == Opens {
			count[m.glyph.style()]++
		}
	}
	count[Single] += min(plain, strong)
	for s := Straight; s <= Single; s++ {
		if count[s] > count[p.marks.Main] {
			p.marks.Main = s
		}
	}
}

func isTerminal(r rune) bool {
	return r != 0 && strings.ContainsRune(",.?!…;—–", r)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// isTerminalWord is Terminal, or a colon.
func isTerminalWord(w string) bool { return Terminal(w) || w == ":" }

// Terminal reports a word that ends as a clause does.
func Terminal(w string) bool {
	r, _ := utf8.DecodeLastRuneInString(w)
	return isTerminal(r)
}

// Capital reports a word that begins with a capital.
func Capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// IsMark reports a word that may be a quotation mark.
func IsMark(w string) bool { return glyphOf(w) != noMark }
