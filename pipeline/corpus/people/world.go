package people

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// Lists are what the names of a made-up corpus are drawn from.
type Lists struct {
	Women, Men []Weighted // given names
	Surnames   []string
}

// Weighted is a name and how common it is.
type Weighted struct {
	Name   string
	Weight float64
}

// world is a made-up corpus in which it is known who everybody is. Names are as
// common as in life, so that people share them as people do; some share them
// although they are rare. Who is in the news together is of one beat.
type world struct {
	rng    *rand.Rand
	lists  Lists
	people []somebody
	bodies []somebody
	places []int // of the beats, indexes of bodies
	beats  int
	start  int64
	stray  float64 // share of the people of an article who are of another beat
	sparse float64 // share of the articles that name few

	story struct { // that the next article may be about
		beat           int
		at             int64
		people, bodies []int
	}

	articles []*step.Article
	entities [][]step.Entity
	truth    [][]int // who each entity is: people from 0, bodies from bodyBase
}

const bodyBase = 1 << 24

// somebody is a person or organization of a world.
type somebody struct {
	given, middle, last, suffix, nick string
	words                             []string // of an organization
	female                            bool
	titles                            []string // one after the other, changes times years apart
	weight                            float64
}

// Sizes of a world.
const (
	worldBeatPeople = 24
	worldBeatBodies = 6
	worldYears      = 4
	worldOutlets    = 40
)

var worldTitles = strings.Split("mayor;governor;senator;Sen.;president;vice president;prime minister;foreign minister;finance minister;minister of health;"+
	"secretary of state;police chief;sheriff;district attorney;attorney general;judge;chief justice;professor;professor of economics;director;executive director;"+
	"chief executive;chief financial officer;chairman;spokeswoman;spokesman;campaign manager;adviser;analyst;head coach;captain;striker;archbishop;bishop;rabbi;"+
	"general;colonel;admiral;ambassador;council member;councilman;representative;Rep.;congresswoman;party leader;union president;principal;superintendent;"+
	"fire chief;historian;novelist;singer;actor;film director;chef;farmer;doctor;surgeon;epidemiologist;engineer;economist;strategist;pollster", ";")

var worldBodies = strings.Fields("Council Authority Institute Association Department Commission University Hospital Bank Union Party Agency Court Committee Center Foundation Company Group Times Police")

// newWorld makes the people and articles of a world.
func newWorld(seed uint64, people, articles int, stray, sparse float64, lists Lists) *world {
	w := &world{stray: stray, sparse: sparse, rng: rand.New(rand.NewPCG(seed, 77)), lists: lists, beats: max(2, people/worldBeatPeople), start: 1_500_000_000_000_000}
	for i := range people {
		w.people = append(w.people, w.person(i))
	}
	for i := range w.beats * worldBeatBodies {
		w.bodies = append(w.bodies, w.body(i))
	}
	for i := range 150 { // countries, ministries and cities that are everywhere
		b := somebody{words: []string{w.word(2) + w.word(1)}}
		if i%2 == 0 {
			b.words = []string{w.word(1), w.word(1), worldBodies[w.rng.IntN(len(worldBodies))]}
		}
		w.bodies = append(w.bodies, b)
	}
	for range w.beats {
		w.places = append(w.places, len(w.bodies))
		w.bodies = append(w.bodies, somebody{words: []string{w.word(2)}})
	}
	for i := range articles {
		w.article(i)
	}
	return w
}

func draw(r *rand.Rand, list []Weighted, total float64) string {
	x := r.Float64() * total
	for _, n := range list {
		if x -= n.Weight; x < 0 {
			return n.Name
		}
	}
	return list[0].Name
}

func total(list []Weighted) (sum float64) {
	for _, n := range list {
		sum += n.Weight
	}
	return sum
}

// zipf is a number below n, small ones more often.
func zipf(r *rand.Rand, n int) int {
	return min(n-1, int(math.Exp(r.Float64()*math.Log(float64(n)+1)))-1)
}

var (
	onsets = strings.Fields("b br d dr f g gr h j k kl l m n p r s st t tr v w z sch")
	nuclei = strings.Fields("a e i o u ai ei au")
	codas  = strings.Fields("n r l s t k m ld rt nd ck")
)

