package source

import (
	"strings"
	"testing"
	"time"
)

// TestLinear reads what invites a reader to go over the same bytes again and
// again. Each takes a second at most; a quadratic reader takes minutes.
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
		"text: bytes of no charset":      {"a.txt", fill("Zo\xeb said no. ", "\x81\x8d", "")},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			got := readAll(t, Options{}, write(t, c.file, []byte(c.data)))
			took := time.Since(start)
			t.Logf("%d articles, %d rejects in %v", len(got.articles), len(got.rejects), took.Round(time.Millisecond))
			if took > most {
				t.Errorf("took %v", took)
			}
		})
	}
}
