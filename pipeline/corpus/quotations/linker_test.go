package quotations

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/generate"
)

// TestGenerated holds precision and recall on a generated corpus with slogans,
// stock phrases, cuts, corrections, other words and indirect versions.
func TestGenerated(t *testing.T) {
	statements, utterances := made(generate.Options{Articles: 800, Seed: 21})
	of, _, links := link(t, Options{}, statements)
	precision, recall := score(utterances, of)
	relations := map[string]int{}
	for _, l := range links {
		relations[l.Relation]++
	}
	t.Logf("pairwise precision %.1f, recall %.1f; %v", 100*precision, 100*recall, relations)
	if precision < 0.95 || recall < 0.85 {
		t.Errorf("precision %.3f (at least 0.95), recall %.3f (at least 0.85)", precision, recall)
	}
	for _, r := range []string{same, shortened, extended, reworded, reported} {
		if relations[r] == 0 {
			t.Errorf("no link is %s", r)
		}
	}
}

// score compares groups by pairs.
func score(utterances, of map[string]string) (precision, recall float64) {
	gold, predicted, both := map[string]int{}, map[string]int{}, map[string]int{}
	for id, u := range utterances {
		gold[u]++
		predicted[of[id]]++
		both[u+" "+of[id]]++
	}
	return pairs(both) / pairs(predicted), pairs(both) / pairs(gold)
}

func pairs(sizes map[string]int) (n float64) {
	for _, k := range sizes {
		n += float64(k) * float64(k-1) / 2
	}
	return n
}

// TestSame: the same rows with one worker and with eight, with memory and with
// hardly any; the same utterances in any order of the statements.
func TestSame(t *testing.T) {
	statements, _ := made(generate.Options{Articles: 300, Seed: 5})
	of, rows, links := link(t, Options{Workers: 1}, statements)
	for _, o := range []Options{{Workers: 8}, {Workers: 3, Memory: 1}} {
		_, r, l := link(t, o, statements)
		if d := cmp.Diff(rows, r); d != "" {
			t.Fatalf("%+v: other rows:\n%s", o, d)
		}
		if d := cmp.Diff(links, l); d != "" {
			t.Fatalf("%+v: other links:\n%s", o, d)
		}
	}
	shuffled := slices.Clone(statements)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	again, r, l := link(t, Options{Workers: 2}, shuffled)
	if d := cmp.Diff(of, again); d != "" {
		t.Fatalf("another order, other utterances:\n%s", d)
	}
	sortRows(rows, links)
	sortRows(r, l)
	if d := cmp.Diff(rows, r); d != "" {
		t.Fatalf("another order, other rows:\n%s", d)
	}
	if d := cmp.Diff(links, l); d != "" {
		t.Fatalf("another order, other links:\n%s", d)
	}
}

func sortRows(rows []output.QuotationRow, links []output.QuotationLinkRow) {
	slices.SortFunc(rows, func(a, b output.QuotationRow) int { return strings.Compare(a.QuotationID, b.QuotationID) })
	slices.SortFunc(links, func(a, b output.QuotationLinkRow) int { return strings.Compare(a.QuoteID, b.QuoteID) })
}

// TestCut: any eight words of a statement in a row, quoted elsewhere on the day
// after from the same speaker, are the same utterance, shortened.
func TestCut(t *testing.T) {
	w := generate.New(generate.Options{Articles: 200, Seed: 9})
	r := rand.New(rand.NewPCG(3, 4))
	day := int64(1_700_000_000_000_000)
	after := day + 24*3600*1e6
	var statements []Statement
	var want []string
	seen := map[string]bool{} // statements that others are versions of, and phrases of many
	for i := range 200 {
		result, truth := w.Article(i)
		for k, q := range result.Quotes {
			words := strings.Fields(q.Parts[0].Span.Of(result.Doc.Text))
			own := strings.HasPrefix(truth.Quotes[k], "V") && !seen[truth.Quotes[k]] && q.Kind.String() == typeDirect
			seen[truth.Quotes[k]] = true
			if plain := strings.Trim(strings.Join(words, " "), "\"“”.,"); !own || len(words) < 9 || seen[plain] {
				continue
			} else {
				seen[plain] = true
			}
			from := r.IntN(len(words) - 8)
			person := fmt.Sprint("p", len(want))
			full := Statement{QuoteID: fmt.Sprint(len(want)), ArticleID: fmt.Sprint("a", i), Text: strings.Join(words, " "), Type: typeDirect, Person: person, Published: &day}
			cut := full
			cut.QuoteID, cut.ArticleID, cut.Text, cut.Published = full.QuoteID+"c", full.ArticleID+"c", strings.Join(words[from:from+8], " "), &after
			statements = append(statements, full, cut)
			want = append(want, full.QuoteID)
		}
	}
	of, _, links := link(t, Options{}, statements)
	relation := map[string]string{}
	for _, l := range links {
		relation[l.QuoteID] = l.Relation
	}
	others := 0
	for _, id := range want {
		if of[id] != of[id+"c"] {
			t.Errorf("%q and %q are two utterances", statements[2*slices.Index(want, id)].Text, statements[2*slices.Index(want, id)+1].Text)
		} else if relation[id+"c"] != shortened {
			others++ // shortened of another: beside it stands a fuller one of nearly its words
		}
	}
	if len(want) < 100 || others > len(want)/50 {
		t.Errorf("%d statements cut, %d of them not shortened", len(want), others)
	}
}

// TestHostile: what no article should hold costs neither time nor answers.
func TestHostile(t *testing.T) {
	day := int64(1_700_000_000_000_000)
	var statements []Statement
	add := func(n int, text func(int) string, person func(int) string) {
		for i := range n {
			id := fmt.Sprint(len(statements))
			statements = append(statements, Statement{QuoteID: id, ArticleID: "a" + id, Text: text(i), Type: typeDirect, Person: person(i), Published: &day})
		}
	}
	is := func(s string) func(int) string { return func(int) string { return s } }
	add(100_000, is("Yes."), is("p"))                                                                       // 0: short, of one speaker
	add(30_000, is("The council has lost the harbour money again"), is("p"))                                // one utterance, often
	add(30_000, is("Safety is our first priority today"), func(i int) string { return fmt.Sprint("p", i) }) // a phrase of many
	add(10, is(""), is(""))
	add(10, is("… — \"\" [] ''"), is("p"))
	add(3, is(strings.Repeat("the harbour ", 200_000)), is("p")) // huge, and all the same words
	add(3, func(i int) string { return "broken \xff\xfe bytes " + strings.Repeat("[", i*1000) }, is("p"))
	of, rows, links := link(t, Options{Memory: 1 << 20}, statements)
	if len(links) != len(statements) {
		t.Fatalf("%d links of %d statements", len(links), len(statements))
	}
	total := 0
	for _, r := range rows {
		total += int(r.NQuotes)
	}
	if total != len(statements) {
		t.Errorf("%d statements in the utterances, %d went in", total, len(statements))
	}
	if of["0"] == of["1"] {
		t.Error("two times yes is one utterance")
	}
	if of["100000"] != of["129999"] {
		t.Error("the same words of the same speaker on the same day are two utterances")
	}
	if of["130000"] == of["130001"] {
		t.Error("a phrase of many speakers is one utterance")
	}
}
