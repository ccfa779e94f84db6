package output

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/whosaid/whosaid/extract/news"
)

const borough = "Zoë Marr, the mayor, said “we will rebuild it” and, she added, “soon”.\n\nCritics – two of them – disagreed. “She said ‘never’,” one said."

// spanOf is the n-th place of words in text.
func spanOf(text, words string, n int) news.Span {
	at := 0
	for ; n > 0; n-- {
		at += strings.Index(text[at:], words) + len(words)
	}
	at += strings.Index(text[at:], words)
	return news.Span{Start: int32(at), End: int32(at + len(words))}
}

// boroughResult is a small article by hand: two statements, one with another
// nested in it.
func boroughResult() *news.Result {
	in := func(w string, n int) news.Span { return spanOf(borough, w, n) }
	d := fakeDocument(&news.Article{
		ID: "borough-1", Title: "Rebuilding", Outlet: "Harrow Ledger", Authors: []string{"I. Obuya"}, Language: "en", Body: borough,
		Published: time.Date(2026, 3, 1, 10, 0, 0, 0, time.FixedZone("", 3600)),
		Origin:    news.Origin{Path: "in/borough.txt"},
	})
	return &news.Result{
		Doc: d,
		Entities: []news.Entity{
			{Name: "Zoë Marr", Kind: news.Person, Titles: []string{"mayor"}, Gender: news.Female, GenderBasis: news.ByPronoun},
			{Name: "Critics", Kind: news.Group},
		},
		Quotes: []news.Quote{
			{
				Kind: news.Direct, Form: news.Full, Confidence: 0.9, Group: 0, Parent: -1,
				Parts: []news.Part{{Span: in("we will rebuild it", 0), Quoted: true}, {Span: in("soon", 0), Quoted: true}},
				Cue:   in("said", 0), CueLemma: "say", Source: in("Zoë Marr", 0),
			},
			{
				Kind: news.Mixed, Form: news.Full, Confidence: 0.8, Group: -1, Parent: -1,
				Parts: []news.Part{{Span: in("She said ‘never’,", 0), Quoted: true}},
				Cue:   in("said", 2), CueLemma: "say", Source: in("one", 0),
			},
			{
				Kind: news.Direct, Form: news.Fragment, Confidence: 0.4, Group: 0, Parent: 1,
				Parts: []news.Part{{Span: in("never", 0), Quoted: true}},
			},
		},
		Attributions: []news.Attribution{
			{Entity: 0, Kind: news.Person, Form: news.Name, Title: "mayor", Confidence: 0.95, Method: "subject of the cue",
				Candidates: []news.Candidate{{Entity: 0, Probability: 0.95}, {Entity: 1, Probability: 0.05}}},
			{Entity: 1, Kind: news.Group, Form: news.Nominal, Confidence: 0.7, Method: "subject of the cue"},
			{Entity: -1, Kind: news.Unknown, Confidence: 0.3},
		},
		Mentions: []news.Mention{
			{Span: in("Zoë Marr", 0), Form: news.Name, Entity: 0},
			{Span: in("she", 0), Form: news.Pronoun, Entity: 0},
			{Span: in("Critics", 0), Form: news.Nominal, Entity: 1},
			{Span: in("She", 0), Form: news.Pronoun, Entity: 0},
			{Span: in("never", 0), Form: news.Nominal, Entity: 1},
		},
	}
}

func mustCheck(t testing.TB, r Rows) {
	t.Helper()
	if err := CheckArticle(r.Article, r.Quotes, r.Mentions, r.Entities); err != nil {
		t.Fatal(err)
	}
}

