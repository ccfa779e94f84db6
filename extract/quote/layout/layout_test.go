package layout

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

// read is the plan of a text.
func read(t testing.TB, text string) (*news.Document, *marks.Marks, Plan) {
	t.Helper()
	p, err := syntax.LoadPerceptron()
	if err != nil {
		t.Fatal(err)
	}
	d := quotetest.Document(text)
	p.Annotate(d)
	l := english.Language()
	m := marks.Pair(d, lang.Bind[marks.Words](l))
	return d, &m, Read(d, &m, lang.Bind[Words](l), 0)
}

// lines is a plan as "source | cue | part | part", and "- words" for silence.
func lines(d *news.Document, p *Plan) (out []string) {
	for i := range p.Statements {
		s := &p.Statements[i]
		l := d.Span(s.Source).Of(d.Text) + " | " + d.Span(s.Cue).Of(d.Text)
		for _, r := range s.Parts {
			l += " | " + d.Span(r).Of(d.Text)
		}
		out = append(out, l)
	}
	for _, r := range p.Silent {
		out = append(out, "- "+d.Span(r).Of(d.Text))
	}
	return out
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"roles behind names, a label used once",
			"ADA REYES, HOST: Where is the boat?\n\nMAYOR OLE VEY (D), GORSE HILL: We lost it.\n\nIt was old.\n\n(APPLAUSE)\n\nREYES: Thank you.",
			"ADA REYES, HOST | : | Where is the boat?\nMAYOR OLE VEY (D), GORSE HILL | : | We lost it. | It was old.\nREYES | : | Thank you."},
		{"answers without a label", "Q1: Where is the boat?\n\nIt is lost.\n\nQ2: And the crew?\n\nSafe.", " |  | Where is the boat?\n |  | It is lost.\n |  | And the crew?\n |  | Safe."},
		{"no label after the first", "The Lamp: Where is the boat?\n\nOle Vey: Lost.\n\nIt was old.\n\nAnd the crew?\n\nThey can swim.",
			"The Lamp | : | Where is the boat?\nOle Vey | : | Lost. | It was old.\n |  | And the crew?\n |  | They can swim."},
		{"entries of a live blog", "16:20\n\nThe boat is late.\n\n16:02 - Our correspondent Ole Vey writes: It rocks. A pier is near.\n\n15:40 | Bo Lund: “I see the boat.”\n\n15:30 GMT: Reaction from Ada Reyes: “No boat is late.”",
			"Our correspondent Ole Vey | writes | It rocks. A pier is near.\nBo Lund | : | “I see the boat.”\nAda Reyes |  | “No boat is late.”\n- 16:20"},
		{"a time is no live blog", "16:02 - Our correspondent Ole Vey writes: It rocks. A pier is near.\n\nThe boat is late.", ""},
		{"two questions are no interview", "Where is the boat?\n\nI lost it.\n\nAnd the crew?\n\nI saved it.", ""},
		{"a question in bold is no interview", "**Where is the boat?**\n\nI lost it.", ""},
		{"the title of a work", "Ratings of the week follow.\n\nThis is “the Lamp” (Ada Reyes).", ""},
		{"a title cut short", "Cllr. Vey: Where is the boat?\n\nChair: Lost.\n\nCllr. Vey: Thank you.",
			"Cllr. Vey | : | Where is the boat?\nChair | : | Lost.\nCllr. Vey | : | Thank you."},
		{"names cut short to capitals", "The Lamp: Where is the boat?\n\nOle Vey: Lost.\n\nTL: And the crew?\n\nOV: Safe.\n\nTL: Good.",
			"The Lamp | : | Where is the boat?\nOle Vey | : | Lost.\nTL | : | And the crew?\nOV | : | Safe.\nTL | : | Good."},
		{"somebody new between turns", "Host: Where is the boat?\n\nVey: I lost it.\n\nHost: Where?\n\nAda Lund, a diver, was listening.\n\nLund: I found it.",
			"Host | : | Where is the boat?\nVey | : | I lost it.\nHost | : | Where?\nLund | : | I found it."},
		{"a heading", "Governor Vey Declares State of Emergency\n\nThe boat sank.", "- Governor Vey Declares State of Emergency"},
		{"a post of two paragraphs", "The mayor answered.\n\nI lost it. Sorry.\n\nWe are out of boats.\n\n— Ole Vey (@olevey) May 8, 2033",
			"Ole Vey (@olevey) |  | I lost it. Sorry. | We are out of boats."},
		{"a handle behind a quotation", "“I have seen faster boats” — @olevey", "@olevey |  | “I have seen faster boats”"},
		{"somebody who lives there", "“It is a farce in wood” (Ada Lund, who lives beneath it).", "Ada Lund, who lives beneath it |  | “It is a farce in wood”"},
		{"just in", "The boat sank.\n\nJust in from the union: “We are going back in.”", "the union |  | “We are going back in.”"},
		{"bold names", "**Mr Vey:** Where is the boat?\n\n**Ms Lund:** Lost.\n\n**Mr Vey:** And the crew?\n\nThe board then rose.",
			"Mr Vey | : | Where is the boat?\nMs Lund | : | Lost.\nMr Vey | : | And the crew?"},
		{"bold questions", "**Where is the boat?**\n\nI lost it.\n\n**And the crew?**\n\nSafe.\n\nJo Lund writes on boats.",
			" |  | I lost it.\n |  | Safe.\n- **Where is the boat?**\n- **And the crew?**"},
		{"a speech", "Full text of the governor's speech in Gorse Hill.\n\nGovernor Ada Reyes: Good evening.\n\nThe boat is lost.",
			"Governor Ada Reyes | : | Good evening. | The boat is lost."},
		{"a narrator", "VEY: Where is the boat?\n\nNARRATOR: The lights go out.\n\nLUND: Lost.\n\nVEY: And the crew?",
			"VEY | : | Where is the boat?\nLUND | : | Lost.\nVEY | : | And the crew?\n- NARRATOR: The lights go out."},
		{"headings are no labels", "Gorse Hill: a town\n\nThe boat was lost.\n\nPort Ellery: another\n\nNobody saw it.\n\nGorse Hill: again", ""},
		{"a block", "In a letter on Friday, harbour master Ada Reyes wrote:\n\nWe lost the boat.\n\nWe shall buy another.\n\nThe price is not known.",
			"harbour master Ada Reyes | wrote | We lost the boat. | We shall buy another."},
		{"a block that reads", "The harbour's statement in full reads as follows:\n\nThe boat is lost, and nobody is to blame.\n\nThe town was silent.",
			"The harbour's statement in full | reads | The boat is lost, and nobody is to blame."},
		{"quoted lines", "Mayor Ole Vey posted on his page:\n\n> The boat: lost.\n\nNobody laughed.", "Mayor Ole Vey | posted | The boat: lost."},
		{"its author behind", "The union has put out this statement from its secretary, Bo Lund:\n\n“The crew is safe.”\n\nThat was all.",
			"its secretary, Bo Lund | has put | “The crew is safe.”"},
		{"no block", "The mayor was asked what comes next:\n\nA new boat will be built in the spring.", ""},
		{"posts", "The boat is lost. Sorry. pic.gorse.example/a1\n\n— Ole Vey (@olevey) 3 May 2031", "Ole Vey (@olevey) |  | The boat is lost. Sorry."},
		{"a card, a quoted post", "The town laughed.\n\nOle Vey\n@olevey\nThe boat is lost. Sorry.\n9:14 AM · May 3, 2031\n\n> Find it.\n> — Ada Reyes (@adareyes) May 3, 2031",
			"Ole Vey |  | The boat is lost. Sorry.\nAda Reyes (@adareyes) |  | Find it.\n- 9:14 AM · May 3, 2031"},
		{"a handle alone on a card", "The town laughed.\n\n@olevey\nThe boat is lost.\n9:14 AM · May 3, 2031\n\nNobody answered.", "@olevey |  | The boat is lost.\n- 9:14 AM · May 3, 2031"},
		{"a card with its age", "Nobody slept.\n\nOle Vey @olevey · 3h\nThe boat is lost.\n\nAda Reyes @adareyes · 2h\nReplying to @olevey\nFind it.",
			"Ole Vey @olevey |  | The boat is lost.\nAda Reyes @adareyes |  | Find it."},
		{"a thread", "The mayor resigned.\n\n1/ We lost the boat.\n\n2/ Blame the tide.\n\n— Ole Vey (@olevey) May 8, 2033", "Ole Vey (@olevey) |  | 1/ We lost the boat. | 2/ Blame the tide."},
		{"a post again", "The mayor resigned.\n\nRT @olevey: The boat is lost.", "RT @olevey | : | The boat is lost."},
		{"reviews in brackets", "Critics were kind (The Lamp: “grand”; Film Weekly: “a triumph of rope”), the pilot was not (“too wet to sail” – Ole Vey, pilot).",
			"The Lamp | : | “grand”\nFilm Weekly | : | “a triumph of rope”\nOle Vey, pilot |  | “too wet to sail”"},
		{"questions by number", "Three questions for Ole Vey\n\n1. What is on your desk?\n\nA broken oar.\n\n2. Will you let it go?\n\nNot while I can row.\n\n3. What did you read last?\n\nThe tide table.",
			" |  | A broken oar.\n |  | Not while I can row.\n |  | The tide table.\n- 1. What is on your desk?\n- 2. Will you let it go?\n- 3. What did you read last?"},
		{"a question between one speaker's turns", "Lamp: Where is the boat?\n\nVey: Lost.\n\nAnd the crew?\n\nVey: Safe.\n\nLamp: Good.",
			"Lamp | : | Where is the boat?\nVey | : | Lost.\n |  | And the crew?\nVey | : | Safe.\nLamp | : | Good."},
		{"signed off", "• “We lost the boat and half the crew.” – Ada Reyes, sailor", "Ada Reyes, sailor |  | “We lost the boat and half the crew.”"},
		{"introduced", "The news spread.\n\nAnd from Chairwoman Ilse Brandt: “We are sorry for the crew.”\n\nOle Vey, 44, sailor: “I want my boat.”",
			"Chairwoman Ilse Brandt |  | “We are sorry for the crew.”\nOle Vey, 44, sailor | : | “I want my boat.”"},
		{"in brackets", "“Nobody saw the boat go” (sailor Ole Vey) is one account.", "sailor Ole Vey |  | “Nobody saw the boat go”"},
		{"short words in brackets", "“Too long” [Film Weekly]. “I slept” (one neighbour). “It was the cat” (the caretaker, Ole Vey, 44).",
			"Film Weekly |  | “Too long”\none neighbour |  | “I slept”\nthe caretaker, Ole Vey, 44 |  | “It was the cat”"},
		{"single words in brackets", "“Vast” (Ada Reyes), “late” (her pilot): both were seen in “Salt” (Ellery Films).", "Ada Reyes |  | “Vast”\nher pilot |  | “late”"},
		{"who asks, in brackets", "Q (Ole Vey, Gorse Hill): Where is the boat?\n\nA: Lost.\n\nQ: And the crew?\n\nA: Safe.",
			"Ole Vey, Gorse Hill | : | Where is the boat?\n |  | Lost.\n |  | And the crew?\n |  | Safe."},
		{"letters without a colon", "Q. Where is the boat?\n\nA. Lost.\n\nMR. VEY: No.\n\nQ    Why?\n\nMR. VEY: It rocks.",
			" |  | Where is the boat?\n |  | Lost.\nMR. VEY | : | No.\n |  | Why?\nMR. VEY | : | It rocks."},
		{"times and arrows before labels, somebody without a name", "[00:12] VEY: Did you sign?\n\nWoman in the audience: Speak up!\n\n>> LUND: I did.\n\n[00:19] VEY: Thank you.",
			"VEY | : | Did you sign?\nWoman in the audience | : | Speak up!\nLUND | : | I did.\nVEY | : | Thank you."},
		{"an interview that is announced", "In conversation with Ole Vey\n\nWhat sinks a boat?\n\nWater.\n\nWhat else?\n\nPilots. The rest is detail.\n\nAnd what floats?\n\nCork.",
			" |  | Water.\n |  | Pilots. The rest is detail.\n |  | Cork.\n- What sinks a boat?\n- What else?\n- And what floats?"},
		{"questions of the writer's", "Here is what is known of the boat.\n\nWho lost it?\n\nNobody says.\n\nWhen?\n\nAt noon.\n\nAnd where?\n\nOff the pier.", ""},
		{"bold requests", "**Tell us about the boat.**\n\nIt rocks.\n\n**Is it yours?**\n\nIt is.\n\n**Where next?**\n\nHome.",
			" |  | It rocks.\n |  | It is.\n |  | Home.\n- **Tell us about the boat.**\n- **Is it yours?**\n- **Where next?**"},
		{"signed in its line, a name and a handle", "The boat is lost. pic.gorse.example/a1 — Ole Vey (@olevey) 3 May 2031\n\nAda Reyes (@adareyes): Find it.",
			"Ole Vey (@olevey) |  | The boat is lost.\nAda Reyes (@adareyes) | : | Find it."},
		{"signed below", "“I did both.”\nJo Lund, 30, nurse", "Jo Lund, 30, nurse |  | “I did both.”"},
		{"a list's heading", "What the papers say:\n\nThe Lamp: “A poor show.”", "The Lamp | : | “A poor show.”\n- What the papers say:"},
		{"titles before brackets", "She starred in “The Drowned Orchard” (Ellery Films) and “Salt and Tide and Stone” (1973).", ""},
		{"how, where and when something was said", "“The boat is mine” (via @olevey). “It was yours” (Ada Lund, 44, by e-mail). “Whose?” (two neighbours, at noon). “It is a wet boat” (Bo Lund, Salt and Tide, 1911).",
			"@olevey |  | “The boat is mine”\nAda Lund, 44 |  | “It was yours”\ntwo neighbours |  | “Whose?”\nBo Lund |  | “It is a wet boat”"},
		{"brackets in brackets", "“The boat is mine” (Ole Vey (Left), Gorse Hill).", "Ole Vey (Left), Gorse Hill |  | “The boat is mine”"},
		{"where it was printed", "Ole Vey claims that “nobody under thirty can row” (The Lamp, 2 June). Ada Lund said he “should know” (The Lamp).", ""},
		{"papers that say so", "Critics called it “a triumph of rope” (The Lamp).", "The Lamp |  | “a triumph of rope”"},
		{"who says it, inserted", "The boat [the mate said] would sail at noon. The mate [replied Ole Vey] would not. The boat (it is said) is old.",
			"the mate | said | The boat | would sail at noon\nOle Vey | replied | The mate | would not"},
		{"letters of readers", "I have rowed all my life. Who pays? (Ole Vey, Gorse Hill)\n\nThe tide is late. (Ada Lund, retired pilot)",
			"Ole Vey, Gorse Hill |  | I have rowed all my life. Who pays?\nAda Lund, retired pilot |  | The tide is late."},
		{"no letters", "The boat was lost. (Reuters)\n\nThe tide is late. (The Lamp)", ""},
		{"several clauses in brackets", "The boat has cost nine crowns (according to the port; sailors say ten). It sank (its owner has also said). It is old (the pilot denies it; it is said).",
			"the port | according to | The boat has cost nine crowns\nsailors | say | ten\nits owner | has also said | It sank"},
		{"words in marks in brackets", "The mate left (“none too soon,” his wife wrote to her son; “alas”, wrote the son). His crew (“a saint”: Ole Vey; “our captain” – Ada Lund) wept.",
			"his wife | wrote | “none too soon,”\nthe son | wrote | “alas”\nOle Vey |  | “a saint”\nAda Lund |  | “our captain”"},
		{"when somebody said so", "The boat will sail in June (the pilot said on Friday). It is new (Vey has suggested old).",
			"the pilot | said | The boat will sail in June\nVey | has suggested | old"},
		{"as she put it", "Vey left the boat (“a club for rats,” as she put it) in May.", "she | put it | “a club for rats,”"},
		{"behind a name", "Vey (“I never sleep”) and Lund (“he snores”) share a boat. They call it Sunna (“the sun”).", "Vey |  | “I never sleep”\nLund |  | “he snores”"},
		{"a bracket behind who says so", "The mast was too tall, rivals claim (he insists it was not).", "he | insists | it was not\nrivals | claim | The mast was too tall"},
		{"quoted in a book", "“He owed me rent” (mate Ole Vey, quoted in the memoir “Wet Ink”).", "mate Ole Vey |  | “He owed me rent”"},
		{"days, who agrees, short words", "“There is no leak” (Ole Vey, energy, Monday). “Which leak?” (the mayor, yesterday). “It leaks” (the vicar, Bo Lund; the verger agrees). “Boo” (his wife).",
			"Ole Vey, energy |  | “There is no leak”\nthe mayor |  | “Which leak?”\nthe vicar, Bo Lund |  | “It leaks”\nhis wife |  | “Boo”"},
		{"no sources", "“The bell is ours” (our italics) is its inscription; “it will outlive us” (a lie) is on its frame.", ""},
		{"no source", "Vey leads with 442 points (420 points). He sang “Uy, qué miedo” (“ Ooh, how scary”).", ""},
		{"sure among others", "“It was a whale” (Ada Lund). “It was a wave” (Ole Vey). “It was the cook” (Bo Lund).\n\n“Soup” (the cook again).\n\n“The Whale” (a film).",
			"Ada Lund |  | “It was a whale”\nOle Vey |  | “It was a wave”\nBo Lund |  | “It was the cook”\nthe cook again |  | “Soup”"},
		{"nobody answered", "Messages left for the port were not returned. Calls to Ole Vey on Friday weren’t immediately answered. The boats were not returned to the port. Calls for a boat were not answered.",
			"the port | were not returned | Messages left for the port\nOle Vey | weren’t immediately answered | Calls to Ole Vey on Friday"},
		{"tails of headlines", "Ferry to close, ministry confirms\n\n‘No more boats left’ – harbour chief\n\nPilot ‘was asleep’, court told\n\nThe boat sank.\n\nMate was drunk, port confirms",
			"ministry | confirms | Ferry to close\nharbour chief |  | ‘No more boats left’\n | told | Pilot ‘was asleep’"},
		{"sources of headlines", "Ferry fire was arson: police\n\nBoat ‘may never sail’ – owner\n\n‘It was chaos,’ say passengers\n\nBoat burned: what we know\n\nFire on the boat: pictures\n\nThe boat burned.",
			"police | : | Ferry fire was arson\nowner |  | Boat ‘may never sail’\npassengers | say | ‘It was chaos,’"},
		{"tails of sentences", "The mate will not sail again, her office confirms. When the tide turned, the port confirms.", "her office | confirms | The mate will not sail again"},
		{"a release's end", "Gorse Boats opens a yard.\n\n“We are glad,” said Ole Vey.\n\nAbout Gorse Boats\n\nOur motto is “Boats for good.”\n\nSOURCE Gorse Boats",
			"- About Gorse Boats\n- Our motto is “Boats for good.”\n- SOURCE Gorse Boats"},
		{"credits, links, times", "Photo: Ole Vey looks at his boat\n\n14:02 GMT Minister to speak\n\n» Vey: no more boats\n\nThe boat was lost.",
			"- Photo: Ole Vey looks at his boat\n- 14:02 GMT Minister to speak\n- » Vey: no more boats"},
	} {
		d, _, p := read(t, c.text)
		if diff := cmp.Diff(c.want, strings.Join(lines(d, &p), "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Within a turn, what the speaker tells of others stays; what the speaker says of
// himself, and what claims the label, goes.
func TestMerge(t *testing.T) {
	d, m, p := read(t, "VEY: I think the boat is lost. The pilot says it sank.\n\nLUND: No.\n\nVEY: Yes.\n\nPhoto: the pilot says nothing")
	find := func(words string) news.TokenRange {
		at := int32(strings.Index(d.Text, words))
		r := news.TokenRange{First: -1}
		for i := range d.Tokens {
			if s := d.Tokens[i].Span; s.Start >= at && s.End <= at+int32(len(words)) {
				if r.First < 0 {
					r.First = int32(i)
				}
				r.End = int32(i) + 1
			}
		}
		return r
	}
	said := func(source, cue, words string) statement.Statement {
		return statement.Statement{Parts: []news.TokenRange{find(words)}, Source: find(source), Cue: find(cue), Lemma: cue, Quotation: statement.None, Parent: statement.None, Group: statement.None}
	}
	got := p.Merge(d, m, lang.Bind[Words](english.Language()), []statement.Statement{
		said("I", "think", "the boat is lost"),
		said("The pilot", "says", "it sank"),
		said("VEY", ":", "I think the boat is lost"),
		said("the pilot", "says nothing", "nothing"),
	})
	merged := Plan{Statements: got}
	want := "The pilot | says | it sank\nVEY | : | I think the boat is lost. The pilot says it sank.\nLUND | : | No.\nVEY | : | Yes."
	if diff := cmp.Diff(want, strings.Join(lines(d, &merged), "\n")); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

// A statement that holds a bracket with another's words keeps what stands around it, and
// none of a bracket at its end.
func TestMergeAsides(t *testing.T) {
	d, m, p := read(t, "Sailors say the boat (“a wreck,” Ole Vey said) is new (pilots say old).")
	find := func(words string) news.TokenRange {
		return d.TokensOf(news.Span{Start: int32(strings.Index(d.Text, words)), End: int32(strings.Index(d.Text, words) + len(words))})
	}
	got := p.Merge(d, m, lang.Bind[Words](english.Language()), []statement.Statement{{
		Parts: []news.TokenRange{find("the boat (“a wreck,” Ole Vey said) is new (pilots say old)")}, Source: find("Sailors"), Cue: find("say"), Lemma: "say",
		Quotation: statement.None, Parent: statement.None, Group: statement.None,
	}})
	merged := Plan{Statements: got}
	want := "Sailors | say | the boat (“a wreck,” Ole Vey said) is new\nOle Vey | said | “a wreck,”\npilots | say | old"
	if diff := cmp.Diff(want, strings.Join(lines(d, &merged), "\n")); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

// What a bracket behind the cue holds is not what is said.
func TestMergeBehindAside(t *testing.T) {
	d, m, p := read(t, "Vey vowed (with a smile) to row home.")
	words := func(first, end int32) news.TokenRange { return news.TokenRange{First: first, End: end} }
	got := p.Merge(d, m, lang.Bind[Words](english.Language()), []statement.Statement{{
		Parts: []news.TokenRange{words(4, 6)}, Source: words(0, 1), Cue: words(1, 2), Lemma: "vow", Quotation: statement.None, Parent: statement.None, Group: statement.None,
	}})
	if diff := cmp.Diff("Vey | vowed | to row home", strings.Join(lines(d, &Plan{Statements: got}), "\n")); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

// TestLinear runs texts that invite quadratic time.
func TestLinear(t *testing.T) {
	for _, unit := range []string{"A: b.\n\n", "He wrote:\n\n", "> I\n\n", "— A (@a) x\n\n", "“a b c” (D) ", "A (b said) is ", "A. (B)\n\n", "((", "A (b; ", "“a” (b). ", "A (“I am”) ", "**Why?**\n\nI.\n\n", "14:02\n\n", "From A: “b c d”\n\n", "About\n\n"} {
		d, m, p := read(t, strings.Repeat(unit, 1<<15/len(unit)))
		quotetest.CheckQuotes(t, d, statement.Quotes(d, m, p.Statements))
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range quotetest.HardCases {
		f.Add(c.Text)
	}
	f.Add("Mayor Ole Vey posted on his page:\n\n> The boat: lost.\n\n— Ole (@o) x\n\n**Why?**\n\nI.")
	f.Fuzz(func(t *testing.T, s string) {
		d, m, p := read(t, s)
		quotetest.CheckQuotes(t, d, statement.Quotes(d, m, p.Statements))
	})
}
