package source

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// prepare changes a page's tree where what looks for its main text would lose
// something, take it twice, or keep what is no part of the article.
func prepare(doc *html.Node) {
	dropFurniture(doc)
	dropAbout(doc)
	dropTeasers(doc)
	dropPullQuotes(doc)
	breakParagraphs(doc)
	unlinkParagraphs(doc)
	markQuotes(doc)
}

// drop takes n out of its tree.
func drop(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// elements are the elements below n with one of the names, in document order.
func elements(n *html.Node, names ...atom.Atom) (out []*html.Node) {
	for c := range n.Descendants() {
		if c.Type != html.ElementNode {
			continue
		}
		for _, name := range names {
			if c.DataAtom == name {
				out = append(out, c)
				break
			}
		}
	}
	return out
}

var (
	teaserLabel = regexp.MustCompile(`(?i)^\W*(?:read (?:more|also|next|on|this)|also read|related(?: (?:stories|articles|news|coverage|content|topics|links))?|more (?:on this(?: story)?|from|stories|coverage|news)|further reading|see also|recommended(?: (?:stories|articles|reading|for you))?|don['’]t miss|you (?:may|might) (?:also )?(?:like|be interested in)|what to read next|in pictures|watch(?: (?:now|live|more))?|listen(?: now)?|continue reading|full story|most (?:read|popular)|editors?['’]? picks?|trending(?: now)?|keep reading|explore more|in case you missed it)\s*(?:$|[:|>→»—–-])`)
	teaserClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:related|recirc\w*|read-?more|more-on|also-?read|recommend\w*|promo\w*|newsletter|teasers?|outbrain|taboola|most-?(?:read|popular)|trending|signup|subscribe|inline-?story|story-?link|onward|further-?reading|rich-?link|read-?next|social|share\w*)(?:$|[\s_-])`)
	moreLink    = regexp.MustCompile(`(?i)^\W*(?:read more|continue reading|read (?:the )?full (?:story|article)|click here(?: to read more)?|more|full story|pic\.twitter\.com/\w+|https://t\.co/\w+)\W*$`)
)

// maxTeaser is the most words of a block that points to other articles.
const maxTeaser = 150

// dropTeasers drops blocks and lines that point to other articles, or ask to
// subscribe or share: they are labelled so, and hold links.
func dropTeasers(doc *html.Node) {
	for _, n := range elements(doc, atom.A, atom.Aside, atom.Div, atom.Section, atom.Ul, atom.Ol, atom.P, atom.Li, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Figure, atom.Strong) {
		if n.Parent == nil || detached(n, doc) {
			continue
		}
		switch n.DataAtom {
		case atom.A:
			if text, ok := shortText(n, 60); ok && moreLink.MatchString(strings.TrimSpace(text)) {
				drop(n)
			}
		case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Strong:
			dropLabelled(n)
		default:
			if teaser(n) {
				drop(n)
			}
		}
	}
}

// shortText is the text of n, where it is at most some limit of bytes.
func shortText(n *html.Node, limit int) (string, bool) {
	size := 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			if size += len(strings.TrimSpace(c.Data)); size > limit {
				return "", false
			}
		}
	}
	return textOf(n), true
}

func detached(n, doc *html.Node) bool {
	for n != doc {
		if n = n.Parent; n == nil {
			return true
		}
	}
	return false
}

// teaser reports whether a block points to other articles.
func teaser(n *html.Node) bool {
	text, ok := shortText(n, 10*maxTeaser)
	words := len(strings.Fields(text))
	if !ok || words == 0 || words > maxTeaser {
		return false
	}
	linked := linkedShare(n, text)
	if teaserLabel.MatchString(strings.TrimSpace(text)) && linked > 0.4 {
		return true
	}
	class := attr(n, "class") + " " + attr(n, "id")
	if !teaserClass.MatchString(class) || n.DataAtom == atom.P && linked < 0.5 {
		return false
	}
	return linked > 0.5 || words < 40 && !strings.ContainsAny(text, quoteMarks)
}

// dropLabelled drops a heading such as Related stories with the list of links
// behind it.
func dropLabelled(n *html.Node) {
	text, ok := shortText(n, 100)
	if text = strings.TrimSpace(text); !ok {
		return
	}
	if !teaserLabel.MatchString(text) || len(strings.Fields(text)) > 6 || n.DataAtom == atom.Strong && !alone(n) {
		return
	}
	heading := n
	if n.DataAtom == atom.Strong {
		heading = n.Parent
	}
	next := heading.NextSibling
	for next != nil && next.Type != html.ElementNode {
		next = next.NextSibling
	}
	if next == nil {
		return
	}
	if t, ok := shortText(next, 10*maxTeaser); ok && linkedShare(next, t) > 0.6 && len(strings.Fields(t)) <= maxTeaser {
		drop(next)
		drop(heading)
	}
}

