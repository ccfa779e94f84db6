package train

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
)

// SpeakerCase is one article whose statements and sources are given, so that
// nothing but the speakers is to be found.
type SpeakerCase struct {
	Name   string
	Doc    *news.Document
	Quotes []news.Quote
	Gold   []eval.Attribution // Gold[i] belongs to Quotes[i]
}

// Annotate makes a document of an article: tokens and, where the engine has
// them, tags and heads.
type Annotate func(*news.Article) *news.Document

// SpeakerCases turns gold articles into cases. Attributions without content
// are left out.
func SpeakerCases(golds []eval.Gold, annotate Annotate) []SpeakerCase {
	var out []SpeakerCase
	for _, g := range golds {
		d := annotate(&news.Article{ID: g.Doc, Body: g.Text})
		out = append(out, SpeakerCaseOf(g, d))
	}
	return out
}

// SpeakerCaseOf turns one gold article, whose document is d, into a case.
func SpeakerCaseOf(g eval.Gold, d *news.Document) SpeakerCase {
	at := byteOffsets(g.Text)
	c := SpeakerCase{Name: g.Doc, Doc: d}
	for _, a := range g.Attributions {
		if len(a.Content) == 0 {
			continue
		}
		q := news.Quote{Group: -1, Parent: -1, Confidence: 1, Cue: hull(a.Cue, at, nil), CueLemma: ""}
		switch a.Type {
		case "indirect":
			q.Kind = news.Indirect
		case "mixed":
			q.Kind = news.Mixed
		}
		for _, r := range a.Content {
			q.Parts = append(q.Parts, news.Part{Span: news.Span{Start: at[r[0]], End: at[r[1]]}, Quoted: q.Kind == news.Direct})
		}
		q.Source = hull(a.Source, at, q.Parts)
		c.Quotes = append(c.Quotes, q)
		c.Gold = append(c.Gold, a)
	}
	order := make([]int, len(c.Quotes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Compare(c.Quotes[x].Parts[0].Span.Start, c.Quotes[y].Parts[0].Span.Start)
	})
	sorted := SpeakerCase{Name: c.Name, Doc: c.Doc}
	for _, i := range order {
		sorted.Quotes = append(sorted.Quotes, c.Quotes[i])
		sorted.Gold = append(sorted.Gold, c.Gold[i])
	}
	return sorted
}

// byteOffsets maps each code point index, and the end, to its byte.
func byteOffsets(s string) []int32 {
	out := make([]int32, 0, utf8.RuneCountInString(s)+1)
	for i := range s {
		out = append(out, int32(i))
	}
	return append(out, int32(len(s)))
}

// hull is the span from the first to the last range, or only the longest range
// when a part of the content lies between them.
func hull(rs []eval.Range, at []int32, parts []news.Part) news.Span {
	if len(rs) == 0 {
		return news.Span{}
	}
	s := news.Span{Start: at[rs[0][0]], End: at[rs[0][1]]}
	for _, r := range rs[1:] {
		wide := news.Span{Start: s.Start, End: at[r[1]]}
		if slices.ContainsFunc(parts, func(p news.Part) bool { return p.Span.Overlaps(wide) }) {
			for _, r := range rs {
				if one := (news.Span{Start: at[r[0]], End: at[r[1]]}); one.Len() > s.Len() {
					s = one
				}
			}
			return s
		}
		s = wide
	}
	return s
}

// SourceForm is how a source names its speaker: none, pronoun, full (the
// whole gold name stands in it), surname (a word of the name does), nominal.
func SourceForm(c *SpeakerCase, i int) string {
	src := strings.ToLower(strings.TrimSpace(c.Quotes[i].Source.Of(c.Doc.Text)))
	if src == "" {
		return "none"
	}
	switch strings.Trim(src, " .,’'") {
	case "he", "she", "it", "they", "i", "we", "who", "which", "that", "him", "her", "his", "their", "them", "my", "our", "its", "me", "us", "you", "she’s", "he’s", "i’m", "whose", "himself", "herself":
		return "pronoun"
	}
	name := NormName(c.Gold[i].Name)
	if name == "" {
		return "nominal"
	}
	if strings.Contains(NormName(src), name) {
		return "full"
	}
	for _, w := range strings.Fields(name) {
		if len(w) > 2 && slices.Contains(strings.FieldsFunc(NormName(src), func(r rune) bool { return strings.ContainsRune(" ,.'()-", r) }), w) && w != "campaign" && w != "party" && w != "of" && w != "the" {
			return "surname"
		}
	}
	return "nominal"
}

