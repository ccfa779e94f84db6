package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
)

// said is an article with a statement, long enough to be known as English.
const said = "It was the first of the days. “We won,” said Ada Example, who was there for the whole of it."

func gz(parts ...string) string {
	var b bytes.Buffer
	for _, p := range parts {
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, p)
		_ = w.Close()
	}
	return b.String()
}

func zst(parts ...string) string {
	e, _ := zstd.NewWriter(nil)
	var b []byte
	for _, p := range parts {
		b = e.EncodeAll([]byte(p), b)
	}
	return string(b)
}

// record is a line of JSON Lines.
func record(id, text string) string { return fmt.Sprintf("{\"id\":%q,\"text\":%q}\n", id, text) }

func records(id string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(record(fmt.Sprint(id, i), fmt.Sprintf("%s %s%d %x", said, id, i, i*i*7919)))
	}
	return b.String()
}

func utf16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func parquetOf(n int) []byte {
	type row struct{ ID, Text string }
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b, parquet.MaxRowsPerRowGroup(5))
	for i := range n {
		_, _ = w.Write([]row{{fmt.Sprint("p", i), fmt.Sprint(said, " ", i)}})
	}
	_ = w.Close()
	return b.Bytes()
}

func htmlOf(body string) string {
	return "<!DOCTYPE html><html><head><title>A day</title></head><body><article><h1>A day</h1><p>" + said +
		"</p><p>“It was a long day,” said Ben Example, who had seen it all from the other side of the river.</p>" + body + "</article></body></html>"
}

// capture is a WARC record; length replaces the length of its block unless empty.
func capture(kind, uri, contentType, block, length string, more ...string) string {
	if length == "" {
		length = fmt.Sprint(len(block))
	}
	return "WARC/1.0\r\nWARC-Type: " + kind + "\r\nWARC-Target-URI: https://alder.example/" + uri + "\r\n" + strings.Join(more, "") +
		"Content-Type: " + contentType + "\r\nContent-Length: " + length + "\r\n\r\n" + block + "\r\n\r\n"
}

func response(uri, length string, more ...string) string {
	return capture("response", uri, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+htmlOf(""), length, more...)
}

