package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A story of our own, damaged in every way that texts come damaged from
// databases and exports, says the same each time: the twin of TestDamagedLines.
func TestDamagedStory(t *testing.T) {
	const whole = "“We won’t move the lamp,” said Hedda Quill, who keeps the harbour light. “Not this winter.”\n\nJens Odum, the pilot, said he would wait for spring."
	curly := func(open, end, apostrophe string) string {
		return strings.NewReplacer("“", open, "”", end, "’", apostrophe).Replace(whole)
	}
	page := func(s string) string { return "<p>" + strings.ReplaceAll(s, "\n\n", "</p><p>") + "</p>" }
	var lines strings.Builder
	damaged := map[string]string{
		"whole":           whole,
		"straight":        curly(`"`, `"`, "'"),
		"entities":        curly("&ldquo;", "&rdquo;", "&rsquo;"),
		"numbers":         curly("&#8220;", "&#8221;", "&#x2019;"),
		"entities twice":  curly("&amp;ldquo;", "&amp;rdquo;", "&amp;rsquo;"),
		"plain entities":  curly("&quot;", "&quot;", "&#039;"),
		"page":            page(whole),
		"page, escaped":   strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(page(whole)),
		"Windows-1252":    curly("â€œ", "â€\u009d", "â€™"),
		"Latin-1":         curly("â\u0080\u009c", "â\u0080\u009d", "â\u0080\u0099"),
		"C1":              curly("\u0093", "\u0094", "\u0092"),
		"replaced":        curly("\ufffd", "\ufffd", "\ufffd"),
		"question marks":  curly("?", "?", "?"),
		"escapes":         strings.ReplaceAll(curly(`\"`, `\"`, "'"), "\n", `\n`),
		"doubled as CSV":  curly(`""`, `""`, "'"),
		"as a typewriter": curly("``", "''", "'"),
	}
	for id, text := range damaged {
		lines.WriteString(record(id, text))
	}
	stem := filepath.Join(t.TempDir(), "damaged")
	if err := os.WriteFile(stem+".jsonl", []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	rows, articles := saidIn(t, stem)
	direct, report := 0, 0
	for key, n := range rows {
		key = strings.NewReplacer("``", "", "''", "").Replace(key)
		if strings.HasPrefix(key, "direct We won't move the lamp, Not this winter") && strings.HasSuffix(key, "| Hedda Quill") {
			direct += n
		}
		if strings.HasPrefix(key, "indirect he would wait for spring") && strings.HasSuffix(key, "| Jens Odum") {
			report += n
		}
	}
	if want := len(damaged); direct != want || report != want || articles != want {
		t.Errorf("%d direct statements and %d reports in %d articles, want %d of each: %v", direct, report, articles, want, fmt.Sprint(rows))
	}
}
