package source

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// html reads a file that is one page; its name without extensions is the id.
func (x *run) html(in *opened) error {
	w := in.w
	b, f := x.all(w, min(x.o.MaxPage, x.o.MaxRecord))
	if f == nil && b == nil {
		return w.err
	}
	if f == nil {
		x.values = values{id: x.stem()}
		if f = x.page(b, "", &x.values); f == nil {
			if !x.article(0, &x.values) {
				return errStop
			}
			return w.err
		}
	}
	if !x.rejectf(0, f) {
		return errStop
	}
	return errDone
}

// page fills v from a page: its main text, and what its metadata say. v.url
// may be known already; contentType is the HTTP header's, "" without one.
func (x *run) page(b []byte, contentType string, v *values) (f *fault) {
	if len(b) > x.o.MaxPage {
		return faultf(ReasonTooLarge, "page of %d bytes, the limit is %d", len(b), x.o.MaxPage)
	}
	if f := weigh(b, x.o.MaxTags); f != nil {
		return f
	}
	text, f := decode(b, declared(b, contentType))
	if f != nil {
		return f
	}
	defer func() { // the extraction library walks trees that it did not expect
		if p := recover(); p != nil {
			f = faultf(ReasonBadHTML, "finding the main text panicked: %s", clean(fmt.Sprint(p)))
		}
	}()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return faultf(ReasonTooComplex, "%v", err)
	}
	if f := weighTree(doc, x.o.MaxTags); f != nil {
		return f
	}
	published := pageDate(doc)
	body := articleBody(doc)
	headlines, shown, author := headlinesOf(doc), shownTimes(doc), shownAuthor(doc)
	prepare(doc)
	if v.url == "" {
		v.url = canonical(doc)
	}
	u, _ := url.Parse(v.url)
	if u != nil && u.Host == "" {
		u = nil
	}
	block := mainBlock(doc)
	r, err := readability.FromDocument(doc, u)
	if err != nil && body == "" && block == nil {
		return faultf(ReasonNoText, "no main text: %v", err)
	}
	headlines = append(headlines, r.Title())
	v.text = foundText(r.Node, block, headlines)
	if better(body, v.text) {
		v.text = body
	}
	if v.text == "" {
		return faultf(ReasonNoText, "no main text found in the page")
	}
	v.title, v.outlet = r.Title(), r.SiteName()
	if v.outlet == "" && u != nil {
		v.outlet = strings.TrimPrefix(u.Hostname(), "www.")
	}
	if r.Byline() != "" {
		author = r.Byline()
	}
	v.authors = strings.Split(author, ";")
	if published.IsZero() {
		if published, err = r.PublishedTime(); err != nil {
			published = shownDate(shown, u)
		}
	}
	if !published.IsZero() {
		v.date = published.Format(time.RFC3339Nano)
	}
	return nil
}

// foundText is the text of what was found, or of the block that names itself as
// the article's where it holds much more.
func foundText(found, block *html.Node, headlines []string) string {
	text := func(n *html.Node) string {
		if n == nil {
			return ""
		}
		return tidy(renderText(n), headlines)
	}
	if block != nil {
		dropBeside(block)
	}
	a, b := text(found), text(block)
	if 2*len(strings.Fields(b)) > 3*len(strings.Fields(a)) {
		return b
	}
	return a
}

// declared is the charset that the HTTP header or the page names.
func declared(b []byte, contentType string) string {
	_, name, certain := charset.DetermineEncoding(b[:min(len(b), 1024)], contentType)
	if !certain && name == "windows-1252" { // its answer when nothing is declared
		return ""
	}
	return name
}

// formatting are the elements that HTML opens again in each block behind one
// in which they were not closed (the list of active formatting elements).
var formatting = map[string]bool{
	"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true,
	"s": true, "small": true, "strike": true, "strong": true, "tt": true, "u": true,
}

// weigh refuses a page whose tree would be far larger than the page, before
// the tree is made: too many tags or attributes, or formatting elements left open that every block opens
// again. It is a bound from above, in one pass.
func weigh(b []byte, maxTags int) *fault {
	z := html.NewTokenizer(bytes.NewReader(b))
	z.SetMaxBuf(0)
	tags, attrs, open, again := 0, 0, 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			tags++
			name, more := z.TagName()
			if formatting[string(name)] {
				open++
			}
			for more {
				_, _, more = z.TagAttr()
				attrs++
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if formatting[string(name)] {
				open = max(open-1, 0)
			} else {
				again += open
			}
		}
		switch {
		case tags > maxTags:
			return faultf(ReasonTooComplex, "page of over %d tags", maxTags)
		case attrs > 10*maxTags:
			return faultf(ReasonTooComplex, "page of over %d attributes", 10*maxTags)
		case again > 2*maxTags:
			return faultf(ReasonTooComplex, "page of too many formatting tags that are not closed")
		}
	}
}

// weighTree refuses a tree whose nodes lie too deep for their number: text is
// gathered anew at every level. Pages in use are some 20 levels deep.
func weighTree(doc *html.Node, maxTags int) *fault {
	sum, depth := 0, 0
	for n := doc; ; {
		sum += depth
		switch {
		case n.FirstChild != nil:
			n = n.FirstChild
			depth++
			continue
		case sum > 60*maxTags:
			return faultf(ReasonTooComplex, "page of too deeply nested tags")
		}
		for n != doc && n.NextSibling == nil {
			n = n.Parent
			depth--
		}
		if n == doc {
			return nil
		}
		n = n.NextSibling
	}
}

// pageDate is the time of publication from the places where pages declare it
// exactly; zero when none does. The library finds the rest, without the time.
func pageDate(doc *html.Node) time.Time {
	best, rank := time.Time{}, len(dateNames)
	offer := func(name, value string) {
		for i, n := range dateNames[:rank] {
			if n == strings.ToLower(name) {
				if t, ok := parseDate(value); ok {
					best, rank = t, i
				}
			}
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				if k := attr(n, key); k != "" {
					offer(k, attr(n, "content"))
				}
			}
		case atom.Time:
			if attr(n, "itemprop") == "datePublished" || attr(n, "pubdate") != "" {
				offer("datePublished", attr(n, "datetime"))
			}
		case atom.Script:
			if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil {
				offer("datePublished", jsonField(n.FirstChild.Data, "datePublished"))
			}
		}
	}
	return best
}

// dateNames are the metadata that hold a time of publication, best first.
var dateNames = []string{
	"article:published_time", "datepublished", "og:article:published_time", "og:published_time", "article.published",
	"parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publication_date", "pubdate",
	"dcterms.created", "dcterms.date", "dc.date.issued", "dc.date", "cxenseparse:recs:publishtime", "date",
}

// jsonField finds the first string member of a name in JSON that need not be
// whole: pages hold much that is not.
func jsonField(data, name string) string {
	_, rest, ok := strings.Cut(data, `"`+name+`"`)
	if !ok {
		return ""
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	rest, ok = strings.CutPrefix(rest, ":")
	rest = strings.TrimLeft(rest, " \t\r\n")
	if !ok || !strings.HasPrefix(rest, `"`) {
		return ""
	}
	value, _, ok := strings.Cut(rest[1:], `"`)
	if !ok {
		return ""
	}
	return value
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// wholeBody reads a body of at most limit bytes.
func wholeBody(r io.Reader, limit int) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err == nil && len(b) > limit {
		return nil, faultf(ReasonTooLarge, "page of over %d bytes", limit)
	}
	return b, err
}
