package pipeline

import (
	"cmp"
	"slices"
	"sync/atomic"
	"time"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
)

// Reasons the pipeline itself gives, in articles.reason or rejects.reason.
const (
	ReasonEmpty      = "empty"       // an article without a word
	ReasonNotEnglish = "not_english" // another language, and only English asked for
	ReasonPanic      = "panic"       // a fault of the program, met on this article
	ReasonTimeout    = "timeout"     // over the time limit of an article
	ReasonError      = "error"       // a stage gave the article back
	ReasonDuplicate  = "duplicate"   // same id and same text as an article before it
	ReasonInCorpus   = "in_corpus"   // same id and same text as one in the corpus already
	ReasonDate       = "out_of_dates"
	ReasonNoDate     = "no_date"         // dates asked for, and the article has none
	ReasonPartition  = "other_partition" // of another day than the partition's
)

// Counters account for every record of a unit or a run. They are a pure
// function of the input and the settings: nothing of time or workers.
//
// Read = Written + Skipped + Failed + Rejected + Filtered, or the unit is not
// committed.
type Counters struct {
	Read     int64            `json:"read"`     // records met: articles and broken ones
	Written  int64            `json:"written"`  // articles of status ok
	Skipped  int64            `json:"skipped"`  // articles of status skipped
	Failed   int64            `json:"failed"`   // articles of status failed
	Rejected int64            `json:"rejected"` // records that gave no article
	Filtered int64            `json:"filtered"` // articles left out as asked: dates, duplicates
	Reasons  map[string]int64 `json:"reasons,omitempty"`
	// UnreadDates are articles with a date that could not be read.
	UnreadDates int64 `json:"unread_dates,omitempty"`

	TextBytes int64 `json:"text_bytes"`
	Direct    int64 `json:"direct"`
	Indirect  int64 `json:"indirect"`
	Mixed     int64 `json:"mixed"`
	Asserted  int64 `json:"asserted"` // statements said, and as so: not negated, refused, asked, ordered, supposed or still to come
	Named     int64 `json:"named"`    // those of them by a named person or organization
	Mentions  int64 `json:"mentions"`
	Entities  int64 `json:"entities"`

	// Speakers are the most quoted named speakers, most first, at most
	// topSpeakers; a sum over units is a little low for names that just miss a
	// unit's list.
	Speakers []SpeakerCount `json:"speakers,omitempty"`

	names map[string]int64
}

// SpeakerCount is how often a name speaks.
type SpeakerCount struct {
	Name   string `json:"name"`
	Quotes int64  `json:"quotes"`
}

const (
	topSpeakers = 50      // kept of a unit
	maxNames    = 200_000 // held while counting; beyond it names heard once are let go
)

// Quotes is the number of statements.
func (c *Counters) Quotes() int64 { return c.Direct + c.Indirect + c.Mixed }

// balanced reports whether every record is accounted for.
func (c *Counters) balanced() bool {
	return c.Read == c.Written+c.Skipped+c.Failed+c.Rejected+c.Filtered
}

func (c *Counters) because(reason string) {
	if reason == "" {
		return
	}
	if c.Reasons == nil {
		c.Reasons = map[string]int64{}
	}
	c.Reasons[reason]++
}

// count adds one article's rows.
func (c *Counters) count(r *output.Rows) {
	switch output.Status(r.Article.Status) {
	case output.StatusOK:
		c.Written++
	case output.StatusSkipped:
		c.Skipped++
	default:
		c.Failed++
	}
	c.because(r.Article.Reason)
	c.Mentions += int64(len(r.Mentions))
	c.Entities += int64(len(r.Entities))
	for i := range r.Quotes {
		q := &r.Quotes[i]
		switch q.Type {
		case news.Direct.String():
			c.Direct++
		case news.Indirect.String():
			c.Indirect++
		default:
			c.Mixed++
		}
		if q.Polarity != news.Affirmed.String() || q.Modality != news.Asserted.String() {
			continue
		}
		c.Asserted++
		if q.Speaker != "" && (q.SpeakerKind == news.Person.String() || q.SpeakerKind == news.Organization.String()) {
			c.Named++
			c.addName(q.Speaker, 1)
		}
	}
}

func (c *Counters) addName(name string, n int64) {
	if c.names == nil {
		c.names = map[string]int64{}
	}
	c.names[name] += n
	if len(c.names) > maxNames {
		for k, v := range c.names {
			if v == 1 {
				delete(c.names, k)
			}
		}
	}
}

// merge sums counters in that were summed up and not ranked.
func (c *Counters) merge(o *Counters) {
	c.add(o)
	for name, n := range o.names {
		c.addName(name, n)
	}
}

// add sums another unit's counters in.
func (c *Counters) add(o *Counters) {
	c.Read += o.Read
	c.Written += o.Written
	c.Skipped += o.Skipped
	c.Failed += o.Failed
	c.Rejected += o.Rejected
	c.Filtered += o.Filtered
	for k, v := range o.Reasons {
		if c.Reasons == nil {
			c.Reasons = map[string]int64{}
		}
		c.Reasons[k] += v
	}
	c.UnreadDates += o.UnreadDates
	c.TextBytes += o.TextBytes
	c.Direct += o.Direct
	c.Indirect += o.Indirect
	c.Mixed += o.Mixed
	c.Asserted += o.Asserted
	c.Named += o.Named
	c.Mentions += o.Mentions
	c.Entities += o.Entities
	for _, s := range o.Speakers {
		c.addName(s.Name, s.Quotes)
	}
}

// rank fixes Speakers from the names counted.
func (c *Counters) rank() {
	c.Speakers = c.Speakers[:0]
	for name, n := range c.names {
		c.Speakers = append(c.Speakers, SpeakerCount{name, n})
	}
	slices.SortFunc(c.Speakers, func(a, b SpeakerCount) int {
		return cmp.Or(cmp.Compare(b.Quotes, a.Quotes), cmp.Compare(a.Name, b.Name))
	})
	c.Speakers = c.Speakers[:min(len(c.Speakers), topSpeakers)]
	if len(c.Speakers) == 0 {
		c.Speakers = nil
	}
}

// Stage is one of the five steps whose time is taken.
type Stage uint8

// The stages, in the order of the flow.
const (
	Read Stage = iota
	Tokenize
	Detect
	Attribute
	Write
	numStages
)

func (s Stage) String() string {
	return [...]string{"read", "tokenize", "detect", "attribute", "write"}[s]
}

// Progress is what a run shows while it goes on. All of it may be read at any
// time from any goroutine; the zero Progress is ready.
type Progress struct {
	Articles atomic.Int64 // written, skipped or failed in this run
	Quotes   atomic.Int64
	Rejects  atomic.Int64
	Units    atomic.Int64 // finished, those of earlier runs too
	Resumed  atomic.Int64 // bytes of input of units that earlier runs finished
	Done     atomic.Int64 // bytes of input of all units finished
	stage    [numStages]atomic.Int64
}

// Time is the time spent in a stage so far, summed over all goroutines.
func (p *Progress) Time(s Stage) time.Duration { return time.Duration(p.stage[s].Load()) }

func (p *Progress) spend(s Stage, d time.Duration) { p.stage[s].Add(int64(d)) }
