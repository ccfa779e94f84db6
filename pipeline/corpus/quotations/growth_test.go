package quotations

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/generate"
	"github.com/whosaid/whosaid/pipeline/corpus/internal/steptest"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// said is a corpus of statements alone.
type said struct {
	step.Corpus
	statements []Statement
}

func (c said) Statements(context.Context) iter.Seq2[[]step.Statement, error] {
	return func(yield func([]step.Statement, error) bool) {
		for rest := c.statements; len(rest) > 0; {
			n := slices.IndexFunc(rest, func(s Statement) bool { return s.ArticleID != rest[0].ArticleID })
			if n < 0 {
				n = len(rest)
			}
			var batch []step.Statement
			a := &step.Article{ID: rest[0].ArticleID, Outlet: rest[0].Outlet, Published: (*output.Timestamp)(rest[0].Published)}
			for _, s := range rest[:n] {
				batch = append(batch, step.Statement{Article: a, QuoteID: s.QuoteID, Text: s.Text, Type: s.Type, PersonID: s.Person})
			}
			if rest = rest[n:]; !yield(batch, nil) {
				return
			}
		}
	}
}

func writeTable[T output.Row](t testing.TB, tables step.Tables, rows []T) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "part.parquet")
	w, err := output.Create[T](output.Parquet, path, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := w.Write(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	tables[output.TableOf[T]()] = []string{path}
}

func tableOf[T output.Row](t testing.TB, tables step.Tables) (rows []T) {
	t.Helper()
	if err := step.Rows(tables, func(r *T) error { rows = append(rows, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	return rows
}

// stage is a corpus as it is after a run: who the speakers are and which
// articles are copies may be told otherwise later.
type stage struct {
	statements []Statement
	known      int // of them, before this run
	changes    []output.PersonChangeRow
}

// stages lets a corpus grow in steps. An article is a copy once another of its
// text is there; between the last two, persons become one.
func stages(all []Statement, ends ...int) (out []stage) {
	known := 0
	for k, end := range ends {
		for end < len(all) && all[end].ArticleID == all[end-1].ArticleID {
			end++
		}
		s := stage{statements: slices.Clone(all[:end]), known: known}
		articles := map[string]map[string]bool{}
		for _, st := range s.statements {
			if articles[st.Copy] == nil {
				articles[st.Copy] = map[string]bool{}
			}
			articles[st.Copy][st.ArticleID] = true
		}
		now := map[string]string{}
		if k == len(ends)-1 {
			for i := range 12 { // the first of each three, and the second, become the third
				if id := fmt.Sprint("P", i); i%3 < 2 {
					now[id] = fmt.Sprint("P", i-i%3+2)
					s.changes = append(s.changes, output.PersonChangeRow{OldPersonID: id, PersonID: now[id], Change: merged, RunID: "run"})
				}
			}
		}
		for i := range s.statements {
			st := &s.statements[i]
			if len(articles[st.Copy]) < 2 {
				st.Copy = ""
			}
			if id := now[st.Person]; id != "" {
				st.Person = id
			}
		}
		out = append(out, s)
		known = end
	}
	return out
}

// grow runs the step for a stage behind the run of the one before.
func (s *stage) grow(t testing.TB, once bool, before *steptest.Made) *steptest.Made {
	t.Helper()
	made := step.Tables{}
	var copies []output.CopyRow
	var people []output.PersonRow
	seen := map[string]bool{}
	for _, st := range s.statements {
		if st.Copy != "" && !seen["copy "+st.ArticleID] {
			copies = append(copies, output.CopyRow{ArticleID: st.ArticleID, CopyID: st.Copy})
		}
		if st.Person != "" && !seen[st.Person] {
			people = append(people, output.PersonRow{PersonID: st.Person, Aliases: []string{}, Titles: []output.TitleRow{}})
		}
		seen["copy "+st.ArticleID], seen[st.Person] = true, true
	}
	writeTable(t, made, copies)
	writeTable(t, made, people)
	writeTable(t, made, s.changes)
	m := steptest.Run(t, Step{}, step.Input{New: said{statements: s.statements[s.known:]}, Made: made, CopiesOnce: once, Memory: 1 << 22, Workers: 3}, before)
	m.Tables[output.Copies] = made[output.Copies] // Previous of the next
	return m
}

// again compares all statements of a stage anew, by the rules of a run that
// adds to the groups of before.
func (s *stage) again(t testing.TB, once bool, before *steptest.Made) ([]output.QuotationRow, []output.QuotationLinkRow) {
	t.Helper()
	l, err := New(Options{Dir: t.TempDir(), CountCopiesOnce: once})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for i := range s.statements {
		if err := l.Add(&s.statements[i]); err != nil {
			t.Fatal(err)
		}
	}
	if before != nil {
		at, of := map[uint64]uint32{}, map[string]string{}
		for _, r := range tableOf[output.QuotationLinkRow](t, before.Tables) {
			of[r.QuoteID] = r.QuotationID
		}
		for i := range s.known {
			at[l.store.metas.at(uint32(i)).Key] = uint32(i)
		}
		for i := range s.known {
			id, err := strconv.ParseUint(of[s.statements[i].QuoteID], 16, 64)
			if err != nil {
				t.Fatal(err)
			}
			l.names = append(l.names, at[id])
		}
	}
	var rows []output.QuotationRow
	var links []output.QuotationLinkRow
	err = l.Link(t.Context(), func(r *output.QuotationRow) error { rows = append(rows, *r); return nil },
		func(r *output.QuotationLinkRow) error { links = append(links, *r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return rows, links
}

// TestGrowth: a run that reads only what is new writes what comparing all
// statements again would, row by row; ids stay, and as much is found as when
// all come at once.
func TestGrowth(t *testing.T) {
	statements, utterances := made(generate.Options{Articles: 400, Seed: 8, Days: 20})
	n := len(statements)
	for _, once := range []bool{false, true} {
		if testing.Short() && once {
			continue
		}
		var before *steptest.Made
		var ids map[string]string
		parts := 0
		for k, s := range stages(statements, n*4/5, n*9/10, n*9/10, n) {
			grown := s.grow(t, once, before)
			rows, links := s.again(t, once, before)
			gotRows, got := tableOf[output.QuotationRow](t, grown.Tables), tableOf[output.QuotationLinkRow](t, grown.Tables)
			if d := cmp.Diff(rows, gotRows); d != "" {
				t.Fatalf("stage %d: other quotations:\n%s", k, d)
			}
			if d := cmp.Diff(links, got); d != "" {
				t.Fatalf("stage %d: other links:\n%s", k, d)
			}
			several := int64(0)
			for _, r := range rows {
				if r.NArticles > 1 {
					several++
				}
			}
			if c := grown.Counts; c["quotations"] != int64(len(rows)) || c["quotations_in_several_articles"] != several {
				t.Errorf("stage %d: counts %v, wanted %d and %d", k, c, len(rows), several)
			}
			now := map[string]string{}
			for _, r := range links {
				now[r.QuoteID] = r.QuotationID
			}
			for q, id := range ids {
				if now[q] != id {
					t.Errorf("stage %d: %s was %s and is %s", k, q, id, now[q])
				}
			}
			if before != nil {
				for _, p := range before.Tables[output.QuotationLinks] {
					if slices.Contains(grown.Tables[output.QuotationLinks], p) {
						parts++
					}
				}
			}
			ids, before = now, grown
		}
		if parts == 0 {
			t.Error("no part of quotation_links stayed")
		}
		whole, _, _ := link(t, Options{}, statements)
		precision, recall := score(utterances, ids)
		p, r := score(utterances, whole)
		t.Logf("grown: pairwise precision %.1f, recall %.1f; at once: %.1f, %.1f; %d parts stayed", 100*precision, 100*recall, 100*p, 100*r, parts)
		if precision < p-0.02 || recall < r-0.03 {
			t.Error("growing finds less than linking all at once")
		}
	}
}
