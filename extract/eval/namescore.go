package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// NameKinds are the kinds of names that are judged, as BIO files write them.
// Facilities count as locations and products as other names (Misc); dates and
// sums of money are no names.
var NameKinds = []string{"Person", "Organization", "Location", "NORP", "Misc"}

// NameKind is the kind that a word of a BIO file stands for; empty for none.
func NameKind(word string) string {
	switch word {
	case "Facility":
		return "Location"
	case "Product":
		return "Misc"
	}
	if slices.Contains(NameKinds, word) {
		return word
	}
	return ""
}

// NameTally counts names of one kind: those marked, those found, those found
// with exactly the words and the kind marked.
type NameTally struct{ Gold, Found, Right int }

// PRF is precision, recall and F1 in per cent.
func (t NameTally) PRF() (p, r, f float64) {
	p, r = percent(t.Right, t.Found), percent(t.Right, t.Gold)
	if p+r > 0 {
		f = round1(200 * float64(t.Right) / float64(t.Found+t.Gold))
	}
	return p, r, f
}

// NameReport holds the counts by outlet and kind; the outlet "" is all.
type NameReport map[string]map[string]NameTally

// Add compares the names found in one article with those marked. A full stop at
// a name's end makes no difference.
func (r NameReport) Add(t *NamedText, found []MarkedName) {
	type key struct {
		news.Span
		kind string
	}
	at := func(n MarkedName) key {
		s := n.Span
		if s.End > s.Start && t.Text[s.End-1] == '.' {
			s.End--
		}
		return key{s, NameKind(n.Kind)}
	}
	gold := map[key]bool{}
	for _, outlet := range []string{"", t.Outlet()} {
		if r[outlet] == nil {
			r[outlet] = map[string]NameTally{}
		}
		count := func(kind string, change func(*NameTally)) {
			n := r[outlet][kind]
			change(&n)
			r[outlet][kind] = n
		}
		for _, n := range t.Names {
			if k := at(n); k.kind != "" {
				gold[k] = true
				count(k.kind, func(n *NameTally) { n.Gold++ })
			}
		}
		for _, n := range found {
			k := at(n)
			count(k.kind, func(n *NameTally) {
				n.Found++
				if gold[k] {
					n.Right++
				}
			})
		}
	}
}

// Outlets are the outlets of the report, in order.
func (r NameReport) Outlets() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(r)), func(s string) bool { return s == "" })
}

// String is the figures by kind, then persons and organizations by outlet.
func (r NameReport) String() string {
	var b strings.Builder
	row := func(name string, t NameTally) {
		p, rec, f := t.PRF()
		fmt.Fprintf(&b, "%-28s %6.1f %6.1f %6.1f %6d\n", name, p, rec, f, t.Gold)
	}
	fmt.Fprintf(&b, "%-28s %6s %6s %6s %6s\n", "names, exact", "P", "R", "F1", "gold")
	for _, k := range NameKinds {
		row(k, r[""][k])
	}
	for _, o := range r.Outlets() {
		row(o+" Person", r[o]["Person"])
		row(o+" Organization", r[o]["Organization"])
	}
	return b.String()
}
