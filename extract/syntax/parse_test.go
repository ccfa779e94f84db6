package syntax

import (
	"testing"

	"whosaid/extract/news"
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
		s.TagFeatures(1, &values)
		return values
	}
	if features("-", true) == features("-", false) {
		t.Error("a hyphen looks like a dash")
	}
	if features("it", true) != features("it", false) {
		t.Error("a word looks another without a space before it")
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
	s.TagFeatures(1, &tags)
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
