package marks

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/token"
)

// markCase is one text with the quotations that must come out, outer ones
// before inner ones: their bytes with marks. A leading + tells that the
// quotation goes on from the one before, ~ that it is unclosed, and each > one
// level of nesting.
type markCase struct {
	name, text string
	want       []string
}

var markCases = []markCase{
	// 1. Several paragraphs, curly.
	{"1 three paragraphs", "“The bridge is old.\n\n“It has to go.\n\n“We start in May,” said Mayor Ilse Brandt.", []string{"“The bridge is old.", "+“It has to go.", "+“We start in May,”"}},
	{"1 narration before", "Brandt said: “The bridge is old.\n“It has to go.”\nShe left.", []string{"“The bridge is old.", "+“It has to go.”"}},
	{"1 closed, then another", "“The bridge is old.”\n\n“It has to go.”", []string{"“The bridge is old.”", "“It has to go.”"}},
	{"1 nested across", "“He told me, ‘Go home.’\n\n“I went,” she said.", []string{"“He told me, ‘Go home.’", ">‘Go home.’", "+“I went,”"}},
	// 2. The same in straight marks.
	{"2 three paragraphs", "\"The bridge is old.\n\n\"It has to go.\n\n\"We start in May,\" said Brandt.", []string{"\"The bridge is old.", "+\"It has to go.", "+\"We start in May,\""}},
	{"2 after narration", "\"We tried,\" she said. \"Nothing worked.\n\n\"Then it rained.\"\n\nIt was \"over\".", []string{"\"We tried,\"", "\"Nothing worked.", "+\"Then it rained.\"", "\"over\""}},
	// 3. One closing mark missing.
	{"3 curly", "“We lost the boat.\n\nThe harbour closed at noon.\n\n“We will buy another,” he said.", []string{"~“We lost the boat.", "“We will buy another,”"}},
	{"3 before narration", "“We lost the boat, Mr. Vey said. “We will buy another.”\n\nHe smiled.", []string{"~“We lost the boat,", "“We will buy another.”"}},
	{"3 straight before narration", "\"We lost the boat, she said. \"We will buy another.\"\n\n\"Good,\" he said.", []string{"~\"We lost the boat,", "\"We will buy another.\"", "\"Good,\""}},
	{"3 straight, says first", "\"In those days there were two boats, says Ana Reyes. \"Now there are fifty.\"", []string{"~\"In those days there were two boats,", "\"Now there are fifty.\""}},
	{"3 at the end", "She called it “a mess.", []string{"~“a mess."}},
	{"3 second quotation", "“We lost. “We will not sell,” said Vey.", []string{"~“We lost.", "“We will not sell,”"}},
	// 4. Curly open, straight close, and the reverse.
	{"4 curly straight", "“We are late,\" he said. “Hurry.\"", []string{"“We are late,\"", "“Hurry.\""}},
	{"4 straight curly", "\"We are late,” he said. \"Hurry.”", []string{"\"We are late,”", "\"Hurry.”"}},
	{"4 three kinds", "“One,\" he said. \"Two,” he said. “Three,” he said. \"Four.\"", []string{"“One,\"", "\"Two,”", "“Three,”", "\"Four.\""}},
	// 5. Opening mark typed as ”.
	{"5 at the start", "”We are late,” he said.", []string{"”We are late,”"}},
	{"5 in the middle", "He said: ”We are late.” Then ”Hurry.”", []string{"”We are late.”", "”Hurry.”"}},
	{"5 both wrong", "”We are late,“ he said. ”Hurry.“", []string{"”We are late,“", "”Hurry.“"}},
	// 6. No space after the closing mark, or before the opening one.
	{"6 curly", "“We are late,”he said,“so hurry.”", []string{"“We are late,”", "“so hurry.”"}},
	{"6 straight", "\"We are late,\"he said,\"so hurry.\"", []string{"\"We are late,\"", "\"so hurry.\""}},
	{"6 dashes", "he said.“No”—and “Yes”—twice", []string{"“No”", "“Yes”"}},
	{"6 space inside", "“ We are late, ” he said. \" Hurry. \"", []string{"“ We are late, ”", "\" Hurry. \""}},
	{"6 space on the wrong side", "\"We are late, \"he said. \"Hurry.\"", []string{"\"We are late, \"", "\"Hurry.\""}},
	// 7. Wire style and other languages' marks.
	{"7 backquotes", "``We are late,'' he said. ``Hurry.''", []string{"``We are late,''", "``Hurry.''"}},
	{"7 doubled apostrophes", "''We are late,'' he said. ''Hurry.''", []string{"''We are late,''", "''Hurry.''"}},
	{"7 doubled, nested", "''He said 'no' to us,'' she said.", []string{"''He said 'no' to us,''", ">'no'"}},
	{"7 doubled, paragraphs", "''We are late.\n\n''Hurry,'' he said.", []string{"''We are late.", "+''Hurry,''"}},
	{"7 low", "„Wir sind spät“, he said. „Schnell.”", []string{"„Wir sind spät“", "„Schnell.”"}},
	{"7 guillemets", "«Nous partons», he said. « Vite. »", []string{"«Nous partons»", "« Vite. »"}},
	{"7 guillemets turned", "»Wir gehen«, he said.", []string{"»Wir gehen«"}},
	{"7 doubled curly singles", "‘‘We are late,’’ he said.", []string{"‘‘We are late,’’"}},
	{"7 singles typed for doubles", "‘’We are late’’, he said. ‘’ Hurry, ’’ she said.", []string{"‘’We are late’’", "‘’ Hurry, ’’"}},
	{"7 entities", "&quot;We are late,&quot; he said.", []string{"&quot;We are late,&quot;"}},
	// 8. British single marks.
	{"8 plural possessive", "‘We’re done with the workers’ plan,’ she said.", []string{"‘We’re done with the workers’ plan,’"}},
	{"8 two of them", "‘It’s the players’ and the fans’ game,’ he said. ‘Don’t forget it.’", []string{"‘It’s the players’ and the fans’ game,’", "‘Don’t forget it.’"}},
	{"8 decade", "‘In the ’90s we’d none of it,’ he said, adding: ‘Not one.’", []string{"‘In the ’90s we’d none of it,’", "‘Not one.’"}},
	{"8 scare words", "The ‘deal’ was the drivers’ idea, not the ‘big bosses’ one", []string{"‘deal’", "‘big bosses’"}},
	{"8 double inside", "‘She called it “a farce” and left,’ he said.", []string{"‘She called it “a farce” and left,’", ">“a farce”"}},
	{"8 paragraphs", "‘We had no water.\n\n‘The wells’ pumps were gone,’ she said.\n\nA spokesman for the drillers’ union said: ‘We wait.’", []string{"‘We had no water.", "+‘The wells’ pumps were gone,’", "‘We wait.’"}},
	{"8 mark before the stop", "He spoke of ‘the end of the road’. They called it ‘a lie’, and left.", []string{"‘the end of the road’", "‘a lie’"}},
	{"8 closes after s", "They were ‘bad losers’ and ‘poor winners’ he said.", []string{"‘bad losers’", "‘poor winners’"}},
	{"8 typed the wrong way", "’We’re done,’ she said. ’Go on.’", []string{"’We’re done,’", "’Go on.’"}},
	// 9. Straight single marks.
	{"9 main style", "'We're late,' he said. 'It's the drivers' fault.'\n\n'No,' said Ana. 'It isn't.'", []string{"'We're late,'", "'It's the drivers' fault.'", "'No,'", "'It isn't.'"}},
	{"9 paragraphs", "'We had no water.\n\n'The pumps were gone,' she said.\n\n'Nothing,' he said.", []string{"'We had no water.", "+'The pumps were gone,'", "'Nothing,'"}},
	{"9 none", "The Joneses' dog and the Smiths' cat ate the dogs' dinner.", nil},
	// 10. Apostrophes, primes, inches.
	{"10 elisions", "’Tis the season of rock ’n’ roll, said the DJ’s of the ‘80s and the '90s.", nil},
	{"10 height", "He is 6'2\" tall and his wife 5' 11\" in shoes.", nil},
	{"10 pipes", "They laid 12\" pipes and an 8\" main.", nil},
	{"10 pipes inside", "\"We laid 12\" pipes there,\" he said. \"And an 8\" main.\"", []string{"\"We laid 12\" pipes there,\"", "\"And an 8\" main.\""}},
	{"10 number at the end", "\"It was 1999\" he said. \"Or 2001.\"", []string{"\"It was 1999\"", "\"Or 2001.\""}},
	{"10 arc", "The wreck lies at 51° 30' 26\" N, 0° 7' 39\" W.", nil},
	{"10 mixed", "\"He's 6'2\" and fast,\" she said of the '98 champion.", []string{"\"He's 6'2\" and fast,\""}},
	{"10 clipped", "“I was jus’ talkin’ to ’em,” he said.", []string{"“I was jus’ talkin’ to ’em,”"}},
	// 11. Nested.
	{"11 other marks", "“She said ‘never’ and left,” he said.", []string{"“She said ‘never’ and left,”", ">‘never’"}},
	{"11 same marks", "“She said “never” and left,” he said.", []string{"“She said “never” and left,”", ">“never”"}},
	{"11 same straight marks", "\"She said \"never\" and left,\" he said.", []string{"\"She said \"never\" and left,\"", ">\"never\""}},
	{"11 both end", "“And she said: ‘Never again.’”", []string{"“And she said: ‘Never again.’”", ">‘Never again.’"}},
	{"11 both begin", "“‘Never’ is what she said,” he said.", []string{"“‘Never’ is what she said,”", ">‘Never’"}},
	{"11 straight pair", "\"And she said: 'Never again.'\"", []string{"\"And she said: 'Never again.'\"", ">'Never again.'"}},
	{"11 three levels", "“He wrote ‘she told me “no” twice’ to me,” Ana said.", []string{"“He wrote ‘she told me “no” twice’ to me,”", ">‘she told me “no” twice’", ">>“no”"}},
	// 12. Names, titles, scare marks: quotations here, no statements.
	{"12 nickname", "Karl \"The Anvil\" Otero and Jo 'Sticks' Lund met.", []string{"\"The Anvil\"", "'Sticks'"}},
	{"12 title", "He wrote ‘The Drowned’ and “Salt.”", []string{"‘The Drowned’", "“Salt.”"}},
	// 13. Fragments.
	{"13 fragment", "He called it \"a disgrace\".", []string{"\"a disgrace\""}},
	{"13 one word", "It was “overwhelmingly” clear, she said.", []string{"“overwhelmingly”"}},
	// 14. Title case and capitals.
	{"14 capitals", "“WE ARE LATE,” he wrote. “Hurry Up Now.”", []string{"“WE ARE LATE,”", "“Hurry Up Now.”"}},
	// 15. Narration inside the sentence.
	{"15 split", "“If we go,” he said, turning to the camera, “we go now.”", []string{"“If we go,”", "“we go now.”"}},
	// 16. Two fragments.
	{"16 two", "She called it \"a mess\" and him \"a liar\".", []string{"\"a mess\"", "\"a liar\""}},
	// 17. Brackets, ellipses, the mark and the full stop.
	{"17 brackets", "“They [the owners] was [sic] … gone,” he said. (“All of them.”)", []string{"“They [the owners] was [sic] … gone,”", "“All of them.”"}},
	{"17 American, British", "He said “no.” She said “yes”. They asked \"why?\"", []string{"“no.”", "“yes”", "\"why?\""}},
	{"17 ellipsis at the edges", "\"...and then we ran...\" he said. \"… far away …\"", []string{"\"...and then we ran...\"", "\"… far away …\""}},
	{"17 bracket first", "\"[They] ran,\" he said. “(They) ran.”", []string{"\"[They] ran,\"", "“(They) ran.”"}},
	// Letters without reopening marks.
	{"letter", "“Dear neighbours,\n\nWe are leaving.\n\nYours, Ana”\n\n“Well,” he said.", []string{"“Dear neighbours,", "+We are leaving.", "+Yours, Ana”", "“Well,”"}},
	{"nothing", "No marks here.", nil},
	{"one mark", "\"", []string{"~\""}},
}