// alone reports whether n is all that its parent, a paragraph, holds.
func alone(n *html.Node) bool {
	return n.Parent.DataAtom == atom.P && strings.TrimSpace(textOf(n.Parent)) == strings.TrimSpace(textOf(n))
}

// linkedShare is how much of a block's text stands in links.
func linkedShare(n *html.Node, text string) float64 {
	all := len(strings.Join(strings.Fields(text), ""))
	if all == 0 {
		return 0
	}
	in := 0
	for _, a := range elements(n, atom.A) {
		in += len(strings.Join(strings.Fields(textOf(a)), ""))
	}
	return float64(in) / float64(all)
}

// maxPullQuotes is the most blocks of a page that are looked for a second time.
const maxPullQuotes = 50

var pullClass = regexp.MustCompile(`(?i)pull-?_?quote|quote-?_?(?:pull|callout|highlight)`)

// dropPullQuotes drops what a layout shows a second time in large type: its
// words stand elsewhere in the page.
func dropPullQuotes(doc *html.Node) {
	var all string
	tried := 0
	for _, n := range elements(doc, atom.Aside, atom.Blockquote, atom.Q, atom.Figure, atom.Div) {
		if tried > maxPullQuotes {
			return
		}
		if detached(n, doc) || !pullClass.MatchString(attr(n, "class")) && n.DataAtom != atom.Blockquote && n.DataAtom != atom.Aside {
			continue
		}
		said := n
		if q := elements(n, atom.Q, atom.Blockquote, atom.P); len(q) > 0 {
			said = q[0]
		}
		words := plain(textOf(said))
		if k := strings.Count(words, " "); k < 3 || k > 80 {
			continue
		}
		tried++
		if all == "" {
			all = plain(textOf(doc))
		}
		if strings.Count(all, words) > 1 {
			drop(n)
			all = ""
		}
	}
}

// plain is the letters and digits of s, in lower case, words parted by a space.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// breakParagraphs makes paragraphs of text that stands in a block by itself,
// parted by line breaks.
func breakParagraphs(doc *html.Node) {
	for _, n := range elements(doc, atom.Div, atom.Section, atom.Article, atom.Main, atom.Td, atom.P, atom.Span, atom.Body, atom.Center, atom.Font) {
		if breaks(n) {
			regroup(n)
		}
	}
}

// breaks reports whether n holds two line breaks in a row, or text of its own
// that is broken.
func breaks(n *html.Node) bool {
	text, br := false, false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			text = true
		case c.DataAtom == atom.Br:
			if nextIsBr(c) {
				return true
			}
			br = true
		}
	}
	return text && br && n.DataAtom != atom.P && n.DataAtom != atom.Span
}

// regroup moves what stands between double line breaks into paragraphs.
func regroup(n *html.Node) {
	var children []*html.Node
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		children = append(children, c)
	}
	if n.DataAtom == atom.P || n.DataAtom == atom.Span || n.DataAtom == atom.Font {
		n.Data, n.DataAtom = "div", atom.Div
	}
	var p *html.Node
	for i := 0; i < len(children); i++ {
		c := children[i]
		if isBlock(c) || holdsBlock(c) {
			p = nil
			n.AppendChild(c)
			continue
		}
		if c.DataAtom == atom.Br {
			j := i + 1
			for j < len(children) && (children[j].DataAtom == atom.Br || blank(children[j])) {
				j++
			}
			twice := false
			for _, b := range children[i+1 : j] {
				twice = twice || b.DataAtom == atom.Br
			}
			if twice || p == nil {
				p, i = nil, j-1
				continue
			}
		}
		if p == nil {
			if blank(c) {
				continue
			}
			p = &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			n.AppendChild(p)
		}
		p.AppendChild(c)
	}
}

func blank(n *html.Node) bool {
	return n.Type == html.CommentNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""
}

func holdsBlock(n *html.Node) bool {
	for c := range n.Descendants() {
		if isBlock(c) {
			return true
		}
	}
	return false
}

var sentenceEnd = regexp.MustCompile(`[.!?…]["”’')\]]*\s*$`)

// unlinkParagraphs takes the link off a paragraph that is wholly inside one and
// reads as a sentence; the headline of another article has no full stop.
func unlinkParagraphs(doc *html.Node) {
	for _, a := range elements(doc, atom.A) {
		text := textOf(a)
		if len(strings.Fields(text)) < 8 || !sentenceEnd.MatchString(text) {
			continue
		}
		p := a.Parent
		inside := p != nil && p.DataAtom == atom.P && linkedShare(p, textOf(p)) > 0.8
		around := len(elements(a, atom.P)) > 0
		if inside || around {
			a.Data, a.DataAtom, a.Attr = "span", atom.Span, nil
			if around {
				a.Data, a.DataAtom = "div", atom.Div
			}
		}
	}
}
