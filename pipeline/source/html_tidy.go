package source

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// headlinesOf are the page's own names for its article.
func headlinesOf(doc *html.Node) (out []string) {
	for _, n := range elements(doc, atom.H1, atom.Meta) {
		switch {
		case n.DataAtom == atom.H1:
			out = append(out, textOf(n))
		case attr(n, "property") == "og:title" || attr(n, "name") == "twitter:title":
			out = append(out, attr(n, "content"))
		}
	}
	return out
}

const (
	topParagraphs = 4 // among which a headline stands
	sameWords     = 8 // of a paragraph, from which on its like is a copy
)

// tidy drops the headline, which is the article's title, and paragraphs that
// come again.
func tidy(text string, headlines []string) string {
	titles := map[string]bool{}
	for _, h := range headlines {
		if h = plain(h); h != "" {
			titles[h] = true
		}
	}
	seen := map[string]bool{}
	var out []string
	for i, p := range strings.Split(text, "\n\n") {
		key := plain(p)
		if i < topParagraphs && titles[key] || furnitureLine.MatchString(p) {
			continue
		}
		if strings.Count(key, " ") >= sameWords-1 {
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		out = append(out, p)
	}
	return strings.Join(out, "\n\n")
}

// better reports whether a declared body holds much more than was found: the
// page shows only its beginning.
func better(body, found string) bool {
	b, f := len(strings.Fields(body)), len(strings.Fields(found))
	return b > 20 && 2*b > 3*f
}

// articleBody is the text that the page declares for machines (schema.org's
// articleBody); "" without one.
func articleBody(doc *html.Node) string {
	best := ""
	for _, n := range elements(doc, atom.Script) {
		if !strings.EqualFold(attr(n, "type"), "application/ld+json") || n.FirstChild == nil || !strings.Contains(n.FirstChild.Data, "articleBody") {
			continue
		}
		var v any
		if json.Unmarshal([]byte(n.FirstChild.Data), &v) != nil {
			continue
		}
		for _, s := range stringsNamed(v, "articleBody", 0) {
			if len(s) > len(best) || len(s) == len(best) && s < best { // the same in every run
				best = s
			}
		}
	}
	if h := tagged(best); h != "" {
		text, f := htmlText(h, defaultMaxTags)
		if f != nil {
			return ""
		}
		return text
	}
	return strings.TrimSpace(best)
}

// stringsNamed are the strings under a name anywhere in JSON.
func stringsNamed(v any, name string, depth int) (out []string) {
	if depth > 20 {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		if s, ok := v[name].(string); ok {
			out = append(out, s)
		}
		for _, c := range v {
			out = append(out, stringsNamed(c, name, depth+1)...)
		}
	case []any:
		for _, c := range v {
			out = append(out, stringsNamed(c, name, depth+1)...)
		}
	}
	return out
}
