package people

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

func TestNames(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want givenMatch
	}{
		{"Donald Trump", "Donald J. Trump", givenEqual},
		{"Bernie Sanders", "Bernard Sanders", givenNick},
		{"Bob Corker", "Robert Corker", givenNick},
		{"B. Corker", "Robert Corker", givenConflict},
		{"R. Corker", "Robert Corker", givenInitial},
		{"Rence Priebus", "Reince Priebus", givenAlike},
		{"Sam Example", "Samantha Example", givenNick},
		{"Bill Clinton", "Hillary Clinton", givenConflict},
		{"Ben Rhodes", "Benjamin J. Rhodes", givenNick},
		{"J. Edgar Hoover", "Edgar Hoover", givenSecond},
	} {
		a, b := personName(c.a), personName(c.b)
		if got := matchGiven(&a, &b); got != c.want {
			t.Errorf("%s, %s: %d, not %d", c.a, c.b, got, c.want)
		}
	}
	for in, want := range map[string]name{
		"Mr. Björn O’Malley-Smith Jr.": {key: "bjornomalleysmithjr", words: []string{"bjorn", "omalley", "smith"}, given: "bjorn", middle: "omalley", last: "smith", suffix: "jr"},
		"TRUMP":                        {key: "trump", words: []string{"trump"}, last: "trump"},
		"":                             {},
	} {
		if diff := cmp.Diff(want, personName(in), cmp.AllowUnexported(name{})); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
	for in, want := range map[string]string{
		"the Clinton’s campaign": "clintoncampaign", "Clinton camp": "clintoncampaign", "Department of Justice": "justicedepartment", "Justice Department": "justicedepartment",
		"F.B.I.": "fbi", "Future 45": "future45", "WikiLeaks": "wikileaks", "Exemplar Holdings, Inc.": "exemplarholdings", "University of Example": "universityexample",
		"The The": "thethe",
	} {
		if n := bodyName(in); n.key != want {
			t.Errorf("%q: %q, not %q", in, n.key, want)
		}
	}
}

// corpusOf makes a corpus: each article is its entities, as "kind|name|title".
func corpusOf(first int, articles ...[]step.Entity) entities {
	var c entities
	for i, list := range articles {
		at := output.Timestamp(int64(first+i) * 20 * 24 * 3600 * 1e6)
		a := &step.Article{Number: int64(first + i), ID: fmt.Sprintf("a%d", first+i), Published: &at}
		for k := range list {
			list[k].Article, list[k].EntityID, list[k].NMentions = a, fmt.Sprintf("e%d", k), 1
		}
		c.list = append(c.list, list)
	}
	return c
}

func personsOf(names ...string) (out []step.Entity) {
	for _, n := range names {
		out = append(out, step.Entity{Name: n, Kind: "person"})
	}
	return out
}

// A surname alone goes to the one who bears it, to the likeliest of several,
// and to nobody when two are about as likely.
func TestSurnameAlone(t *testing.T) {
	var list [][]step.Entity
	for range 6 {
		list = append(list, personsOf("Agnes Varlund", "Tomas Brekke"), personsOf("Rolf Varlund", "Ilse Quandt"), personsOf("Nils Harding", "Ilse Quandt"))
	}
	list = append(list, personsOf("Harding", "Ilse Quandt"), personsOf("Varlund"), personsOf("Varlund", "Tomas Brekke"))
	m := run(t, theStep(t), corpusOf(0, list...), nil, 1<<26)
	links := m.links(t)
	who := func(article, entity int) string {
		return links[[2]string{fmt.Sprintf("a%d", article), fmt.Sprintf("e%d", entity)}].PersonID
	}
	if who(18, 0) != who(2, 0) || who(18, 0) == "" {
		t.Error("Harding is not Nils Harding")
	}
	if who(19, 0) != "" {
		t.Error("Varlund alone is linked, and may be either of two")
	}
	if who(20, 0) != who(0, 0) {
		t.Error("Varlund beside Tomas Brekke is not Agnes Varlund")
	}
	if who(0, 0) == who(1, 0) {
		t.Error("Agnes is Rolf Varlund")
	}
	if m.Counts["unlinked"] != 1 {
		t.Errorf("%d unlinked", m.Counts["unlinked"])
	}
}

