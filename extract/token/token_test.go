package token

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
)

func document(text string) *news.Document {
	return New(english.Language()).Document(&news.Article{Body: text})
}

func words(d *news.Document) []string {
	var out []string
	for i := range d.Tokens {
		out = append(out, d.Word(int32(i)))
	}
	return out
}

func ranges(d *news.Document, rs []news.TokenRange) []string {
	var out []string
	for _, r := range rs {
		out = append(out, d.Span(r).Of(d.Text))
	}
	return out
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Plain words here.", "Plain words here ."},
		{"rain—mud", "rain — mud"},
		{"she left.“Never”—and slept", "she left . “ Never ” — and slept"},
		{"«Oui», a dit Lea", "« Oui » , a dit Lea"},
		{"„Ja“, sagte sie", "„ Ja “ , sagte sie"},
		{"``Go,'' he said", "`` Go , '' he said"},
		{"''Go,'' he said", "'' Go , '' he said"},
		{"''Go 'now','' he said", "'' Go ' now ' , '' he said"},
		{"‘‘Go,’’ he said", "‘‘ Go , ’’ he said"},
		{"'''Now' is it,'' he said", "'' ' Now ' is it , '' he said"},
		{"''It is 'now''' he said", "'' It is ' now ' '' he said"},
		{"$3.50, £1,200 and US$5m", "$ 3.50 , £ 1,200 and US$ 5m"},
		{"€20-a-head", "€ 20-a-head"},
		{"don't can’t won't isn’t", "do n't ca n’t wo n't is n’t"},
		{"it's we’re I'm they've she’d he'll", "it 's we ’re I 'm they 've she ’d he 'll"},
		{"cannot gonna", "can not gon na"},
		{"the workers’ plan, James' cat", "the workers ’ plan , James ' cat"},
		{"the mayor’s and O’Neill’s", "the mayor ’s and O’Neill ’s"},
		{"O'Malley rock'n'roll", "O'Malley rock'n'roll"},
		{"rock ’n’ roll and rock 'n' roll", "rock ’n’ roll and rock 'n' roll"},
		{"’tis the '80s, ‘90s, ’em all", "’tis the '80s , ‘90s , ’em all"},
		{"class of ’09", "class of ’09"},
		{"‘We, workers’ he said", "‘ We , workers ’ he said"},
		{"He is 6'2\" tall", "He is 6'2 \" tall"},
		{"so-called far-right", "so-called far-right"},
		{"Mr. Roe of the U.S. Senate, D-Va., left.", "Mr. Roe of the U.S. Senate , D-Va. , left ."},
		{"On Sept. 3 at 5 p.m. in No. 7", "On Sept. 3 at 5 p.m. in No. 7"},
		{"He said no. 3 left", "He said no. 3 left"},
		{"No. He did not.", "No . He did not ."},
		{"Tell Bob. He knows.", "Tell Bob . He knows ."},
		{"J. K. Oban and I. She", "J. K. Oban and I . She"},
		{"Inc. and Co.", "Inc. and Co."},
		{"wait... what… no", "wait ... what … no"},
		{"What?! No!!", "What ?! No !!"},
		{"see https://ex.org/a?b=c. Then", "see https://ex.org/a?b=c . Then"},
		{"mail a.b@ex.org, @jane_roe and #Vote2030", "mail a.b@ex.org , @jane_roe and #Vote2030"},
		{"in 3:45, 9/11 and 1,000", "in 3:45 , 9/11 and 1,000"},
		{"2010–12 and --yes-- no", "2010 – 12 and -- yes -- no"},
		{"(sic) [no] word(s)", "( sic ) [ no ] word ( s )"},
		{"AT&T and R&amp;D &quot;x&quot;", "AT&T and R&amp;D &quot; x &quot;"},
		{"don&rsquo;t", "do n&rsquo;t"},
		{"govern\u00adment \u200bzero\u200b x\u200by\ufeff", "govern\u00adment zero x\u200by"},
		{"a\u00a0b\u202fc", "a b c"},
		{"in their country.In this regard", "in their country . In this regard"},
		{"50% of 20°C", "50 % of 20 ° C"},
		{"-5 and .5", "-5 and .5"},
		{"U.S.-led U.S.’s", "U.S.-led U.S. ’s"},
		{"<br/> a < b", "<br/> a < b"},
		{"ﬁne caﬀè naïve Ærø", "ﬁne caﬀè naïve Ærø"},
		{"f**k LGBTQ+ C++", "f**k LGBTQ+ C++"},
		{"“word”’s end", "“ word ” ’s end"},
		{"👍🏽 ok", "👍🏽 ok"},
	} {
		if got := strings.Join(words(document(c.text)), " "); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"He left. She stayed.", "He left.|She stayed."},
		{"“No!” he said. “Go.”", "“No!” he said.|“Go.”"},
		{"“No.” he said.", "“No.” he said."},
		{"“Why?” Ms. Roe asked. It rained.", "“Why?” Ms. Roe asked.|It rained."},
		{"“It is over.” Smith left.", "“It is over.”|Smith left."},
		{`He said "No." Then "Yes." And left.`, `He said "No."|Then "Yes."|And left.`},
		{`"Stop!" cried the guard. "Now."`, `"Stop!" cried the guard.|"Now."`},
		{"Mr. J. F. Roe of Acme Inc. met Gov. Lee in the U.S. on Sept. 4.", "Mr. J. F. Roe of Acme Inc. met Gov. Lee in the U.S. on Sept. 4."},
		{"They moved to the U.S. The rest stayed.", "They moved to the U.S.|The rest stayed."},
		{"It rose 3.5 percent. No. 3 fell.", "It rose 3.5 percent.|No. 3 fell."},
		{"It ended at 5 p.m. Police came.", "It ended at 5 p.m.|Police came."},
		{"Bo Roe Jr. (D-Pa.) left. He ran.", "Bo Roe Jr. (D-Pa.) left.|He ran."},
		{"It ended at 5 p.m. Monday.", "It ended at 5 p.m. Monday."},
		{"It was ... odd. And… then it went.", "It was ... odd.|And… then it went."},
		{"‘Never again.’ She left (at last.) He stayed.", "‘Never again.’|She left (at last.)|He stayed."},
		{"``Go.'' He went.", "``Go.''|He went."},
		{"Yahoo! shares rose. iPhones fell.", "Yahoo! shares rose.|iPhones fell."},
	} {
		d := document(c.text)
		if got := strings.Join(ranges(d, d.Sentences), "|"); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

const wrapped = `The council of Port Ellery voted late on Tuesday to close the old ferry
landing, ending a quarrel that has split the town for more than eleven
years. "We are done with it," said Orla Quist, who led the vote, and she
added that the pier would be gone by spring.
Others were less sure. The harbour master, Tomas Vey, told the meeting the
costs had been hidden from the public from the beginning of the whole
affair.`

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"lines", "One here.\nTwo here.\n\nThree.", 3},
		{"carriage returns", "One here.\r\nTwo here.\r\n\r\nThree.\rFour.", 4},
		{"separators", "One.\u2028Two.\u2029Three.\u0085Four.", 4},
		{"blank with spaces", "One.\n \u00a0\t\nTwo.", 2},
		{"wrapped", wrapped, 2},
		{"wrapped, CRLF", strings.ReplaceAll(wrapped, "\n", "\r\n"), 2},
		{"wrapped, indented", strings.ReplaceAll(wrapped, "\nOthers", "\n    Others"), 2},
		{"list", "Milk\nEggs\nBread\nButter\nTea\nSalt", 6},
		{"nothing", " \n\n\u200b\n", 0},
		{"no text", "", 0},
	} {
		d := document(c.text)
		if len(d.Paragraphs) != c.want {
			t.Errorf("%s: %d paragraphs, want %d: %q", c.name, len(d.Paragraphs), c.want, ranges(d, d.Paragraphs))
		}
	}
}

