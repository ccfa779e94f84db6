package source

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// whole reads a file that has to be in memory as a whole: read gets its bytes,
// hands on what they hold, and tells a fault that costs what has not been
// handed on.
func (x *run) whole(w *window, read func(b []byte) error) error {
	b, f := x.all(w, x.o.MaxRecord)
	if f == nil && b == nil {
		return w.err
	}
	x.next = 0
	var err error = f
	if f == nil {
		err = read(b)
	}
	if f, ok := asFault(err); ok {
		if !x.rejectf(x.next, f) {
			return errStop
		}
		return errDone
	}
	if err != nil {
		return err
	}
	return w.err
}

// one hands an article on as the next record; v.text empty is a reject.
func (x *run) one(v *values) error {
	rec := x.next
	x.next++
	ok := true
	if strings.TrimSpace(v.text) == "" {
		what := "it holds no text"
		if title := clean(v.title); title != "" {
			what = fmt.Sprintf("%q has no text", title[:min(len(title), 100)])
		}
		ok = x.rejectf(rec, faultf(ReasonNoText, "%s", strings.ToValidUTF8(what, "")))
	} else {
		ok = x.article(rec, v)
	}
	if !ok {
		return errStop
	}
	return nil
}

// guarded calls a library that may panic on files it did not expect.
func guarded(reason string, call func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = faultf(reason, "reading it panicked: %s", clean(fmt.Sprint(p)))
		}
	}()
	return call()
}

// wholePage is all that is read on a page, be it an article or not, and its
// first heading or else its title. What is hidden is left out.
func (x *run) wholePage(b []byte, contentType string) (text, title string, f *fault) {
	if len(b) > x.o.MaxPage {
		return "", "", faultf(ReasonTooLarge, "page of %d bytes, the limit is %d", len(b), x.o.MaxPage)
	}
	if f := weigh(b, x.o.MaxTags); f != nil {
		return "", "", f
	}
	s, f := decode(b, declared(b, contentType))
	if f != nil {
		return "", "", f
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return "", "", faultf(ReasonTooComplex, "%v", err)
	}
	if f := weighTree(doc, x.o.MaxTags); f != nil {
		return "", "", f
	}
	var body, heading, name *html.Node
	var hidden []*html.Node
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.CommentNode || n.Type == html.ElementNode && isHidden(n):
			hidden = append(hidden, n)
		case n.DataAtom == atom.Body && body == nil:
			body = n
		case n.DataAtom == atom.Title && name == nil:
			name = n
		case (n.DataAtom == atom.H1 || n.DataAtom == atom.H2) && heading == nil:
			heading = n
		}
	}
	for _, n := range hidden {
		if n.Parent != nil && n != body {
			n.Parent.RemoveChild(n)
		}
	}
	if title = renderText(heading); title == "" {
		title = renderText(name)
	}
	return renderText(body), title, nil
}

// isHidden reports whether an element says itself that it is not shown, as the
// preview lines of newsletters do.
func isHidden(n *html.Node) bool {
	style := strings.ToLower(strings.ReplaceAll(attr(n, "style"), " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}
