// Package quotetest is what the tests of the packages beside it share: texts that
// break other tools, and checks of what a detector found in them.
package quotetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/token"
)

// HardCase is one text that breaks other tools, with everything that is
// reported in it.
type HardCase struct {
	Name string // begins with the number of the kind of trouble
	Text string
	want []hardQuote
}

// hardQuote is one quotation that must come out: its parts with " | " between
// them, its cue and its source. "" is none, "*" any.
type hardQuote struct {
	kind        news.Kind
	words       string
	cue, source string
}

const (
	direct   = news.Direct
	indirect = news.Indirect
	mixed    = news.Mixed
)

// HardCases are the texts every detector is tried on. 11 to 17 are about
// marks, 18 to 29 about cues and sources, 38 to 40 about the text.
var HardCases = []HardCase{
	{"1 one statement in pieces", "“The quay is rotten.\n\n“It must go,” said Mayor Ilse Brandt.", []hardQuote{{direct, "“The quay is rotten. | “It must go,”", "said", "Mayor Ilse Brandt"}}},
	{"3 unclosed", "“The quay is rotten, Ms. Brandt said.\n\nThe town has two other quays.\n\n“It must go,” said Tomas Vey.", []hardQuote{{direct, "“The quay is rotten,", "said", "Ms. Brandt"}, {direct, "“It must go,”", "said", "Tomas Vey"}}},
	{"8 British single marks", "‘We’re done with the workers’ plan,’ she said.", []hardQuote{{direct, "‘We’re done with the workers’ plan,’", "said", "she"}}},
	{"11 a quoted person quotes", "“My brother said, ‘Stay at home,’ and I did,” Ms. Lund said.", []hardQuote{{direct, "“My brother said, ‘Stay at home,’ and I did,”", "said", "Ms. Lund"}, {direct, "‘Stay at home,’", "said", "My brother"}}},
	{"12 nickname", "Karl \"The Anvil\" Otero won the bout in Gorse Hill on Friday.", nil},
	{"12 titles", "The author of “The Drowned Orchard” and “Salt” lives in a so-called “tiny house” near Port Ellery.", nil},
	{"12 scare word", "The “experts” met on Monday behind closed doors.", nil},
	{"13 fragment", "Mr. Vey called the vote \"a disgrace\".", []hardQuote{{mixed, "the vote \"a disgrace\"", "called", "Mr. Vey"}}},
	{"13 fragment in a clause", "The minister said the plan was “dead on arrival.”", []hardQuote{{mixed, "the plan was “dead on arrival.”", "said", "The minister"}}},
	{"14 capitals", "“WE ARE DONE,” Mr. Vey wrote.", []hardQuote{{direct, "“WE ARE DONE,”", "wrote", "Mr. Vey"}}},
	{"15 narration inside", "“If we go,” he said, turning to the camera, “we go now.”", []hardQuote{{direct, "“If we go,” | “we go now.”", "said", "he"}}},
	{"15 two sentences", "“We go now,” said Ana Reyes. “Nobody stays.”", []hardQuote{{direct, "“We go now,” | “Nobody stays.”", "said", "Ana Reyes"}}},
	{"16 two cues, two fragments", "She called the plan “a mess” and described its author as “a liar.”", []hardQuote{{mixed, "the plan “a mess”", "called", "She"}, {mixed, "its author as “a liar.”", "described", "She"}}},
	{"17 sic", "“They [the owners] was [sic] gone … for good,” Mr. Vey said.", []hardQuote{{direct, "“They [the owners] was [sic] gone … for good,”", "said", "Mr. Vey"}}},
	{"17 British stop", "He said it was ‘the end of the road’.", []hardQuote{{mixed, "it was ‘the end of the road’", "said", "He"}}},

	{"18 S said Q", "Ana Reyes said: “We lost the boat.”", []hardQuote{{direct, "“We lost the boat.”", "said", "Ana Reyes"}}},
	{"18 S said, Q", "Ana Reyes said, “We lost the boat.”", []hardQuote{{direct, "“We lost the boat.”", "said", "Ana Reyes"}}},
	{"18 Q, S said", "“We lost the boat,” Ana Reyes said.", []hardQuote{{direct, "“We lost the boat,”", "said", "Ana Reyes"}}},
	{"18 Q, said S", "“We lost the boat,” said Ana Reyes.", []hardQuote{{direct, "“We lost the boat,”", "said", "Ana Reyes"}}},
	{"18 Q1, S said, Q2", "“We lost the boat,” Ana Reyes said, “but not the crew.”", []hardQuote{{direct, "“We lost the boat,” | “but not the crew.”", "said", "Ana Reyes"}}},
	{"18 according to S, Q", "According to Ana Reyes, the boat was lost at night.", []hardQuote{{indirect, "the boat was lost at night", "According to", "Ana Reyes"}}},
	{"18 Q, according to S", "The boat was lost at night, according to Ana Reyes.", []hardQuote{{indirect, "The boat was lost at night", "according to", "Ana Reyes"}}},
	{"18 S: Q", "The harbour master: “We lost the boat.”", []hardQuote{{direct, "“We lost the boat.”", ":", "The harbour master"}}},
	{"18 Q – S", "“We lost the boat and half the crew.” – Ana Reyes", []hardQuote{{direct, "“We lost the boat and half the crew.”", "*", "Ana Reyes"}}},
	{"18 as S put it", "As Ana Reyes put it, “the boat was lost long ago.”", []hardQuote{{direct, "“the boat was lost long ago.”", "put it", "Ana Reyes"}}},
	{"18 indirect behind", "The boat was lost at night, officials said.", []hardQuote{{indirect, "The boat was lost at night", "said", "officials"}}},
	{"18 question", "“Where is the boat?” asked Ana Reyes.", []hardQuote{{direct, "“Where is the boat?”", "asked", "Ana Reyes"}}},

	{"19 apposition", "Ole Hansen, deputy director of the Gorse Hill Institute, who met Tomas Vey on Monday, said the quay would be closed.", []hardQuote{{indirect, "the quay would be closed", "said", "Ole Hansen, deputy director of the Gorse Hill Institute, who met Tomas Vey on Monday"}}},
	{"19 apposition behind", "“The quay is closed,” said Ole Hansen, deputy director of the institute.", []hardQuote{{direct, "“The quay is closed,”", "said", "Ole Hansen, deputy director of the institute"}}},
	{"19 aside", "“The quay is closed,” Ole Hansen, the deputy director, said.", []hardQuote{{direct, "“The quay is closed,”", "said", "Ole Hansen, the deputy director"}}},

	{"20 cue in the sentence before", "Ana Reyes was furious. “We lost the boat.”", []hardQuote{{direct, "“We lost the boat.”", "*", "*"}}},
	{"20 cue in the paragraph before", "Ana Reyes told reporters:\n\n“We lost the boat.”", []hardQuote{{direct, "“We lost the boat.”", "told", "Ana Reyes"}}},
	{"20 the response", "The response from Ana Reyes? “We lost the boat.”", []hardQuote{{direct, "“We lost the boat.”", "*", "*"}}},

	{"21 added", "“We lost the boat,” said Ana Reyes.\n\n“The crew is safe,” she added.", []hardQuote{{direct, "“We lost the boat,”", "said", "Ana Reyes"}, {direct, "“The crew is safe,”", "added", "she"}}},
	{"21 bare", "“We lost the boat,” said Ana Reyes.\n\n“The crew is safe. The rest can be bought.”", []hardQuote{{direct, "“We lost the boat,”", "said", "Ana Reyes"}, {direct, "“The crew is safe. The rest can be bought.”", "*", "*"}}},
	{"21 adding", "Ana Reyes said the boat was lost, adding that the crew was safe.", []hardQuote{{indirect, "the boat was lost", "said", "Ana Reyes"}, {indirect, "that the crew was safe", "adding", "Ana Reyes"}}},

	{"22 sighed", "“We lost the boat,” sighed Ana Reyes.", []hardQuote{{direct, "“We lost the boat,”", "sighed", "Ana Reyes"}}},
	{"22 tweeted", "“Boat gone. Crew safe,” Ana Reyes tweeted on Friday.", []hardQuote{{direct, "“Boat gone. Crew safe,”", "tweeted", "Ana Reyes"}}},
	{"22 told an outlet", "“We lost the boat,” Ana Reyes told the Ellery Post.", []hardQuote{{direct, "“We lost the boat,”", "told", "Ana Reyes"}}},
	{"22 in a statement", "In a statement, the harbour board said: “We lost the boat.”", []hardQuote{{direct, "“We lost the boat.”", "said", "the harbour board"}}},
	{"22 the letter reads", "“We lost the boat,” the letter reads.", []hardQuote{{direct, "“We lost the boat,”", "reads", "the letter"}}},
	{"22 took to a network", "Ana Reyes took to Facebook to say: “We lost the boat.”", []hardQuote{{direct, "“We lost the boat.”", "*", "Ana Reyes"}}},
	{"22 hit back", "Ana Reyes hit back: “We lost no boat.”", []hardQuote{{direct, "“We lost no boat.”", "hit back", "Ana Reyes"}}},
	{"22 quipped", "“We lost the boat, not our heads,” quipped Ana Reyes.", []hardQuote{{direct, "“We lost the boat, not our heads,”", "quipped", "Ana Reyes"}}},

	{"23 sign", "The sign on the quay says nothing.", nil},
	{"23 experience", "As experience shows, old boats sink.", nil},
	{"23 is said to", "The boat is said to have been lost at night.", nil},
	{"23 say, 50", "Take, say, 50 people and one boat.", nil},

	{"24 denied", "Ana Reyes denied that the boat was lost.", []hardQuote{{indirect, "that the boat was lost", "denied", "Ana Reyes"}}},
	{"24 did not say whether", "Ana Reyes did not say whether the boat was lost.", []hardQuote{{indirect, "whether the boat was lost", "did not say", "Ana Reyes"}}},
	{"24 asked if", "Tomas Vey asked if the boat was lost.", []hardQuote{{indirect, "if the boat was lost", "asked", "Tomas Vey"}}},
	{"24 may announce", "The board may announce that the quay is closed.", []hardQuote{{indirect, "that the quay is closed", "may announce", "The board"}}},

	{"25 was told", "The board was told that the boat was lost.", []hardQuote{{indirect, "that the boat was lost", "was told", ""}}},
	{"25 it is claimed", "It is claimed that the boat was lost.", []hardQuote{{indirect, "that the boat was lost", "*", ""}}},
	{"25 reportedly", "The boat was reportedly lost at night.", []hardQuote{{indirect, "*", "reportedly", ""}}},
	{"25 sources", "The boat was lost at night, sources say.", []hardQuote{{indirect, "The boat was lost at night", "say", "sources"}}},

	{"26 that", "Ana Reyes said that the boat was lost.", []hardQuote{{indirect, "that the boat was lost", "said", "Ana Reyes"}}},
	{"26 without that", "Ana Reyes said the boat was lost.", []hardQuote{{indirect, "the boat was lost", "said", "Ana Reyes"}}},
	{"26 fronted clause", "Ana Reyes said that if the wind held, the boat would be found.", []hardQuote{{indirect, "that if the wind held, the boat would be found", "said", "Ana Reyes"}}},
	{"26 told them to", "Ana Reyes told them to leave the quay.", []hardQuote{{indirect, "to leave the quay", "told", "Ana Reyes"}}},
	{"26 called for", "Ana Reyes called for an inquiry into the loss.", []hardQuote{{indirect, "an inquiry into the loss", "called for", "Ana Reyes"}}},
	{"26 vowed to", "Ana Reyes vowed to find the boat.", []hardQuote{{indirect, "to find the boat", "vowed", "Ana Reyes"}}},
	{"26 accused of", "Ana Reyes accused the board of hiding the loss.", []hardQuote{{indirect, "the board of hiding the loss", "accused", "Ana Reyes"}}},
	{"26 warned against", "Ana Reyes warned against a new quay.", []hardQuote{{indirect, "against a new quay", "warned", "Ana Reyes"}}},
	{"26 promised", "The board promised a new boat.", []hardQuote{{indirect, "a new boat", "promised", "The board"}}},
	{"26 told that", "Ana Reyes told the Ellery Post that the boat was lost.", []hardQuote{{indirect, "that the boat was lost", "told", "Ana Reyes"}}},

	{"27 free indirect", "The boat was lost at night, Ms. Reyes said. It had left at noon. Nobody saw it go.", []hardQuote{{indirect, "The boat was lost at night | It had left at noon. Nobody saw it go", "said", "Ms. Reyes"}}},

	{"28 transcript", "VEY: Where is the boat?\n\nREYES: We lost it.\n\nVEY: And the crew?", []hardQuote{{direct, "Where is the boat?", ":", "VEY"}, {direct, "We lost it.", ":", "REYES"}, {direct, "And the crew?", ":", "VEY"}}},
	{"28 questions and answers", "Q: Where is the boat?\n\nA: We lost it.\n\nIt was old.\n\nQ: And the crew?\n\nA: Safe.", []hardQuote{{direct, "Where is the boat?", "", ""}, {direct, "We lost it. | It was old.", "", ""}, {direct, "And the crew?", "", ""}, {direct, "Safe.", "", ""}}},
	{"28 headline", "Reyes: Search for the boat was “rigged”\n\nThe search ended on Friday.", []hardQuote{{mixed, "Search for the boat was “rigged”", ":", "Reyes"}}},
	{"28 sign-off", "“The port stands by the crew and their families.” – Commissioner Jane Roe", []hardQuote{{direct, "“The port stands by the crew and their families.”", "*", "Commissioner Jane Roe"}}},

	{"29 dialogue", "“Where is the boat?” asked Tomas Vey.\n\n“Gone,” said Ana Reyes.\n\n“And the crew?”\n\n“They are safe.”", []hardQuote{{direct, "“Where is the boat?”", "asked", "Tomas Vey"}, {direct, "“Gone,”", "said", "Ana Reyes"}, {direct, "“And the crew?”", "*", "*"}, {direct, "“They are safe.”", "*", "*"}}},

	{"38 boilerplate", "By Jo Lund\n\nPORT ELLERY (NWA) – The quay is closed.\n\nRelated stories\n\nRead more: The boat that never was\n\nImage: Tomas Vey\n\n© 2031 Northern Wire Agency. All rights reserved.", nil},
	{"39 no space, soft hyphen", "“The quay is closed,”said Ana\u00a0Reyes.\u200b “For go\u00adod.”", []hardQuote{{direct, "“The quay is closed,” | “For go\u00adod.”", "said", "Ana\u00a0Reyes"}}},
	{"39 entities", "&quot;The quay is closed,&quot; said Ana Reyes.", []hardQuote{{direct, "&quot;The quay is closed,&quot;", "said", "Ana Reyes"}}},
	{"40 one word", "Boat", nil},
	{"40 only marks", "“”\"\"''‘’", nil},
	{"40 no marks", "The boat left the quay at noon.", nil},
}

