package quotations

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/output"
)

// TestRows: one utterance in seven versions, two of them in copies of one
// article; the row of the utterance and the relation of each version.
func TestRows(t *testing.T) {
	const day = 24 * 3600 * 1e6
	at := func(d int64) *int64 { t := d*day + 5; return &t }
	const full = "We will dredge the northern harbour before the winter storms, and nobody will lose a single mooring because of it."
	statements := []Statement{
		{QuoteID: "q1", ArticleID: "a1", Text: "“" + full + "”", Type: typeDirect, Person: "p1", Published: at(100), Outlet: "Vale Herald", Copy: "c1"},
		{QuoteID: "q2", ArticleID: "a2", Text: "\"" + full + "\"", Type: typeDirect, Person: "p1", Published: at(100), Outlet: "Harrow Ledger", Copy: "c1"},
		{QuoteID: "q3", ArticleID: "a3", Text: "dredge the northern harbour before the winter storms", Type: typeDirect, Person: "p1", Published: at(102), Outlet: "Vale Herald"},
		{QuoteID: "q4", ArticleID: "a4", Text: "[The council] will dredge the northern harbour before the winter storms, and nobody will lose a single berth because of it", Type: typeDirect, Published: at(101)},
		{QuoteID: "q5", ArticleID: "a5", Text: "that they would dredge the northern harbour before the winter storms", Type: typeIndirect, Person: "p1", Published: at(103), Outlet: "Dale Post"},
		{QuoteID: "q6", ArticleID: "a6", Text: "nobody will lose a single mooring because of it. That is my promise.", Type: typeDirect, Person: "p1", Published: at(101), Outlet: "Dale Post"},
		{QuoteID: "q7", ArticleID: "a7", Text: "The eels have left the upper river since the mill was built", Type: typeDirect, Person: "p1"},
	}
	_, rows, links := link(t, Options{}, statements)
	relations := map[string]string{}
	for _, l := range links {
		relations[l.QuoteID] = l.Relation
		if l.Similarity <= 0 || l.Similarity > 1 || l.Relation == same && l.Similarity != 1 {
			t.Errorf("%s has similarity %v", l.QuoteID, l.Similarity)
		}
	}
	want := map[string]string{"q1": same, "q2": same, "q3": shortened, "q4": reworded, "q5": reported, "q6": extended, "q7": same}
	if d := cmp.Diff(want, relations); d != "" {
		t.Errorf("relations:\n%s", d)
	}
	seen, last, days := output.Timestamp(*at(100)), output.Timestamp(*at(103)), int32(3)
	first := rows[0].FirstArticleID
	if first != "a1" && first != "a2" {
		t.Errorf("the first article is %s", first)
	}
	utterance := output.QuotationRow{
		QuotationID: rows[0].QuotationID, Text: rows[0].Text, Type: typeDirect, PersonID: "p1", NQuotes: 6, NArticles: 6, NOutlets: 3,
		FirstArticleID: first, FirstSeen: &seen, LastSeen: &last, SpreadDays: &days,
	}
	eels := output.QuotationRow{
		QuotationID: rows[1].QuotationID, Text: statements[6].Text, Type: typeDirect, PersonID: "p1", NQuotes: 1, NArticles: 1, FirstArticleID: "a7",
	}
	if d := cmp.Diff([]output.QuotationRow{utterance, eels}, rows); d != "" {
		t.Errorf("rows:\n%s", d)
	}
	_, once, _ := link(t, Options{CountCopiesOnce: true}, statements)
	if once[0].NArticles != 5 || once[0].NQuotes != 6 {
		t.Errorf("with copies counted once: %d articles, %d quotes", once[0].NArticles, once[0].NQuotes)
	}
}
