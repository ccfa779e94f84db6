package source

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// canonical is the address that a page gives as its own, "" where it gives none.
func canonical(doc *html.Node) (address string) {
	for _, n := range elements(doc, atom.Link, atom.Meta) {
		value := ""
		switch {
		case n.DataAtom == atom.Link && strings.EqualFold(attr(n, "rel"), "canonical"):
			value = attr(n, "href")
		case n.DataAtom == atom.Meta && address == "" && (attr(n, "property") == "og:url" || attr(n, "name") == "twitter:url"):
			value = attr(n, "content")
		}
		if u, err := url.Parse(strings.TrimSpace(value)); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
			address = strings.TrimSpace(value)
			if n.DataAtom == atom.Link {
				return address
			}
		}
	}
	return address
}

// shownTimes are the times that the page shows its readers: of its time elements
// first, then of lines that name themselves a date, each in the page's order.
func shownTimes(doc *html.Node) (out []string) {
	for _, n := range elements(doc, atom.Time) {
		if value := attr(n, "datetime"); value != "" {
			out = append(out, value)
		} else {
			out = append(out, strings.TrimSpace(textOf(n)))
		}
	}
	for _, n := range elements(doc, atom.Abbr, atom.Span, atom.Div, atom.P, atom.Li) {
		if !dateName.MatchString(attr(n, "class") + " " + attr(n, "itemprop")) {
			continue
		}
		out = append(out, attr(n, "title"))
		if text, ok := shortText(n, 100); ok {
			out = append(out, dateInText.FindString(text))
		}
	}
	return out
}

// shownDate is the day in the page's address, or of the first time that it shows;
// zero without either.
func shownDate(shown []string, address *url.URL) time.Time {
	if address != nil {
		if m := dateInPath.FindStringSubmatch(address.Path); m != nil {
			if t, ok := parseDate(m[3] + " " + m[2] + " " + m[1]); ok {
				return t
			}
			if t, ok := parseDate(m[1] + "-" + m[2] + "-" + m[3]); ok {
				return t
			}
		}
	}
	for _, s := range shown {
		if t, ok := parseDate(s); ok {
			return t
		}
	}
	return time.Time{}
}

var (
	dateName   = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:date\w*|pub-?date|publish(?:ed)?\w*|posted\w*|time-?stamp\w*|time-?rubric|entry-?meta|post-?meta\w*|byline)(?:$|[\s_-])`)
	dateInText = regexp.MustCompile(`\pL{3,9}\.? [0-3]?\d(?:st|nd|rd|th)?,? (?:19|20)\d\d|[0-3]?\d\.? \pL{3,9}\.?,? (?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]\d\.[01]\d\.(?:19|20)\d\d`)
	dateInPath = regexp.MustCompile(`(?i)/((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2]|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[/-]?(0[1-9]|[12]\d|3[01])(?:\D|$)`)
)

// shownAuthor is who the page shows its readers as the author, "" where it shows
// nobody.
func shownAuthor(doc *html.Node) string {
	for _, n := range elements(doc, atom.A, atom.Span, atom.Div, atom.P, atom.Address, atom.Cite) {
		name := attr(n, "class") + " " + attr(n, "itemprop")
		if attr(n, "rel") != "author" && !authorName.MatchString(name) {
			continue
		}
		if text, ok := shortText(n, 100); ok {
			if text = strings.Join(strings.Fields(authorLead.ReplaceAllString(strings.TrimSpace(text), "")), " "); text != "" && len(strings.Fields(text)) <= 8 {
				return text
			}
		}
	}
	return ""
}

var (
	authorName = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:by-?line|author(?:-?name)?)(?:$|[\s_-])`)
	authorLead = regexp.MustCompile(`(?i)^(?:written )?by:?\s+`)
)
