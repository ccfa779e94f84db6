package syntax

import (
	"testing"

	"github.com/whosaid/whosaid/extract/news"
)

// In a sentence without any capital, a word that running text mostly writes with
// one may be a name, and its only tag does not hold; that of others does.
func TestFixed(t *testing.T) {
	for _, tt := range []struct {
		capital  uint8
		sentence []string
		want     news.Tag
	}{
		{0, []string{"the", "clerk", "wrote", "mark"}, news.TagNN},
		{mostlyLower, []string{"the", "clerk", "wrote", "mark"}, news.TagNN},
		{2, []string{"the", "clerk", "wrote", "mark"}, news.TagNN},
		{3, []string{"the", "clerk", "wrote", "mark"}, news.NoTag},
		{3, []string{"The", "clerk", "wrote", "mark"}, news.TagNN},
	} {
		x, err := NewLexicon([]uint64{WordHash("mark")}, []Entry{{Capital: tt.capital, Fixed: [2]news.Tag{news.TagNN, news.TagNNP}}})
		if err != nil {
			t.Fatal(err)
		}
		var s Sentence
		s.Reset(len(tt.sentence))
		for _, w := range tt.sentence {
			s.Add(w, false)
		}
		s.Ready(x)
		if got := s.Fixed(3); got != tt.want {
			t.Errorf("capital %d in %q: %v, want %v", tt.capital, tt.sentence, got, tt.want)
		}
	}
}
