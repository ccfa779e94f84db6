package shape_test

import (
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/entity/shape"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
)

// A word that mostly ends a body's name ends a person's behind a first name or a
// form of address; a first name may begin a firm's, and an honorific be a name.
func TestKinds(t *testing.T) {
	recognizer, err := entity.Load()
	if err != nil {
		t.Fatal(err)
	}
	names, err := shape.New(recognizer)
	if err != nil {
		t.Fatal(err)
	}
	parser, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"Speaking after the vote, Samantha Power thanked the staff. Critics said Ms Power was late.", "Person Samantha Power"},
		{"The shop will close, said Harold Banks, a broker. Banks said so twice.", "Person Harold Banks"},
		{"Rates will rise in May, Georgia Power said on Monday.", "Organization Georgia Power"},
		{"Profits rose at Brightwater plc, the firm said.", "Organization Brightwater plc"},
		{"Chief Eze told the crowd to wait. He left early.", "Person Eze"},
		{"GORSE HILL (Ellery News) — The quay is shut, said Mila Toro. She was there.", "Location GORSE HILL; Organization Ellery News; Person Mila Toro"},
		{"The bridge is shut, Farida Sheikh said. Sheikh called it a shame.", "Person Farida Sheikh"},
		{"Goldman Sachs said it would hire again.", "Organization Goldman Sachs"},
		{"The men asked Per Rask to stay. Rask refused.", "Person Per Rask"},
		{"The Ministry of Finance issued a note on debt. The Ministry said debt had fallen.", "Organization Ministry of Finance"},
		{"The Seismological Observatory of Costa Verde (Ovsicov) said the quake was shallow. Ovsicov said no damage was known.", "Organization Seismological Observatory of Costa Verde"},
	} {
		d := token.New(english.Language()).Document(&news.Article{Body: c.text})
		parser.Annotate(d)
		var got []string
		for _, e := range names.Find(d).Entities {
			got = append(got, e.Type.String()+" "+e.Name)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %s, want %s", c.text, s, c.want)
		}
	}
}