func TestMap(t *testing.T) {
	rows := NewMapper(MapOptions{}).Map(boroughResult(), StatusOK)
	mustCheck(t, rows)
	at := func(n int32) *int32 { return &n }
	published := Timestamp(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).UnixMicro())
	q := rows.Quotes[0]
	want := QuoteRow{
		QuoteID: q.QuoteID, ArticleID: "borough-1", Ordinal: 0, Type: "direct", Form: "full", Act: "statement", Polarity: "affirmed", Modality: "asserted",
		Text: "we will rebuild it soon", Start: 27, End: 68, ByteStart: 30, ByteEnd: 75,
		Parts: []PartRow{{27, 45, 30, 48, true}, {64, 68, 71, 75, true}}, NWords: 5,
		ContextBefore: "Zoë Marr, the mayor, said “", ContextAfter: "”.\n\nCritics – two of them – disagreed. “She said ‘never’,” one said.",
		Cue: "said", CueStart: at(21), CueEnd: at(25), CueByteStart: at(22), CueByteEnd: at(26), CueLemma: "say",
		Source: "Zoë Marr", SourceStart: at(0), SourceEnd: at(8), SourceByteStart: at(0), SourceByteEnd: at(9), SourceForm: "name",
		Speaker: "Zoë Marr", SpeakerID: rows.Entities[0].EntityID, SpeakerKind: "person", SpeakerTitle: "mayor", SpeakerGender: "female",
		DetectConfidence: 0.9, SpeakerConfidence: 0.95, Method: "subject of the cue",
		Candidates: []CandidateRow{{rows.Entities[0].EntityID, "Zoë Marr", 0.95}, {rows.Entities[1].EntityID, "Critics", 0.05}},
		GroupID:    q.GroupID, Published: &published, Outlet: "Harrow Ledger",
	}
	if diff := cmp.Diff(want, q); diff != "" {
		t.Error(diff)
	}
	third := rows.Quotes[2]
	if q.GroupID == "" || third.GroupID != q.GroupID || rows.Quotes[1].GroupID != "" {
		t.Errorf("groups %q, %q, %q", q.GroupID, rows.Quotes[1].GroupID, third.GroupID)
	}
	if third.ParentQuoteID != rows.Quotes[1].QuoteID || third.Paragraph != 1 || third.Sentence != 2 {
		t.Errorf("nested quotation: %+v", third)
	}
	if third.SpeakerKind != "unknown" || third.Speaker != "" || third.SpeakerConfidence != 0 || third.CueStart != nil || third.Method != "none" {
		t.Errorf("unknown speaker: %+v", third)
	}
	for i, want := range []string{"", "", "", rows.Quotes[1].QuoteID, third.QuoteID} {
		if got := rows.Mentions[i].InQuoteID; got != want {
			t.Errorf("mention %d in quote %q, want %q", i, got, want)
		}
	}
	if e := rows.Entities[0]; e.NMentions != 3 || e.NQuotes != 1 || e.NWordsQuoted != 5 || e.GenderBasis != "pronoun" {
		t.Errorf("entity: %+v", e)
	}
	a := rows.Article
	if a.NQuotes != 3 || a.NSentences != 3 || a.NChars != plainIndex(borough, int32(len(borough))) || *a.Text != borough {
		t.Errorf("article: %+v", a)
	}
}

func TestMapFilters(t *testing.T) {
	all := NewMapper(MapOptions{}).Map(boroughResult(), StatusOK)
	direct := NewMapper(MapOptions{Types: []news.Kind{news.Direct}}).Map(boroughResult(), StatusOK)
	mustCheck(t, direct)
	if len(direct.Quotes) != 2 || direct.Quotes[1].ParentQuoteID != "" || direct.Quotes[1].QuoteID != all.Quotes[2].QuoteID {
		t.Errorf("direct only: %+v", direct.Quotes)
	}
	if direct.Mentions[3].InQuoteID != "" || direct.Entities[1].NQuotes != 0 || direct.Article.NQuotes != 2 {
		t.Errorf("direct only: %+v %+v", direct.Mentions[3], direct.Entities[1])
	}
	sure := NewMapper(MapOptions{MinConfidence: 0.8}).Map(boroughResult(), StatusOK)
	mustCheck(t, sure)
	if len(sure.Quotes) != 2 || sure.Mentions[4].InQuoteID != sure.Quotes[1].QuoteID {
		t.Errorf("sure only: %+v", sure.Mentions[4])
	}
	// A parent that is filtered out hands its children to the one around it.
	deep := boroughResult()
	deep.Quotes[1].Confidence, deep.Quotes[1].Parent, deep.Quotes[2].Confidence = 0.1, 0, 0.9
	rows := NewMapper(MapOptions{MinConfidence: 0.5}).Map(deep, StatusOK)
	mustCheck(t, rows)
	if rows.Quotes[1].ParentQuoteID != rows.Quotes[0].QuoteID {
		t.Errorf("grandparent: %+v", rows.Quotes[1])
	}
	bare := NewMapper(MapOptions{NoText: true, Tables: []Table{Articles, Quotes}}).Map(boroughResult(), StatusOK)
	if bare.Article.Text != nil || bare.Article.TextSHA256 != all.Article.TextSHA256 || bare.Mentions != nil || bare.Entities != nil {
		t.Errorf("no text: %+v", bare.Article)
	}
	if diff := cmp.Diff(all.Quotes, bare.Quotes); diff != "" {
		t.Errorf("quotes depend on the tables wanted: %s", diff)
	}
	full := NewMapper(MapOptions{NoText: true}).Map(boroughResult(), StatusOK)
	mustCheck(t, full)
}

