package source

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// jsonl reads JSON Lines, and JSON of the other shapes (jsonshape.go). Record
// is the 0-based line of the file, blank lines counted; of the other shapes,
// the 0-based object.
func (x *run) jsonl(in *opened) error {
	w := in.w
	w.fill(sniffLen)
	if x.shard.End == 0 {
		switch shape, path := x.o.shape(w.bytes()); shape {
		case shapeArray:
			skipSpace(w)
			w.advance(1)
			_, err := x.jsonValues(w, 0, false)
			return err
		case shapeSpread:
			_, err := x.jsonValues(w, 0, false)
			return err
		case shapeWrapped:
			return x.jsonWrapped(w, path)
		case shapeColumns, shapeIndex, shapeSplit:
			return x.jsonTable(w, shape)
		}
	}
	rec := x.shard.First
	for ; ; rec++ {
		line, n, long := w.line()
		if n == 0 {
			x.next = rec
			return w.err
		}
		if long {
			size := w.skipLine()
			x.next = rec + 1
			if !x.rejectf(rec, faultf(ReasonTooLarge, "line of %d bytes, the limit is %d", size, x.o.MaxRecord)) {
				return errStop
			}
			if broken(w.err) {
				return w.err
			}
			continue
		}
		ended := n > len(line)
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			w.advance(n)
			continue
		}
		ok := true
		if f := x.jsonRecord(line, rec, &ok); f != nil {
			if !ended && broken(w.err) {
				x.next = rec // the stream's own fault says it better
				return w.err
			}
			ok = x.rejectf(rec, f)
		}
		if !ok {
			return errStop
		}
		w.advance(n)
	}
}

// jsonValues reads objects that follow each other with white space or commas
// between them, from record rec on. inside of an array it ends behind its
// bracket, without an error, and gives the number of the next record.
func (x *run) jsonValues(w *window, rec int64, inside bool) (next int64, err error) {
	indent := -1
	for ; ; rec++ {
		x.next = rec
		col, more := toValue(w, inside)
		if !more && inside {
			if len(w.bytes()) == 0 {
				return rec, cutShort(w)
			}
			w.advance(1)
			return rec, nil
		}
		if !more {
			return rec, w.err
		}
		if indent < 0 {
			indent = col
		}
		want := sniffLen
		for {
			whole := w.fill(want)
			s := scanner{b: w.bytes()}
			raw, err := s.value(0)
			// A number at the end of what is in memory may go on behind it; an
			// object may not.
			if err == nil {
				w.advance(s.i)
				ok := true
				if f := x.jsonRecord(raw, rec, &ok); f != nil {
					ok = x.rejectf(rec, f)
				}
				if !ok {
					return rec, errStop
				}
				break
			}
			if err == errJSONEnd && whole {
				want = 2 * max(want, len(s.b))
				if want > w.max && len(s.b) < w.max {
					want = w.max
				}
				if len(s.b) < w.max {
					continue
				}
			}
			if err == errJSONEnd && broken(w.err) {
				return rec, w.err
			}
			f := jsonFault(&s, err)
			if err == errJSONEnd && len(s.b) >= w.max {
				f = faultf(ReasonTooLarge, "value of over %d bytes", x.o.MaxRecord)
			}
			x.next = rec + 1
			if !x.rejectf(rec, f) {
				return rec, errStop
			}
			if inside { // its brackets tell where it ends
				if !skipValue(w) {
					return rec, w.err
				}
				break
			}
			w.advance(min(max(s.i, 1), len(s.b)))
			if !resyncJSON(w, indent) {
				return rec, w.err
			}
			break
		}
	}
}

// toValue goes to the first byte of the next object, over what parts objects,
// and tells how far it is indented. inside of an array its bracket is the end.
func toValue(w *window, inside bool) (indent int, more bool) {
	for w.fill(1) {
		c := w.bytes()[0]
		if inside && c == ']' {
			return 0, false
		}
		switch c {
		case '\n':
			indent = 0
		case ' ', '\t', '\r', ',', ']':
			indent++
		default:
			return indent, true
		}
		w.advance(1)
	}
	return 0, false
}

// resyncJSON goes to the next line that opens an object as far to the left as
// the first one, behind a broken one.
func resyncJSON(w *window, indent int) bool {
	for {
		w.skipLine()
		if !w.fill(1) {
			return false
		}
		w.fill(min(4096, w.max))
		line := bytes.TrimLeft(w.bytes(), " \t")
		if len(line) > 0 && line[0] == '{' && len(w.bytes())-len(line) <= indent {
			return true
		}
	}
}

// slot is the value that a field has so far, and how well its name fits.
type slot struct {
	key, raw []byte
	rank     int
}

// jsonRecord reads one object. Names are resolved anew for each record, so
// that what a record gives does not depend on those before it.
func (x *run) jsonRecord(line []byte, rec int64, ok *bool) *fault {
	if len(line) > x.o.MaxRecord {
		return faultf(ReasonTooLarge, "record of %d bytes, the limit is %d", len(line), x.o.MaxRecord)
	}
	if !utf8.Valid(line) {
		s, f := decode(line, "")
		if f != nil {
			return f
		}
		line = []byte(s)
	}
	s := scanner{b: line}
	s.space()
	if !s.at('{') {
		return faultf(ReasonBadJSON, "not an object")
	}
	var slots [numFields]slot
	err := s.object(0, func(key, raw []byte) { x.r.names.offer(&slots, key, raw) })
	if err == nil {
		if s.space(); s.i < len(s.b) {
			err = errJSON
		}
	}
	if err != nil {
		return jsonFault(&s, err)
	}
	x.look.object(line)
	if x.r.names.user[fText] == "" && (slots[fText].raw == nil || slots[fText].rank >= saysNothing) {
		x.r.names.offerInner(&slots, line)
	}
	return x.jsonSlots(&slots, rec, ok, func() []seen { return jsonFields(line) })
}

