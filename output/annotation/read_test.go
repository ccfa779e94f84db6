package annotation

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosaid/whosaid/output"
)

// written puts files into a folder.
func written(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readAll reads files of a format, and gives what was told of them.
func readAll(f Format, o Options, inputs ...string) (docs []*Document, told notes, err error) {
	o.Skip = told.add
	err = Read(f, inputs, o, func(d *Document) error { docs = append(docs, d); return nil })
	return docs, told, err
}

// What people make by hand in a tool, without any of whosaid's notes, becomes
// the statement they mean.
func TestMadeByHand(t *testing.T) {
	// 0123456789012345678901234567890123456789
	const text = "🙂 “We won,” said Ada Example, “at last.”"
	want := []Statement{{
		ID: "E1", Content: []Span{{2, 11}, {30, 40}}, Cue: []Span{{12, 16}}, Source: []Span{{17, 28}},
		Attributes: Attributes{Type: "direct"},
	}}
	for _, c := range []struct {
		name   string
		format Format
		files  map[string]string
	}{
		{"brat events", Brat, map[string]string{"a.txt": text, "a.ann": "T1\tAttribution 12 16\tsaid\nT2\tContent 2 11;30 40\t“We won,” “at last.”\nT3\tSource 17 28\tAda Example\nT4\tCue 12 16\tsaid\nE1\tAttribution:T1 Content:T2 Cue:T4 Source:T3\n"}},
		{"brat numbered arguments", Brat, map[string]string{"a.txt": text, "a.ann": "E1\tAttribution:T4 Content:T2 Content2:T5 Cue:T4 Source:T3\r\nT2\tContent 2 11\t“We won,”\r\nT5\tContent 30 40\t“at last.”\r\nT3\tSource 17 28\tAda Example\r\nT4\tCue 12 16\tsaid\r\n"}},
		{"brat relations", Brat, map[string]string{"a.txt": text, "a.ann": "T1\tContent 2 11;30 40\t“We won,” “at last.”\nT2\tSource 17 28\tAda Example\nT3\tCue 12 16\tsaid\nR1\tOf Arg1:T2 Arg2:T1\nR2\tOf Arg1:T3 Arg2:T1\n"}},
		{"Label Studio, lines from the source", LabelStudio, map[string]string{"a.json": `[{"data":{"text":"` + text + `","doc":"a"},"annotations":[{"result":[
			{"id":"x","type":"labels","value":{"start":2,"end":11,"text":"“We won,”","labels":["Content"]}},
			{"id":"y","type":"labels","value":{"start":30,"end":40,"text":"“at last.”","labels":["Content"]}},
			{"id":"s","type":"labels","value":{"start":17,"end":28,"labels":["Source"]}},
			{"id":"c","type":"labels","value":{"start":12,"end":16,"labels":["Cue"]}},
			{"type":"relation","from_id":"s","to_id":"c","direction":"right"},
			{"type":"relation","from_id":"c","to_id":"x","direction":"right"},
			{"type":"relation","from_id":"y","to_id":"x","direction":"left"}]}]}]`}},
		{"Label Studio before 1.4, UTF-16", LabelStudio, map[string]string{"a.json": `[{"data":{"text":"` + text + `","doc":"a"},"annotations":[{"result":[
			{"id":"x","type":"labels","value":{"start":3,"end":12,"text":"“We won,”","labels":["Content"]}},
			{"id":"y","type":"labels","value":{"start":31,"end":41,"text":"“at last.”","labels":["Content"]}},
			{"id":"s","type":"labels","value":{"start":18,"end":29,"text":"Ada Example","labels":["Source"]}},
			{"id":"c","type":"labels","value":{"start":13,"end":17,"text":"said","labels":["Cue"]}},
			{"type":"relation","from_id":"x","to_id":"s"},{"type":"relation","from_id":"x","to_id":"c"},{"type":"relation","from_id":"x","to_id":"y"}]}]}]`}},
		{"CoNLL without comments", CoNLL, map[string]string{"a.conllup": "# global.columns = ID FORM MISC WHOSAID:1\n1\t🙂\t_\tO\n2\t“\tSpaceAfter=No\tB-Content\n3\tWe\t_\tI-Content\n4\twon\tSpaceAfter=No\tI-Content\n5\t,”\t_\tI-Content\n6\tsaid\t_\tB-Cue\n7\tAda\t_\tB-Source\n8\tExample\tSpaceAfter=No\tI-Source\n9\t,\t_\tO\n\n1\t“\tSpaceAfter=No\tB-Content\n2\tat\t_\tI-Content\n3\tlast\tSpaceAfter=No\tI-Content\n4\t.”\t_\tI-Content\n"}},
		{"Prodigy by tokens", Prodigy, map[string]string{"a.jsonl": `{"text":"` + text + `","meta":{"doc":"a"},"spans":[{"start":2,"end":11,"token_start":1,"token_end":4,"label":"CONTENT"},{"start":12,"end":16,"token_start":5,"token_end":5,"label":"CUE"},{"start":17,"end":28,"token_start":6,"token_end":7,"label":"SOURCE"},{"start":30,"end":40,"token_start":9,"token_end":12,"label":"CONTENT"}],"relations":[{"head":4,"child":5,"label":"CUE"},{"head":4,"child":7,"label":"SOURCE"},{"head":4,"child":12,"label":"CONTENT"}],"answer":"accept"}`}},
		{"INCEpTION", Inception, map[string]string{"a.xmi": `<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///webanno/custom.ecore" xmi:version="2.0">
			<c:Quotation xmi:id="5" sofa="1" begin="3" end="12" role="Content"/><c:Quotation xmi:id="6" sofa="1" begin="31" end="41" role="Content"/><c:Quotation xmi:id="7" sofa="1" begin="13" end="17" role="Cue"/><c:Quotation xmi:id="8" sofa="1" begin="18" end="29" role="Source"/>
			<c:QuotationLink xmi:id="9" Governor="5" Dependent="6"/><c:QuotationLink xmi:id="10" Governor="5" Dependent="7"/><c:QuotationLink xmi:id="11" Governor="8" Dependent="5"/>
			<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="` + text + `"/></xmi:XMI>`}},
		{"Citron", Citron, map[string]string{"a.json": `{"text":"` + text + `","quotes":[{"cue":{"start":12,"end":16,"text":"said"},"sources":[{"start":17,"end":28,"text":"Ada Example"}],"contents":[{"start":2,"end":11,"text":"“We won,”"},{"start":30,"end":40,"text":"“at last.”"}]}]}`}},
		{"CSV by words alone, with semicolons", CSV, map[string]string{"s.csv": "\ufeffdoc;content;cue;source\r\na;“We won,” … “at last.”;said;Ada Example\r\n", "documents.csv": "doc,text\n\na,\"" + text + "\"\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, told, err := readAll(c.format, Options{}, written(t, c.files))
			if err != nil {
				t.Fatal(err)
			}
			if len(docs) != 1 || docs[0].Text != text || docs[0].ID != "a" {
				t.Fatalf("documents: %+v", docs)
			}
			if diff := cmp.Diff(want, docs[0].Statements, cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
			if len(told) > 0 {
				t.Error(told)
			}
		})
	}
}

// What is wrong with a file is said with its place and a hint; what is merely
// left out is told.
func TestHostile(t *testing.T) {
	zipped := func(name string, content []byte) string {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write(content)
		w.Close()
		return b.String()
	}
	bomb := func(name string) string { // it says what it would unpack to
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		f, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: 5, UncompressedSize64: maxSheet + 1})
		if err != nil {
			t.Fatal(err)
		}
		f.Write(make([]byte, 5))
		w.Close()
		return b.String()
	}
	for _, c := range []struct {
		name   string
		format Format
		files  map[string]string
		want   string // in the error, or in what is told
	}{
		{"no text", Brat, map[string]string{"a.ann": ""}, "a.txt is missing"},
		{"text changed", Brat, map[string]string{"a.txt": "Ada said no.", "a.ann": "T1\tCue 4 8\twept\n"}, `a.ann:1: T1 says "wept" where the text has "said"`},
		{"outside", Brat, map[string]string{"a.txt": "Ada", "a.ann": "\nT1\tCue 4 8\tsaid\n"}, "a.ann:2: T1 from 4 to 8 does not lie in the text of 3 characters"},
		{"bad offsets", Brat, map[string]string{"a.txt": "Ada", "a.ann": "T1\tCue x 8\tsaid\n"}, "not a pair of offsets"},
		{"event without its mark", Brat, map[string]string{"a.txt": "Ada", "a.ann": "E1\tAttribution:T1 Content:T2\n"}, "a.ann:1: event E1 names T1"},
		{"mark of nobody", Brat, map[string]string{"a.txt": "Ada", "a.ann": "T1\tSource 0 3\tAda\n"}, "a Source that no line joins with a Content"},
		{"other event", Brat, map[string]string{"a.txt": "Ada", "a.ann": "T1\tWon 0 3\tAda\nE1\tWon:T1\nN1\tReference T1 Wikidata:Q1\tAda\nspilled\n"}, "an event of type Won"},
		{"bad value", Brat, map[string]string{"a.txt": "Ada", "a.ann": "T1\tContent 0 3\tAda\nA1\tType T1 shouted\n"}, `type "shouted", which is not one of direct, indirect, mixed`},
		{"not UTF-8", Brat, map[string]string{"a.txt": "\xff\xfe", "a.ann": ""}, "not valid UTF-8"},
		{"JSON-MIN", LabelStudio, map[string]string{"a.json": `[{"text":"Ada","role":[]}]`}, "[0]: no data.text; export as JSON, not JSON-MIN"},
		{"not tasks", LabelStudio, map[string]string{"a.json": `{"text":"Ada"}`}, "not a list of tasks"},
		{"cut short", LabelStudio, map[string]string{"a.json": `[{"data":{"text":"Ada"}}`}, "the list ends after 1 tasks"},
		{"type", LabelStudio, map[string]string{"a.json": `[{"data":{"text":7}}]`}, "[0]: data.text: number where string is wanted"},
		{"region outside", LabelStudio, map[string]string{"a.json": `[{"data":{"text":"Ada"},"annotations":[{"result":[{"id":"x","type":"labels","value":{"start":2,"end":11,"labels":["Cue"]}}]}]}]`}, "[0].annotations[0].result[0]: the region from 2 to 11 does not lie in the text"},
		{"predictions", LabelStudio, map[string]string{"a.json": `[{"data":{"text":"Ada"},"predictions":[{"result":[]}]}]`}, "whose prediction was taken"},
		{"cancelled", LabelStudio, map[string]string{"a.json": `[{"data":{"text":"Ada"},"annotations":[{"was_cancelled":true,"result":[]}]}]`}, "annotations were all cancelled"},
		{"columns", CoNLL, map[string]string{"a.conllup": "# global.columns = ID FORM MISC\n1\tAda\n"}, "a.conllup:2: 2 columns, where global.columns names 3"},
		{"no columns", CoNLL, map[string]string{"a.conllup": "1\tAda\t_\n"}, "a.conllup:1: a token before the line"},
		{"tag", CoNLL, map[string]string{"a.conllup": "# global.columns = ID FORM MISC WHOSAID:1\n1\tAda\t_\tB-PER\n"}, `column WHOSAID:1: "B-PER" is not O`},
		{"spaces", CoNLL, map[string]string{"a.conllup": "# global.columns = ID FORM MISC\n1\tAda\tSpacesAfter=x\n"}, "is not white space"},
		{"a million statements", CoNLL, map[string]string{"a.conllup": "# whosaid_statement_99999999 = {}\n"}, "is not the number of a statement"},
		{"no CAS", Inception, map[string]string{"a.xmi": "<a/>"}, "no cas:Sofa"},
		{"broken XML", Inception, map[string]string{"a.xmi": "<a>\n<b>\n"}, "a.xmi: XML syntax error on line 3"},
		{"surrogate cut", Inception, map[string]string{"a.xmi": `<x xmlns:c="http:///webanno/custom.ecore" xmlns:cas="u"><c:Quotation role="Cue" begin="1" end="2"/><cas:Sofa sofaString="🙂"/></x>`}, "from 1 to 2 does not lie"},
		{"empty zip", Inception, map[string]string{"a.zip": zipped("x.txt", nil)}, "no .xmi file in the archive"},
		{"zip of another", Inception, map[string]string{"a.zip": zipped("../../x.xmi", []byte("<a/>"))}, "no cas:Sofa"},
		{"zip bomb", Inception, map[string]string{"a.zip": bomb("x.xmi")}, "larger than the limit of 256 MiB"},
		{"rejected", Prodigy, map[string]string{"a.jsonl": `{"text":"Ada","answer":"reject"}`}, "a task with the answer reject"},
		{"label", Prodigy, map[string]string{"a.jsonl": `{"text":"Ada","spans":[{"start":0,"end":3,"label":"PERSON"}]}`}, `the label "PERSON"`},
		{"second line", Prodigy, map[string]string{"a.jsonl": "{\"text\":\"Ada\"}\n{\"text\":\n"}, "a.jsonl:2: byte"},
		{"words differ", Citron, map[string]string{"a.json": `{"text":"Ada said.","quotes":[{"cue":{"start":0,"end":3,"text":"said"}}]}`}, `quotes[0].cue[0]: it says "said" where the text has "Ada"`},
		{"no gold", Gold, map[string]string{"a.jsonl": `{"doc":"a","text":"Ada"}`}, `a.jsonl:1: no "attributions"`},
		{"no id", Gold, map[string]string{"a.jsonl": `{"text":"Ada","attributions":[]}`}, "a.jsonl:1: a document has no id"},
		{"twice", Gold, map[string]string{"a.jsonl": `{"doc":"a","text":"Ada","attributions":[]}` + "\n" + `{"doc":"a","text":"Bo","attributions":[]}`}, `a.jsonl:2: the document "a" was read `},
		{"overlap", Gold, map[string]string{"a.jsonl": `{"doc":"a","text":"Ada said","attributions":[{"id":"E1","content":[[0,5],[4,8]]}]}`}, "overlaps another of the same statement"},
		{"blank", Gold, map[string]string{"a.jsonl": `{"doc":"a","text":"Ada said","attributions":[{"id":"E1","content":[[3,4]]}]}`}, "a statement without a content, a cue or a source"},
		{"no documents", CSV, map[string]string{"s.csv": "doc,content\n"}, "the table of its documents is missing"},
		{"not closed", CSV, map[string]string{"s.csv": "doc,content\na,\"x", "documents.csv": "doc,text\n"}, "s.csv:2: a quotation mark that is not closed"},
		{"column", CSV, map[string]string{"s.csv": "doc,words\n", "documents.csv": "doc,text\n"}, `no column "content"`},
		{"stranger", CSV, map[string]string{"s.csv": "doc,content\nb,x\n", "documents.csv": "doc,text\na,Ada\n"}, "not in the table of documents"},
		{"words twice", CSV, map[string]string{"s.csv": "doc,content\na,Ada\n", "documents.csv": "doc,text\na,Ada and Ada\n"}, `s.csv:2: a statement with a content whose words are not in the text, or there more than once: "Ada"`},
		{"date", CSV, map[string]string{"s.csv": "doc,content,content_at\na,Ada,12-40\n", "documents.csv": "doc,text\na,Ada\n"}, "column content_at: \"12-40\" is not a place such as 12..40"},
		{"no workbook", XLSX, map[string]string{"a.xlsx": "Ada"}, "it is no workbook of Excel"},
		{"other zip", XLSX, map[string]string{"a.xlsx": zipped("x.txt", []byte("x"))}, "a.xlsx: "},
		{"bomb", XLSX, map[string]string{"a.xlsx": bomb("xl/_rels/workbook.xml.rels")}, "larger than the limit of 1024 MiB"},
		{"not a folder of ours", Tables, map[string]string{"x": ""}, "neither articles/part-*.parquet nor articles.jsonl"},
		{"nothing of the kind", Brat, map[string]string{"x.pdf": ""}, "no file that ends in .ann; is it of another format than brat?"},
	} {
		t.Run(string(c.format)+" "+c.name, func(t *testing.T) {
			_, told, err := readAll(c.format, Options{}, written(t, c.files))
			got := strings.Join(told, "\n")
			if err != nil {
				got += "\n" + err.Error()
			}
			if !strings.Contains(got, c.want) {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

// A filled sheet: words corrected, a row added, a source taken out, a row taken out.
func TestFilledSheet(t *testing.T) {
	const text = "“We won,” said Ada. Bo says it rained. Cy said nothing."
	files := map[string]string{"documents.csv": "doc,text\na,\"" + text + "\"\n", "statements.csv": "doc,statement,speaker,content,cue,source,content_at,cue_at,source_at,type\n" +
		"a,E1,Ada Example,We won,said,Ada,0..9,10..14,15..18,direct\n" +
		"a,E2,Bo,it rained,says,,28..37,23..27,20..22,\n" +
		"a,,,nothing,said,Cy,,,,\n"}
	docs, told, err := readAll(CSV, Options{}, written(t, files))
	if err != nil {
		t.Fatal(err)
	}
	want := []Statement{
		{ID: "E1", Content: []Span{{1, 7}}, Cue: []Span{{10, 14}}, Source: []Span{{15, 18}}, Attributes: Attributes{Type: "direct", Speaker: "Ada Example"}},
		{ID: "E2", Content: []Span{{28, 37}}, Cue: []Span{{23, 27}}, Attributes: Attributes{Type: "indirect", Speaker: "Bo"}},
		{ID: "E3", Content: []Span{{47, 54}}, Source: []Span{{39, 41}}, Attributes: Attributes{Type: "indirect"}},
	}
	if diff := cmp.Diff(want, docs[0].Statements, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	// "said" stands twice, and the added row has no place to tell which.
	if len(told) != 1 || !strings.Contains(told[0], "a cue whose words are not in the text, or there more than once") {
		t.Error(told)
	}
}

// A workbook as spreadsheets save it: strings that cells share, with phonetic
// hints and escapes, numbers, rows without their numbers; and cells that say
// that they stand at the far end of the sheet take no room on the way there.
func TestWorkbook(t *testing.T) {
	rows := func(s string) string {
		return `<worksheet xmlns="` + xlsxMain + `"><sheetData>` + s + `</sheetData></worksheet>`
	}
	far := strings.Repeat(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, 5000)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range append(xlsxParts[:len(xlsxParts):len(xlsxParts)],
		[2]string{"xl/sharedStrings.xml", `<sst xmlns="` + xlsxMain + `"><si><t>doc</t></si><si><r><t>con</t></r><r><t>tent</t></r><rPh><t>x</t></rPh></si><si><t>a_x000D_</t></si></sst>`},
		[2]string{"xl/worksheets/sheet1.xml", rows(`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>detect_confidence</t></is></c></row><row><c t="s"><v>2</v></c><c t="str"><f>1</f><v>Ada</v></c><c><v>0.5</v></c></row>` + far)},
		[2]string{"xl/worksheets/sheet2.xml", rows(`<row r="1"><c r="B1" t="s"><v>0</v></c><c r="AA1" t="inlineStr"><is><t>text</t></is></c></row><row r="2"><c r="B2" t="s"><v>2</v></c><c r="AA2" t="inlineStr"><is><t>Ada said.</t></is></c></row>` + far)}) {
		f, err := w.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(part[1]))
	}
	w.Close()
	docs, told, err := readAll(XLSX, Options{}, filepath.Join(written(t, map[string]string{"a.xlsx": b.String()}), "a.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	half := 0.5
	want := []*Document{{ID: "a\r", Text: "Ada said.", Statements: []Statement{{ID: "E1", Content: []Span{{0, 3}}, Attributes: Attributes{Type: "indirect", Extra: Extra{DetectConfidence: &half}}}}}}
	if diff := cmp.Diff(want, docs); diff != "" {
		t.Error(diff)
	}
	if len(told) != 5000 { // rows that hold something, of no document
		t.Errorf("told %d times", len(told))
	}
}

// No cell of a spreadsheet runs.
func TestFormulas(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "'=1", "''=1", "plain", "'tis", "", "'"} {
		got := guard(cell)
		if runs(got) {
			t.Errorf("guard(%q) = %q runs", cell, got)
		}
		if unguard(got) != cell {
			t.Errorf("unguard(%q) = %q, want %q", got, unguard(got), cell)
		}
	}
	d := &Document{ID: "=HYPERLINK(\"x\")", Text: "=cmd() said Ada", Statements: []Statement{{Content: []Span{{0, 6}}, Attributes: Attributes{Speaker: "@SUM(1)"}}}}
	dir := t.TempDir()
	if _, err := through(dir, CSV, Options{}, []*Document{d}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{statementsCSV, documentsCSV} {
		rows, _, err := parseCSV(string(mustLoad(t, filepath.Join(dir, "out", name))))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if runs(cell) {
					t.Errorf("%s: the cell %q runs", name, cell)
				}
			}
		}
	}
}

func mustLoad(t testing.TB, path string) []byte {
	t.Helper()
	b, err := load(path, maxFile)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Names of files leave no folder, hide nothing, and are told apart everywhere.
func TestNames(t *testing.T) {
	n := namer{}
	seen := map[string]bool{}
	for _, id := range []string{"a", "A", "a", "../../etc/passwd", "/etc/passwd", "..", ".", "", ".htaccess", "-rf", "con", "CON.txt", "nul", "a/b", "a\\b", "a\x00b", "ä", "🙂", "https://example.org/x?y=1", strings.Repeat("x", 500), "a.", "a:b", "a\nb"} {
		name := n.name(id)
		if name == "" || len(name) > maxName+20 || strings.ContainsAny(name, "/\\:\x00\n") || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") || strings.HasSuffix(name, ".") || reserved.MatchString(name) {
			t.Errorf("%q is named %q", id, name)
		}
		if low := strings.ToLower(name); seen[low] {
			t.Errorf("%q is named %q, as another is", id, name)
		} else {
			seen[low] = true
		}
	}
}

// Control characters do not fit XML: they are replaced and told, and no offset moves.
func TestControlsInXML(t *testing.T) {
	d := &Document{ID: "a", Text: "🙂\x00 Ada\x07 said", Statements: []Statement{{Cue: []Span{{8, 12}}}}}
	var told notes
	back, err := through(t.TempDir(), Inception, Options{Skip: told.add}, []*Document{d})
	if err != nil {
		t.Fatal(err)
	}
	if got := back[0]; got.Text != "🙂\ufffd Ada\ufffd said" || got.Statements[0].Cue[0] != (Span{8, 12}) || len(told) != 1 {
		t.Errorf("%+v, told %q", got, told)
	}
}

// Nothing appears under the name of an output until it is whole, and nothing
// that is there is written over.
func TestOutputIsWhole(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	w, err := Create(Brat, out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := &Document{ID: "a", Text: "Ada"}
	if err := w.Write(d); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("the folder is there before it is whole")
	}
	if err := w.Write(d); err == nil || !strings.Contains(err.Error(), "belongs to two documents") {
		t.Errorf("the same id twice: %v", err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
	file := filepath.Join(dir, "mine.jsonl")
	for i := range 2 {
		w, err = Create(Gold, file, Options{})
		if i == 0 {
			if err = w.Close(); err != nil {
				t.Fatal(err)
			}
		} else if err == nil || !strings.Contains(err.Error(), "is there already") {
			t.Errorf("a second time: %v", err)
		}
	}
}

// Rows of the tables become documents with all that annotators are to see.
func TestFromRows(t *testing.T) {
	text := "“No,” said Ada."
	num := func(n int32) *int32 { return &n }
	d := FromRows(&output.ArticleRow{ArticleID: "a", Text: &text, Outlet: "The Gazette"}, []output.QuoteRow{{
		QuoteID: "q1", Type: "direct", Polarity: "affirmed", Parts: []output.PartRow{{Start: 0, End: 5}}, CueStart: num(6), CueEnd: num(10),
		SourceStart: num(11), SourceEnd: num(14), Speaker: "Ada Example", SpeakerKind: "person", DetectConfidence: 0.1,
	}})
	detect, zero := 0.1, 0.0
	want := &Document{ID: "a", Meta: Meta{Outlet: "The Gazette"}, Text: text, Statements: []Statement{{
		ID: "q1", Content: []Span{{0, 5}}, Cue: []Span{{6, 10}}, Source: []Span{{11, 14}},
		Attributes: Attributes{Type: "direct", Polarity: "affirmed", SpeakerKind: "person", Speaker: "Ada Example", Extra: Extra{DetectConfidence: &detect, SpeakerConfidence: &zero}},
	}}}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
}