// NormName is a name as the scorer compares it: lower case, single spaces, no
// leading "the", no possessive.
func NormName(s string) string {
	s = strings.ReplaceAll(strings.ToLower(strings.Join(strings.Fields(s), " ")), "’", "'")
	s = strings.TrimPrefix(s, "the ")
	s = strings.TrimSuffix(s, "'s")
	return strings.Trim(s, " .,")
}

// Named reports whether a gold attribution has a person or organization.
func Named(a *eval.Attribution) bool { return a.Kind == "person" || a.Kind == "organization" }

// SpeakerFigures counts right answers with gold statements and sources.
type SpeakerFigures struct {
	Right, All map[string]int // by form of the source, for named speakers; "all" for all of them
	Abstained  int
	Others     int
	Mistakes   []SpeakerMistake
	Confidence []ConfidencePoint
}

// ConfidencePoint is one answer's confidence and whether it was right.
type ConfidencePoint struct {
	Confidence float32
	Right      bool
}

// SpeakerMistake is one wrong answer.
type SpeakerMistake struct {
	Article, Source, Form, GoldKind, Gold, Got, Method string
	Words                                              string
	Start                                              int32
}

// SpeakerResolver finds the speakers of statements.
type SpeakerResolver interface {
	Resolve(*news.Document, []news.Quote) news.Result
}

// MeasureSpeakers resolves every case and compares with the gold.
func MeasureSpeakers(r SpeakerResolver, cases []SpeakerCase) SpeakerFigures {
	f := SpeakerFigures{Right: map[string]int{}, All: map[string]int{}}
	for i := range cases {
		c := &cases[i]
		res := r.Resolve(c.Doc, c.Quotes)
		for q := range c.Quotes {
			f.add(c, q, &res)
		}
	}
	return f
}

func (f *SpeakerFigures) add(c *SpeakerCase, q int, res *news.Result) {
	g, at := &c.Gold[q], &res.Attributions[q]
	if g.Kind == "" {
		return
	}
	got := ""
	if at.Entity >= 0 && (at.Kind == news.Person || at.Kind == news.Organization) {
		got = res.Entities[at.Entity].Name
	}
	right := false
	form := SourceForm(c, q)
	if Named(g) {
		right = sameName(g, got)
		f.All[form]++
		f.All["all"]++
		if right {
			f.Right[form]++
			f.Right["all"]++
		}
	} else {
		right = got == ""
		f.Others++
		if right {
			f.Abstained++
		}
	}
	f.Confidence = append(f.Confidence, ConfidencePoint{at.Confidence, right})
	if !right {
		e := c.Quotes[q].Extent()
		words := c.Doc.Text[e.Start:e.End]
		if len(words) > 60 {
			words = words[:60]
		}
		f.Mistakes = append(f.Mistakes, SpeakerMistake{Article: c.Name, Source: c.Quotes[q].Source.Of(c.Doc.Text), Form: form,
			GoldKind: g.Kind, Gold: g.Name, Got: got, Method: at.Method, Words: strings.ToValidUTF8(words, ""), Start: e.Start})
	}
}

// Accuracy is the percentage right for one form of source.
func (f *SpeakerFigures) Accuracy(form string) float64 {
	if f.All[form] == 0 {
		return 0
	}
	return 100 * float64(f.Right[form]) / float64(f.All[form])
}

// Abstain is the percentage of other speakers given no person's or
// organization's name.
func (f *SpeakerFigures) Abstain() float64 {
	if f.Others == 0 {
		return 0
	}
	return 100 * float64(f.Abstained) / float64(f.Others)
}

// CalibrationError is the expected calibration error over ten bins.
func (f *SpeakerFigures) CalibrationError() float64 {
	var n, right, sum [10]float64
	for _, p := range f.Confidence {
		b := min(9, max(0, int(p.Confidence*10)))
		n[b]++
		sum[b] += float64(p.Confidence)
		if p.Right {
			right[b]++
		}
	}
	e := 0.0
	for b := range n {
		d := sum[b] - right[b]
		e += max(d, -d)
	}
	if len(f.Confidence) == 0 {
		return 0
	}
	return e / float64(len(f.Confidence))
}

// String is the figures as a small table.
func (f *SpeakerFigures) String() string {
	var b strings.Builder
	for _, form := range []string{"full", "surname", "pronoun", "nominal", "none", "all"} {
		fmt.Fprintf(&b, "%-8s %5.1f  (%d of %d)\n", form, f.Accuracy(form), f.Right[form], f.All[form])
	}
	fmt.Fprintf(&b, "%-8s %5.1f  (%d of %d)\nECE      %.3f\n", "abstain", f.Abstain(), f.Abstained, f.Others, f.CalibrationError())
	return b.String()
}
