package people

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/whosaid/whosaid/pipeline/corpus/known"
)

// file makes a file of known people for a world: many of those everybody
// writes about, some of the others, some of them at other times in other
// offices, and people of the same names who are not in the news.
func (w *world) file() (people []*known.Person, truth []int) {
	r := w.rng
	start := time.UnixMicro(w.start).Year()
	for i := range w.people {
		p := &w.people[i]
		rank := i % worldBeatPeople
		if r.IntN(3+rank) > 1 {
			if r.IntN(12) == 0 { // somebody else of this name
				people, truth = append(people, w.stranger(p, len(people))), append(truth, -1)
			}
			continue
		}
		k := &known.Person{ID: fmt.Sprintf("Q%d", len(people)+1), Name: p.given + " " + p.last, Born: start - 28 - r.IntN(30) - r.IntN(35), Sitelinks: 1 + zipf(r, 80)/(1+rank/4)}
		if p.middle != "" && r.IntN(3) == 0 {
			k.Name = p.given + " " + p.middle + ". " + p.last
			k.Aliases = append(k.Aliases, p.given+" "+p.last)
		}
		if p.nick != "" && r.IntN(2) == 0 {
			k.Aliases = append(k.Aliases, p.nick+" "+p.last)
		}
		k.Gender = "male"
		if p.female {
			k.Gender = "female"
		}
		place := w.bodies[w.places[min(i/worldBeatPeople, w.beats-1)]].words[0]
		if r.IntN(8) > 0 {
			k.Places = []string{place}
		}
		for n, t := range p.titles {
			from := start + n*worldYears/len(p.titles)
			switch r.IntN(6) {
			case 0: // not told
			case 1: // later, or long before
				from += [...]int{-12, 6}[r.IntN(2)]
				k.Positions = append(k.Positions, known.Position{Title: t, From: from, To: from + 3})
			default:
				k.Positions = append(k.Positions, known.Position{Title: strings.TrimSuffix(t+" of "+place, " of "), From: from, To: from + 1 + r.IntN(5)})
			}
		}
		if r.IntN(2) == 0 { // as Wikidata has it, for many without an office
			k.Occupations = []string{p.titles[r.IntN(len(p.titles))]}
		}
		people, truth = append(people, k), append(truth, i)
		if r.IntN(5) == 0 {
			people, truth = append(people, w.stranger(p, len(people))), append(truth, -1)
		}
	}
	return people, truth
}

// stranger is somebody who has the names of p and is not in the news.
func (w *world) stranger(p *somebody, n int) *known.Person {
	r := w.rng
	k := &known.Person{ID: fmt.Sprintf("Q%d", n+1), Name: p.given + " " + p.last, Born: 1890 + r.IntN(110), Sitelinks: 1 + zipf(r, 20), Gender: "male"}
	if p.female {
		k.Gender = "female"
	}
	if k.Born < 1935 {
		k.Died = min(k.Born+50+r.IntN(45), time.UnixMicro(w.start).Year()+worldYears)
	}
	k.Places = []string{w.bodies[w.places[r.IntN(w.beats)]].words[0]}
	from := 1950 + r.IntN(70)
	k.Positions = []known.Position{{Title: worldTitles[r.IntN(len(worldTitles))], From: from, To: from + r.IntN(9)}}
	if r.IntN(2) == 0 {
		k.Occupations = []string{worldTitles[r.IntN(len(worldTitles))]}
	}
	return k
}

// identities lets the persons of a world choose among the known people.
func (x *lesson) identities() (out []choice) {
	people := map[int]*summary{}
	for _, key := range x.sortedKeys() {
		for _, is := range slices.Sorted(maps.Keys(x.nodes[key])) {
			s := x.nodes[key][is]
			if !s.isPerson() || s.short || is >= bodyBase || is < 0 {
				continue
			}
			if old := people[is]; old != nil {
				old.absorb(s)
			} else {
				people[is] = s.clone()
			}
		}
	}
	file, truth := x.w.file()
	ix := newIndex()
	namesakes := map[uint64]int{}
	for _, is := range slices.Sorted(maps.Keys(people)) {
		s := people[is]
		for _, f := range s.names {
			n := personName(f.text)
			ix.want(&n)
		}
		namesakes[nameHash(s.name().given, s.name().last)]++
	}
	who := map[string]int{}
	for i, p := range file {
		ix.add(p)
		who[p.ID] = truth[i]
	}
	for h := range ix.fellow {
		slices.Sort(ix.fellow[h])
		ix.fellow[h] = slices.Compact(ix.fellow[h])
	}
	for _, is := range slices.Sorted(maps.Keys(people)) {
		s := people[is]
		list := ix.bearers(s)
		if len(list) == 0 {
			continue
		}
		c := choice{right: len(list)}
		for k := range list {
			v := ix.measureKnown(s, list[k], len(list), namesakes[nameHash(s.name().given, s.name().last)])
			c.v = append(c.v, slices.Clone(v[:]))
			if who[list[k].e.ID] == is {
				c.right = k
			}
		}
		v := nobodyKnown(s, x.l.c)
		c.v = append(c.v, slices.Clone(v[:]))
		out = append(out, c)
	}
	return out
}
