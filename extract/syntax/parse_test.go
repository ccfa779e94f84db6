package syntax

import (
	"testing"

	"github.com/whosaid/whosaid/extract/news"
)

// Spaces around a mark tell a dash from a hyphen; around words they say nothing.
func TestSpaces(t *testing.T) {
	x, err := NewLexicon(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	features := func(word string, glued bool) (values [TagFeatures]uint64) {
		var s Sentence
		s.Reset(3)
		s.Add("one", false)
		s.Add(word, glued)
		s.Add("two", false)
		s.Ready(x)
		s.Tags[0] = news.TagNN
		s.TagFeatures(1, -1, &values)
		return values
	}
	if features("-", true) == features("-", false) {
		t.Error("a hyphen looks like a dash")
	}
	if features("it", true) != features("it", false) {
		t.Error("a word looks another without a space before it")
	}
}

// From the left a word's features see the tags before it alone, from the right
// those after it.
func TestTagSides(t *testing.T) {
	x, err := NewLexicon(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var s Sentence
	s.Reset(5)
	for _, w := range []string{"The", "mayor", "told", "nobody", "anything"} {
		s.Add(w, false)
	}
	s.Ready(x)
	features := func(step int, other int, tag news.Tag) (values [TagFeatures]uint64) {
		for i := range s.Tags {
			s.Tags[i] = news.TagNN
		}
		s.Tags[2+other] = tag
		s.TagFeatures(2, step, &values)
		return values
	}
	for _, step := range []int{-1, 1} {
		for _, other := range []int{-2, -1, 1, 2} {
			seen := features(step, other, news.TagVBD) != features(step, other, news.TagJJ)
			if want := other*step > 0; seen != want {
				t.Errorf("step %d: sees the tag %d words on: %v, want %v", step, other, seen, want)
			}
		}
	}
}

// The second look decides by the sum of both scores.
func TestSecondLook(t *testing.T) {
	cells := make([]byte, 3*Columns)
	cells[1*Columns+4], cells[1*Columns+7], cells[1*Columns+9] = 20, 15, 0xff // -1
	cells[2*Columns+4], cells[2*Columns+7], cells[2*Columns+9] = 1, 6, 99
	w := &weights{cells: cells, allowed: []uint64{1<<4 | 1<<7 | 1<<9}}
	d := w.closest([]uint32{1}, 0)
	if d != (closeCall{first: 4, second: 7, lead: 5}) {
		t.Errorf("%+v", d)
	}
	if w.overrules([]uint32{2}, d) {
		t.Error("as many votes for either: the first must stay")
	}
	if !w.overrules([]uint32{2, 2}, d) || w.overrules(nil, d) {
		t.Error("votes counted wrong")
	}
}

func TestTemplateCounts(t *testing.T) {
	// The lists of features are arrays: a count that is too large leaves
	// zeros at the end.
	var s Sentence
	s.Reset(3)
	for _, w := range []string{"Nobody", "told", "Quillfeather"} {
		s.Add(w, false)
	}
	x, err := NewLexicon(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Ready(x)
	var tags [TagFeatures]uint64
	s.TagFeatures(1, -1, &tags)
	s.StartParse()
	s.Apply(Shift)
	var arcs [ArcFeatures]uint64
	s.ArcFeatures(&arcs)
	h, d := s.Apply(Left)
	var rels [RelFeatures]uint64
	s.RelFeatures(h, d, &rels)
	for _, list := range [][]uint64{tags[:], arcs[:], rels[:]} {
		for i, h := range list {
			if h == 0 {
				t.Errorf("feature %d of %d is empty", i, len(list))
			}
		}
	}
}

// checkTrees checks that every sentence is a tree inside itself.
func checkTrees(t *testing.T, d *news.Document) {
	t.Helper()
	for _, s := range d.Sentences {
		roots := 0
		for i := s.First; i < s.End; i++ {
			tok := d.Tokens[i]
			if tok.Tag == news.NoTag || tok.Rel == news.NoRel {
				t.Fatalf("token %d %q has no tag or no relation: %+v", i, d.Word(i), tok)
			}
			if (tok.Head == news.NoHead) != (tok.Rel == news.RelRoot) {
				t.Fatalf("token %d: head %d with %v", i, tok.Head, tok.Rel)
			}
			if tok.Head == news.NoHead {
				roots++
				continue
			}
			if !s.Contains(tok.Head) {
				t.Fatalf("token %d: head %d outside of %v", i, tok.Head, s)
			}
			for h, steps := i, 0; h != news.NoHead; h = d.Tokens[h].Head {
				if steps++; steps > s.Len() {
					t.Fatalf("token %d is in a circle", i)
				}
			}
		}
		if want := (s.Len() + maxWords - 1) / maxWords; roots != want {
			t.Errorf("%d roots in a sentence of %d words, want %d", roots, s.Len(), want)
		}
	}
}

func TestColumns(t *testing.T) {
	for tag := news.Tag(1); int(tag) < news.NumTags; tag++ {
		if ColumnTag(TagColumn(tag)) != tag {
			t.Errorf("tag %v has no column of its own", tag)
		}
	}
	for r := news.RelRoot + 1; int(r) < news.NumRels; r++ {
		if ColumnRel(RelColumn(r)) != r {
			t.Errorf("relation %v has no column of its own", r)
		}
	}
}
