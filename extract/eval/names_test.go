package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/extract/news"
)

const someNames = "# doc north_post_1\nOSLO\tB-Location\n-\tO\nMs\tO\nMaya\tB-Person\nLind\tI-Person\nsaid\tO\n,\tO\n\"\tO\nNo\tO\n.\tO\n\"\tO\n\n" +
	"The\tO\nex\tO\n-\tO\nmayor\tO\nleft\tO\nLind\tB-Organization\tB-Person\n&\tI-Organization\nCo\tI-Organization\n.\tO\n" +
	"# doc south_echo_7\nKarl\tB-Person\n's\tO\ndog\tO\n"

func TestReadNames(t *testing.T) {
	texts, err := ReadNames(strings.NewReader(someNames), "names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range texts {
		got = append(got, x.Outlet()+": "+x.Text)
		for _, n := range x.Names {
			got = append(got, n.Kind+" "+n.Span.Of(x.Text))
		}
	}
	want := []string{
		"north_post: OSLO - Ms Maya Lind said, \"No.\"\n\nThe ex-mayor left Lind & Co.",
		"Location OSLO", "Person Maya Lind", "Organization Lind & Co",
		"south_echo: Karl's dog", "Person Karl",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, bad := range []string{"Maya\n", "Maya\tPerson\n"} {
		if _, err := ReadNames(strings.NewReader(bad), "names.tsv"); err == nil || !strings.Contains(err.Error(), "names.tsv:1") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

func TestNameReport(t *testing.T) {
	texts, err := ReadNames(strings.NewReader(someNames), "names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	r := NameReport{}
	at := func(x *NamedText, words, kind string) MarkedName {
		i := int32(strings.Index(x.Text, words))
		return MarkedName{news.Span{Start: i, End: i + int32(len(words))}, kind}
	}
	a := &texts[0]
	r.Add(a, []MarkedName{at(a, "Ms Maya Lind", "Person"), at(a, "Lind & Co.", "Organization"), at(a, "OSLO", "Location")})
	r.Add(&texts[1], []MarkedName{at(&texts[1], "Karl", "Person")})
	if got, want := r[""]["Person"], (NameTally{Gold: 2, Found: 2, Right: 1}); got != want {
		t.Errorf("people: %+v, want %+v", got, want)
	}
	if got, want := r["north_post"]["Organization"], (NameTally{1, 1, 1}); got != want {
		t.Errorf("organizations: %+v, want %+v", got, want)
	}
	if p, rec, f := r[""]["Person"].PRF(); p != 50 || rec != 50 || f != 50 {
		t.Errorf("people: %v %v %v", p, rec, f)
	}
}

func TestScoreClusters(t *testing.T) {
	span := func(a, b int32) news.Span { return news.Span{Start: a, End: b} }
	key := ClusteredText{Clusters: [][]news.Span{{span(0, 9), span(20, 22), span(30, 35)}, {span(40, 50), span(60, 62)}}}
	for _, c := range []struct {
		found    [][]news.Span
		b3, ceaf PRF
	}{
		{key.Clusters, PRF{P: 100, R: 100, F1: 100}, PRF{P: 100, R: 100, F1: 100}},
		// The first cluster lacks a mention, the second is not found.
		{[][]news.Span{{span(5, 9), span(20, 22)}}, PRF{P: 100, R: 26.7, F1: 42.1}, PRF{P: 80, R: 40, F1: 53.3}},
		{nil, PRF{}, PRF{}},
	} {
		f := ScoreClusters([]ClusteredText{key}, [][][]news.Span{c.found})
		if f.B3 != c.b3 || f.CEAF != c.ceaf {
			t.Errorf("%v: B-cubed %v, CEAF %v", c.found, f.B3, f.CEAF)
		}
	}
}

func TestReadClusters(t *testing.T) {
	c, err := readClusters(strings.NewReader("# begin document d\n0\tMaya\t(person-1-Maya_Lind\n1\tLind\tperson-1)\n2\tsays\t_\n3\tshe\t(person-1)\n4\tlikes\t_\n5\tit\t(abstract-2)\n"), "d.conll")
	if err != nil {
		t.Fatal(err)
	}
	want := ClusteredText{Doc: "d", Text: "Maya Lind says she likes it", Clusters: [][]news.Span{{{Start: 0, End: 9}, {Start: 15, End: 18}}}}
	if d := cmp.Diff(want, c); d != "" {
		t.Error(d)
	}
}