// Every span of any text is mapped so that CheckArticle holds, at any filter.
func TestMapAnything(t *testing.T) {
	m := NewMapper(MapOptions{})
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		a := fakeArticle(rng, "", rapid.IntRange(0, 300).Draw(t, "words"), rapid.Bool().Draw(t, "ascii"))
		r := fakeResult(rng, a)
		o := MapOptions{MinConfidence: float32(rapid.IntRange(0, 10).Draw(t, "confidence")) / 10}
		if rapid.Bool().Draw(t, "typed") {
			o.Types = []news.Kind{news.Direct, news.Indirect}
		}
		for _, m := range []*Mapper{m, NewMapper(o)} {
			rows := m.Map(r, StatusOK)
			if err := CheckArticle(rows.Article, rows.Quotes, rows.Mentions, rows.Entities); err != nil {
				t.Fatal(err)
			}
			if rows.Article.Status != "ok" || rows.Article.ArticleID != rows.Article.TextSHA256[:16] {
				t.Fatalf("article: %+v", rows.Article)
			}
		}
	})
}

func TestMapIDs(t *testing.T) {
	r := boroughResult()
	a, b := NewMapper(MapOptions{}).Map(r, StatusOK), NewMapper(MapOptions{}).Map(r, StatusOK)
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error(diff)
	}
	other := boroughResult()
	other.Doc.Article.ID = "borough-2"
	if c := NewMapper(MapOptions{}).Map(other, StatusOK); c.Quotes[0].QuoteID == a.Quotes[0].QuoteID {
		t.Error("two articles share a quote_id")
	}
	// Alike in all that is hashed: 2,000 entities of one name, quotations and
	// mentions of one place. CheckArticle holds that every id is new.
	for range 2000 {
		r.Entities = append(r.Entities, r.Entities[0])
		r.Quotes = append(r.Quotes, r.Quotes[2])
		r.Mentions = append(r.Mentions, r.Mentions[4])
	}
	mustCheck(t, NewMapper(MapOptions{}).Map(r, StatusOK))
}

// A mapper that has met other articles gives the same ids as a new one: else
// bytes would depend on which worker took which article.
func TestMapIDsForget(t *testing.T) {
	used := NewMapper(MapOptions{})
	other := boroughResult()
	other.Doc.Article.ID = "another"
	used.Map(other, StatusOK)
	got, want := used.Map(boroughResult(), StatusOK), NewMapper(MapOptions{}).Map(boroughResult(), StatusOK)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ids depend on the article before (-new +used):\n%s", diff)
	}
}

