package mend

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/internal/quotetest"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
	"github.com/whosaid/whosaid/extract/syntax"
)

// find is the tokens of words in d; nothing for none.
func find(d *news.Document, words string) news.TokenRange {
	at := strings.Index(d.Text, words)
	if words == "" || at < 0 {
		return news.TokenRange{}
	}
	r := news.TokenRange{First: -1}
	for i := range d.Tokens {
		if s := d.Tokens[i].Span; int(s.Start) >= at && int(s.End) <= at+len(words) {
			if r.First < 0 {
				r.First = int32(i)
			}
			r.End = int32(i) + 1
		}
	}
	return r
}

func TestMend(t *testing.T) {
	p, err := syntax.LoadPerceptron()
	if err != nil {
		t.Fatal(err)
	}
	l := english.Language()
	for _, c := range []struct{ name, text, source, cue, parts, want string }{
		{"within brackets", "The boat (“as long as the quay,” said sailor Ole Vey) had gone.", "sailor Ole Vey)", "said",
			"The boat (“as long as the quay,”|sailor Ole Vey) had gone", "sailor Ole Vey/said/“as long as the quay,”"},
		{"before brackets", "The quay is full (according to the town) and closed.", "the town", "according to", "The quay is full (", "the town/according to/The quay is full"},
		{"a date in brackets", "Ole Vey writes that nobody sails (May 3).", "Ole Vey", "writes", "that nobody sails (May 3)", "Ole Vey/writes/that nobody sails"},
		{"behind brackets", "According to the town (a keen sailor, she says), the quay is full.", "the town (a keen sailor", "According to", "she says), the quay is full",
			"the town/According to/the quay is full\nshe/says/a keen sailor"},
		{"half a bracket", "The boats are safe, as Ole Vey pointed out (“by law”).", "Ole Vey", "pointed out", "(“by law”", "Ole Vey/pointed out/“by law”"},
		{"an aside", "Boats were few (two of them sank, Vey admits).", "", "", "", "Vey/admits/two of them sank"},
		{"an echo", "The quay is closed (or so its owner, Ada Reyes, says), and boats are few.", "its owner, Ada Reyes,", "says", "and boats are few", "its owner, Ada Reyes/says/The quay is closed"},
		{"an echo behind its verb", "The quay is closed [says the town] and boats are few.", "", "says", "the town", "the town/says/The quay is closed"},
		{"something else in brackets", "The quay opens in June (the town says July).", "", "", "", "the town/says/July"},
		{"in whose words", "The hall is loud (“a harp”, in the words of one neighbour).", "", "", "", "one neighbour/in the words of/“a harp”"},
		{"insisted in brackets", "The boat (“no bigger than a bath,” the pilot says) has sunk.", "", "", "", "the pilot/says/“no bigger than a bath,”"},
		{"two in brackets", "The night was long (“a mess,” the town said; “a ruin,” according to its mayor).", "the town", "said", "“a mess,”|“a ruin,”",
			"its mayor/according to/“a ruin,”\nthe town/said/“a mess,”"},
		{"up to the verb", "Ole Vey said that the sign “plainly and wrongly” has stopped boats.", "Ole Vey", "said", "that the sign “plainly and wrongly”",
			"Ole Vey/said/that the sign “plainly and wrongly” has stopped boats"},
		{"what a court heard", "The boat had sunk at noon, a court heard. He left at once, an inquest was told.", "", "", "",
			"/heard/The boat had sunk at noon\n/was told/He left at once"},
		{"an echo in the perfect", "The quay is full (as the town has admitted).", "", "", "", "the town/has admitted/The quay is full"},
		{"a verb before its subject in brackets", "The town bought the boat (for “a song”, says its owner).", "", "", "", "its owner/says/for “a song”"},
		{"put so in brackets", "The regatta was wet (“biblically wet,” as the sailor put it).", "", "", "", "the sailor/put it/“biblically wet,”"},
		{"what court held", "The court has held that a boat is a home.", "", "", "", "The court/has held/that a boat is a home"},
		{"holding", "The court acquitted him, holding that a boat is a home.", "", "", "", "The court/holding/that a boat is a home"},
		{"a day before the cue", "The town today welcomed the boat.", "The town today", "welcomed", "the boat", "The town/today welcomed/the boat"},
		{"a question's first word", "What the sailors say", "the sailors", "say", "What", ""},
		{"a nickname", "“Nobody came,” said a sailor who goes by the name “Pebbles.”", "a sailor who goes by the name", "said", "“Nobody came,”|“Pebbles.”", "a sailor who goes by the name “Pebbles.”/said/“Nobody came,”"},
		{"something else behind a source", "The quay is full, according to the town (the mayor blames the rain).", "the town (the mayor blames the rain)", "according to", "The quay is full",
			"the town/according to/The quay is full\nthe mayor/blames/the rain"},
		{"whom somebody talks to", "She spoke to our reporter.", "She", "spoke to", "our reporter", ""},
		{"a statement for somebody", "The lights made a statement for victims.", "The lights", "made a statement for", "victims", ""},
		{"who is told that nobody", "Vey told the inquiry nobody had asked.", "Vey", "told", "the inquiry nobody had asked", "Vey/told/nobody had asked"},
		{"a number in brackets", "The quay holds 40 boats (50, say sailors) and one swan.", "", "", "", "sailors/say/50"},
		{"words in brackets stay", "Ole Vey writes that nobody sails (not even he).", "Ole Vey", "writes", "that nobody sails (not even he)", "Ole Vey/writes/that nobody sails (not even he)"},
		{"a reply", "Counsel argued that the boat sank; Vey replied from the bench, “So did my nephew.”", "Counsel", "argued",
			"that the boat sank; Vey replied from the bench, “So did my nephew.”", "Vey/replied/“So did my nephew.”\nCounsel/argued/that the boat sank"},
		{"a subject in front", "The charter, she wrote, “is about boats.”", "she", "wrote", "“is about boats.”", "she/wrote/The charter|“is about boats.”"},
		{"a phrase in front", "In May, she wrote, “we sail.”", "she", "wrote", "“we sail.”", "she/wrote/“we sail.”"},
		{"a piece in front", "“If,” he said, “if they come, we sail.”", "he", "said", "“if they come, we sail.”", "he/said/“If,”|“if they come, we sail.”"},
		{"who is told that", "Ole Vey told the court that the boat was lost.", "Ole Vey", "told", "the court that the boat was lost", "Ole Vey/told/that the boat was lost"},
		{"who is told of a name", "Ole Vey told the jury Reyes had slept.", "Ole Vey", "told", "the jury Reyes had slept", "Ole Vey/told/Reyes had slept"},
		{"an aside between dashes", "Ole Vey claims the crew was so cold - it was May - that it sang.", "Ole Vey", "claims", "the crew was so cold", "Ole Vey/claims/the crew was so cold - it was May - that it sang"},
		{"a jump", "Sailors were quick to jump on the mayor's claim.", "Sailors", "were quick to jump on", "the mayor's claim", ""},
		{"an announcement", "The lights go out tonight. Ada Reyes, the mayor, made the announcement on Friday.", "", "", "", "Ada Reyes, the mayor,/made the announcement/The lights go out tonight"},
		{"reports", "There have been unconfirmed reports that the crew was saved.", "", "", "", "/reports/that the crew was saved"},
		{"sung", "She hummed “Row me home, row me home.”", "She", "hummed", "“Row me home, row me home.”", ""},
		{"never said", "Had he said the boat was lost, nobody would have sailed.", "he", "said", "the boat was lost", ""},
		{"said if asked", "If asked, Vey would say it was lost.", "Vey", "would say", "it was lost", ""},
		{"said perhaps", "Vey might tell them that it was lost.", "Vey", "might tell", "that it was lost", ""},
		{"a subject and a verb behind", "‘It is lost.’ Ole Vey replied.", "", "", "‘It is lost.’", "Ole Vey/replied/‘It is lost.’"},
		{"a name", "The depot is known as “the Hole”.", "", "known as", "“the Hole”", ""},
		{"verse", "The poem on the wall begins “We were the salt.”", "The poem on the wall", "begins", "“We were the salt.”", ""},
		{"a name given", "Residents have nicknamed the depot “the Hole”.", "Residents", "nicknamed", "the depot “the Hole”", ""},
		{"a cue that says nothing", "It goes without saying that the dead are dead.", "It", "saying", "that the dead are dead", ""},
		{"a role behind the cue", "“It rocks,” said chief executive Ole Vey.", "chief", "said", "“It rocks,”", "chief executive Ole Vey/said/“It rocks,”"},
		{"a clause nobody took", "“It rocks,” Ole Vey said. The court ruled 2–1 on Friday that a boat is a home.", "Ole Vey", "said", "“It rocks,”",
			"Ole Vey/said/“It rocks,”\nThe court/ruled/that a boat is a home"},
		{"a view", "“It rocks,” Ole Vey said. For the union, it is “a bad joke”.", "Ole Vey", "said", "“It rocks,”",
			"Ole Vey/said/“It rocks,”\nthe union/For/it is “a bad joke”"},
		{"as quoted people talk", "\"Maybe the neighbours are like, 'Who sails?'\" said Vey.", "Vey", "said", "\"Maybe the neighbours are like, 'Who sails?'\"",
			"Vey/said/\"Maybe the neighbours are like, 'Who sails?'\"\nthe neighbours/are like/'Who sails?'"},
		{"as people talk", "They were like, “Why should we sail?”", "", "", "", "They/were like/“Why should we sail?”"},
		{"an announcement", "The lights go out tonight. Ada Reyes, the mayor, made the announcement on Friday.", "", "", "", "Ada Reyes, the mayor,/made the announcement/The lights go out tonight"},
		{"reports", "There have been unconfirmed reports that the crew was saved.", "", "", "", "/reports/that the crew was saved"},
		{"a refusal", "“It rocks,” Ole Vey said. He refused to say who had paid.", "Ole Vey", "said", "“It rocks,”",
			"Ole Vey/said/“It rocks,”\nHe/refused to say/who had paid"},
		{"sung", "She hummed “Row me home, row me home.”", "She", "hummed", "“Row me home, row me home.”", ""},
		{"a new name", "Harbour Lane is now called “Baker's Row”.", "", "called", "“Baker's Row”", ""},
		{"a deed of words", "They congratulated the crew.", "They", "congratulated", "the crew", ""},
		{"a cue that begins the text", "Says that the boat is lost.", "", "Says", "that the boat is lost", "/Says/that the boat is lost"},
		{"a cue that ends the text", "“It rocks,” they say", "", "say", "“It rocks,”", "/say/“It rocks,”"},
		{"a relative clause", "“It rocks,” Ole Vey said. The court found a boat that sank.", "Ole Vey", "said", "“It rocks,”", "Ole Vey/said/“It rocks,”"},
		{"who is told", "Vey told MPs the bridge was safe.", "Vey", "told", "MPs the bridge was safe", "Vey/told/the bridge was safe"},
		{"a word of blame", "She called it “a farce”.", "She", "called", "it “a farce”", "She/called/it “a farce”"},
	} {
		d := quotetest.Document(c.text)
		p.Annotate(d)
		m := marks.Pair(d, lang.Bind[marks.Words](l))
		s := statement.Statement{Source: find(d, c.source), Cue: find(d, c.cue), Quotation: statement.None, Parent: statement.None, Group: statement.None}
		s.Lemma = l.Lemma(d.Word(s.Cue.First), news.TagVBD)
		for part := range strings.SplitSeq(c.parts, "|") {
			r := find(d, part)
			s.Parts = append(s.Parts, r)
			if q := m.Outermost(r.First); q >= 0 && s.Quotation < 0 {
				s.Quotation = q
			}
		}
		var got []string
		for _, s := range Mend(d, &m, lang.Bind[Words](l), []statement.Statement{s}, nil) {
			var parts []string
			for _, r := range s.Parts {
				parts = append(parts, d.Span(r).Of(d.Text))
			}
			got = append(got, d.Span(s.Source).Of(d.Text)+"/"+d.Span(s.Cue).Of(d.Text)+"/"+strings.Join(parts, "|"))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestThoughtsAreAttitudes(t *testing.T) {
	d := quotetest.Document("“Our boat is lost,” he thought.")
	l := english.Language()
	m := marks.Pair(d, lang.Bind[marks.Words](l))
	s := statement.Statement{Parts: []news.TokenRange{find(d, "“Our boat is lost,”")}, Source: find(d, "he"), Cue: find(d, "thought"), Lemma: "think", Parent: statement.None, Group: statement.None}
	got := Mend(d, &m, lang.Bind[Words](l), []statement.Statement{s}, nil)
	if len(got) != 1 || !got[0].Attitude {
		t.Errorf("a thought in marks is %+v, want an attitude", got)
	}
}

// What a turn tells of others is found without "that" too; what it says of the
// speaker is not.
func TestTold(t *testing.T) {
	p, err := syntax.LoadPerceptron()
	if err != nil {
		t.Fatal(err)
	}
	d := quotetest.Document("I kept boats. My sister says the boats kept me. I said the boats were hers.")
	p.Annotate(d)
	l := english.Language()
	m := marks.Pair(d, lang.Bind[marks.Words](l))
	for turns, want := range map[int]string{0: "", 1: "the boats kept me"} {
		var got []string
		for _, s := range Mend(d, &m, lang.Bind[Words](l), nil, d.Paragraphs[:turns]) {
			got = append(got, d.Span(s.Parts[0]).Of(d.Text))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("with %d turns: %q, want %q", turns, got, want)
		}
	}
}
