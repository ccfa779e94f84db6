package people

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// identities are names of PolNeAR's articles with who they are, where they are
// at hand; no part of the project.
const identities = "../../../../shared/data/corpus/people-dev.tsv"

// TestGoldNames feeds the names that people gave to speakers and holds what is
// linked against who they are.
func TestGoldNames(t *testing.T) {
	f, err := os.Open(identities)
	if err != nil {
		t.Skip("needs the identities of ../shared")
	}
	defer f.Close()
	var list [][]step.Entity
	at := map[string]int{}
	entity := map[[2]string][2]string{} // attribution → entity
	truth, wikidata := map[[2]string]string{}, map[[2]string]string{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		c := strings.Split(lines.Text(), "\t")
		i, ok := at[c[0]]
		if !ok {
			i = len(list)
			at[c[0]] = i
			list = append(list, nil)
		}
		k := slices.IndexFunc(list[i], func(e step.Entity) bool { return e.Name == c[3] && e.Kind == c[2] })
		if k < 0 {
			k = len(list[i])
			outlet, rest, _ := strings.Cut(c[0], "_")
			a := &step.Article{Number: int64(i), ID: c[0], Outlet: outlet}
			if day, err := time.Parse(time.DateOnly, rest[:10]); err == nil {
				at := output.Timestamp(day.UnixMicro())
				a.Published = &at
			}
			if k > 0 {
				a = list[i][0].Article
			}
			list[i] = append(list[i], step.Entity{Article: a, EntityID: c[3] + "|" + c[2], Name: c[3], Kind: c[2], NQuotes: 1, NMentions: 1})
		}
		key := [2]string{c[0], c[1]}
		entity[key] = [2]string{c[0], list[i][k].EntityID}
		truth[key] = c[4]
		if c[5] != "-" {
			wikidata[key] = c[5]
		}
	}
	m := run(t, theStep(t), entities{list: list}, nil, 1<<28)
	links := m.links(t)
	found := map[[2]string]string{}
	for key, e := range entity {
		if l, ok := links[e]; ok {
			found[key] = l.PersonID
		}
	}
	s := bcubed(truth, found)
	t.Logf("%d attributions, %d linked: %v", len(truth), len(found), s)
	if s.f < 98 || s.p < 99 {
		t.Errorf("%v is below F1 98, P 99", s)
	}
	calibration(t, truth, entity, links)
	if path := os.Getenv("WHOSAID_PRED"); path != "" { // for score_clusters.py
		var b strings.Builder
		for key, c := range found {
			b.WriteString(key[0] + "\t" + key[1] + "\t" + c + "\n")
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if testing.Verbose() {
		tell(t, truth, found, entity)
	}
}

// calibration holds the probabilities of links against how many are right: those
// to a person most of whose links are of the same identity.
func calibration(t *testing.T, truth map[[2]string]string, entity map[[2]string][2]string, links map[[2]string]output.PersonLinkRow) {
	of := map[string]map[string]int{} // identities of each person
	is := map[[2]string]string{}      // of each entity
	for key, id := range truth {
		l, ok := links[entity[key]]
		if !ok || is[entity[key]] != "" {
			continue
		}
		is[entity[key]] = id
		if of[l.PersonID] == nil {
			of[l.PersonID] = map[string]int{}
		}
		of[l.PersonID][id]++
	}
	type bin struct{ n, right, sum float64 }
	limits := []float64{0, 0.8, 0.9, 0.95, 0.99, 1.01}
	bins := make([]bin, len(limits)-1)
	var all bin
	for e, id := range is {
		l := links[e]
		p := float64(l.Probability)
		i := len(bins) - 1
		for p < limits[i] {
			i--
		}
		right := 1.0
		for _, n := range of[l.PersonID] {
			if n > of[l.PersonID][id] {
				right = 0
			}
		}
		for _, b := range []*bin{&bins[i], &all} {
			b.n, b.right, b.sum = b.n+1, b.right+right, b.sum+p
		}
	}
	for i, b := range bins {
		t.Logf("probability %.2f to %.2f: %4.0f links, mean %.3f, right %.3f", limits[i], min(1, limits[i+1]), b.n, b.sum/max(1, b.n), b.right/max(1, b.n))
	}
	t.Logf("all: %.0f links, mean probability %.3f, right %.3f", all.n, all.sum/max(1, all.n), all.right/max(1, all.n))
	if all.right/max(1, all.n) < all.sum/max(1, all.n)-0.02 {
		t.Error("the probabilities promise more than they hold")
	}
}

// tell shows the mistakes.
func tell(t *testing.T, truth, found map[[2]string]string, entity map[[2]string][2]string) {
	by := map[string]map[string]map[string]int{}
	wrong := map[string]map[string]map[string]int{}
	for key, id := range truth {
		name, _, _ := strings.Cut(entity[key][1], "|")
		c := found[key]
		for m, k := range map[*map[string]map[string]map[string]int][2]string{&by: {id, c}, &wrong: {c, id}} {
			if (*m)[k[0]] == nil {
				(*m)[k[0]] = map[string]map[string]int{}
			}
			if (*m)[k[0]][k[1]] == nil {
				(*m)[k[0]][k[1]] = map[string]int{}
			}
			(*m)[k[0]][k[1]][name]++
		}
	}
	for id, c := range by {
		if len(c) > 1 {
			t.Logf("parted %s: %v", id, c)
		}
	}
	for c, ids := range wrong {
		if len(ids) > 1 && c != "" {
			t.Logf("joined: %v", ids)
		}
	}
}
