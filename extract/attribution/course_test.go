package attribution

import "testing"

// The course of an article around a statement: whom the sources before and after
// name, whom the paragraphs tell of first, who is told of outside of statements.
func TestCourse(t *testing.T) {
	w := walked(t, "Name0 and Name1 spoke.\n\n“Name2 left.” said Name1. “One.” “Two.” said Name0. “Three.” said Name2.")
	w.findWithin()
	if got := []int32{w.sourcesOf[0], w.sourcesOf[1], w.sourcesOf[2]}; got[0] != 1 || got[1] != 1 || got[2] != 1 {
		t.Errorf("sources that name each: %v", got)
	}
	p := place{at: w.anchor(1)}
	w.state.Until(p.at)
	w.readCourse(&p, 1)
	if p.last != 1 || p.named != 0 || p.soon != 2 {
		t.Errorf("named before %d, next %d, then %d; want 1, 0, 2", p.last, p.named, p.soon)
	}
	if p.topic != 1 || p.before != 0 {
		t.Errorf("topics %d and %d; want 1, the first outside of statements, and 0", p.topic, p.before)
	}
	if e := &w.Entities[2]; e.LastTold >= 0 || e.SoFar != 1 {
		t.Errorf("who is named in a statement alone counts as told of: %d, %d mentions", e.LastTold, e.SoFar)
	}
	if e := &w.Entities[1]; e.LastTold < 0 || e.LastTold != e.Last {
		t.Errorf("last told of at %d, mentioned at %d", e.LastTold, e.Last)
	}
}

// You is nobody's name.
func TestYouIsAPronoun(t *testing.T) {
	w := walked(t, "“You know that.” said you.")
	if s := &w.sources[0]; w.ownName(s, true) != "" || w.ownName(s, false) != "" {
		t.Errorf("source you: %q", w.ownName(s, true))
	}
}
