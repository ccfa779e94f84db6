package known

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func read(t *testing.T, b []byte) (out []Person, err error) {
	t.Helper()
	for p, err := range Read(bytes.NewReader(b)) {
		if err != nil {
			return out, err
		}
		out = append(out, *p)
	}
	return out, nil
}

func file(t *testing.T, fill func(*Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	fill(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// claims of a dump, in its form.
func item(property, id string, qualifiers string) string {
	return fmt.Sprintf(`"%s":[{"mainsnak":{"snaktype":"value","property":"%s","datavalue":{"value":{"entity-type":"item","id":"%s"},"type":"wikibase-entityid"}},"type":"statement","qualifiers":{%s},"rank":"normal"}]`, property, property, id, qualifiers)
}

func when(property, time string) string {
	return fmt.Sprintf(`"%s":[{"snaktype":"value","property":"%s","datavalue":{"value":{"time":"%s","precision":11},"type":"time"}}]`, property, property, time)
}

func born(property, time string) string {
	return fmt.Sprintf(`"%s":[{"mainsnak":{"datavalue":{"value":{"time":"%s"},"type":"time"}},"rank":"normal"}]`, property, time)
}

var dump = "[\n" + strings.Join([]string{
	`{"type":"item","id":"Q100","labels":{"en":{"language":"en","value":"senator of Norland"}},"claims":{}}`,
	`{"type":"item","id":"Q7001","labels":{"en":{"language":"en","value":"Agnes Varlund"}},"aliases":{"en":[{"language":"en","value":"Agnes M. Varlund"}],"no":[{"language":"no","value":"Frau V."}]},"claims":{` +
		strings.Join([]string{item("P31", "Q5", ""), item("P21", "Q6581072", ""), item("P27", "Q101", ""), item("P106", "Q102", ""),
			item("P39", "Q100", when("P580", "+2011-01-03T00:00:00Z")+","+when("P582", "+2017-01-03T00:00:00Z")), born("P569", "+1960-05-25T00:00:00Z")}, ",") +
		`},"sitelinks":{"enwiki":{"site":"enwiki","title":"Agnes Varlund"},"nowiki":{"site":"nowiki","title":"A"}}}`,
	`{"type":"item","id":"Q7002","labels":{"no":{"language":"no","value":"Nur Norsk"}},"claims":{` + item("P31", "Q5", "") + `},"sitelinks":{}}`,
	`{"type":"item","id":"Q7003","labels":{"en":{"language":"en","value":"damaged` + `"Q5"`,
	`{"type":"item","id":"Q101","labels":{"en":{"language":"en","value":"Norland"}},"claims":[]}`,
	`{"type":"item","id":"Q102","labels":{"en":{"language":"en","value":"politician"}},"claims":{}}`,
}, ",\n") + "\n]\n"

func opened(s string) Opener {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
}

func TestWikidata(t *testing.T) {
	var found *Found
	b := file(t, func(w *Writer) {
		var err error
		if found, err = Wikidata(opened(dump), w, func(int64) {}); err != nil {
			t.Fatal(err)
		}
	})
	got, err := read(t, b)
	if err != nil {
		t.Fatal(err)
	}
	want := []Person{{
		ID: "Q7001", Name: "Agnes Varlund", Aliases: []string{"Agnes M. Varlund"}, Gender: "female", Born: 1960, Sitelinks: 2,
		Places: []string{"Norland"}, Positions: []Position{{"senator of Norland", 2011, 2017}}, Occupations: []string{"politician"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if found.Records != 6 || found.People != 1 || found.Broken != 1 || !strings.Contains(found.First, "record 5") {
		t.Errorf("%+v", found)
	}
}

func TestRows(t *testing.T) {
	in := "id,name,aliases,gender,born,positions,places\n" +
		"Q1,Agnes Varlund,A. Varlund; Agnes M. Varlund,F,1960-05-25,Mayor of Norby|2019|2021; senator|2022|,Norland\n" +
		",Nobody,,,,,\n" +
		"Q2,\"Ragged\n"
	var found *Found
	b := file(t, func(w *Writer) {
		var err error
		if found, err = CSV(strings.NewReader(in), w); err != nil {
			t.Fatal(err)
		}
	})
	got, err := read(t, b)
	if err != nil {
		t.Fatal(err)
	}
	want := []Person{{ID: "Q1", Name: "Agnes Varlund", Aliases: []string{"A. Varlund", "Agnes M. Varlund"}, Gender: "female", Born: 1960,
		Places: []string{"Norland"}, Positions: []Position{{"Mayor of Norby", 2019, 2021}, {"senator", 2022, 0}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if found.Broken != 2 {
		t.Errorf("%+v", found)
	}
	if _, err := CSV(strings.NewReader("a,b\n1,2\n"), nil); err == nil || !strings.Contains(err.Error(), "columns id and name") {
		t.Errorf("error %v", err)
	}
}

// The people of the program itself are whole, and known by what they are.
func TestLeaders(t *testing.T) {
	got, err := read(t, Leaders())
	if err != nil {
		t.Fatal(err)
	}
	if len(got) < 900 {
		t.Errorf("%d people", len(got))
	}
	for _, p := range got {
		if !strings.HasPrefix(p.ID, "Q") || p.Name == "" || len(p.Positions) == 0 || len(p.Places) == 0 {
			t.Errorf("%+v", p)
		}
	}
}

// Whatever is done to a file, reading it ends with its people or ErrFormat.
func TestHostile(t *testing.T) {
	b := file(t, func(w *Writer) {
		for i := range 200 {
			if err := w.Write(&Person{ID: fmt.Sprint("Q", i), Name: strings.Repeat("x", i), Aliases: make([]string, 2*i), Born: -i}); err != nil {
				t.Fatal(err)
			}
		}
	})
	all, err := read(t, b)
	if err != nil || len(all) != 200 {
		t.Fatal(len(all), err)
	}
	rng := rand.New(rand.NewPCG(2, 2))
	for i := range 400 {
		c := bytes.Clone(b)
		if i%2 == 0 {
			c = c[:rng.IntN(len(c))]
		} else {
			c[rng.IntN(len(c))] ^= 1 << rng.IntN(8)
		}
		got, err := read(t, c)
		if err == nil && !cmp.Equal(got, all) || err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("%d people, error %v", len(got), err)
		}
	}
	for _, s := range []string{"", "PK\x03\x04", header, header + "\x1f\x8b\x08", "[\n{}\n]"} {
		if _, err := read(t, []byte(s)); !errors.Is(err, ErrFormat) {
			t.Errorf("%q: error %v", s, err)
		}
	}
}

// A dump that is no dump has no people and does no harm.
func TestHostileDump(t *testing.T) {
	for _, s := range []string{"", "[", "]", strings.Repeat(`{"id":"Q1","claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]}},`+"\n", 3), `"Q5"` + strings.Repeat("x", 3<<20),
		strings.Repeat("[", 1<<20) + `"Q5"`} {
		n := 0
		file(t, func(w *Writer) {
			f, err := Wikidata(opened(s), w, func(int64) {})
			if err != nil {
				t.Fatal(err)
			}
			n = int(f.People)
		})
		if n != 0 {
			t.Errorf("%d people in %.40q", n, s)
		}
	}
}