// jsonSlots makes an article of the fields found; have lists all there are.
func (x *run) jsonSlots(slots *[numFields]slot, rec int64, ok *bool, have func() []seen) *fault {
	v, f := x.jsonArticle(slots)
	if f != nil {
		if f.reason == ReasonNoText && f.detail == "" {
			f = x.r.names.missingText(have())
		}
		return f
	}
	if !x.mapped {
		key := func(f field) string { return unquote(slots[f].key) }
		x.setMapping(Fields{key(fID), key(fText), key(fTitle), key(fURL), key(fOutlet), key(fAuthor), key(fDate)})
	}
	*ok = x.article(rec, v)
	return nil
}

// jsonArticle takes the values out of their slots.
func (x *run) jsonArticle(slots *[numFields]slot) (*values, *fault) {
	raw := slots[fText].raw
	if raw == nil {
		return nil, faultf(ReasonNoText, "")
	}
	if len(raw) > x.o.MaxArticle {
		// Escapes make it longer than its text, but by six at the most.
		if len(raw) > 6*x.o.MaxArticle {
			return nil, tooLong(len(raw), x.o.MaxArticle)
		}
	}
	v := &x.values
	*v = values{}
	text, ok := jsonText(raw)
	if !ok {
		if !jsonEmpty(raw) {
			return nil, faultf(ReasonNoText, "the field %q is not a string", clean(unquote(slots[fText].key)))
		}
		text = ""
	}
	v.text, v.valid = text, true
	get := func(f field) string {
		if slots[f].raw == nil {
			return ""
		}
		s, _ := jsonScalar(slots[f].raw)
		return s
	}
	v.id, v.title, v.url, v.outlet, v.date = get(fID), get(fTitle), get(fURL), get(fOutlet), get(fDate)
	if r := slots[fAuthor].raw; r != nil {
		v.authors = jsonNames(r)
	}
	return v, nil
}

func tooLong(n, limit int) *fault {
	return faultf(ReasonTooLarge, "text of %d bytes, the limit is %d", n, limit)
}

// offer puts a member of an object into the slots of the fields it may be. The
// better name wins; of two members of one name the last, as in most parsers;
// a member that says nothing gives way to any that does.
func (n *names) offer(slots *[numFields]slot, key, raw []byte) {
	if bytes.IndexByte(key, '\\') >= 0 {
		key = []byte(unquote(key))
	}
	if p, ok := n.usualPlace(key); ok {
		put(slots, p.field, key, raw, p.rank)
	}
	for fd, want := range n.user {
		if want == "" {
			continue
		}
		switch {
		case string(key) == want:
			put(slots, field(fd), key, raw, 0)
		case strings.EqualFold(string(key), want):
			put(slots, field(fd), key, raw, 1)
		case strings.HasPrefix(want, string(key)+".") && raw[0] == '{':
			if v := descend(raw, want[len(key)+1:]); v != nil {
				put(slots, field(fd), []byte(want), v, 2)
			}
		}
	}
}

// offerInner fills slots from the objects inside a record whose text is in one
// of them. What stands outside keeps its place.
func (n *names) offerInner(slots *[numFields]slot, line []byte) {
	const deepest = 3
	found := *slots
	var walk func(raw, prefix []byte, depth int)
	walk = func(raw, prefix []byte, depth int) {
		s := scanner{b: raw}
		s.space()
		_ = s.object(0, func(key, v []byte) { // raw is valid: it has been gone over
			path := append(append([]byte{}, prefix...), key...)
			if p, ok := n.usualPlace(key); ok && depth > 0 {
				put(&found, p.field, path, v, p.rank+depth*elsewhere)
			}
			if v[0] == '{' && depth < deepest {
				walk(v, append(path, '.'), depth+1)
			}
		})
	}
	walk(line, nil, 0)
	if s := found[fText]; s.raw != nil && s.rank < saysNothing {
		*slots = found
	}
}

// saysNothing is added to the rank of a value that says nothing, or that its
// field cannot be.
const saysNothing = 1000

func put(slots *[numFields]slot, fd field, key, raw []byte, rank int) {
	if jsonEmpty(raw) || fd == fText && raw[0] != '"' && raw[0] != '[' {
		rank += saysNothing
	}
	if s := &slots[fd]; s.raw == nil || rank <= s.rank {
		*s = slot{key, raw, rank}
	}
}

// descend finds the value at a path of keys joined by dots; nil for none.
func descend(raw []byte, path string) (found []byte) {
	s := scanner{b: raw}
	_ = s.object(0, func(key, v []byte) { // raw is valid: it has been gone over
		k := unquote(key)
		if k == path {
			found = v
		} else if strings.HasPrefix(path, k+".") && v[0] == '{' {
			if d := descend(v, path[len(k)+1:]); d != nil {
				found = d
			}
		}
	})
	return found
}