// A run over more articles keeps the ids of the run before, and finds whom its
// surnames mean among them.
func TestGrows(t *testing.T) {
	var list [][]step.Entity
	for range 4 {
		list = append(list, personsOf("Agnes Varlund", "Tomas Brekke"), personsOf("Nils Harding", "Ilse Quandt"))
	}
	first := run(t, theStep(t), corpusOf(0, list...), nil, 1<<26)
	second := run(t, theStep(t), corpusOf(len(list), personsOf("Agnes M. Varlund", "Tomas Brekke"), personsOf("Harding", "Ilse Quandt"), personsOf("Brigitta Solheim")), first, 1<<26)
	old, now := first.links(t), second.links(t)
	for key, l := range old {
		if now[key].PersonID != l.PersonID {
			t.Errorf("%v: %s, was %s", key, now[key].PersonID, l.PersonID)
		}
	}
	for key, like := range map[[2]string][2]string{{"a8", "e0"}: {"a0", "e0"}, {"a8", "e1"}: {"a0", "e1"}, {"a9", "e0"}: {"a1", "e0"}} {
		if now[key].PersonID != now[like].PersonID || now[key].PersonID == "" {
			t.Errorf("%v is not %v", key, like)
		}
	}
	if n := len(second.people(t)); n != 5 {
		t.Errorf("%d people", n)
	}
	for _, p := range second.people(t) {
		if p.Name == "Nils Harding" && (p.NArticles != 5 || len(p.Aliases) != 1) {
			t.Errorf("%+v", p)
		}
	}
}