func (w *world) word(syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteString(onsets[w.rng.IntN(len(onsets))] + nuclei[w.rng.IntN(len(nuclei))])
	}
	b.WriteString(codas[w.rng.IntN(len(codas))])
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// person makes somebody; one in 25 has the names of another.
func (w *world) person(i int) somebody {
	r := w.rng
	p := somebody{female: r.IntN(3) == 0, weight: 1 / float64(1+i%worldBeatPeople)}
	list := w.lists.Men
	if p.female {
		list = w.lists.Women
	}
	p.given = draw(r, list, total(list))
	switch k := r.IntN(10); {
	case k < 4:
		p.last = w.lists.Surnames[zipf(r, len(w.lists.Surnames))]
	case k < 7:
		p.last = w.lists.Surnames[r.IntN(len(w.lists.Surnames))]
	default:
		p.last = w.word(1 + r.IntN(2))
	}
	if r.IntN(5) < 3 {
		p.middle = string(rune('A' + r.IntN(26)))
	}
	if r.IntN(80) == 0 {
		p.suffix = "Jr."
	}
	beat := i / worldBeatPeople
	switch {
	case i > worldBeatPeople && r.IntN(25) == 0: // a namesake
		q := &w.people[r.IntN(i-i%worldBeatPeople)]
		p.given, p.last, p.female = q.given, q.last, q.female
	case i%worldBeatPeople > 0 && r.IntN(30) == 0: // family
		p.last = w.people[beat*worldBeatPeople+r.IntN(i%worldBeatPeople)].last
	}
	for range 1 + r.IntN(3) {
		p.titles = append(p.titles, worldTitles[r.IntN(len(worldTitles))])
	}
	for short, names := range formal() {
		if slices.Contains(names, strings.ToLower(p.given)) && (p.nick == "" || short < p.nick) && len(short) > 2 {
			p.nick = short
		}
	}
	if p.nick != "" {
		p.nick = strings.ToUpper(p.nick[:1]) + p.nick[1:]
	}
	return p
}

// body makes an organization; some have names that others have too.
func (w *world) body(i int) somebody {
	r := w.rng
	kind := worldBodies[r.IntN(len(worldBodies))]
	b := somebody{weight: 1}
	switch r.IntN(6) {
	case 0:
		b.words = []string{w.word(2), kind}
	case 1:
		b.words = []string{"National", w.word(1), kind}
	case 2:
		b.words = []string{w.word(2)}
	case 3:
		b.words = []string{kind, "of", w.word(1)}
		if i > worldBeatBodies { // a part of another
			if q := w.bodies[r.IntN(i)].words; len(q) == 2 {
				b.words = []string{q[0], q[1], w.word(1), kind}
				if r.IntN(2) == 0 {
					b.words = []string{w.word(1), q[0], q[1]}
				}
			}
		}
	case 4: // told from others by its place alone
		if r.IntN(4) > 0 {
			b.words = []string{w.word(2), w.word(1)}
			break
		}
		b.words = []string{[...]string{"City", "Supreme", "State", "Police"}[r.IntN(4)], [...]string{"Council", "Court", "Department"}[r.IntN(3)]}
	default:
		b.words = []string{w.word(1), w.word(1), kind}
	}
	return b
}

// begin chooses what the next story is about, and who is in it.
func (w *world) begin() {
	r, s := w.rng, &w.story
	s.beat = zipf(r, w.beats*3/2) * 7 % w.beats
	s.at = w.start + int64(r.Float64()*worldYears*year)
	s.people, s.bodies = nil, nil
	for range 1 + zipf(r, 7) {
		i := s.beat*worldBeatPeople + zipf(r, worldBeatPeople)
		if r.Float64() < w.stray {
			i = zipf(r, len(w.people))
		}
		if i < len(w.people) {
			s.people = append(s.people, i)
		}
	}
	if r.IntN(2) == 0 { // whom everybody writes about
		for range 1 + r.IntN(2) {
			s.people = append(s.people, zipf(r, 12))
		}
	}
	for range r.IntN(3) {
		i := s.beat*worldBeatBodies + zipf(r, worldBeatBodies)
		if r.Float64() < w.stray {
			i = r.IntN(w.beats * worldBeatBodies)
		}
		s.bodies = append(s.bodies, i)
	}
}

