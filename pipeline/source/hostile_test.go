package source

import (
	"strings"
	"testing"
)

// TestHostile is the list of inputs that must not hurt: what comes of each.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)
	good := `{"id":"g","text":"Good."}` + "\n"
	for _, c := range []struct {
		name string
		file string
		data string
		o    Options
		want []string
	}{
		{"empty text", "a.txt", "", Options{}, []string{"empty@0"}},
		{"empty json lines", "a.jsonl", "", Options{}, []string{"empty@0"}},
		{"empty gzip", "a.txt.gz", string(gz("")), Options{}, []string{"empty@0"}},
		{"blank json lines", "a.jsonl", "\n\n", Options{}, nil},
		{"wrong extension: json in txt", "a.txt", good, Options{}, []string{"g: Good."}},
		{"wrong extension: gzip in txt", "a.txt", string(gz("Plain.")), Options{}, []string{"a: Plain."}},
		{"wrong extension: text in gz", "a.txt.gz", "Plain.", Options{}, []string{"a: Plain."}},
		{"wrong extension: zip in txt", "a.txt", "PK\x03\x04 and so on", Options{}, []string{"unsupported@0"}},
		{"binary", "a.txt", strings.Repeat("\x00\x01\x02abc", 1000), Options{}, []string{"unsupported@0"}},

		{"gzip in gzip", "a.jsonl.gz", string(gz(string(gz(good)))), Options{}, []string{"g: Good."}},
		{"gzip three deep", "a.jsonl.gz", string(gz(string(gz(string(gz(good)))))), Options{}, []string{"unsupported@0"}},
		{"concatenated gzip", "a.jsonl.gz", string(gz(good, good)), Options{}, []string{"g: Good.", "g: Good."}},
		{"concatenated zstd", "a.jsonl.zst", string(zst(good, good)), Options{}, []string{"g: Good.", "g: Good."}},
		{"xz", "a.jsonl.xz", string(xzip(good)), Options{}, []string{"g: Good."}},
		{"bzip2", "a.txt.bz2", bz2Fixture, Options{}, []string{"a: Rain fell."}},
		{"gzip with zeros behind", "a.jsonl.gz", string(gz(good)) + strings.Repeat("\x00", 600), Options{}, []string{"g: Good."}},
		{"gzip with garbage behind", "a.jsonl.gz", string(gz(good)) + "garbage", Options{}, []string{"g: Good.", "damaged@1"}},
		{"gzip text with garbage behind", "a.txt.gz", string(gz("Good.")) + "garbage", Options{}, []string{"a: Good.", "damaged@1"}},
		{"zstd with garbage behind", "a.jsonl.zst", string(zst(good)) + "garbage", Options{}, []string{"g: Good.", "damaged@1"}},
		{"truncated text", "a.txt.gz", string(gz(lines(1)))[:40], Options{Format: Text}, []string{"truncated@0"}},
		{"zstd window", "a.jsonl.zst", "\x28\xb5\x2f\xfd\x00\x98" + "\x01\x00\x00", Options{}, []string{"unsupported@0"}},
		{"xz dictionary", "a.jsonl.xz", string(xzip(good)), Options{MaxWindow: 1 << 20}, []string{"unsupported@0"}},

		{"line over 64 KB", "a.jsonl", `{"id":"long","text":"` + strings.Repeat("a", 100_000) + `"}`, Options{}, []string{"long: " + strings.Repeat("a", 20) + "…100000"}},
		{"line over the limit", "a.jsonl", good + `{"text":"` + strings.Repeat("a", 100_000) + "\"}\n" + good, Options{MaxRecord: 10_000}, []string{"g: Good.", "g: Good.", "too_large@1"}},
		{"text over the limit", "a.jsonl", `{"text":"` + strings.Repeat("a", 1001) + "\"}\n" + good, Options{MaxArticle: 1000}, []string{"g: Good.", "too_large@0"}},
		{"text file over the limit", "a.txt", strings.Repeat("a", 1001), Options{MaxRecord: 1000}, []string{"too_large@0"}},
		{"text file at the limit", "a.txt", strings.Repeat("a", 1000), Options{MaxRecord: 1000}, []string{"a: " + strings.Repeat("a", 20) + "…1000"}},
		{"bad line mid-file", "a.jsonl", good + "{\"id\":1,\"text\n" + good, Options{}, []string{"g: Good.", "g: Good.", "bad_json@1"}},
		{"garbage line", "a.jsonl", good + "\x1b[31m\n" + good, Options{}, []string{"g: Good.", "g: Good.", "bad_json@1"}},
		{"last line cut", "a.jsonl", good + `{"id":"c","te`, Options{}, []string{"g: Good.", "bad_json@1"}},
		{"last line without newline", "a.jsonl", good + `{"id":"c","text":"End."}`, Options{}, []string{"g: Good.", "c: End."}},
		{"deep nesting", "a.jsonl", `{"x":` + deep + "}\n" + good, Options{}, []string{"g: Good.", "too_complex@0"}},
		{"duplicate keys", "a.jsonl", `{"id":"1","text":"x","text":"y"}`, Options{}, []string{"1: y"}},
		{"lone surrogates", "a.jsonl", `{"id":"1","text":"a\ud800b\udc00c\ud83d\ude00"}`, Options{}, []string{"1: a\ufffdb\ufffdc😀"}},
		{"invalid UTF-8", "a.jsonl", "{\"id\":\"1\",\"text\":\"“Ja”, “nein”, said\xff Ann Lee and “some” others in the long hall of the old town house before the vote was taken, when all was said and done there.\"}", Options{}, []string{"1: “Ja”, “nein”…159"}},
		{"Windows-1252", "a.jsonl", "{\"id\":\"1\",\"text\":\"\x93No,\x94 said Zo\xeb.\"}", Options{}, []string{"1: “No,” said Zoë."}},
		{"byte-order mark", "a.jsonl", "\ufeff" + good, Options{}, []string{"g: Good."}},
		{"big ids", "a.jsonl", `{"id":9007199254740993,"text":"x"}` + "\n" + `{"id":123456789012345678901234567890,"text":"x"}`, Options{}, []string{"9007199254740993: x", "123456789012345678901234567890: x"}},
		{"missing and duplicate ids", "a.jsonl", `{"text":"x"}` + "\n" + `{"id":null,"text":"y"}` + "\n" + good + good, Options{}, []string{": x", ": y", "g: Good.", "g: Good."}},
		{"no text field", "a.jsonl", `{"id":1,"words":"x"}` + "\n" + good, Options{}, []string{"g: Good.", "no_text@0"}},
		{"text of another kind", "a.jsonl", `{"id":1,"text":{"a":"x"}}` + "\n" + `{"id":2,"text":3}`, Options{}, []string{"no_text@0", "no_text@1"}},
		{"empty text field", "a.jsonl", `{"id":1,"text":""}` + "\n" + `{"id":2,"text":"","body":"b"}`, Options{}, []string{"1: ", "2: b"}},
		{"NUL in text", "a.jsonl", `{"id":1,"text":"a\u0000b"}`, Options{}, []string{"1: a\ufffdb"}},
		{"id too long", "a.jsonl", `{"id":"` + strings.Repeat("i", 10_000) + `","text":"a"}`, Options{}, []string{"too_large@0"}},

		{"array", "a.json", "[" + strings.TrimSpace(good) + ",\n" + good + "]", Options{}, []string{"g: Good.", "g: Good."}},
		{"array on one line, one bad", "a.json", `[{"id":"1","text":"x"}, {"id":2,"words":3},{"id":"3","text":"z"}]`, Options{}, []string{"1: x", "3: z", "no_text@1"}},
		{"array over lines, one broken", "a.json", "[\n  {\"id\": \"1\",\n   \"text\": \"x\"},\n  {\"id\": 2,\n   \"text\": oops},\n  {\"id\": \"3\",\n   \"text\": \"z\"}\n]\n", Options{}, []string{"1: x", "3: z", "bad_json@1"}},
		{"array cut short", "a.json", `[{"id":"1","text":"x"}, {"id":"2","tex`, Options{}, []string{"1: x", "bad_json@1"}},
		{"object over lines", "a.json", "{\n  \"id\": \"1\",\n  \"text\": \"x\"\n}\n", Options{}, []string{"1: x"}},

		{"csv", "a.csv", "id,text\n1,\"a, \"\"b\"\"\nc\"\n2,d\n", Options{}, []string{"1: a, \"b\"\nc", "2: d"}},
		{"csv CRLF", "a.csv", "id,text\r\n1,\"a\r\nb\"\r\n2,d\r\n", Options{}, []string{"1: a\r\nb", "2: d"}},
		{"csv unterminated quote, quotes behind", "a.csv", "id,text\n1,x\n2,\"oops\n3,\"y\"\n4,z\n", Options{}, []string{"1: x", "3: y", "4: z", "bad_csv@1"}},
		{"csv unterminated quote, none behind", "a.csv", "id,text\n1,x\n2,\"oops\n3,y\n4,z\n", Options{}, []string{"1: x", "3: y", "4: z", "bad_csv@1"}},
		{"csv unterminated quote in the last record", "a.csv", "id,text\n1,x\n2,\"oops", Options{}, []string{"1: x", "bad_csv@1"}},
		{"csv unterminated quote over several lines", "a.csv", "id,text,url\n1,x,u\n2,\"oops\nmore of it\nand more,u\n3,\"y\",u\n", Options{}, []string{"1: x", "3: y", "bad_csv@1"}},
		{"csv ragged", "a.csv", "id,text,url\n1,x,u\n2,short\n3,too,many,cells\n4,y,u,,\n", Options{}, []string{"1: x", "4: y", "bad_csv@1", "bad_csv@2"}},
		{"csv text behind a quote, over lines", "a.csv", "id,text\n1,\"a \"b\" c\nd\"\n2,x\n", Options{}, []string{"2: x", "bad_csv@0"}},
		{"csv quotes that chain", "a.csv", "id,text\n" + strings.Repeat("a\",\"\n", 20_000) + "2,x\n", Options{}, []string{"2: x", "bad_csv@0"}},
		{"csv every quote open", "a.csv", "id,text\n" + strings.Repeat("1,\"a\n", 20_000) + "2,x\n", Options{}, []string{"2: x", "bad_csv@0"}},
		{"csv quote inside a cell", "a.csv", "id,text\n1,a 5\" nail\n", Options{}, []string{"1: a 5\" nail"}},
		{"csv UTF-16", "a.csv", utf16le("\ufeffid,text\r\n1,“Zoë”\r\n"), Options{}, []string{"1: “Zoë”"}},
		{"csv UTF-16 without mark", "a.csv", utf16le("id,text\r\n1,\"Zoë\"\r\n"), Options{}, []string{"1: Zoë"}},
		{"csv NUL", "a.csv", "id,text\n1,a\x00b and many more words that follow here\n2,c\n", Options{}, []string{"1: a\ufffdb and many more words that follow here", "2: c"}},
		{"csv Windows-1252", "a.csv", "id,text\n1,Zo\xeb said \x93no\x94\n", Options{}, []string{"1: Zoë said “no”"}},
		{"csv semicolons", "a.csv", "id;text\n1;a, b\n", Options{}, []string{"1: a, b"}},
		{"csv without text", "a.csv", "id,words\n1,x\n", Options{}, []string{"no_text@0"}},
		{"csv header only", "a.csv", "id,text\n", Options{}, nil},
		{"csv record over the limit", "a.csv", "id,text\n1,x\n2," + strings.Repeat("a", 5000) + "\n3,y\n", Options{MaxRecord: 1000}, []string{"1: x", "3: y", "too_large@1"}},
		{"tsv", "a.tsv", "id\ttext\n1\tx\n2\t\"We will,\" he said.\n3\t\"y\"\n", Options{}, []string{"1: x", "2: \"We will,\" he said.", "3: y"}},
		{"csv in txt", "a.txt", "id,text\n1,x\n", Options{}, []string{"1: x"}},
		{"json array forced as lines of text", "a.txt", "[Photo: x] Rain fell.", Options{}, []string{"a: [Photo: x] Rain fell."}},

		{"text UTF-16", "a.txt", utf16le("\ufeff“Rain,” said Zoë."), Options{}, []string{"a: “Rain,” said Zoë."}},
		{"text Latin-1", "a.txt", "Zo\xeb said no.", Options{}, []string{"a: Zoë said no."}},
		{"text byte-order mark", "a.txt", "\ufeffRain.", Options{}, []string{"a: Rain."}},
		{"text control characters", "a.txt", "Rain.\x1b[31m Red.", Options{}, []string{"a: Rain.\x1b[31m Red."}},
		{"JSON Lines with HTML", "a.jsonl", `{"id":"a","text":"<p>One &amp;amp; two.</p><script>x</script>"}`, Options{}, []string{"a: One & two."}},
		{"JSON Lines with too many tags", "a.jsonl", `{"id":"a","text":"` + strings.Repeat("<br>", 20_001) + `x"}` + "\n" + good, Options{}, []string{"g: Good.", "too_complex@0"}},
		{"JSON Lines with tags nested too deep", "a.jsonl", `{"id":"a","text":"` + strings.Repeat("<div>", 600) + `</div>"}` + "\n" + good, Options{}, []string{"g: Good.", "too_complex@0"}},
		{"text bidirectional and zero-width", "a.txt", "a\u202eb\u200bc\u2066d", Options{}, []string{"a: a\u202ebc\u2066d"}},
		{"text CRLF", "a.txt", "a\r\n\r\nb", Options{}, []string{"a: a\r\n\r\nb"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := readAll(t, c.o, write(t, c.file, []byte(c.data)))
			equal(t, got.summary(), c.want)
		})
	}
}

// utf16le spells s in UTF-16, low byte first.
func utf16le(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// bz2Fixture is "Rain fell." by bzip2, which Go only reads.
const bz2Fixture = "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\xb7\xa7\xde\x40\x00\x00\x01\x13\x00\x40\x01\x10\x00\x23\x25\x20\x00\x22\x01\xa6\xd4\x20\xc9\x88\x0c\xd6\xb9\x33\xc5\xdc\x91\x4e\x14\x24\x2d\xe9\xf7\x90\x00"
