package generate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/whosaid/whosaid/extract/news"
)

// said is a statement of an article, before it is written down.
type said struct {
	version
	utterance string
	speaker   int // index into topic.people; -1: the body of the first person
}

// piece is a paragraph: narration, or a statement.
type piece struct {
	text string
	said *said
}

// write makes an article of a story.
func (w *World) write(number int, p place, s *story) (*news.Result, *Truth) {
	first := w.original(p)
	from := number - p.index + first // the number of what it copies
	pieces := w.pieces(from, s)
	heading := from
	truth := &Truth{ID: ArticleID(number)}
	r := rng(w.o.Seed, ofArticle, uint64(number)<<1|1)
	if first != p.index {
		pieces = w.copied(r, pieces)
		if r.IntN(2) == 0 {
			heading = number
		}
	}
	if first != p.index || w.copiedLater(p) {
		truth.Copy = fmt.Sprintf("C%08d", from)
	}
	hr := rng(w.o.Seed, ofArticle, uint64(heading)<<1|1)
	a := &news.Article{
		ID: truth.ID, Language: "en", Title: capital(strings.Join(w.fill(hr, clauses[hr.IntN(len(clauses))], &s.topic), " ")),
		Outlet:    w.outlets[(frequent(r, len(w.outlets))+p.index)%len(w.outlets)],
		Published: firstDay.AddDate(0, 0, p.day).Add(time.Duration(p.index)*40*time.Minute + time.Duration(r.IntN(30))*time.Minute),
	}
	return newPage(w, a, truth, s, rng(w.o.Seed, ofArticle, uint64(from)<<1), p.day).write(pieces)
}

// copiedLater tells whether a later article of the story is a copy of this one.
func (w *World) copiedLater(p place) bool {
	q := p
	size := w.storySize(p)
	for q.index = p.index + 1; q.index < size; q.index++ {
		if w.original(q) == p.index {
			return true
		}
	}
	return false
}

// storySize is how many articles the story of p has.
func (w *World) storySize(p place) int {
	block, k := p.story>>8, int(p.story&0xff)
	r := rng(w.o.Seed, ofBlock, block)
	left := min(blockArticles, w.o.Articles-int(block)*blockArticles)
	for range k {
		left -= 1 + frequent(r, 16)
	}
	return min(left, 1+frequent(r, 16))
}

// pieces are the paragraphs of the article of a number, if it is no copy.
func (w *World) pieces(number int, s *story) (out []piece) {
	r := rng(w.o.Seed, ofArticle, uint64(number)<<1)
	order := r.Perm(len(s.utterances))
	order = order[:1+r.IntN(len(order))]
	var statements []said
	for _, k := range order {
		u := &s.utterances[k]
		statements = append(statements, said{w.versionOf(r, u, w.Person(s.people[u.speaker]).Female), u.id, u.speaker})
	}
	for i := range 2 + r.IntN(8) {
		st := said{utterance: fmt.Sprintf("V%d.%d", number, i), speaker: r.IntN(len(s.people)+1) - 1}
		switch {
		case r.IntN(12) == 0:
			st.words = strings.Join(stock[r.IntN(len(stock))], " ")
		default:
			st.words = join([][]string{w.fill(r, clauses[r.IntN(len(clauses))], &s.topic)})
			st.indirect = r.IntN(2) == 0
			if st.indirect {
				st.words = "that " + strings.ToLower(st.words[:1]) + st.words[1:]
			}
		}
		statements = append(statements, st)
	}
	r.Shuffle(len(statements), func(i, j int) { statements[i], statements[j] = statements[j], statements[i] })
	for i := range statements {
		if i == 0 || r.IntN(2) == 0 {
			out = append(out, piece{text: strings.Join(w.fill(r, narration[r.IntN(len(narration))], &s.topic), " ")})
		}
		out = append(out, piece{said: &statements[i]})
	}
	return out
}

// copied is what a desk makes of an article it takes over: cut at the end, with
// some words changed, or with a paragraph more; or all as it was.
func (w *World) copied(r *rand.Rand, pieces []piece) []piece {
	pieces = slices.Clone(pieces)
	switch r.IntN(4) {
	case 0:
		if len(pieces) > 5 {
			pieces = pieces[:len(pieces)-1-r.IntN(len(pieces)/4)]
		}
	case 1:
		for i := range pieces {
			if pieces[i].said == nil && r.IntN(2) == 0 {
				words := strings.Fields(pieces[i].text)
				words[1+r.IntN(len(words)-1)] = w.vocabulary[frequent(r, 2000)]
				pieces[i].text = strings.Join(words, " ")
			}
		}
	case 2:
		pieces = append(pieces, piece{text: "Our " + w.vocabulary[frequent(r, 500)] + " reporters contributed to this story."})
	}
	return pieces
}

// page is an article being written.
type page struct {
	w      *World
	story  *story
	truth  *Truth
	day    int
	r      *rand.Rand // the same for a copy as for what it copies
	text   strings.Builder
	result *news.Result
	entity map[int]int32 // by index of topic.people
	utter  []string
}

func newPage(w *World, a *news.Article, truth *Truth, s *story, r *rand.Rand, day int) *page {
	return &page{w: w, story: s, truth: truth, day: day, r: rand.New(rand.NewPCG(r.Uint64(), 7)), entity: map[int]int32{},
		result: &news.Result{Doc: &news.Document{Article: a}}}
}