// hardDiff tells how what a detector found differs from what c wants; empty
// when it does not. Reports of minds are left out of the comparison.
func hardDiff(d *news.Document, quotes []news.Quote, c HardCase) string {
	var diff []string
	used := make([]bool, len(quotes))
	for _, w := range c.want {
		found := false
		for i := range quotes {
			q := &quotes[i]
			if used[i] || q.Act != news.Statement || q.Kind != w.kind || !same(Words(d, q), w.words) ||
				!same(q.Cue.Of(d.Text), w.cue) || !same(q.Source.Of(d.Text), w.source) {
				continue
			}
			used[i], found = true, true
			break
		}
		if !found {
			diff = append(diff, fmt.Sprintf("missing %v %q, cue %q, source %q", w.kind, w.words, w.cue, w.source))
		}
	}
	for i := range quotes {
		if q := &quotes[i]; !used[i] && q.Act == news.Statement {
			diff = append(diff, fmt.Sprintf("found   %v %q, cue %q, source %q", q.Kind, Words(d, q), q.Cue.Of(d.Text), q.Source.Of(d.Text)))
		}
	}
	return strings.Join(diff, "\n\t")
}

// Words is the words of q, its parts with " | " between them.
func Words(d *news.Document, q *news.Quote) string {
	var parts []string
	for _, p := range q.Parts {
		parts = append(parts, p.Span.Of(d.Text))
	}
	return strings.Join(parts, " | ")
}