func TestMapBadResult(t *testing.T) {
	for name, spoil := range map[string]func(*news.Result){
		"past the end":      func(r *news.Result) { r.Quotes[0].Parts[1].Span.End = 9999 },
		"negative":          func(r *news.Result) { r.Quotes[0].Cue = news.Span{Start: -3, End: 2} },
		"inside a rune":     func(r *news.Result) { r.Mentions[0].Span.Start = 3; r.Mentions[0].Span.End = 5 },
		"source in a rune":  func(r *news.Result) { r.Quotes[0].Source = news.Span{Start: 1, End: 3} },
		"empty part":        func(r *news.Result) { r.Quotes[1].Parts[0].Span = news.Span{} },
		"no part":           func(r *news.Result) { r.Quotes[1].Parts = nil },
		"parts reversed":    func(r *news.Result) { p := r.Quotes[0].Parts; p[0], p[1] = p[1], p[0] },
		"parent of itself":  func(r *news.Result) { r.Quotes[1].Parent = 1 },
		"parents in a ring": func(r *news.Result) { r.Quotes[0].Parent, r.Quotes[2].Parent = 2, 0 },
		"parent too far":    func(r *news.Result) { r.Quotes[0].Parent = 3 },
		"speaker too far":   func(r *news.Result) { r.Attributions[0].Entity = 2 },
		"candidate too far": func(r *news.Result) { r.Attributions[0].Candidates[0].Entity = -1 },
		"mention of nobody": func(r *news.Result) { r.Mentions[0].Entity = -1 },
		"mention, no form":  func(r *news.Result) { r.Mentions[0].Form = news.FormNone },
		"kind too far":      func(r *news.Result) { r.Quotes[0].Kind = 9 },
		"attributions":      func(r *news.Result) { r.Quotes = r.Quotes[:1] },
	} {
		t.Run(name, func(t *testing.T) {
			r := boroughResult()
			spoil(r)
			if CheckResult(r) == nil {
				t.Error("CheckResult finds nothing")
			}
			rows := NewMapper(MapOptions{}).Map(r, StatusOK)
			if rows.Article.Status != "failed" || rows.Article.Reason != ReasonBadResult || len(rows.Quotes) != 0 {
				t.Errorf("rows: %+v", rows)
			}
			mustCheck(t, rows)
		})
	}
	r := boroughResult()
	r.Doc.Text += "\xff"
	if rows := NewMapper(MapOptions{}).Map(r, StatusOK); rows.Article.Reason != ReasonBadEncoding {
		t.Errorf("reason %q", rows.Article.Reason)
	}
}

func TestMapOddValues(t *testing.T) {
	r := boroughResult()
	r.Quotes[0].Confidence, r.Quotes[1].Confidence = float32(math.NaN()), 7
	r.Attributions[0].Confidence = float32(math.Inf(-1))
	r.Attributions = r.Attributions[:2] // the detector alone may have run for the third
	r.Entities[1].Name = ""
	r.Doc.Article.Published = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)
	r.Doc.Article.Title, r.Doc.Article.Origin.Path = "half\xffway", "in/\xfe.txt"
	rows := NewMapper(MapOptions{}).Map(r, StatusOK)
	mustCheck(t, rows)
	if q := rows.Quotes; q[0].DetectConfidence != 0 || q[1].DetectConfidence != 1 || q[0].SpeakerConfidence != 0 || q[1].Speaker != "Critics" {
		t.Errorf("quotes: %+v", q)
	}
	if a := rows.Article; a.Published != nil || a.Title != "half\uFFFDway" || a.SourcePath != "in/\uFFFD.txt" {
		t.Errorf("article: %+v", a)
	}
}

func TestSkipped(t *testing.T) {
	m := NewMapper(MapOptions{})
	rows := m.Skipped(news.Article{Body: "Zoë\xff schwieg.", Origin: news.Origin{Path: "a.txt"}}, StatusSkipped, "not_english")
	mustCheck(t, rows)
	if a := rows.Article; a.Status != "skipped" || a.Reason != "not_english" || *a.Text != "Zoë\uFFFD schwieg." || a.NWords != 2 || a.Authors == nil {
		t.Errorf("article: %+v", a)
	}
	empty := m.Skipped(news.Article{}, StatusSkipped, "empty")
	mustCheck(t, empty)
	if a := empty.Article; *a.Text != "" || a.ArticleID != "e3b0c44298fc1c14" {
		t.Errorf("article: %+v", a)
	}
}
