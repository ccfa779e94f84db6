package repair

import (
	"slices"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestText(t *testing.T) {
	const right = "“The lock won’t open,” said Renée Quill, who keeps it. “Not today.”"
	for _, c := range []struct {
		name, in, want string
		kinds          []Kind
	}{
		{"nothing", right, right, nil},
		{"mojibake", misread(right), right, []Kind{Mojibake}},
		{"mojibake twice", misread(misread(right)), right, []Kind{Mojibake}},
		{"mojibake, a byte lost", "â€œWe can wait,â€ said Ola Brandt. â€œOr not.â€", "“We can wait,” said Ola Brandt. “Or not.”", []Kind{Mojibake}},
		{"mojibake as Latin-1", "â\u0080\u009cWe can wait,â\u0080\u009d said Ola Brandt.", "“We can wait,” said Ola Brandt.", []Kind{Mojibake}},
		{"mojibake, no-break space", "The toll isÂ\u00a0Â£3. â€œHigh,â€ she said.", "The toll is\u00a0£3. “High,” she said.", []Kind{Mojibake}},
		{"C1 controls", "\u0093We can\u0092t,\u0094 she said \u0096 twice\u0085", "“We can’t,” she said – twice…", []Kind{Controls}},
		{"escapes", `\u201cIt leaks,\u201d said Ola Brandt. \ud83d\ude00`, "“It leaks,” said Ola Brandt. 😀", []Kind{Escapes}},
		{"escapes without backslash", "u201cIt wonu2019t hold,u201d said Renu00e9e.", "“It won’t hold,” said Renée.", []Kind{Escapes}},
		{"escaped marks", `\"It leaks,\" she said.\n\nIt didn\'t.`, "\"It leaks,\" she said.\n\nIt didn't.", []Kind{Escapes}},
		{"entities", "&ldquo;It&rsquo;s old,&#8221; she said at Reed &amp; Sons.", "“It’s old,” she said at Reed & Sons.", []Kind{Entities}},
		{"entities twice", "&amp;ldquo;It&amp;#8217;s old,&amp;amp;rdquo; she said.", "“It’s old,” she said.", []Kind{Entities}},
		{"lost marks", "\ufffdWe can\ufffdt wait,\ufffd she said. \ufffdNo.\ufffd", "“We can’t wait,” she said. “No.”", []Kind{LostMarks}},
		{"question marks", "?We can?t wait,? she said. ?Can we??", "“We can’t wait,” she said. “Can we?”", []Kind{LostMarks}},
		{"doubled", `""We can wait,"" she said. ""Or not.""`, `"We can wait," she said. "Or not."`, []Kind{Doubled}},
		{"soft hyphens", "The har\u00adbour\u200b board\ufeff met.", "The harbour board met.", []Kind{Invisible}},
		{"markdown", "**\"It leaks,\"** said [Ola Brandt](https://a.example/x).\n\n> *\"Badly.\"*", "\"It leaks,\" said Ola Brandt.\n\n\"Badly.\"", []Kind{Markdown}},
		{"in layers", "&amp;acirc;&amp;euro;&amp;oelig;Go,â€ she said.Then she left.", "“Go,” she said.Then she left.", []Kind{Entities, Mojibake}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, kinds := Text(c.in)
			if got != c.want || !slices.Equal(kinds, c.kinds) {
				t.Errorf("got  %q %v\nwant %q %v", got, kinds, c.want, c.kinds)
			}
			if again, more := Text(got); again != got {
				t.Errorf("once more: %q %v", again, more)
			}
		})
	}
}

// TestRight holds texts that look like damage and are none.
func TestRight(t *testing.T) {
	for _, s := range []string{
		"At the CAFÉ® on Rue Û, a menu of crème brûlée costs 5 €.",
		"“AMANHÔ was the headline; the Ångström prize went to Ânia Ão.",
		"Visit Booking.Com or amazon.Com; he ran Node.Js on asp.Net at N.Y.The",
		"AT&T and R&D; profits & losses; Johnson&Johnson.",
		`He saved it to C:\new\notes\readme.txt and C:\users\u2.`,
		"Is it? Who knows? See https://a.example/x?t=5 and https://a.example/won?t and what?",
		"He gave it 5* and a footnote* with another* one; 2 * 3 * 4; he called her a b****.",
		"The U2018 model and the u20 team; menu2019 was a file.",
		`She said ""so"" once, and "no" later.`,
		"نص\u200cعربي \u202eabc\u202c and a family \U0001f468\u200d\U0001f469\u200d\U0001f467.",
		"A file had \ufffd in it, and x\ufffdy too.",
		"Array[0](x) and [sic] (see below); _snake_case_ and __init__.",
		"A line.\u0085Another line.",
		"> quoted mail\n# not a heading",
		"İt cost £5, ½ of 10 °C; naïve façade, Ærø, Łódź, Škoda, ÅÄÖ.",
	} {
		if got, kinds := Text(s); got != s {
			t.Errorf("%v\ngot  %q\nwant %q", kinds, got, s)
		}
	}
}

// misread reads the UTF-8 of s as Windows-1252, the unused bytes as Latin-1.
func misread(s string) string {
	var out []rune
	for _, b := range []byte(s) {
		r := charmap.Windows1252.DecodeByte(b)
		if r == '\ufffd' {
			r = rune(b)
		}
		out = append(out, r)
	}
	return string(out)
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"â€œWe", `\u201c\ud83d`, "&amp;ldquo;", "?a?t,?", "\ufffda\ufffd", "\ufffda\xef", "**a**[b](/c)", "lost.The x", "\u0093\u0085"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		valid := s == string([]rune(s))
		got, kinds := Text(s)
		if (got == s) != (len(kinds) == 0) && len(kinds) == 0 {
			t.Fatalf("changed without a name: %q", got)
		}
		if valid && got != string([]rune(got)) {
			t.Fatalf("not UTF-8: %q", got)
		}
	})
}
