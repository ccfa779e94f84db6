package source

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/pipeline/source/repair"
)

func TestFieldHTML(t *testing.T) {
	const want = "“It leaks,” said Ola Brandt.\n\nShe left."
	for _, c := range []struct {
		name, in, want string
		when           FieldHTML
		repairs        string
	}{
		{"no tags", "5 < 6 and a <3 b; <name> left.", "5 < 6 and a <3 b; <name> left.", HTMLAuto, "[]"},
		{"paragraphs", "<p>“It leaks,” said <a href='/x'>Ola\nBrandt</a>.</p>\n<p>She left.</p>", want, HTMLAuto, "[html]"},
		{"breaks", "&ldquo;It leaks,&rdquo; said Ola Brandt.<br><br />She left.", want, HTMLAuto, "[html]"},
		{"a break", "One.<br>Two.", "One.\nTwo.", HTMLAuto, "[html]"},
		{"escaped", "&lt;p&gt;&amp;ldquo;It leaks,&amp;rdquo; said Ola Brandt.&lt;/p&gt;&lt;p&gt;She left.&lt;/p&gt;", want, HTMLAuto, "[html]"},
		{"escaped twice", "&amp;lt;p&amp;gt;“It leaks,” said Ola Brandt.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;She left.&amp;lt;/p&amp;gt;", want, HTMLAuto, "[html]"},
		{"a few tags in lines", "“It <em>leaks</em>,” said Ola Brandt.\n\nShe left.\nSo did I.", want + "\nSo did I.", HTMLAuto, "[html]"},
		{"a paragraph's tag left over", "<p>“It leaks,” said Ola Brandt.\n\nShe left.", want, HTMLAuto, "[html]"},
		{"quotes", "<p><q>It leaks</q>, said Ola Brandt:</p><blockquote><p>Badly so.</p><p>All night.</p><cite>Ola Brandt</cite></blockquote>" + strings.Repeat("<p>The harbour was quiet again.</p>", 3),
			"“It leaks”, said Ola Brandt:\n\n“Badly so.\n\n“All night.”\n\n— Ola Brandt\n\nThe harbour was quiet again.\n\nThe harbour was quiet again.\n\nThe harbour was quiet again.", HTMLAuto, "[html]"},
		{"script and style", "<style>p {}</style><p>One.</p><script>two()</script>", "One.", HTMLAuto, "[html]"},
		{"never", "<p>One &lt; two.</p>", "<p>One < two.</p>", HTMLNever, "[entities]"},
		{"always", "One\ntwo.", "One\ntwo.", HTMLAlways, "[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := &run{o: &Options{FieldHTML: c.when, MaxTags: 1000}}
			v := values{text: c.in}
			if f := x.mend(&v); f != nil {
				t.Fatal(f)
			}
			equal(t, v.text, c.want)
			equal(t, fmt.Sprint(v.repairs), c.repairs)
		})
	}
}

func TestFieldHTMLRefused(t *testing.T) {
	x := &run{o: &Options{MaxTags: 100}}
	for in, want := range map[string]string{
		strings.Repeat("<b>", 101) + "</b>": ReasonTooComplex,
		"<p></p><br>":                       ReasonNoText,
	} {
		if f := x.mend(&values{text: in}); f == nil || f.reason != want {
			t.Errorf("%.20s: got %v, want %s", in, f, want)
		}
	}
}

func TestNoRepair(t *testing.T) {
	x := &run{o: &Options{NoRepair: true, FieldHTML: HTMLNever}}
	v := values{text: "â€œIt leaks,â€ &amp; <p>so on.", title: "A &amp; B"}
	want := v
	if f := x.mend(&v); f != nil || v.text != want.text || v.title != want.title || v.repairs != nil {
		t.Errorf("got %+v", v)
	}
}

// TestRepairsOfPolNeAR holds the repairs against 924 texts as they were
// published: what changes is damage that anybody can see, and little of it.
func TestRepairsOfPolNeAR(t *testing.T) {
	root := shared(t, "polnear")
	signs := map[repair.Kind]*regexp.Regexp{
		repair.Mojibake:  regexp.MustCompile(`Ã|A\x{303}|Â|A\x{302}|â€`),
		repair.Invisible: regexp.MustCompile(`[\x{ad}\x{200b}\x{feff}\x{2060}]`),
	}
	texts, changed := 0, map[repair.Kind]int{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		texts++
		before := string(b)
		if tagged(before) != "" {
			if changed[repair.HTML]++; !strings.Contains(before, "</a>") {
				t.Errorf("%s is taken for HTML", path)
			}
		}
		after, kinds := repair.Text(before)
		for _, k := range kinds {
			changed[k]++
			if sign := signs[k]; sign == nil || !sign.MatchString(before) {
				t.Errorf("%s: %s without a sign of it", path, k)
			}
		}
		if n := len(before) - len(after); n > 100 || n < -5 {
			t.Errorf("%s changes by %d bytes", path, n)
		}
		return nil
	})
	if err != nil || texts < 900 {
		t.Fatal(texts, err)
	}
	for k, most := range map[repair.Kind]int{repair.HTML: 3, repair.Mojibake: 6, repair.Invisible: 1} {
		if changed[k] > most {
			t.Errorf("%d texts with %s, want at most %d", changed[k], k, most)
		}
	}
	t.Log(texts, "texts:", changed)
}
