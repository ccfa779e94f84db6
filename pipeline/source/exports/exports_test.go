package exports

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Layouts beside those of the samples in testdata/formats.
func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, text string
		kind       Kind
		want       []Article
	}{
		{
			"LexisNexis with labels for headline and body", "1 of 1 DOCUMENT\n\nCopyright 2001 The Alder Company\nThe Alder Gazette\n\nSunday, May 6, 2001\n\nSECTION: A\n\nLENGTH: 9 words\n\nHEADLINE: Rain\nat last\n\nBODY:\nRain fell.\n\nIt fell long.\n\nLANGUAGE: ENGLISH",
			LexisNexis, []Article{{Title: "Rain at last", Outlet: "The Alder Gazette", Date: "2001-05-06", Text: "Rain fell.\n\nIt fell long."}},
		},
		{
			"Nexis Uni behind a cover that lists no headline", "User Name: Ann\nDate and Time: today\nJob Number: 1\n\nSearch Terms: rain\n\nRain at last\nThe Alder Gazette\nMay 6, 2021 Thursday\n\nLength:\u00a09 words\nByline:\u00a0Ann Lee\nBody\n\nRain fell.\n\nGraphic\n\nA cloud.\n\nEnd of Document",
			NexisUni, []Article{{Title: "Rain at last", Outlet: "The Alder Gazette", Date: "2021-05-06", Byline: "Ann Lee", Text: "Rain fell."}},
		},
		{
			"Factiva without a byline, cut off", "Rain at last\n9 words\n6 May 2021\n10:15 GMT\nThe Alder Gazette\nALDG\nEnglish\n© 2021 The Alder Company\n\nRain fell.\n\nDocument ALDG000020210506eh560001x\n\nMore rain\n8 words\n7 May 2021\nThe Alder Gazette\nALDG\nEnglish\n© 2021 The Alder Company\n\nIt goes on.",
			Factiva, []Article{{ID: "ALDG000020210506eh560001x", Title: "Rain at last", Outlet: "The Alder Gazette", Date: "2021-05-06", Text: "Rain fell."}, {Title: "More rain", Outlet: "The Alder Gazette", Date: "2021-05-07", Text: "It goes on."}},
		},
		{
			"Factiva's codes on lines of their own", "HD\nRain at last\nWC\n9 words\nPD\n6 May 2021\nSN\nThe Alder Gazette\nLP\n\nIN the rain.\n\nTD\nRE all wet.\n\nRE\nuk : United Kingdom\n\nAN\nDocument ALDG000020210506eh560001x\n\nSearch Summary",
			FactivaCodes, []Article{{ID: "ALDG000020210506eh560001x", Title: "Rain at last", Outlet: "The Alder Gazette", Date: "2021-05-06", Text: "IN the rain.\n\nRE all wet."}},
		},
		{
			"ProQuest without text", strings.Repeat("_", 60) + "\nRain at last\nFull text: Not available.\nPublication title: The Alder Gazette\nProQuest document ID: 7\n" + strings.Repeat("_", 60) + "\nMore rain\nAbstract: Much.\nPublication info: The Vale Herald; Vale [Vale]. 07 May 2021: 4.\nProQuest document ID: 8",
			ProQuest, []Article{{ID: "7", Title: "Rain at last", Outlet: "The Alder Gazette", Text: "Not available."}, {ID: "8", Title: "More rain", Outlet: "The Vale Herald", Date: "2021-05-07"}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if k := Recognize(c.text); k != c.kind {
				t.Fatalf("recognized as %d (%v), want %d", k, k, c.kind)
			}
			if d := cmp.Diff(c.want, Split(c.kind, c.text)); d != "" {
				t.Errorf("difference (-want +got):\n%s", d)
			}
		})
	}
}
