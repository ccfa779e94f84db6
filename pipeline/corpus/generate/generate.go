// Package generate makes corpora with truth: tables of articles that were
// never written, in which it is known who everybody is, which statements are
// the same utterance and which articles are copies.
//
// In goes a seed and a number of articles; out come news.Results, as
// extraction would find them, and for each the truth. Everything follows from
// the seed and the number of the article alone, so that articles can be made in
// any order and by many workers.
//
// How: articles come in blocks of one day; a block has some stories, a story
// has people of one beat, words of its own and a few utterances, and its
// articles quote them: whole, cut, corrected, with brackets, in other words,
// indirectly. Beside them stand statements that nobody else has, phrases that
// everybody uses, and slogans that one person repeats in other stories, which
// are other utterances. Some articles are copies of one before, under another
// headline, cut at the end, lightly edited. One person in 25 has the name of
// somebody in another beat; titles change over time.
package generate

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline/source"
)

// Options say what is made.
type Options struct {
	Articles int
	Seed     uint64
	Outlets  int // 0: 60
	Days     int // that the articles are spread over; 0: 730
	People   int // 0: one for four articles, at least 200
}

const (
	defaultOutlets = 60
	defaultDays    = 730
	blockArticles  = 32
	leastPeople    = 200
	mostWordsTopic = 30
)

// World is all there is to know of a corpus.
type World struct {
	o          Options
	people     int
	vocabulary []string
	places     []string
	outlets    []string
}

// New makes a world.
func New(o Options) *World {
	if o.Outlets <= 0 {
		o.Outlets = defaultOutlets
	}
	if o.Days <= 0 {
		o.Days = defaultDays
	}
	if o.People <= 0 {
		o.People = max(leastPeople, o.Articles/4)
	}
	w := &World{o: o, people: o.People, vocabulary: vocabulary(o.Seed)}
	r := rng(o.Seed, ofVocabulary, 1)
	for range 400 {
		w.places = append(w.places, capital(invent(r, 2)))
	}
	for range o.Outlets {
		w.outlets = append(w.outlets, "The "+capital(invent(r, 1+r.IntN(2)))+" "+[...]string{"Times", "Post", "Herald", "News", "Courier"}[r.IntN(5)])
	}
	return w
}

func (w *World) days() int { return w.o.Days }

// firstDay is the day 0 of every world.
var firstDay = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// Truth is what is known of one article.
type Truth struct {
	ID       string
	Copy     string   // the same for copies of one text; empty for others
	Entities []Entity // as in the result
	Quotes   []string // the utterance of each quotation of the result, in text order
}

// Entity tells who an entity is.
type Entity struct {
	Name, Kind string
	Is         string // the id of the person or organization
	Form       string // full, middle, nick, last or acronym: how the article names them
	Namesake   bool
}

// ArticleID is the id of the article of a number.
func ArticleID(number int) string { return fmt.Sprintf("g%08d", number) }

// topic is what a story is about.
type topic struct {
	place  string
	words  []string
	people []int
	beat   int
}

// Source yields articles without text, which Extract then makes: reading costs
// nothing, and all workers make articles. It is a pipeline.Source.
type Source struct{ World *World }

// Articles of a shard: the numbers from Start to End.
func (s Source) Articles(ctx context.Context, shard source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		for i := shard.Start; i < shard.End && ctx.Err() == nil; i++ {
			a := news.Article{ID: ArticleID(int(i)), Language: "en", Body: "made later", Origin: news.Origin{Path: shard.Path, Record: i}}
			if !yield(a, nil) {
				return
			}
		}
	}
}

// Extract makes an article that Source named.
func (w *World) Extract(_ context.Context, a *news.Article) (*news.Result, extract.Times, error) {
	r, _ := w.Article(int(a.Origin.Record))
	r.Doc.Article.Origin = a.Origin
	return r, extract.Times{}, nil
}

// place of an article in its story.
type place struct {
	story uint64
	day   int
	index int // in the story
}

// placeOf finds the story of an article.
func (w *World) placeOf(number int) place {
	block := number / blockArticles
	blocks := (w.o.Articles + blockArticles - 1) / blockArticles
	r := rng(w.o.Seed, ofBlock, uint64(block))
	day := block * w.o.Days / max(1, blocks)
	at := number % blockArticles
	for k := 0; ; k++ {
		size := 1 + frequent(r, 16)
		if at < size {
			return place{uint64(block)<<8 | uint64(k), day, at}
		}
		at -= size
	}
}

// Article makes the article of a number, and what is true of it.
func (w *World) Article(number int) (*news.Result, *Truth) {
	p := w.placeOf(number)
	s := w.story(p)
	return w.write(number, p, s)
}

// original is the place in the story of the article that another is a copy of;
// itself when it is none.
func (w *World) original(p place) int {
	if p.index == 0 {
		return 0
	}
	r := rand.New(rand.NewPCG(w.o.Seed+uint64(p.index), p.story))
	if r.IntN(12) > 0 {
		return p.index
	}
	q := p
	q.index = r.IntN(p.index)
	return w.original(q)
}
