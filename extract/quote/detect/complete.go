package detect

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
)

// complete makes contents and sources respect the marks: a content that takes words of a
// closed quotation takes all of it, unless its cue stands inside that
// quotation too, where a quoted person reports. The taggers see one token at
// a time and may stop at a full stop or an abbreviation inside the marks;
// nobody is quoted by half.
func complete(m *marks.Marks, f *Candidate) {
	var out []news.TokenRange
	add := func(r news.TokenRange) {
		if n := len(out); n > 0 && r.First <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, r.End)
			return
		}
		out = append(out, r)
	}
	for _, r := range f.Content {
		if q := whole(m, r.First, f.Anchor.Token); !q.Empty() {
			r.First = min(r.First, q.First)
		}
		if q := whole(m, r.End-1, f.Anchor.Token); !q.Empty() {
			r.End = max(r.End, q.End)
		}
		add(r)
	}
	f.Content = out
	for !f.Source.Empty() && half(m, f.Source, f.Source.First) {
		f.Source.First++
	}
	for !f.Source.Empty() && half(m, f.Source, f.Source.End-1) {
		f.Source.End--
	}
}

// half reports whether token i, an end of source, is one mark of a quotation
// whose other mark lies outside: no nickname, but a mark that the tagger took
// along.
func half(m *marks.Marks, source news.TokenRange, i int32) bool {
	k := m.Outermost(i)
	if k < 0 {
		return false
	}
	q := &m.Quotations[k]
	return q.Open == i && !source.Contains(q.Close) || q.Close == i && !source.Contains(q.Open)
}

// whole is the closed quotation around token i, marks included, if anchor
// stands outside of it.
func whole(m *marks.Marks, i, anchor int32) news.TokenRange {
	k := m.Outermost(i)
	if k < 0 {
		return news.TokenRange{}
	}
	q := &m.Quotations[k]
	r := news.TokenRange{First: q.Open, End: q.Close + 1}
	if q.Open < 0 || q.Close < 0 || r.Contains(anchor) {
		return news.TokenRange{}
	}
	return r
}