// hostile are the inputs that must not hurt, each with what comes of it. The
// table in docs/limits.md is this one.
func hostile() []hostileInput {
	const mib = 1 << 20
	table := parquetOf(40)
	flipped := bytes.Clone(table)
	for i := 200; i < len(flipped)/2; i += 97 {
		flipped[i] ^= 0x55
	}
	footless := bytes.Clone(table)
	for i := len(footless) - 60; i < len(footless)-8; i++ {
		footless[i] ^= 0xa5
	}
	packed, halves := gz(records("z", 2000)), []string{records("y", 1000), records("x", 1000)}
	// Articles differ between files: what is there already is left out.
	n := 0
	good := func() string { n++; return record(fmt.Sprint("g", n), fmt.Sprint(said, " ", n)) }
	return []hostileInput{
		{"a gzip bomb", "bomb.jsonl.gz", gz(strings.Repeat(" ", 80*mib)), "rejects: 1 bomb, 1 too_large"},
		{"a zstd bomb", "bomb.jsonl.zst", zst(strings.Repeat(" ", 80*mib)), "rejects: 1 bomb, 1 too_large"},
		{"gzip in gzip", "twice.jsonl.gz", gz(gz(good())), "1 ok"},
		{"gzip in gzip in gzip", "thrice.jsonl.gz", gz(gz(gz(good()))), "rejects: 1 unsupported"},
		{"a zstd window of 512 MiB", "window.jsonl.zst", "\x28\xb5\x2f\xfd\x00\x98\x01\x00\x00", "rejects: 1 unsupported"},
		{"gzip cut in the middle", "cut.jsonl.gz", packed[:len(packed)/2], "some ok; rejects: 1 truncated"},
		{"zstd cut in the middle", "cut.jsonl.zst", zst(halves...)[:len(zst(halves[0]))+900], "some ok; rejects: 1 truncated"},
		{"concatenated gzip members", "members.jsonl.gz", gz(record("m1", said+" 1"), record("m2", said+" 2")), "2 ok"},
		{"garbage behind gzip", "behind.jsonl.gz", gz(good()) + "garbage", "1 ok; rejects: 1 damaged"},
		{"gzip that ends in .txt", "wrong.txt", gz(said), "1 ok"},
		{"JSON Lines that end in .txt", "lines.txt", good(), "1 ok"},
		{"an empty file", "empty.jsonl", "", "rejects: 1 empty"},
		{"a line of 100 KB", "long.jsonl", record("l", strings.Repeat(said+" ", 1000)), "1 ok"},
		{"a line over the record limit, then a good one", "over.jsonl", `{"id":"o","text":"` + strings.Repeat("a", 33*mib) + "\"}\n" + good(), "1 ok; rejects: 1 too_large"},
		{"300,000 escapes in a line", "escapes.jsonl", `{"id":"e","text":"` + strings.Repeat(`a\n`, 300_000) + "\"}\n", "1 ok"},
		{"a broken line between good ones", "broken.jsonl", record("b1", said+" 1") + "{\"id\":1,\"text\n" + record("b2", said+" 2"), "2 ok; rejects: 1 bad_json"},
		{"JSON nested 20,000 deep", "deep.jsonl", `{"x":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}\n" + good(), "1 ok; rejects: 1 too_complex"},
		{"a key twice", "keys.jsonl", `{"id":"k","text":"no","text":` + fmt.Sprintf("%q", said) + "}\n", "1 ok"},
		{"lone surrogates", "surrogates.jsonl", `{"id":"s","text":"` + said + ` \ud800"}` + "\n", "1 ok"},
		{"a byte that is no UTF-8", "bytes.jsonl", `{"id":"b","text":"` + said + " \xff\"}\n", "1 ok"},
		{"a byte-order mark", "mark.jsonl", "\ufeff" + good(), "1 ok"},
		{"ids above 2^53", "big.jsonl", fmt.Sprintf("{\"id\":9007199254740993,\"text\":%q}\n", said), "1 ok"},
		{"no ids, and a text twice", "ids.jsonl", fmt.Sprintf("{\"text\":%q}\n{\"text\":%[1]q}\n", said+" No id."), "1 ok; rejects: 1 duplicate"},
		{"one id, two texts", "same.jsonl", record("x", said+" 1") + record("x", said+" 2"), "2 ok"},
		{"an array in an object, one record broken", "wrapped.json", `{"articles":[` + strings.TrimSpace(record("wr1", said+" Wrapped one.")) + `,{"id":"x","text":"a\q"},` + strings.TrimSpace(record("wr2", said+" Wrapped two.")) + `]}`, "2 ok; rejects: 1 bad_json"},
		{"a table of pandas cut short", "columns.json", `{"id":{"0":"pa1"},"text":{"0":"` + "Rain", "rejects: 1 bad_json"},
		{"a feed with an item left open", "open.xml", "<rss><channel>" + feedItem("fo1") + "<item><guid>x</guid><description>Rain" + feedItem("fo2") + "</channel></rss>", "2 ok; rejects: 1 bad_xml"},
		{"a feed cut in an item", "cut.xml", "<rss><channel>" + feedItem("fc1") + "<item><guid>x</guid><descr", "1 ok; rejects: 1 truncated"},
		{"a feed with an item of 20,000 open tags", "nested.xml", "<rss><channel><item>" + strings.Repeat("<b>", 20_000) + "</item>" + feedItem("fn1") + "</channel></rss>", "1 ok; rejects: 1 too_complex"},
		{"a feed whose entities grow", "entities.xml", `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel>` + strings.Replace(feedItem("fe1"), "</description>", " &b;&b;&b;</description>", 1) + "</channel></rss>", "1 ok"},
		{"XML of another kind", "invoice.xml", `<?xml version="1.0"?><invoice><item>1</item></invoice>`, "rejects: 1 unsupported"},
		{"CSV with a quote left open", "open.csv", "id,text\nc1," + `"` + said + ` 1"` + "\nc2,\"oops\nc3,\"" + said + " 3\"\n", "2 ok; rejects: 1 bad_csv"},
		{"CSV with ragged rows", "ragged.csv", "id,text,url\nc1,short\nc2,\"" + said + "\",u\n", "1 ok; rejects: 1 bad_csv"},
		{"CSV in UTF-16", "wide.csv", utf16("id,text\r\nw,\"" + said + "\"\r\n"), "1 ok"},
		{"CSV with NUL", "nul.csv", "id,text\nn,\"" + said + " a\x00b\"\n", "1 ok"},
		{"Parquet with flipped bytes", "flipped.parquet", string(flipped), "some ok; rejects: damaged"},
		{"Parquet with a damaged footer", "footer.parquet", string(footless), "rejects: 1 damaged"},
		{"HTML with 100,000 nested tags", "tags.html", htmlOf(strings.Repeat("<div>", 100_000)), "rejects: 1 too_complex"},
		{"HTML with a comment of 3 MB", "comment.html", htmlOf("<!--" + strings.Repeat("x", 3_000_000) + "-->"), "1 ok"},
		{"HTML with an attribute of 3 MB", "attribute.html", htmlOf("<p class=\"" + strings.Repeat("x", 3_000_000) + "\">Hm.</p>"), "1 ok"},
		{"HTML with a lying charset", "lying.html", strings.Replace(htmlOf(""), "<head>", `<head><meta charset="shift_jis">`, 1), "1 ok"},
		{"WARC with a wrong length", "length.warc", response("l1", "") + response("l2", "7") + response("l3", ""), "2 ok; rejects: 1 bad_warc"},
		{"WARC with lengths a byte short", "short.warc", capture("resource", "b1", "text/html", htmlOf(""), fmt.Sprint(len(htmlOf(""))-1)) + response("b2", ""), "2 ok"},
		{"HTML in a field", "field.jsonl", `{"id":"f1","text":"<p>` + said + `</p><script>x</script>"}`, "1 ok"},
		{"a field with 30,000 tags", "fieldtags.jsonl", `{"id":"f2","text":"` + strings.Repeat("<br>", 30_000) + said + `"}`, "rejects: 1 too_complex"},
		{"mojibake of a megabyte", "mojibake.txt", said + strings.Repeat(" Ã©Â", 200_000), "1 ok"},
		{"WARC in one gzip stream", "stream.warc.gz", gz(response("s1", "") + response("s2", "")), "2 ok"},
		{"WARC with revisit and PDF", "other.warc", capture("revisit", "o1", "application/http", "", "") +
			capture("resource", "o2", "application/pdf", "%PDF", "") + response("o3", ""), "1 ok"},
		{"WARC-Truncated", "truncated.warc", response("t1", "", "WARC-Truncated: length\r\n"), "rejects: 1 truncated"},
		{"../, newlines and escapes in names", "names.jsonl", fmt.Sprintf("{\"id\":\"../../x\",\"title\":\"a\\nb\\u001b[2J\",\"text\":%q}\n", said), "1 ok"},
		{"a title like a spreadsheet's formula", "formula.jsonl", fmt.Sprintf("{\"id\":\"f\",\"title\":\"=HYPERLINK(1)\",\"text\":%q}\n", said), "1 ok"},
		{"5 MB of quotation marks", "marks.txt", strings.Repeat(`"`, 5_000_000), "rejects: 1 too_large"},
		{"256 KB of quotation marks", "fewmarks.txt", strings.Repeat(`"`, 256<<10), "1 ok"},
		{"256 KB of one word", "word.txt", strings.Repeat("the ", 64<<10), "1 ok"},
		{"1 MB without a space", "solid.txt", strings.Repeat("x", 1_000_000), "1 ok"},
		{"bidirectional and zero-width characters", "bidi.txt", said + " \u202eb\u200bc", "1 ok"},
		{"another language", "german.txt", "Der Rat hat am Dienstag beschlossen, dass die Brücke für den ganzen Winter geschlossen wird, weil niemand die Kosten tragen will.", "1 skipped (not_english)"},
	}
}

// feedItem is an item of RSS.
func feedItem(id string) string {
	return "<item><guid>" + id + "</guid><description>" + said + " Item " + id + ".</description></item>"
}

type hostileInput struct {
	name, file, data string
	want             string // what comes of it, without the numbers that do not matter
}

// Promises 5 and 9: nothing that a corpus may hold ends a run; a bad record
// costs itself; and every record is accounted for.
func TestHostileInput(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	inputs := append(hostile(), hostileDocuments()...)
	for _, h := range inputs {
		put(t, filepath.Join(in, h.file), h.data, 0o644)
	}
	makeOdd(t, in)
	cmd := exec.Command("whosaid", "extract", "--format", "jsonl", "--workers", "2", "--progress", "none", "--out", out, in)
	log, err := cmd.CombinedOutput()
	if err != nil || bytes.Contains(log, []byte("panic")) {
		t.Fatalf("%v\n%s", err, log)
	}
	came := outcomes(t, out)
	met := 0
	for _, h := range inputs {
		got := came[h.file]
		if !suits(got, h.want) {
			t.Errorf("%s: %s, want %s", h.name, got, h.want)
			continue
		}
		met++
	}
	doc, err := os.ReadFile("../../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range inputs {
		if row := "| " + h.name + " | " + h.want + " |\n"; !bytes.Contains(doc, []byte(row)) {
			t.Errorf("docs/limits.md lacks the row %s", row)
		}
	}
	figure(t, 9, "%d of %d hostile inputs cost what they must, and no more", met, len(inputs))
	for _, odd := range oddFiles {
		if !bytes.Contains(log, []byte(odd)) {
			t.Errorf("the log does not tell that %s was left out", odd)
		}
	}
	figure(t, 5, "%s", accounts(t, out))
	if code, report, _ := runs(t, "", "verify", out); code != exitOK {
		t.Errorf("verify: %s", report)
	}
}

// An input that changes or goes while a run is under way ends it with an error,
// and what is done is not taken for a run over the new input.
func TestInputThatChanges(t *testing.T) {
	for what, change := range map[string]func(name string) error{
		"changed": func(name string) error { return os.WriteFile(name, []byte(record("new", said)), 0o666) },
		"gone":    os.Remove,
	} {
		x := newTortured(t, 8, 3)
		out := filepath.Join(t.TempDir(), "out")
		cmd := x.command(out, 1)
		var log bytes.Buffer
		cmd.Stderr = &log
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for range 5000 {
			if x.finished(out) > 1 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if err := change(filepath.Join(x.in, "in007.jsonl")); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != exitError || !strings.Contains(log.String(), "input changed since it was found") {
			t.Errorf("%s: exit code %d: %s", what, code, log.String())
		}
		if d := x.torn(files(t, out)); d != "" {
			t.Errorf("%s: %s", what, d)
		}
		if code, _, stderr := runs(t, "", x.args(out, 1)...); code != exitOtherPlan || !strings.Contains(stderr, "in007.jsonl") {
			t.Errorf("%s, run again: exit code %d: %s", what, code, stderr)
		}
	}
}

// What a spreadsheet would run as a formula is written so that it does not.
func TestFormulas(t *testing.T) {
	in, out := filepath.Join(t.TempDir(), "in.jsonl"), filepath.Join(t.TempDir(), "out")
	put(t, in, fmt.Sprintf("{\"id\":\"+1\",\"title\":\"=HYPERLINK(1)\",\"author\":\"@a\",\"text\":%q}\n", said), 0o644)
	if code, _, stderr := runs(t, "", "extract", "--quiet", "--format", "csv", "--out", out, in); code != exitOK {
		t.Fatal(stderr)
	}
	b, err := os.ReadFile(filepath.Join(out, "articles.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range []string{"'+1", "'=HYPERLINK(1)"} {
		if !bytes.Contains(b, []byte(cell)) {
			t.Errorf("no cell %s in\n%s", cell, b)
		}
	}
}

// outcomes tells what came of each file, from the tables.
func outcomes(t *testing.T, out string) map[string]string {
	t.Helper()
	count := map[string]map[string]int{}
	each := func(table string, what func(row map[string]any) string) {
		b, err := os.ReadFile(filepath.Join(out, table+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			var row map[string]any
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			file := filepath.Base(fmt.Sprint(row["source_path"]))
			if count[file] == nil {
				count[file] = map[string]int{}
			}
			count[file][what(row)]++
		}
	}
	each("articles", func(row map[string]any) string {
		if row["reason"] != nil {
			return fmt.Sprintf("%v (%v)", row["status"], row["reason"])
		}
		return fmt.Sprint(row["status"])
	})
	each("rejects", func(row map[string]any) string { return fmt.Sprint("!", row["reason"]) })
	all := map[string]string{}
	for file, c := range count {
		var kept, rejects []string
		for what, n := range c {
			if reason, ok := strings.CutPrefix(what, "!"); ok {
				rejects = append(rejects, fmt.Sprint(n, " ", reason))
			} else {
				kept = append(kept, fmt.Sprint(n, " ", what))
			}
		}
		sort.Strings(kept)
		sort.Strings(rejects)
		s := strings.Join(kept, ", ")
		if len(rejects) > 0 {
			if s != "" {
				s += "; "
			}
			s += "rejects: " + strings.Join(rejects, ", ")
		}
		all[file] = s
	}
	return all
}

// suits holds an outcome against what is wanted, in which "some" stands for any
// number, and a reason without a number for any number of it.
func suits(got, want string) bool {
	g, w := strings.Fields(got), strings.Fields(want)
	for len(g) > 0 && len(w) > 0 {
		switch {
		case g[0] == w[0], w[0] == "some" && g[0] >= "1" && g[0] <= "9999":
			g, w = g[1:], w[1:]
		case len(g) > 1 && g[1] == w[0]: // a number that does not matter
			g = g[1:]
		default:
			return false
		}
	}
	return len(g) == len(w)
}

// accounts adds up the counters of a finished run, and holds them against the
// manifest's tables.
func accounts(t *testing.T, out string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(out, "_manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Counters struct{ Read, Written, Skipped, Failed, Rejected, Filtered int64 }
		Files    []struct {
			Table string
			Rows  int64
		}
	}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	c := m.Counters
	if c.Read != c.Written+c.Skipped+c.Failed+c.Rejected+c.Filtered {
		t.Errorf("it does not add up: %+v", c)
	}
	for _, f := range m.Files {
		if f.Table == "articles" && f.Rows != c.Written+c.Skipped+c.Failed {
			t.Errorf("%d articles, %+v", f.Rows, c)
		}
	}
	return fmt.Sprintf("%d records read = %d ok + %d skipped + %d failed + %d rejected + %d left out as asked", c.Read, c.Written, c.Skipped, c.Failed, c.Rejected, c.Filtered)
}
