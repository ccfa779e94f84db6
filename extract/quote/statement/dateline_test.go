package statement

import (
	"testing"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/internal/quotetest"
)

func TestAfterDateline(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"GORSE HILL — The quay is shut.", "The quay is shut."},
		{"ST. JOHN'S, Newfoundland, 3 May (Ellery News) — The quay is shut.", "The quay is shut."},
		{"The quay — all of it — is shut.", "The quay — all of it — is shut."},
		{"GORSE HILL the quay — The quay is shut.", "GORSE HILL the quay — The quay is shut."},
		{"GORSE, HILL, PORT, ELLERY, SAINT, BRANNOCK, VARN, HILLS, ORME — The quay is shut.", "GORSE, HILL, PORT, ELLERY, SAINT, BRANNOCK, VARN, HILLS, ORME — The quay is shut."},
	} {
		d := quotetest.Document(c.text)
		if got := d.Span(afterDateline(d, d.Paragraphs[0])).Of(d.Text); got != c.want {
			t.Errorf("%s: %q", c.text, got)
		}
	}
}

// A source does not go on into the paragraph below a headline.
func TestInParagraph(t *testing.T) {
	d := quotetest.Document("“We are nobody's quarry,” says minister\n\nGORSE HILL: The minister was there.")
	head, text := d.Paragraphs[0], d.Paragraphs[1]
	across := news.TokenRange{First: head.End - 1, End: text.First + 2}
	for _, c := range []struct {
		source, cue news.TokenRange
		want        string
	}{
		{across, news.TokenRange{First: head.End - 2, End: head.End - 1}, "minister"},
		{across, news.TokenRange{First: text.First + 3, End: text.First + 4}, "GORSE HILL"},
		{across, news.TokenRange{}, "minister"},
		{news.TokenRange{First: text.First, End: text.First + 2}, news.TokenRange{}, "GORSE HILL"},
		{news.TokenRange{}, news.TokenRange{}, ""},
	} {
		if got := d.Span(inParagraph(d, c.source, c.cue)).Of(d.Text); got != c.want {
			t.Errorf("%v with its cue at %v: %q, want %q", c.source, c.cue, got, c.want)
		}
	}
}