// check fails unless d keeps every promise of the package comment.
func check(t *testing.T, d *news.Document) {
	t.Helper()
	at := 0
	covered := func(to int) {
		for i, r := range d.Text[at:to] {
			if !blank(r) {
				t.Fatalf("%q at %d lies in no token", r, at+i)
			}
		}
	}
	for i, k := range d.Tokens {
		s, e := int(k.Span.Start), int(k.Span.End)
		if s < at || e <= s || e > len(d.Text) {
			t.Fatalf("token %d [%d,%d) out of order after %d", i, s, e, at)
		}
		covered(s)
		w := d.Text[s:e]
		if !utf8.RuneStart(w[0]) && utf8.ValidString(d.Text) || e < len(d.Text) && !utf8.RuneStart(d.Text[e]) && utf8.ValidString(d.Text) {
			t.Fatalf("token %d %q cuts a rune", i, w)
		}
		if r, _ := utf8.DecodeRuneInString(w); blank(r) {
			t.Fatalf("token %d %q begins blank", i, w)
		}
		if r, _ := utf8.DecodeLastRuneInString(w); blank(r) {
			t.Fatalf("token %d %q ends blank", i, w)
		}
		if k.Head != news.NoHead {
			t.Fatalf("token %d has a head", i)
		}
		at = e
	}
	covered(len(d.Text))
	for _, rs := range [][]news.TokenRange{d.Paragraphs, d.Sentences} {
		next := int32(0)
		for _, r := range rs {
			if r.First != next || r.Empty() {
				t.Fatalf("range %v after %d", r, next)
			}
			next = r.End
		}
		if int(next) != len(d.Tokens) {
			t.Fatalf("ranges end at %d of %d tokens", next, len(d.Tokens))
		}
	}
	p := 0
	for _, s := range d.Sentences {
		for s.First >= d.Paragraphs[p].End {
			p++
		}
		if s.End > d.Paragraphs[p].End {
			t.Fatalf("sentence %v crosses paragraph %v", s, d.Paragraphs[p])
		}
		if s.Len() > maxSentence+64 {
			t.Fatalf("sentence of %d tokens", s.Len())
		}
	}
}

