package source

import (
	"encoding/xml"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// element is one element of XML with all inside it.
type element struct {
	prefix, name string // the name in lower case
	attrs        []xml.Attr
	kids         []child
}

// child is an element, or the text between elements.
type child struct {
	element *element
	text    string
}

// maxXMLDepth is the deepest nesting of elements within an article.
const maxXMLDepth = 200

// tree reads an element. Tags that are not closed, or not open, are taken as
// HTML takes them; strict makes what the tokenizer cannot read a fault.
func (x *run) tree(b []byte, charset string, strict bool) (*element, *fault) {
	s, f := decode(b, charset)
	if f != nil {
		return nil, f
	}
	d := xml.NewDecoder(strings.NewReader(strings.Map(xmlRune, s)))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 already
	root := &element{}
	stack := []*element{root}
	for tags := 0; ; {
		token, err := d.RawToken()
		if err == io.EOF || err != nil && !strict {
			break
		}
		if err != nil {
			return nil, faultf(ReasonBadXML, "%s", clean(err.Error()))
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			tags++
			if tags > x.o.MaxTags || len(stack) > maxXMLDepth {
				return nil, faultf(ReasonTooComplex, "an element of over %d tags, or nested over %d deep", x.o.MaxTags, maxXMLDepth)
			}
			e := &element{prefix: strings.ToLower(t.Name.Space), name: strings.ToLower(t.Name.Local), attrs: t.Copy().Attr}
			top.kids = append(top.kids, child{element: e})
			if !voidTags[e.name] || e.prefix != "" {
				stack = append(stack, e)
			}
		case xml.EndElement:
			for i := len(stack) - 1; i > 0; i-- {
				if stack[i].name == strings.ToLower(t.Name.Local) {
					stack = stack[:i]
					break
				}
			}
		case xml.CharData:
			top.kids = append(top.kids, child{text: string(t)})
		}
	}
	for _, k := range root.kids {
		if k.element != nil {
			return k.element, nil
		}
	}
	return nil, faultf(ReasonBadXML, "no element")
}

// voidTags are the elements of HTML that hold nothing, and are often not closed.
var voidTags = map[string]bool{"br": true, "hr": true, "img": true}

// xmlRune drops what XML may not hold: feeds have it from the texts they carry.
func xmlRune(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
		return -1
	}
	return r
}

// elsewherePrefixes are those of elements that have the names of an article's
// parts and are about something else: pictures, podcasts, shops.
var elsewherePrefixes = map[string]bool{"media": true, "itunes": true, "googleplay": true, "podcast": true, "g": true, "geo": true, "image": true, "video": true}

// child is the first element of a name right inside e; nil for none, or of nil.
func (e *element) child(name string) *element {
	for c := range e.children(name) {
		return c
	}
	return nil
}

// children are the elements of a name right inside e.
func (e *element) children(name string) func(func(*element) bool) {
	return func(yield func(*element) bool) {
		if e == nil {
			return
		}
		for _, k := range e.kids {
			if k.element != nil && k.element.name == name && !elsewherePrefixes[k.element.prefix] && !yield(k.element) {
				return
			}
		}
	}
}

// find is the first element of one of the names anywhere inside e, the names in
// their order; nil for none.
func (e *element) find(names ...string) *element {
	for _, name := range names {
		if found := e.all(name); len(found) > 0 {
			return found[0]
		}
	}
	return nil
}

// all are the elements of a name anywhere inside e.
func (e *element) all(name string) (found []*element) {
	if e == nil {
		return nil
	}
	for _, k := range e.kids {
		if k.element == nil {
			continue
		}
		if k.element.name == name {
			found = append(found, k.element)
		}
		found = append(found, k.element.all(name)...)
	}
	return found
}

// attr is the value of an attribute, whatever its prefix; "" for none.
func (e *element) attr(name string) string {
	if e != nil {
		for _, a := range e.attrs {
			if strings.EqualFold(a.Name.Local, name) {
				return strings.TrimSpace(a.Value)
			}
		}
	}
	return ""
}

// text is all text inside e.
func (e *element) text() string {
	var b strings.Builder
	var walk func(*element)
	walk = func(e *element) {
		for _, k := range e.kids {
			if k.element != nil {
				walk(k.element)
			} else {
				b.WriteString(k.text)
			}
		}
	}
	if e != nil {
		walk(e)
	}
	return strings.TrimSpace(b.String())
}

// line is the text inside e on one line, of HTML what it says.
func (e *element) line() string {
	return strings.Join(strings.Fields(markedUp(e.text())), " ")
}

// body is the text of an element that holds an article: marked up by elements,
// by escaped HTML, or not at all.
func (e *element) body(maxTags int, drop ...string) (string, *fault) {
	if e == nil {
		return "", nil
	}
	for _, k := range e.kids {
		if k.element != nil {
			var b strings.Builder
			e.markup(&b, drop)
			return htmlText(b.String(), maxTags)
		}
	}
	s := e.text()
	if anyTag.MatchString(s) {
		return htmlText(s, maxTags)
	}
	return html.UnescapeString(s), nil
}

// markup writes what is inside e as HTML.
func (e *element) markup(b *strings.Builder, drop []string) {
kids:
	for _, k := range e.kids {
		if k.element == nil {
			b.WriteString(html.EscapeString(k.text))
			continue
		}
		name := k.element.name
		for _, d := range drop {
			if name == d {
				continue kids
			}
		}
		if b.WriteString("<" + name + ">"); voidTags[name] {
			continue
		}
		k.element.markup(b, drop)
		b.WriteString("</" + name + ">")
	}
}

var anyTag = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)

// markedUp is a short text without tags and entities.
func markedUp(s string) string {
	if anyTag.MatchString(s) {
		s = anyTag.ReplaceAllString(s, "")
	}
	return html.UnescapeString(s)
}
