package source

import (
	"strings"
	"testing"
	"time"
)

// TestLinear reads what invites a reader to go over the same bytes again and
// again. Each takes a second of processor time at most; a quadratic reader takes minutes.
func TestLinear(t *testing.T) {
	const size, most = 2 << 20, 5 * time.Second
	fill := func(head, unit, tail string) string {
		return head + strings.Repeat(unit, (size-len(head)-len(tail))/len(unit)) + tail
	}
	for name, c := range map[string]struct{ file, data string }{
		"json: escapes without a quote":  {"a.jsonl", fill(`{"id":"1","text":"`, `a\n`, "\"}\n")},
		"json: escaped quotes":           {"a.jsonl", fill(`{"id":"1","text":"`, `a\"`, "\"}\n")},
		"json: a string that never ends": {"a.jsonl", fill(`{"id":"1","text":"`, `a\n`, "")},
		"json: members":                  {"a.jsonl", fill(`{"id":"1"`, `,"a":1`, ",\"text\":\"x\"}\n")},
		"json: texts":                    {"a.jsonl", fill(`{"id":"1"`, `,"text":"x"`, "}\n")},
		"json: objects within":           {"a.jsonl", fill(`{"text":"x","meta":{"id":1`, `,"a":{"b":1}`, "}}\n")},
		"json: array of broken lines":    {"a.json", fill("[\n", "{\"text\":[\n", "")},
		"json: array of open strings":    {"a.json", fill("[\n", "{\"text\":\"\\\"\n", "")},
		"json: open objects":             {"a.jsonl", fill("{\n", "{\n", "")},
		"json: lines of a bracket":       {"a.jsonl", fill("{\"text\":\"x\"}\n", "{\n", "")},
		"csv: quotes that chain":         {"a.csv", fill("id,text\n", "a\",\"\n", "")},
		"csv: every quote open":          {"a.csv", fill("id,text\n", "1,\"a\n", "")},
		"csv: one open quote":            {"a.csv", fill("id,text\n1,\"", "a,b\n", "")},
		"csv: doubled quotes":            {"a.csv", fill("id,text\n1,\"", "\"\"", "\n")},
		"csv: cells":                     {"a.csv", fill("id,text\n", ",", "\n")},
		"csv: many columns":              {"a.csv", fill("text", ",x", "\na\n")},
		"warc: header without end":       {"a.warc", fill("WARC/1.0\r\n", "A: b\r\n", "")},
		"warc: records without length":   {"a.warc", fill("", "WARC/1.0\r\n\r\n", "")},
		"warc: records of no length":     {"a.warc", fill("", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "")},
		"html: open comments":            {"a.html", fill("<!DOCTYPE html><html><body>", "<!--", "")},
		"html: open tags":                {"a.html", fill("<!DOCTYPE html><html><body>", "<a", "")},
		"html: attributes":               {"a.html", fill("<!DOCTYPE html><html><body ", "a=b ", "")},
		"html: entities":                 {"a.html", fill("<!DOCTYPE html><html><body>", "&amp", "")},
		"mbox: lines of From":            {"a.mbox", fill("From a Mon Jan  9 06:00:00 2023\nFrom: a\n\n", "\nFrom a 9:00\n", "")},
		"mbox: empty messages":           {"a.mbox", fill("", "From a Mon Jan  9 06:00:00 2023\nFrom: a\n\n", "")},
		"email: parts":                   {"a.eml", fill(letter(1, "multipart/mixed; boundary=b", ""), "--b\r\n\r\nx\r\n", "--b--\r\n")},
		"rtf: characters":                {"a.rtf", fill(`{\rtf1 `, `\u8220?`, "}")},
		"rtf: groups":                    {"a.rtf", fill(`{\rtf1 `, `{\f1\'e9}`, "}")},
		"export: words":                  {"a.txt", fill("A\n", "1 words\n1 May 2011\nA\nEnglish\n(c) 2011\n", "")},
		"export: codes":                  {"a.txt", fill("HD x\nWC 1\nPD 1 May 2011\nSN x\nLP x\n", "IN\n\n", "")},
		"export: ends":                   {"a.txt", fill("Length: 1 words\nSection: x\nByline: x\nBody\n", "End of Document\n", "")},
		"export: counts":                 {"a.txt", fill("", "1 of 2 DOCUMENTS\nLENGTH: 1 words\n", "")},
		"export: rules":                  {"a.txt", fill("ProQuest document link\nDocument 1 of 2\nFull text: x\n", strings.Repeat("_", 20)+"\nFull text: x\n", "")},
		"text: bytes of no charset":      {"a.txt", fill("Zo\xeb said no. ", "\x81\x8d", "")},
	} {
		t.Run(name, func(t *testing.T) {
			start := spent()
			got := readAll(t, Options{}, write(t, c.file, []byte(c.data)))
			took := spent() - start
			t.Logf("%d articles, %d rejects in %v", len(got.articles), len(got.rejects), took.Round(time.Millisecond))
			if took > most {
				t.Errorf("took %v", took)
			}
		})
	}
}
