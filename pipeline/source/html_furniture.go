package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Furniture is what stands in a page beside the words of its article: comments,
// captions, paths of navigation, boxes, lines about author and date. Pages name it
// in classes and ids. What holds much of the page is none, whatever its name:
// templates put such names on what holds everything.
var (
	furnitureName = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:comments?|comment-?(?:list|form|section|area|respond)s?|disqus\w*|respond|breadcrumbs?|caption\w*|wp-caption-text|img-?caption\w*|photo-?credits?|credits?|copyright|licen[cs]e-?info|ads?|adv|advert\w*|ad-?(?:slot|unit|container|wrapper)|sponsor\w*|rating\w*|pagination|pager|print-?button\w*|skip-?links?|cookie\w*|consent|navigation|nav|menu|related\w*|author-?(?:info|bio|box|description)|about-?author|tag-?(?:list|links|cloud)|reading-?time|entry-utility|post-?metadata|entry-footer|app-?(?:promo|section)\w*)(?:$|[\s_-])`)
	// aboutName are lines about the article, which are needed until author and
	// date have been read.
	aboutName = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:by-?lines?|authors?|dateline|date\w*|entry-meta|post-?meta|article-?meta|meta|meta-?info\w*|posted-?on|published\w*|updated\w*|time-?stamp\w*|time|tags?|categor\w+|kicker|label|signature|user-?info|social\w*|share\w*|source|infobox|info-?box|description|sub-?caption\w*)(?:$|[\s_-])`)
)

const (
	// maxFurniture is the largest share of a page's words that furniture has.
	maxFurniture = 0.3
	// maxAbout is the most words of a line about the article.
	maxAbout = 25
)

// dropFurniture drops the furniture that a page shows by its names.
func dropFurniture(doc *html.Node) {
	all := wordsIn(doc)
	small := func(n *html.Node) bool { return float64(wordsIn(n)) <= maxFurniture*float64(all) }
	for _, n := range elements(doc, atom.Figure) {
		if len(elements(n, atom.Blockquote, atom.Q)) > 0 {
			continue
		}
		for _, c := range elements(n, atom.Figcaption) {
			if small(c) {
				drop(c)
			}
		}
	}
	for _, n := range elements(doc, atom.Nav, atom.Button, atom.Div, atom.Section, atom.Ul, atom.Ol, atom.P, atom.Span, atom.Footer, atom.Form, atom.Dl) {
		if n.DataAtom != atom.Nav && n.DataAtom != atom.Button && !furnitureName.MatchString(namesOf(n)) {
			continue
		}
		if !detached(n, doc) && small(n) {
			drop(n)
		}
	}
}

// namesOf are the class, the id and the property that n names itself by.
func namesOf(n *html.Node) string {
	return attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "itemprop")
}

// dropAbout drops the lines about the article: of its author, its date, its kind.
func dropAbout(doc *html.Node) {
	running := map[*html.Node]bool{} // holds a sentence
	inSentence := func(n *html.Node) bool {
		yes, known := running[n.Parent]
		if !known {
			yes = n.Parent.DataAtom == atom.P && wordsIn(n.Parent) > 8
			running[n.Parent] = yes
		}
		return yes
	}
	for _, n := range elements(doc, atom.Div, atom.P, atom.Span, atom.Ul, atom.Ol, atom.Header, atom.Footer, atom.Time, atom.Address, atom.Section, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) {
		inline := n.DataAtom == atom.Time || n.DataAtom == atom.Span
		if !inline && n.DataAtom != atom.Address && !aboutName.MatchString(namesOf(n)) || detached(n, doc) || inline && inSentence(n) {
			continue
		}
		text, ok := shortText(n, 10*maxAbout)
		if !ok || len(strings.Fields(text)) > maxAbout {
			continue
		}
		switch {
		case n.DataAtom == atom.Time, n.DataAtom == atom.Address:
			drop(n)
		case aboutName.MatchString(namesOf(n)) && !sentenceEnd.MatchString(text) && !strings.ContainsAny(text, quoteMarks):
			drop(n)
		}
	}
}

// dropBeside drops what stands beside the text in a block that names itself as the
// article's: boxes at its side, forms and lists of links.
func dropBeside(block *html.Node) {
	for _, n := range elements(block, atom.Aside, atom.Footer, atom.Form, atom.Ul, atom.Ol, atom.Div, atom.Section, atom.Table) {
		if detached(n, block) {
			continue
		}
		switch n.DataAtom {
		case atom.Aside, atom.Footer, atom.Form:
			drop(n)
		default:
			if text := textOf(n); len(elements(n, atom.A)) > 2 && linkedShare(n, text) > 0.5 {
				drop(n)
			}
		}
	}
}

var furnitureLine = regexp.MustCompile(`(?i)^(?:advertis(?:e?ments?|ing)|(?:story|article) continues below(?: (?:this )?advertisement)?|sponsored(?: content)?|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?|\d+ comments?|share(?: this)?(?: (?:story|article))?:?|print|email|reuters|photo(?:graph)?:? .{0,40}|(?:image|picture|photo) (?:source|credit|caption)s?:?.{0,60})$`)

// mainBlock is the element that names itself as the article's text and holds most
// words in paragraphs, nil where there is none.
func mainBlock(doc *html.Node) (best *html.Node) {
	most := 0
	for _, n := range elements(doc, atom.Article, atom.Div, atom.Section, atom.Main, atom.Td) {
		if n.DataAtom != atom.Article && n.DataAtom != atom.Main && !mainName.MatchString(namesOf(n)) {
			continue
		}
		words := 0
		for _, p := range elements(n, atom.P, atom.Blockquote, atom.Li) {
			if p.DataAtom == atom.P || len(elements(p, atom.P)) == 0 {
				words += wordsIn(p)
			}
		}
		// The innermost of those that hold the same.
		if words > most || words == most && words > 0 {
			best, most = n, words
		}
	}
	return best
}

var mainName = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:article-?body|(?:article|story|post|entry|page|news|blog|single|detail|main|body)[_-]{0,2}(?:body|content|text|copy)|content-?(?:body|main|article)|bodytext|body-?copy|entry|hentry|text-?content)(?:$|[\s_-])`)
