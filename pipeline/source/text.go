package source

// text reads a file that is one article; its name without extensions is the id.
func (x *run) text(in *opened) error {
	w := in.w
	b, f := x.all(w, x.o.MaxRecord)
	if f == nil {
		if b == nil {
			return w.err
		}
		var s string
		if s, f = decode(b, ""); f == nil {
			x.values = values{id: x.stem(), text: s}
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

// all is the whole stream, when it is no longer than limit. It is nil when the
// stream broke off: half an article is none.
func (x *run) all(w *window, limit int) ([]byte, *fault) {
	if w.fill(limit + 1) {
		return nil, faultf(ReasonTooLarge, "over the limit of %d bytes", limit)
	}
	if broken(w.err) {
		return nil, nil
	}
	x.next = 1
	return w.bytes(), nil
}
