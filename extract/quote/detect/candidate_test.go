package detect

import (
	"testing"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// Where the best labelling has no content, one is read that begins where a
// content does most probably, unless that is hardly probable.
func TestDecodeForced(t *testing.T) {
	trans := linear.NewTransitions(int(NumLabels), Classes)
	read := func(begin float32) (Candidate, bool) {
		s := linear.Sequence{Classes: make([]uint8, 4)}
		l := linear.Lattice{Emit: make([]linear.Row, 4)}
		l.Exponentiate(trans)
		for i := range l.Emit {
			l.Emit[i][LabelO] = 6
		}
		l.Emit[1][LabelBC], l.Emit[3][LabelBQ] = 9, begin
		return Decode(trans, &s, &l, news.TokenRange{First: 10, End: 14}, Anchor{Token: 11, P: 0.9})
	}
	f, ok := read(5)
	if !ok || !f.forced || len(f.Content) != 1 || f.Content[0] != (news.TokenRange{First: 13, End: 14}) {
		t.Errorf("read %+v, %v", f, ok)
	}
	if f.begin > 0.5 {
		t.Errorf("sure of the beginning: %v", f.begin)
	}
	if f, ok := read(7); !ok || f.forced {
		t.Errorf("the best labelling has a content: read %+v, %v", f, ok)
	}
	if f, ok := read(0); ok {
		t.Errorf("hardly probable: read %+v", f)
	}
}