func same(got, want string) bool { return want == "*" || got == want }

// RunHard tries detect on every hard case. fails names the cases that the
// detector is known not to get, with the reason: they must fail, so that the
// list stays true.
func RunHard(t *testing.T, annotate func(*news.Document), detect func(*news.Document) []news.Quote, fails map[string]string) {
	seen := make(map[string]bool)
	for _, c := range HardCases {
		d := Document(c.Text)
		annotate(d)
		diff := hardDiff(d, detect(d), c)
		_, known := fails[c.Name]
		seen[c.Name] = true
		switch {
		case diff != "" && !known:
			t.Errorf("%s: %s\n\t%s", c.Name, c.Text, diff)
		case diff == "" && known:
			t.Errorf("%s: works now; take it off the list", c.Name)
		}
	}
	for name := range fails {
		if !seen[name] {
			t.Errorf("%s: no such case", name)
		}
	}
}

// Document is text in tokens, without tags.
func Document(text string) *news.Document {
	return token.New(english.Language()).Document(&news.Article{Body: text})
}

// CheckQuotes fails unless every span of quotes is sound and in order.
func CheckQuotes(t *testing.T, d *news.Document, quotes []news.Quote) {
	t.Helper()
	starts, ends := make(map[int32]bool), make(map[int32]bool)
	for _, k := range d.Tokens {
		starts[k.Span.Start], ends[k.Span.End] = true, true
	}
	sound := func(s news.Span) bool { return !s.Empty() && starts[s.Start] && ends[s.End] }
	last := int32(-1)
	for i := range quotes {
		q := &quotes[i]
		if len(q.Parts) == 0 {
			t.Fatalf("quotation %d has no part", i)
		}
		at := int32(0)
		for _, p := range q.Parts {
			if !sound(p.Span) || p.Span.Start < at {
				t.Fatalf("quotation %d: part %v after %d", i, p.Span, at)
			}
			at = p.Span.End
			if d.Span(p.Tokens) != p.Span {
				t.Fatalf("quotation %d: part %v has tokens %v", i, p.Span, p.Tokens)
			}
		}
		if q.Extent().Start < last {
			t.Fatalf("quotation %d out of order", i)
		}
		last = q.Extent().Start
		for _, s := range []news.Span{q.Cue, q.Source} {
			if s != (news.Span{}) && !sound(s) {
				t.Fatalf("quotation %d: cue or source %v", i, s)
			}
		}
		if d.Span(q.CueTokens) != q.Cue || d.Span(q.SourceTokens) != q.Source {
			t.Fatalf("quotation %d: cue and source %v, %v have tokens %v, %v", i, q.Cue, q.Source, q.CueTokens, q.SourceTokens)
		}
		if q.Parent >= int32(i) || q.Parent < -1 || q.Parent >= 0 && !quotes[q.Parent].Extent().Contains(q.Extent()) {
			t.Fatalf("quotation %d: parent %d", i, q.Parent)
		}
		if q.Confidence <= 0 || q.Confidence > 1 || q.Cue.Empty() != (q.CueLemma == "") {
			t.Fatalf("quotation %d: confidence %v, cue %v, lemma %q", i, q.Confidence, q.Cue, q.CueLemma)
		}
	}
}
