package source

import (
	"bytes"
	"regexp"
)

// Feeds, NITF and NewsML are XML in which every article is one element. The
// elements are cut out of the stream by their tags and read one by one, so
// that a broken one is one reject and memory holds one at a time, however long
// the file. Namespaces are not resolved, because an element is read without
// what stands around it; prefixes are as feeds have them in practice.

// xmlKind is a kind of such XML.
type xmlKind struct {
	items []string // the elements that are articles, in lower case, without prefix
	// article fills v from an element. head is what stands before the first one,
	// nil for nothing. passed is true for what is no article by its nature.
	article func(x *run, item, head *element, v *values) (passed bool, f *fault)
}

// maxHead is how much before the first article is kept for what it says of all.
const maxHead = 64 << 10

// xmlItems reads the articles of a file. Record is the 0-based element.
func (x *run) xmlItems(w *window, kind xmlKind) error {
	c := xmlCutter{w: w, kind: kind}
	var head *element
	for rec := int64(0); ; rec++ {
		x.next = rec
		if !c.seek() {
			return w.err
		}
		if rec == 0 {
			c.charset = xmlCharset(c.before)
			head, _ = x.tree(c.before, c.charset, false)
			c.before = nil
		}
		chunk, closed, f := c.item()
		if f == nil && !closed && len(chunk) == len(w.bytes()) {
			if broken(w.err) {
				return w.err
			}
			f = faultf(ReasonTruncated, "the file ends within the element")
		}
		ok := true
		if f == nil {
			f = x.xmlItem(chunk, closed, head, &c, rec, &ok)
		}
		x.next = rec + 1
		if f != nil {
			ok = x.rejectf(rec, f)
		}
		if !ok {
			return errStop
		}
		w.advance(len(chunk))
	}
}

func (x *run) xmlItem(chunk []byte, closed bool, head *element, c *xmlCutter, rec int64, ok *bool) *fault {
	if !closed {
		return faultf(ReasonBadXML, "the element is not closed before the next begins")
	}
	item, f := x.tree(chunk, c.charset, true)
	if f != nil {
		return f
	}
	v := &x.values
	*v = values{}
	passed, f := c.kind.article(x, item, head, v)
	switch {
	case f != nil:
		return f
	case passed:
		x.notes.Passed++
		return nil
	case v.text == "":
		return faultf(ReasonNoText, "the element <%s> holds no text", clean(item.name))
	}
	*ok = x.article(rec, v)
	return nil
}

// xmlCutter cuts the articles out of a stream.
type xmlCutter struct {
	w       *window
	kind    xmlKind
	before  []byte // what stands before the first article, while it is looked for
	charset string // that the file declares
	first   bool   // it was found
}

// seek goes to the next tag that opens an article.
func (c *xmlCutter) seek() bool {
	i := 0
	for {
		b := c.w.bytes()
		t, next, more := nextTag(b, i)
		if !more {
			if !t.close && c.isItem(t.name) {
				c.drop(t.start)
				c.first = true
				return true
			}
			i = next
			continue
		}
		c.drop(next)
		if rest := len(c.w.bytes()); !c.w.fill(rest + 1) {
			if c.w.err != nil {
				return false
			}
			c.drop(1) // a comment larger than all memory there is for it
		} else {
			c.w.fill(rest + 4096)
		}
		i = 0
	}
}

// drop goes over n bytes in front of an article.
func (c *xmlCutter) drop(n int) {
	if keep := min(n, maxHead-len(c.before)); !c.first && keep > 0 {
		c.before = append(c.before, c.w.bytes()[:keep]...)
	}
	c.w.advance(n)
}

func (c *xmlCutter) isItem(name []byte) bool {
	for _, n := range c.kind.items {
		if len(n) == len(name) && bytes.EqualFold(name, []byte(n)) {
			return true
		}
	}
	return false
}

// item is the element that the window begins with. It is not closed when
// another article begins inside of it, or the stream ends there.
func (c *xmlCutter) item() (chunk []byte, closed bool, f *fault) {
	open, i, _ := nextTag(c.w.bytes(), 0)
	if open.self {
		return c.w.bytes()[:i], true, nil
	}
	name := bytes.Clone(open.name)
	for {
		b := c.w.bytes()
		t, next, more := nextTag(b, i)
		switch {
		case !more && t.close && bytes.EqualFold(t.name, name):
			return b[:next], true, nil
		case !more && !t.close && bytes.EqualFold(t.name, name):
			return b[:t.start], false, nil
		}
		i = next
		if !more {
			continue
		}
		if !c.w.fill(len(b) + 1) {
			if c.w.err == nil {
				return b[:open.end], false, faultf(ReasonTooLarge, "an element of over %d bytes", c.w.max-1)
			}
			return b, false, nil
		}
		c.w.fill(min(2*len(b), c.w.max))
	}
}

// xmlTag is a tag: b[start:end].
type xmlTag struct {
	start, end  int
	name        []byte
	close, self bool
}

// nextTag finds the next tag of an element from b[i:] on, over comments, CDATA,
// instructions and declarations. next is where to go on; with more, b does not
// hold a whole one, and next is where what is left of it begins.
func nextTag(b []byte, i int) (t xmlTag, next int, more bool) {
	for {
		j := bytes.IndexByte(b[i:], '<')
		if j < 0 {
			return t, len(b), true
		}
		i += j
		rest := b[i:]
		if len(rest) < 12 && !bytes.Contains(rest, []byte(">")) {
			return t, i, true
		}
		skip := ""
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			skip = "-->"
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			skip = "]]>"
		case bytes.HasPrefix(rest, []byte("<?")):
			skip = "?>"
		case bytes.HasPrefix(rest, []byte("<!")):
			skip = ">"
		}
		if skip != "" {
			end := bytes.Index(rest, []byte(skip))
			if end < 0 {
				return t, i, true
			}
			i += end + len(skip)
			continue
		}
		t = xmlTag{start: i}
		k := 1
		if rest[1] == '/' {
			t.close = true
			k = 2
		}
		from := k
		for k < len(rest) && isNameByte(rest[k]) {
			k++
		}
		t.name = rest[from:k]
		end := tagEnd(rest, k)
		if end < 0 {
			return t, i, true
		}
		if len(t.name) == 0 || rest[end-1] != '>' { // a stray < in the text, or a tag without an end
			i += max(k, 1)
			continue
		}
		t.end = i + end
		t.self = rest[end-2] == '/'
		return t, t.end, false
	}
}

// tagEnd is the place behind the > that ends a tag, or before the < that should
// not be in one; -1 when b ends before.
func tagEnd(b []byte, k int) int {
	var quote byte
	for ; k < len(b); k++ {
		switch c := b[k]; {
		case c == '<':
			return k
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return k + 1
		}
	}
	return -1
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ':' || c == '_' || c == '-' || c == '.' || c >= 0x80
}

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// xmlCharset is what the declaration of an XML file names; "" for none.
func xmlCharset(head []byte) string {
	m := xmlEncoding.FindSubmatch(bytes.TrimPrefix(head, []byte("\ufeff")))
	if m == nil {
		return ""
	}
	return string(m[1])
}

// xmlRoot is the name of the first element of t, in lower case and without its
// prefix; "" when t does not begin as XML does.
func xmlRoot(t []byte) string {
	if len(t) == 0 || t[0] != '<' {
		return ""
	}
	tag, _, more := nextTag(t, 0)
	if more && len(tag.name) == 0 || tag.close {
		return ""
	}
	name := tag.name
	if _, local, ok := bytes.Cut(name, []byte(":")); ok {
		name = local
	}
	return string(bytes.ToLower(name))
}
