package generate

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// beatPeople are the people of one beat: those who meet in the same stories.
const beatPeople = 40

// Person is somebody of the world.
type Person struct {
	Number      int
	First, Last string
	Middle      string // an initial, such as "J."
	Nick        string // a short form of First; empty for many
	Female      bool
	Place       string
	Body        Body // for whom they speak
	Titles      []Title
	Namesake    bool // somebody else has the same names
}

// Title that a person has from a day on, until the next.
type Title struct {
	From int // day of the world
	Name string
}

// Body is an organization.
type Body struct {
	Number        int
	Name, Acronym string
}

// ID of the person in the truth.
func (p *Person) ID() string { return fmt.Sprintf("P%07d", p.Number) }

// ID of the organization in the truth.
func (b *Body) ID() string { return fmt.Sprintf("O%07d", b.Number) }

// Full is the first and last name.
func (p *Person) Full() string { return p.First + " " + p.Last }

// TitleAt is the title on a day; empty for who has none.
func (p *Person) TitleAt(day int) (name string) {
	for _, t := range p.Titles {
		if t.From <= day {
			name = t.Name
		}
	}
	return name
}

var women = strings.Fields("Ada Alma Beatrix Carla Clara Dora Edith Elena Emma Farida Flora Greta Hanna Helen Ines Irene Judith Karin Laura Leila Lena Lydia Mara Maria Marta Mina Nadia Nora Olga Paula Rania Rita Rosa Ruth Sara Selma Silvia Sofia Tamar Tessa Ursula Vera Wanda Yara Zora")
var men = strings.Fields("Abel Adam Albert Anton Arno Ben Boris Carl Cyrus Daniel David Edgar Emil Erik Felix Frank Georg Hamid Hector Hugo Igor Ivan Jacob Jamal Jonas Karl Leo Leon Lukas Marcus Martin Max Milo Nadir Nils Omar Oscar Otto Paul Pedro Rafael Robert Samuel Simon Stefan Thomas Tobias Victor Walter Yusuf")
var nicknames = map[string]string{"Albert": "Al", "Daniel": "Dan", "Robert": "Bob", "Samuel": "Sam", "Thomas": "Tom", "Victor": "Vic", "Beatrix": "Trixie", "Judith": "Judy", "Helen": "Nell", "Maria": "Mia"}
var offices = strings.Fields("Mayor Senator Governor Judge Minister Ambassador Commissioner Professor Director Chairman Secretary Councillor General Bishop Captain")
var bodyKinds = strings.Fields("Authority Council Association Union Institute Bank Company Commission Agency Party")

// twinEvery-th person has the names of somebody of another beat.
const twinEvery = 25

// Person is the person of that number.
func (w *World) Person(number int) *Person {
	p := w.makePerson(number)
	if number%twinEvery == twinEvery-1 {
		if other := w.twin(number); other >= 0 {
			q := w.makePerson(other)
			p.First, p.Last, p.Female, p.Nick, p.Namesake = q.First, q.Last, q.Female, q.Nick, true
		}
	}
	return p
}

// twin is the person whose names a person has; -1 none.
func (w *World) twin(number int) int {
	other := rng(w.o.Seed, ofTwin, uint64(number)).IntN(max(1, w.people))
	if other%twinEvery == twinEvery-1 {
		other-- // who has names of their own
	}
	if other/beatPeople == number/beatPeople {
		return -1
	}
	return other
}

func (w *World) makePerson(number int) *Person {
	r := rng(w.o.Seed, ofPerson, uint64(number))
	p := &Person{Number: number, Female: r.IntN(5) < 2}
	names := men
	if p.Female {
		names = women
	}
	p.First = names[r.IntN(len(names))]
	p.Nick = nicknames[p.First]
	p.Last = capital(invent(r, 2))
	if r.IntN(3) == 0 {
		p.Last = capital(invent(r, 1)) + "s"
	}
	p.Middle = string(rune('A'+r.IntN(26))) + "."
	p.Place = w.places[(number/beatPeople*7+r.IntN(5))%len(w.places)]
	p.Body = w.Body(number/beatPeople*bodiesABeat + r.IntN(bodiesABeat))
	day := 0
	for range r.IntN(4) {
		name := offices[r.IntN(len(offices))]
		p.Titles = append(p.Titles, Title{day, name})
		day += 100 + r.IntN(w.days())
	}
	return p
}

const bodiesABeat = 6

// Body is the organization of that number.
func (w *World) Body(number int) Body {
	r := rng(w.o.Seed, ofBody, uint64(number))
	first, second, kind := capital(invent(r, 2)), capital(w.vocabulary[r.IntN(400)]), bodyKinds[r.IntN(len(bodyKinds))]
	return Body{Number: number, Name: first + " " + second + " " + kind, Acronym: first[:1] + second[:1] + kind[:1]}
}

// pick chooses n different people of a beat, well known ones more often.
func pick(r *rand.Rand, beat, n, people int) (out []int) {
	for tries := 0; len(out) < n && tries < 20*n; tries++ {
		k := beat*beatPeople + frequent(r, beatPeople)
		if k >= people {
			k = r.IntN(people)
		}
		known := false
		for _, o := range out {
			known = known || o == k
		}
		if !known {
			out = append(out, k)
		}
	}
	return out
}
