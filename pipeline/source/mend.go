package source

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/whosaid/whosaid/pipeline/source/repair"
)

// FieldHTML says whether the text of a field is HTML.
type FieldHTML uint8

// Auto takes a text for HTML where it has tags, Never takes it as it is, and
// Always reads even a text without tags by the rules of HTML.
const (
	HTMLAuto FieldHTML = iota
	HTMLNever
	HTMLAlways
)

var fieldHTMLNames = []string{"auto", "never", "always"}

// ParseFieldHTML reads a FieldHTML.
func ParseFieldHTML(s string) (FieldHTML, error) {
	if i := slices.Index(fieldHTMLNames, s); i >= 0 {
		return FieldHTML(i), nil
	}
	return 0, fmt.Errorf("--field-html: %q is not one of %s", s, strings.Join(fieldHTMLNames, ", "))
}

// mend turns the HTML of a field into text and repairs the text. Offsets refer
// to what comes out.
func (x *run) mend(v *values) *fault {
	v.repairs = nil
	if page := x.notes.Format == HTML || x.notes.Format == WARC; !page && x.o.FieldHTML != HTMLNever {
		s := v.text
		if x.o.FieldHTML == HTMLAuto {
			s = tagged(s)
		}
		if s != "" {
			text, f := htmlText(s, x.o.MaxTags)
			if f != nil {
				return f
			}
			if text == "" {
				return faultf(ReasonNoText, "the text's field holds HTML without words")
			}
			if text != v.text {
				v.text, v.repairs = text, append(v.repairs, string(repair.HTML))
			}
		}
	}
	if x.o.NoRepair {
		return nil
	}
	text, kinds := repair.Text(v.text)
	v.text = text
	for _, k := range kinds {
		v.repairs = append(v.repairs, string(k))
	}
	v.title, _ = repair.Text(v.title)
	return nil
}

const tagNames = `p|br|hr|div|a|em|strong|b|i|u|span|h[1-6]|ul|ol|li|blockquote|q|cite|figure|figcaption|section|article|table|tbody|tr|td|sup|sub|small|font|img|iframe|script|style`

var (
	tag        = regexp.MustCompile(`(?i)</(?:` + tagNames + `)\s*>|<(?:p|br|hr|img)(?:\s[^<>]*)?/?>`)
	escapedTag = regexp.MustCompile(`(?i)&(?:amp;)*lt;/?(?:` + tagNames + `)(?:\s(?:[^<>&]|&(?:amp;)*quot;)*)?/?&(?:amp;)*gt;`)
	blockTag   = regexp.MustCompile(`(?i)</?(?:p|br|div|li|h[1-6]|blockquote|section|article|tr)\b`)
)

// tagged is the HTML of s, unescaped where all of it was escaped; "" when s is
// no HTML. A < that starts no tag of prose is no sign of it.
func tagged(s string) string {
	if strings.IndexByte(s, '<') >= 0 && tag.MatchString(s) {
		return s
	}
	if !strings.Contains(s, "lt;") {
		return ""
	}
	for range 3 {
		if len(escapedTag.FindAllStringIndex(s, 2)) < 2 {
			return ""
		}
		s = html.UnescapeString(s)
		if tag.MatchString(s) {
			return s
		}
	}
	return ""
}

// htmlText is the text of a piece of HTML, all of it, as a person would read
// it: paragraphs parted by an empty line, <br> as a line end, <q> and
// <blockquote> with quotation marks. It is for HTML that is an article's text;
// a page, with its menus and teasers, is for run.page. A piece of more than
// maxTags tags is a fault.
func htmlText(s string, maxTags int) (string, *fault) {
	if f := weigh([]byte(s), maxTags); f != nil {
		return "", f
	}
	body := &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := nethtml.ParseFragment(strings.NewReader(s), body)
	if err != nil {
		return "", faultf(ReasonTooComplex, "%v", err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	if f := weighTree(body, maxTags); f != nil {
		return "", f
	}
	markQuotes(body)
	r := renderer{lines: keepBlank}
	if !blockTag.MatchString(s) {
		r.lines = keepLines
	}
	r.node(body)
	r.flush("")
	return r.out.String(), nil
}