func (p *page) write(pieces []piece) (*news.Result, *Truth) {
	for i, x := range pieces {
		if i > 0 {
			p.text.WriteString("\n\n")
		}
		if x.said == nil {
			p.text.WriteString(x.text)
			continue
		}
		p.statement(x.said)
	}
	d := p.result.Doc
	d.Text = p.text.String()
	d.Article.Body = d.Text
	p.truth.Quotes = p.utter
	return p.result, p.truth
}

func (p *page) span(s string) news.Span {
	start := int32(p.text.Len())
	p.text.WriteString(s)
	return news.Span{Start: start, End: int32(p.text.Len())}
}

// statement writes a paragraph with a statement, its cue and its speaker.
func (p *page) statement(s *said) {
	q := news.Quote{Kind: news.Direct, CueLemma: "say", Confidence: 0.97, Group: -1, Parent: -1}
	words := strings.TrimSuffix(s.words, ".")
	if s.indirect {
		q.Kind = news.Indirect
		entity, title := p.name(s.speaker, &q)
		p.text.WriteString(" ")
		q.Cue = p.span("said")
		p.text.WriteString(" ")
		q.Parts = []news.Part{{Span: p.span(words)}}
		p.text.WriteString(".")
		p.add(q, entity, title, s)
		return
	}
	open, shut := "\"", "\""
	if p.r.IntN(3) == 0 {
		open, shut = "“", "”"
	}
	cut := strings.Index(words, ". ")
	if cut < 0 || p.r.IntN(3) > 0 {
		cut = len(words)
	}
	q.Parts = []news.Part{{Span: p.span(open + words[:cut] + "," + shut), Quoted: true}}
	p.text.WriteString(" ")
	var entity int32
	var name string
	if p.r.IntN(2) == 0 {
		q.Cue = p.span("said")
		p.text.WriteString(" ")
		entity, name = p.name(s.speaker, &q)
	} else {
		entity, name = p.name(s.speaker, &q)
		p.text.WriteString(" ")
		q.Cue = p.span("said")
	}
	p.text.WriteString(".")
	if cut < len(words) {
		p.text.WriteString(" ")
		q.Parts = append(q.Parts, news.Part{Span: p.span(open + words[cut+2:] + "." + shut), Quoted: true})
	}
	p.add(q, entity, name, s)
}

func (p *page) add(q news.Quote, entity int32, title string, s *said) {
	r := p.result
	r.Quotes = append(r.Quotes, q)
	p.utter = append(p.utter, s.utterance)
	r.Attributions = append(r.Attributions, news.Attribution{
		Entity: entity, Kind: r.Entities[entity].Kind, Form: news.Name, Title: title, Confidence: 0.95, Method: "generated",
		Candidates: []news.Candidate{{Entity: entity, Probability: 0.95}},
	})
}

// name writes the speaker's name: in full with a title when it is the first
// time, then the last name or the acronym.
func (p *page) name(speaker int, q *news.Quote) (int32, string) {
	r := p.result
	if speaker < 0 {
		b := p.w.Person(p.story.people[0]).Body
		entity, known := p.entity[speaker]
		name := b.Name
		if !known {
			entity = p.entityOf(speaker, news.Entity{Name: b.Name, Kind: news.Organization}, b.ID(), "full", false)
		} else if p.r.IntN(2) == 0 {
			name = b.Acronym
			p.alias(entity, name)
		}
		q.Source = p.span("The " + name)
		r.Mentions = append(r.Mentions, news.Mention{Span: news.Span{Start: q.Source.Start + 4, End: q.Source.End}, Form: news.Name, Entity: entity})
		return entity, ""
	}
	who := p.w.Person(p.story.people[speaker])
	entity, known := p.entity[speaker]
	title := who.TitleAt(p.day)
	if known {
		p.alias(entity, who.Last)
		q.Source = p.span(who.Last)
		r.Mentions = append(r.Mentions, news.Mention{Span: q.Source, Form: news.Name, Entity: entity})
		return entity, title
	}
	name, form := who.Full(), "full"
	switch k := p.r.IntN(20); {
	case k == 0:
		name, form = who.First+" "+who.Middle+" "+who.Last, "middle"
	case k == 1 && who.Nick != "":
		name, form = who.Nick+" "+who.Last, "nick"
	case k == 2:
		name, form = who.Last, "last"
	}
	e := news.Entity{Name: name, Kind: news.Person}
	if p.r.IntN(3) > 0 {
		e.Gender, e.GenderBasis = news.Male, news.ByPronoun
		if who.Female {
			e.Gender = news.Female
		}
	}
	start := int32(p.text.Len())
	if title != "" && p.r.IntN(4) > 0 {
		e.Titles = []string{title}
		p.text.WriteString(title + " ")
	} else {
		title = ""
	}
	mention := p.span(name)
	if p.r.IntN(3) == 0 {
		p.text.WriteString(" of " + who.Place)
	}
	q.Source = news.Span{Start: start, End: int32(p.text.Len())}
	entity = p.entityOf(speaker, e, who.ID(), form, who.Namesake)
	r.Mentions = append(r.Mentions, news.Mention{Span: mention, Form: news.Name, Entity: entity})
	return entity, title
}

func (p *page) entityOf(speaker int, e news.Entity, is, form string, namesake bool) int32 {
	r := p.result
	entity := int32(len(r.Entities))
	r.Entities = append(r.Entities, e)
	p.truth.Entities = append(p.truth.Entities, Entity{Name: e.Name, Kind: e.Kind.String(), Is: is, Form: form, Namesake: namesake})
	p.entity[speaker] = entity
	return entity
}

func (p *page) alias(entity int32, name string) {
	e := &p.result.Entities[entity]
	if e.Name != name && !slices.Contains(e.Aliases, name) {
		e.Aliases = append(e.Aliases, name)
	}
}
