package source

import "strings"

// jsonWrapped reads the records of arrays inside objects: {"articles": […]},
// one such object or many behind each other. path are the keys that lead to
// the array. Only one record is held at a time, whatever stands around it.
// Record is the 0-based record over all arrays of the file.
func (x *run) jsonWrapped(w *window, path []string) error {
	for rec := int64(0); ; {
		x.next = rec
		if _, more := toValue(w, false); !more {
			return w.err
		}
		depth, found, err := enterJSON(w, path)
		if err != nil && broken(w.err) {
			return w.err
		}
		if err == nil && !found {
			err = faultf(ReasonNoText, "no array of records at %q; --records names another place", clean(strings.Join(path, ".")))
		}
		if f, ok := asFault(err); ok {
			x.next = rec + 1
			if !x.rejectf(rec, f) {
				return errStop
			}
			rec++
			if !found && f.reason == ReasonBadJSON {
				w.skipLine()
			}
			continue
		}
		if rec, err = x.jsonValues(w, rec, true); err != nil {
			return err
		}
		if !closeJSON(w, depth) {
			return cutShort(w)
		}
	}
}

// cutShort is the error of a stream that ends inside a value.
func cutShort(w *window) error {
	if broken(w.err) {
		return w.err
	}
	return faultf(ReasonTruncated, "the file ends inside of an array of records")
}

// maxKey is the most bytes of a key on the way to the records.
const maxKey = 64 << 10

// enterJSON goes from an object's opening brace to behind the bracket of the
// array at path. depth is how many objects are open there. found is false when
// the object holds no such array; then it is gone over.
func enterJSON(w *window, path []string) (depth int, found bool, err error) {
	if w.bytes()[0] != '{' {
		return 0, false, faultf(ReasonBadJSON, "not an object")
	}
	w.advance(1)
	depth = 1
	for depth > 0 {
		c, ok := skipSpace(w)
		switch {
		case !ok:
			return depth, false, cutShort(w)
		case c == ',':
			w.advance(1)
			continue
		case c == '}':
			w.advance(1)
			depth--
			continue
		case c != '"':
			return depth, false, faultf(ReasonBadJSON, "a key is missing in the objects around the records")
		}
		key, err := jsonKey(w)
		if err != nil {
			return depth, false, err
		}
		c, ok = skipSpace(w)
		switch {
		case !ok:
			return depth, false, cutShort(w)
		case key == path[depth-1] && depth == len(path) && c == '[':
			w.advance(1)
			return depth, true, nil
		case key == path[depth-1] && depth < len(path) && c == '{':
			w.advance(1)
			depth++
		case !skipValue(w):
			return depth, false, cutShort(w)
		}
	}
	return 0, false, nil
}

// jsonKey reads a key and the colon behind it.
func jsonKey(w *window) (string, error) {
	for want := 256; ; want *= 2 {
		whole := w.fill(want)
		s := scanner{b: w.bytes()}
		raw, err := s.str()
		if err == nil {
			if s.space(); s.at(':') {
				key := unquote(raw)
				w.advance(s.i + 1)
				return key, nil
			}
			if s.i < len(s.b) {
				err = errJSON
			}
		}
		switch {
		case err == errJSON:
			return "", faultf(ReasonBadJSON, "a key without a value in the objects around the records")
		case !whole:
			return "", cutShort(w)
		case want > maxKey:
			return "", faultf(ReasonTooLarge, "a key of over %d bytes", maxKey)
		}
	}
}

// skipSpace goes to the next byte that is no space; false at the end.
func skipSpace(w *window) (byte, bool) {
	for w.fill(1) {
		switch c := w.bytes()[0]; c {
		case ' ', '\t', '\r', '\n':
			w.advance(1)
		default:
			return c, true
		}
	}
	return 0, false
}

// skipValue goes over one value of any size, which need not be right beyond its
// brackets and quotes; false when the stream ends within it.
func skipValue(w *window) bool {
	switch c, ok := skipSpace(w); {
	case !ok:
		return false
	case c == '{' || c == '[':
		w.advance(1)
		return closeJSON(w, 1)
	case c == '"':
		w.advance(1)
		return closeString(w)
	}
	w.advance(1)    // or what cannot begin a value
	for w.fill(1) { // a number or a word
		switch w.bytes()[0] {
		case ',', '}', ']', ' ', '\t', '\r', '\n':
			return true
		}
		w.advance(1)
	}
	return false
}

// closeJSON goes over what is left of depth open brackets.
func closeJSON(w *window, depth int) bool {
	for depth > 0 {
		if !w.fill(1) {
			return false
		}
		b := w.bytes()
		n := 0
		for n < len(b) && depth > 0 && b[n] != '"' {
			switch b[n] {
			case '{', '[':
				depth++
			case '}', ']':
				depth--
			}
			n++
		}
		if n < len(b) && depth > 0 { // a string
			w.advance(n + 1)
			if !closeString(w) {
				return false
			}
			continue
		}
		w.advance(n)
	}
	return true
}

// closeString goes behind the quote that ends a string.
func closeString(w *window) bool {
	escaped := false
	for w.fill(1) {
		for i, c := range w.bytes() {
			switch {
			case escaped:
				escaped = false
			case c == '\\':
				escaped = true
			case c == '"':
				w.advance(i + 1)
				return true
			}
		}
		w.advance(len(w.bytes()))
	}
	return false
}
