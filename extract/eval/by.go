package eval

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Dimensions are the keys that Report.By knows.
var Dimensions = []string{"outlet", "type", "cue", "form", "source_form", "kind", "act"}

// Class is the part of a report that shares one value of a dimension.
type Class struct {
	Name       string `json:"name"`
	Gold       int    `json:"gold"` // attributions
	Pred       int    `json:"pred"`
	Match      int    `json:"match"` // gold attributions found
	Pair       int    `json:"pair"`  // found with their source
	Exact      int    `json:"exact"` // of which source, cue and content are exact
	Named      int    `json:"named"` // found, and said by a person or organization
	NamedRight int    `json:"named_right"`
}

// Content is content@0.5 of the class.
func (c *Class) Content() PRF { return prf(tally{c.Match, c.Pred, c.Gold}) }

// SpeakerAccuracy is the share of the matched named speakers with the right
// name, in percent.
func (c *Class) SpeakerAccuracy() float64 { return percent(c.NamedRight, c.Named) }

// By splits the report by one of Dimensions, largest class first:
//
//	outlet       where the article is from
//	type         direct, mixed, indirect
//	cue          the cue's words, in lower case
//	form         full, fragment (the quoted words begin in lower case) or
//	             unclosed (a mark opens and does not close), read off the text
//	             on both sides alike
//	source_form  full name (the source holds the speaker's whole name),
//	             surname (a part of it), pronoun, nominal, none
//	kind         the speaker's kind
//	act          statement, attitude
//
// A matched prediction counts in the class of its gold attribution, any other
// in the class of its own words.
func (r *Report) By(dimension string) ([]Class, error) {
	if !slices.Contains(Dimensions, dimension) {
		return nil, fmt.Errorf("unknown breakdown %q: use one of %s", dimension, strings.Join(Dimensions, ", "))
	}
	byName := map[string]*Class{}
	at := func(name string) *Class {
		if name == "" {
			name = "(none)"
		}
		if byName[name] == nil {
			byName[name] = &Class{Name: name}
		}
		return byName[name]
	}
	for i := range r.docs {
		d := &r.docs[i]
		for k := range d.gold {
			g := &d.gold[k]
			at(d.class(dimension, g.facts())).add(d, g)
		}
		for k := range d.pred {
			p := &d.pred[k]
			f := p.facts()
			if p.match >= 0 {
				f = d.gold[p.match].facts()
			}
			at(d.class(dimension, f)).Pred++
		}
	}
	out := make([]Class, 0, len(byName))
	for _, c := range byName {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Class) int {
		return cmp.Or(cmp.Compare(b.Gold, a.Gold), cmp.Compare(b.Pred, a.Pred), cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

func (c *Class) add(d *docReport, g *goldItemReport) {
	c.Gold++
	if g.match < 0 {
		return
	}
	p := &d.pred[g.match]
	c.Match++
	if g.pair {
		c.Pair++
	}
	if g.exact(&p.sides) {
		c.Exact++
	}
	if isNamed(g.a.Kind) {
		c.Named++
		if speakerRight(g.a, p.p) {
			c.NamedRight++
		}
	}
}

// facts is what a class is read off: of a gold attribution or a prediction.
type facts struct {
	typ, act, kind, name string
	cue, source, content []Range
}

func (g *goldItemReport) facts() facts {
	return facts{g.a.Type, g.a.Act, g.a.Kind, g.a.Name, g.a.Cue, g.a.Source, g.a.Content}
}

func (p *predItemReport) facts() facts {
	return facts{p.p.Type, p.p.Act, p.p.Kind, p.p.Name, p.p.Cue, p.p.Source, p.p.Content}
}

func (d *docReport) class(dimension string, f facts) string {
	switch dimension {
	case "outlet":
		return d.outlet
	case "type":
		return f.typ
	case "act":
		return f.act
	case "kind":
		return f.kind
	case "cue":
		return strings.ToLower(d.page.words(f.cue))
	case "form":
		return markForm(d.page.words(f.content))
	}
	return sourceForm(d.page.words(f.source), f.name)
}

// markForm reads a form off the words of a content.
func markForm(content string) string {
	straight := 0
	open := 0
	for _, r := range content {
		switch r {
		case '"':
			straight++
		case '“':
			open++
		case '”':
			open--
		}
	}
	if straight%2 == 1 || open > 0 {
		return "unclosed"
	}
	_, quoted, ok := strings.Cut(content, "“")
	if !ok {
		_, quoted, ok = strings.Cut(content, `"`)
	}
	if !ok {
		return "full"
	}
	for _, r := range quoted {
		if unicode.IsLetter(r) {
			if unicode.IsLower(r) {
				return "fragment"
			}
			break
		}
	}
	return "full"
}

// pronouns that stand for a speaker.
var pronouns = map[string]bool{
	"i": true, "me": true, "my": true, "we": true, "us": true, "our": true, "you": true, "your": true,
	"he": true, "him": true, "his": true, "she": true, "her": true, "hers": true, "it": true, "its": true,
	"they": true, "them": true, "their": true, "who": true, "whom": true, "whose": true, "which": true, "that": true,
	"this": true, "these": true, "those": true, "himself": true, "herself": true, "themselves": true, "itself": true,
	"one": true, "others": true, "both": true, "all": true, "some": true, "many": true, "everyone": true, "someone": true, "nobody": true,
}

// sourceForm tells how much of a speaker's name stands in the source.
func sourceForm(source, name string) string {
	words := fields(source)
	if len(words) == 0 {
		return "none"
	}
	if len(words) == 1 && pronouns[strings.ToLower(words[0])] {
		return "pronoun"
	}
	named := fields(name)
	if len(named) == 0 {
		return "nominal"
	}
	if strings.Contains(" "+strings.ToLower(strings.Join(words, " "))+" ", " "+strings.ToLower(strings.Join(named, " "))+" ") {
		return "full name"
	}
	for _, n := range named {
		if first := []rune(n)[0]; unicode.IsUpper(first) && slices.Contains(words, n) {
			return "surname"
		}
	}
	return "nominal"
}

// fields are the words of s without punctuation between them.
func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !isWord(r) && r != '-' })
}
