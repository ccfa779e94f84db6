package speaker

import "github.com/whosaid/whosaid/extract/news"

// signers finds who signs each letter of a letters page: a letter opens with
// "Sir" or "Dear …" at the head of a line and ends with a person's name alone
// on one. It gives for every quotation told by "I" in a letter's own words the
// entity that signs the letter, -1 for the others; nil without letters.
func (w *walker) signers() []int32 {
	a := w.a
	var opens []int32
	for i := range a.toks {
		if a.toks[i].flags&newLine == 0 {
			continue
		}
		switch a.toks[i].low {
		case "sir", "sirs", "madam", "dear":
			opens = append(opens, int32(i))
		}
	}
	if len(opens) == 0 {
		return nil
	}
	out := make([]int32, len(w.quotes))
	for q := range w.quotes {
		out[q] = -1
		if s := &w.sources[q]; s.class != speakerI || s.head < 0 || a.has(s.head, inMarks) {
			continue
		}
		at := w.sources[q].head
		from, to := int32(-1), int32(len(a.toks))
		for _, o := range opens {
			if o <= at {
				from = o
			} else {
				to = o
				break
			}
		}
		if from >= 0 {
			out[q] = a.signedBy(at, to)
		}
	}
	return out
}

// signedBy is the first person after token i, and before end, whose name stands
// alone on its line; -1 for none.
func (a *analysis) signedBy(i, end int32) int32 {
	for m := a.mentionBefore(i); int(m) < len(a.mentions) && a.mentions[m].first < end; m++ {
		n := &a.mentions[m]
		if n.form != news.Name || n.ent < 0 || a.ents[n.ent].kind != news.Person || n.end-n.first < 2 {
			continue
		}
		first := min(n.titleFirst, n.first)
		for first > 0 && first > n.first-4 && a.toks[first].flags&newLine == 0 { // (Mrs) X
			first--
		}
		alone := int(n.end) == len(a.toks) || a.toks[n.end].flags&newLine != 0 || a.toks[n.end].par != a.toks[n.first].par
		if alone && a.toks[first].flags&newLine != 0 && n.first-first < 4 && a.toks[first].par == a.toks[n.first].par {
			return n.ent
		}
	}
	return -1
}