func FuzzDocument(f *testing.F) {
	for _, s := range []string{wrapped, "", "“Ȿtop!” it’s U.S.‘x’''a'''", "a\xff\xfe'b'.", "İ'S İ'll don’t.", "&rsquo;&quot;", "👍🏽\u200d👍", "x\u200b\u00ad y\u200b", ". . . ... ?!?!", "@a #b http://c.d", "6'2\" -3.5 .5", "<a href>", "\u0085\u2028\r\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		one := New(english.Language())
		d := one.Document(&news.Article{Body: s})
		check(t, d)
		if diff := cmp.Diff(d.Tokens, one.Document(&news.Article{Body: s}).Tokens); diff != "" {
			t.Fatal("a second time, other tokens:", diff)
		}
	})
}

// TestLinear runs texts that invite quadratic time; a megabyte in minutes
// would be that, and the test's limit catches it.
func TestLinear(t *testing.T) {
	const size = 1 << 20
	for _, unit := range []string{`"`, "'", "`", "’", "“", "a", "a.", ".", "-", "a'", "a-", "<", "&", "&a", "@", "#a", "é", "\u200b", "a\u200b", "\n", "a\n", "(", "'a", " 's", "1,", "!", "a b ", "http://", "''", "👍\u200d"} {
		d := document(strings.Repeat(unit, size/len(unit)))
		check(t, d)
	}
}

func BenchmarkDocument(b *testing.B) {
	a := &news.Article{Body: strings.Repeat(wrapped+"\n\n", 200)}
	t := New(english.Language())
	n := 0
	b.SetBytes(int64(len(a.Body)))
	for b.Loop() {
		n += len(t.Document(a).Tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds()/1e6, "Mtok/s")
}

// A sentence ends at a full stop without a space behind it, as sites lose them:
// readers leave such texts as they are.
func TestLostSpace(t *testing.T) {
	d := document("The dam burst on Monday.The mayor left. She said www.Vale.example was down.Nobody knew.")
	var got []string
	for _, s := range d.Sentences {
		got = append(got, d.Span(s).Of(d.Text))
	}
	want := []string{"The dam burst on Monday.", "The mayor left.", "She said www.Vale.example was down.", "Nobody knew."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

// Wrapped lines may end a little before the word that did not fit.
func TestWrapSlack(t *testing.T) {
	ragged := []line{{end: 1, width: 60, first: 5}, {end: 1, width: 54, first: 5}, {end: 1, width: 53, first: 5}, {end: 1, width: 55, first: 4}, {end: 1, width: 54, first: 4}, {end: 1, width: 20, first: 3}}
	if got := wrapColumn(ragged); got == 0 {
		t.Error("ragged lines are not seen as wrapped")
	}
	for i := range ragged {
		ragged[i].width -= 8 * (i % 2)
		ragged[i].first = 2
	}
	if got := wrapColumn(ragged); got != 0 {
		t.Errorf("lines that end far before the next word would not fit are wrapped at %d", got)
	}
}
