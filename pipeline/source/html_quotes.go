package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	quoteMarks     = "\"“”„«»‹›‘‚"
	longBlockquote = 300 // words; what is longer is a layout or a document, not words of somebody
)

// markQuotes gives the words of <q> and <blockquote> the quotation marks that a
// browser shows or the layout stands for, where they have none. In a
// <blockquote> every paragraph opens and the last one closes; who is named in
// its <cite> or <footer> stays outside. Embedded posts stay as they are: they
// end in a line with their author.
func markQuotes(doc *html.Node) {
	var found []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (n.DataAtom == atom.Q || n.DataAtom == atom.Blockquote) {
			found = append(found, n)
		}
	}
	all := -1
	for _, n := range found {
		if n.DataAtom == atom.Q {
			markQ(n)
			continue
		}
		if all < 0 {
			all = wordsIn(doc)
		}
		if words := wordsIn(n); words >= 2 && words <= longBlockquote && (2*words < all || words < 60) && !embedded(n) {
			markBlockquote(n)
		}
	}
}

func markQ(n *html.Node) {
	text := strings.TrimSpace(textOf(n))
	if text == "" || strings.ContainsAny(text[:1], `"'`) || hasMarkAt(text) {
		return
	}
	left, right := "“", "”"
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.Q || p.DataAtom == atom.Blockquote {
			left, right = "‘", "’"
		}
	}
	n.InsertBefore(&html.Node{Type: html.TextNode, Data: left}, n.FirstChild)
	n.AppendChild(&html.Node{Type: html.TextNode, Data: right})
	n.Data, n.DataAtom, n.Attr = "span", atom.Span, nil // what looks for the main text must not move it
}

func hasMarkAt(text string) bool {
	for _, m := range quoteMarks {
		if strings.HasPrefix(text, string(m)) {
			return true
		}
	}
	return false
}

// embedded reports whether a blockquote is a post of a social network.
func embedded(n *html.Node) bool {
	class := attr(n, "class")
	for _, name := range []string{"twitter", "tweet", "instagram", "tiktok", "bluesky", "reddit", "mastodon", "fb-", "threads", "text-post"} {
		if strings.Contains(class, name) {
			return true
		}
	}
	return strings.Contains(textOf(n), "(@")
}

// markBlockquote puts marks around the paragraphs of a blockquote.
func markBlockquote(n *html.Node) {
	var first, last []*html.Node // text nodes at both ends of every paragraph
	var said strings.Builder
	fresh := true
	var walk func(*html.Node)
	walk = func(c *html.Node) {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			said.WriteString(c.Data)
			if fresh {
				first, last = append(first, c), append(last, c)
			}
			last[len(last)-1], fresh = c, false
		case c.Type != html.ElementNode:
		case c.DataAtom == atom.Cite || c.DataAtom == atom.Footer || c.DataAtom == atom.Figcaption || c.DataAtom == atom.Script:
			fresh = true
		default:
			fresh = fresh || isBlock(c) || c.DataAtom == atom.Br && nextIsBr(c)
			for k := c.FirstChild; k != nil; k = k.NextSibling {
				walk(k)
			}
			fresh = fresh || isBlock(c)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c)
	}
	// The author's line of a block that does not mark it.
	if k := len(first) - 1; k > 0 && dashed(first[k].Data) {
		first, last = first[:k], last[:k]
	}
	if len(first) == 0 || strings.ContainsAny(said.String(), quoteMarks) {
		return
	}
	for _, t := range first {
		t.Data = "“" + strings.TrimLeft(t.Data, " \t\r\n")
	}
	t := last[len(last)-1]
	t.Data = strings.TrimRight(t.Data, " \t\r\n") + "”"
	separateCite(n)
}

func dashed(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "—") || strings.HasPrefix(s, "–") || strings.HasPrefix(s, "-")
}

// separateCite makes a line of its own, after a dash, of who is cited.
func separateCite(n *html.Node) {
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || c.DataAtom != atom.Cite && c.DataAtom != atom.Footer || c.Parent.DataAtom == atom.Footer {
			continue
		}
		if text := strings.TrimSpace(textOf(c)); text != "" && !dashed(text) {
			c.InsertBefore(&html.Node{Type: html.TextNode, Data: "— "}, c.FirstChild)
		}
		c.Data, c.DataAtom, c.Attr = "p", atom.P, nil
	}
}

func nextIsBr(n *html.Node) bool {
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
			continue
		}
		return c.DataAtom == atom.Br
	}
	return false
}

// textOf is the text of n, scripts and styles left out.
func textOf(n *html.Node) string {
	var out strings.Builder
	addText(&out, n)
	return out.String()
}

func addText(out *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		out.WriteString(n.Data)
		return
	}
	if n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Noscript || n.DataAtom == atom.Template {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		addText(out, c)
	}
	if isBlock(n) || n.DataAtom == atom.Br {
		out.WriteByte('\n')
	}
}

func wordsIn(n *html.Node) int { return len(strings.Fields(textOf(n))) }
