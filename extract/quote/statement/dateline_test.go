package statement

import (
	"testing"

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
