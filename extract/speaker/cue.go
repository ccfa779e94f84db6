package speaker

import "whosaid/extract/news"

// readCue tells the form of a cue (see fCue) and the subject of the verb that
// it is or hangs on: in "X left, saying that …" it is X. -1 for none.
func (a *analysis) readCue(sp news.Span) (form float32, subj int32) {
	r := a.tokensIn(sp)
	if r.Empty() {
		return 0, -1
	}
	head, be := int32(-1), false
	for i := r.First; i < r.End; i++ {
		switch a.low(i) {
		case "is", "was", "are", "were", "be", "been", "being":
			be = true
			continue
		}
		switch a.tag(i) {
		case news.TagVB, news.TagVBD, news.TagVBG, news.TagVBN, news.TagVBP, news.TagVBZ:
			head = i
		case news.TagNN, news.TagNNS:
			if head < 0 {
				head = i
			}
		}
	}
	if head < 0 {
		return 5, -1
	}
	switch a.tag(head) {
	case news.TagVBG:
		form = 2
	case news.TagVBN:
		form = 3
	case news.TagNN, news.TagNNS:
		form = 4
	default:
		form = 1
		if be {
			form = 3
		}
	}
	if form == 3 && !be && a.low(head-1) != "has" && a.low(head-1) != "have" && a.low(head-1) != "had" && r.First == head {
		return form, -1
	}
	return form, a.subjectOver(head)
}

// subjectOver is the subject of token i or of the nearest verb that it hangs
// on; -1 for none.
func (a *analysis) subjectOver(i int32) int32 {
	s := a.sentence(i)
	for n := 0; n < 4 && s.Contains(i); n++ {
		for k := s.First; k < s.End; k++ {
			t := &a.doc.Tokens[k]
			if t.Head == i && k != i && (t.Rel == news.RelNsubj || t.Rel == news.RelNsubjPass || t.Rel == news.RelNsubjOuter) {
				return k
			}
		}
		i = a.doc.Tokens[i].Head
	}
	return -1
}