var words = lang.Bind[Words](english.Language())

func document(text string) *news.Document {
	return token.New(english.Language()).Document(&news.Article{Body: text})
}

func TestPair(t *testing.T) {
	for _, c := range markCases {
		d := document(c.text)
		m := Pair(d, words)
		checkMarks(t, d, &m)
		var got []string
		for i := range m.Quotations {
			q := &m.Quotations[i]
			s := q.Span.Of(d.Text)
			if q.Group >= 0 && q.Group != int32(i) {
				s = "+" + s
			}
			if q.Unclosed() {
				s = "~" + s
			}
			got = append(got, strings.Repeat(">", int(q.Level))+s)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) || len(got) != len(c.want) {
			t.Errorf("%s: %s\n got %q\nwant %q", c.name, c.text, got, c.want)
		}
	}
}

// checkMarks fails unless m is consistent with itself and with d.
func checkMarks(t *testing.T, d *news.Document, m *Marks) {
	t.Helper()
	if len(m.Inside) != len(d.Tokens) || len(m.Role) != len(d.Tokens) {
		t.Fatalf("%d and %d entries for %d tokens", len(m.Inside), len(m.Role), len(d.Tokens))
	}
	start := int32(-1)
	for i := range m.Quotations {
		q := &m.Quotations[i]
		if q.Span.Empty() || q.Span.Start < start {
			t.Fatalf("quotation %d %+v out of order", i, q)
		}
		start = q.Span.Start
		if q.Open < 0 && q.Group < 0 || q.Close >= 0 && q.Open >= q.Close {
			t.Fatalf("quotation %d: marks %d, %d", i, q.Open, q.Close)
		}
		if q.Parent >= 0 {
			p := &m.Quotations[q.Parent]
			if int(q.Parent) >= i || !p.Span.Contains(q.Span) || q.Level != p.Level+1 {
				t.Fatalf("quotation %d %+v is not inside %+v", i, q, p)
			}
		} else if q.Level != 0 {
			t.Fatalf("quotation %d: level %d without parent", i, q.Level)
		}
		if q.Group >= 0 && (int(q.Group) > i || m.Quotations[q.Group].Group != q.Group) {
			t.Fatalf("quotation %d: group %d", i, q.Group)
		}
	}
	for i, k := range m.Inside {
		if k >= 0 && !m.Quotations[k].Span.Contains(d.Tokens[i].Span) {
			t.Fatalf("token %d is not in quotation %d", i, k)
		}
	}
}

func FuzzPair(f *testing.F) {
	for _, c := range markCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := document(s)
		m := Pair(d, words)
		checkMarks(t, d, &m)
	})
}

// TestPairLinear runs texts that invite quadratic time.
func TestPairLinear(t *testing.T) {
	for _, unit := range []string{`" `, `"a `, `a" `, "“a ", "a” ", "‘a ", "a’ ", "s’ b ", "'a ", "“a\n", "'a s' ", "‘a s’ b ", "“a, he said ", "12\" ", "''a ", "« ", "„a", "“a ‘b ", "\"a b, ", "a’ b ‘c ‘d ", "a”\n", "“a, "} {
		d := document(strings.Repeat(unit, 1<<18/len(unit)))
		m := Pair(d, words)
		checkMarks(t, d, &m)
	}
}

func BenchmarkPair(b *testing.B) {
	var text strings.Builder
	for range 50 {
		for _, c := range markCases {
			text.WriteString(c.text + "\n\n")
		}
	}
	d := document(text.String())
	for b.Loop() {
		Pair(d, words)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds()/1e6, "Mtok/s")
}