// A run that takes the place of another lists the ids that are no more.
func TestReplaces(t *testing.T) {
	c := corpusOf(0, personsOf("Agnes Varlund", "Tomas Brekke"), personsOf("Agnes M. Varlund", "Tomas Brekke"), personsOf("Nils Harding"))
	s := theStep(t)
	first := run(t, s, c, nil, 1<<26)
	// Somebody who took the two Varlunds for two, and Harding for Brekke.
	w, err := output.Create[output.PersonLinkRow](output.Parquet, t.TempDir()+"/old.parquet", output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []output.PersonLinkRow{
		{ArticleID: "a0", EntityID: "e0", PersonID: "1111111111111111"}, {ArticleID: "a1", EntityID: "e0", PersonID: "2222222222222222"},
		{ArticleID: "a0", EntityID: "e1", PersonID: "3333333333333333"}, {ArticleID: "a2", EntityID: "e0", PersonID: "3333333333333333"},
	} {
		if err := w.Write(&r); err != nil {
			t.Fatal(err)
		}
	}
	info, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	links := first.links(t)
	varlund, brekke, harding := links[[2]string{"a0", "e0"}].PersonID, links[[2]string{"a0", "e1"}].PersonID, links[[2]string{"a2", "e0"}].PersonID
	replaced = step.Tables{output.PersonLinks: {info.Path}}
	defer func() { replaced = step.Tables{} }()
	got := map[[3]string]bool{}
	if err := step.Rows(run(t, s, c, nil, 1<<26).Tables, func(r *output.PersonChangeRow) error {
		got[[3]string{r.OldPersonID, r.PersonID, r.Change}] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	merged, split := brekke, harding
	if harding < brekke {
		merged, split = harding, brekke
	}
	want := map[[3]string]bool{
		{"1111111111111111", varlund, "merged"}: true, {"2222222222222222", varlund, "merged"}: true,
		{"3333333333333333", merged, "merged"}: true, {"3333333333333333", split, "split"}: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A made-up corpus of the kind that the model was trained on, of another seed.
func TestWorld(t *testing.T) {
	if testing.Short() {
		t.Skip("has no goroutines of its own, and takes its time")
	}
	lists := someLists()
	all, who := evaluate(t, newWorld(4, 700, 2500, 0.15, 0.2, lists))
	t.Logf("all %v, persons %v", all, who)
	if all.p < 95 || all.r < 85 {
		t.Errorf("%v is below P 95, R 85", all)
	}
}

// someLists are names of our own, common and rare.
func someLists() Lists {
	lists := Lists{Women: []Weighted{{"Ada", 1}}, Men: []Weighted{{"Robert", 1}}, Surnames: []string{"Example"}}
	w := newWorld(99, 1, 0, 0, 0, lists)
	for i := range 150 {
		lists.Women = append(lists.Women, Weighted{w.word(1) + "a", 1 / float64(i+1)})
		lists.Men = append(lists.Men, Weighted{w.word(1), 1 / float64(i+1)})
	}
	for range 800 {
		lists.Surnames = append(lists.Surnames, w.word(2))
	}
	return lists
}

// What encode writes, decode reads; damage is an error, never a panic.
func TestCodec(t *testing.T) {
	if testing.Short() {
		t.Skip("has no goroutines of its own, and takes its time")
	}
	s := &summary{
		key: "adaexample", id: 7, first: 1 << 21, person: 9, short: true, kinds: [2]uint32{3, 1}, genders: [3][2]uint32{{1, 0}, {0, 2}, {3, 0}},
		names: []counted{{"Ada Example", 3}}, titles: []dated{{"mayor", 2, 5, 6}, {"judge", 1, noTime, noTime}}, aliases: []counted{{"Ada", 1}},
		context: []met{{1, 2}, {3, 4}}, outlets: []uint32{8}, articles: 3, quotes: 4, words: 5, links: 6, sure: 2.5, from: 1, to: noTime,
	}
	b := s.encode(nil)
	var got summary
	if err := decodeSummary(b, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, &got, cmp.AllowUnexported(summary{}, counted{}, dated{}, met{}, name{})); diff != "" {
		t.Error(diff)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		c := bytes.Clone(b)
		for range 1 + rng.IntN(4) {
			c[rng.IntN(len(c))] = byte(rng.IntN(256))
		}
		_ = decodeSummary(c[:rng.IntN(len(c)+1)], &got)
	}
	counts := newCounts()
	counts.articles = 3
	for i := range 1000 {
		counts.names.add(uint32(i * 7919))
	}
	n := personName("Ada Example")
	counts.full(&n)
	var buf bytes.Buffer
	if err := counts.save(&buf); err != nil {
		t.Fatal(err)
	}
	saved := bytes.Clone(buf.Bytes())
	again := newCounts()
	if err := again.load(&buf); err != nil {
		t.Fatal(err)
	}
	if again.articles != 3 || again.names.count(7919) != 1 || again.lasts.count(hash32("example")) != 1 || !cmp.Equal(again.seen, counts.seen) {
		t.Error("the counts are others")
	}
	for range 25 {
		c := bytes.Clone(saved)
		c[rng.IntN(len(c))] ^= 1 << rng.IntN(8)
		_ = newCounts().load(bytes.NewReader(c[:rng.IntN(len(c)+1)]))
	}
}

// Two people of before who turn out to be one are one from then on: the older
// id stays, and all links lead to people who are there.
func TestGrowsTogether(t *testing.T) {
	var list, more [][]step.Entity
	for i := range 5 { // one name, two companies that never meet
		a, b := "Tomas Brekke", fmt.Sprintf("Kari Lund%d", i%2)
		if i > 2 {
			a, b = "Ilse Quandt", fmt.Sprintf("Olga Tann%d", i%2)
		}
		list = append(list, personsOf("Robert Smith", a, b))
	}
	for i := range 40 { // and then they do
		more = append(more, personsOf("Robert Smith", "Tomas Brekke", "Ilse Quandt", fmt.Sprintf("Kari Lund%d", i%2), fmt.Sprintf("Olga Tann%d", i%2)))
	}
	for i := range 60 { // so many Smiths and Roberts that the name tells little
		list = append(list, personsOf(fmt.Sprintf("Al%s Smith", string(rune('a'+i%26))+string(rune('a'+i/26))), fmt.Sprintf("Robert Ost%s", string(rune('a'+i%26))+string(rune('a'+i/26)))))
	}
	first := run(t, theStep(t), corpusOf(0, list...), nil, 1<<26)
	old := first.links(t)
	two := map[string]bool{}
	for i := range 5 {
		two[old[[2]string{fmt.Sprint("a", i), "e0"}].PersonID] = true
	}
	if len(two) != 2 {
		t.Skipf("the model takes them for %d", len(two))
	}
	second := run(t, theStep(t), corpusOf(len(list), more...), first, 1<<26)
	there := map[string]bool{}
	for _, p := range second.people(t) {
		there[p.PersonID] = true
	}
	now := map[string]bool{}
	for key, l := range second.links(t) {
		if !there[l.PersonID] {
			t.Errorf("%v leads to %s, who is not there", key, l.PersonID)
		}
		if key[1] == "e0" && (key[0] < "a5" && len(key[0]) == 2) {
			now[l.PersonID] = true
		}
	}
	if len(now) != 1 {
		t.Errorf("they are %d still", len(now))
	}
	changes := 0
	if err := step.Rows(second.Tables, func(r *output.PersonChangeRow) error {
		changes++
		if !there[r.PersonID] || there[r.OldPersonID] || r.Change != "merged" {
			t.Errorf("%+v", *r)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if changes != 1 {
		t.Errorf("%d changes", changes)
	}
}

// The same lists and seed give the same model, and one that works.
func TestTrain(t *testing.T) {
	if testing.Short() {
		t.Skip("has no goroutines of its own, and takes its time")
	}
	all := trainWorlds
	defer func() { trainWorlds = all }()
	trainWorlds = trainWorlds[:2]
	var files [2][]byte
	for i := range files {
		r, err := Train(context.Background(), TrainOptions{Seed: 2, Lists: someLists()})
		if err != nil {
			t.Fatal(err)
		}
		if files[i], err = r.Model.Encode(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two trainings gave two models")
	}
	m, err := Decode(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if w := m.pairs[kindPerson]; w[fTitleEqual] <= w[fTitleDiffers] || w[fSameName] <= 0 || m.short[sTitleEqual] <= m.short[sTitleDiffers] {
		t.Errorf("weights %+v", m)
	}
	if _, err := Decode(files[0][:len(files[0])-1]); err == nil {
		t.Error("a damaged model was read")
	}
}