// article makes the next article: of the story before it, or of a new one.
func (w *world) article(number int) {
	r := w.rng
	if number == 0 || r.IntN(5) < 2 {
		w.begin()
	}
	w.story.at += int64(r.Float64() * 12 * 3600e6)
	beat, at := w.story.beat, w.story.at
	stamp := output.Timestamp(at)
	a := &step.Article{Number: int64(number), ID: fmt.Sprintf("w%07d", number), Published: &stamp}
	a.Outlet = fmt.Sprintf("outlet %d", (zipf(r, worldOutlets)+beat*3)%worldOutlets)
	if r.IntN(12) == 0 {
		a.Outlet = ""
	}
	var list []step.Entity
	var truth []int
	add := func(e step.Entity, is int) {
		if slices.Contains(truth, is) {
			return
		}
		e.Article, e.EntityID = a, fmt.Sprintf("e%d", len(list))
		e.NMentions = int32(1 + zipf(r, 8))
		list, truth = append(list, e), append(truth, is)
	}
	sparse := r.Float64() < w.sparse
	for _, i := range w.story.people {
		if r.IntN(4) > 0 && (!sparse || len(list) == 0) {
			add(w.entity(i, at), i)
		}
	}
	for _, i := range w.story.bodies {
		if r.IntN(4) > 0 {
			add(w.bodyEntity(i), bodyBase+i)
		}
	}
	if r.IntN(2) == 0 {
		add(w.bodyEntity(w.places[beat]), bodyBase+w.places[beat])
	}
	everywhere := w.beats * worldBeatBodies
	most := 5
	if sparse {
		most = 2
	}
	for range r.IntN(most) {
		i := everywhere + zipf(r, len(w.bodies)-everywhere-w.beats)
		add(w.bodyEntity(i), bodyBase+i)
	}
	if r.IntN(3) == 0 && !sparse { // nobody heard of them before or after
		p := w.person(r.IntN(worldBeatPeople))
		add(step.Entity{Name: p.given + " " + p.last, Kind: "person"}, -1-number)
	}
	w.articles, w.entities, w.truth = append(w.articles, a), append(w.entities, list), append(w.truth, truth)
}

// entity is what an article makes of a person.
func (w *world) entity(i int, at int64) step.Entity {
	r, p := w.rng, &w.people[i]
	e := step.Entity{Kind: "person"}
	given := p.given
	switch k := r.IntN(100); {
	case k < 8 && p.middle != "":
		e.Name = given + " " + p.middle + ". " + p.last
	case k < 12 && p.nick != "":
		e.Name = p.nick + " " + p.last
	case k < 13:
		e.Name = given[:1] + ". " + p.last
	case k < 14 && len(p.last) > 5:
		c := 2 + r.IntN(len(p.last)-3)
		e.Name = given + " " + p.last[:c] + p.last[c+1:]
	case k < 16 || k < 35 && i%worldBeatPeople < 2: // those whom everybody knows need no more
		e.Name = p.last
	default:
		e.Name = given + " " + p.last
	}
	if p.suffix != "" && e.Name != p.last && r.IntN(2) == 0 {
		e.Name += " " + p.suffix
	}
	if r.IntN(20) < 9 {
		k := int(float64(at-w.start) / (worldYears * year) * float64(len(p.titles)))
		e.Titles = []string{p.titles[min(k, len(p.titles)-1)]}
		if r.IntN(8) == 0 {
			e.Titles[0] = w.bodies[w.places[min(i/worldBeatPeople, w.beats-1)]].words[0] + " " + e.Titles[0]
		}
	}
	switch k := r.IntN(20); {
	case k < 9:
		e.GenderBasis = "pronoun"
	case k < 17:
		e.GenderBasis = "first_name"
	}
	if e.GenderBasis != "" {
		wrong := r.IntN(50) == 0
		e.Gender = "male"
		if p.female != wrong {
			e.Gender = "female"
		}
	}
	return e
}

func (w *world) bodyEntity(i int) step.Entity {
	r, b := w.rng, &w.bodies[i]
	e := step.Entity{Name: strings.Join(b.words, " "), Kind: "organization"}
	if len(b.words) < 3 {
		return e
	}
	n := bodyName(e.Name)
	acronym := strings.ToUpper(n.initials())
	switch k := r.IntN(20); {
	case k < 2:
		e.Name = acronym
	case k < 8:
		e.Aliases = []string{acronym}
	case k < 9 && b.words[0] == "National":
		e.Name = strings.Join(b.words[1:], " ")
	}
	return e
}

// Entities make the world a corpus.
func (w *world) Entities(context.Context) iter.Seq2[[]step.Entity, error] {
	return func(yield func([]step.Entity, error) bool) {
		for _, list := range w.entities {
			if len(list) > 0 && !yield(list, nil) {
				return
			}
		}
	}
}

// Articles make the world a corpus.
func (w *world) Articles(context.Context, bool) iter.Seq2[*step.Article, error] {
	return func(yield func(*step.Article, error) bool) {
		for _, a := range w.articles {
			if !yield(a, nil) {
				return
			}
		}
	}
}

// Statements are none: nobody says anything in this world.
func (w *world) Statements(context.Context) iter.Seq2[[]step.Statement, error] {
	return func(func([]step.Statement, error) bool) {}
}
