// Package whosaid_test holds what concerns the module as a whole.
package whosaid_test

import (
	"bytes"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/whosaid/whosaid/"

// mayImport tells, for every package, which packages of this module it may
// import: those below it, never those above or beside it. cmd/whosaid is the
// only one that may import all.
var mayImport = map[string][]string{
	"pipeline":        {"extract", "extract/news", "output", "pipeline/source"},
	"pipeline/source": {"extract/news", "pipeline/source/exports", "pipeline/source/mail", "pipeline/source/office", "pipeline/source/repair"},

	"pipeline/corpus":        {"output", "pipeline", "pipeline/corpus/step"},
	"pipeline/corpus/known":  {},
	"pipeline/corpus/step":   {"output"},
	"pipeline/corpus/spill":  {},
	"pipeline/corpus/people": {"extract/model", "output", "pipeline/corpus/known", "pipeline/corpus/spill", "pipeline/corpus/step"},

	// A generator stands beside the pipeline that writes its tables.
	"pipeline/corpus/generate":          {"extract", "extract/news", "pipeline/source"},
	"pipeline/corpus/pairsort":          {},
	"pipeline/corpus/near":              {"pipeline/corpus/pairsort"},
	"pipeline/corpus/segments":          {"pipeline/corpus/step"},
	"pipeline/corpus/internal/steptest": {"output", "pipeline/corpus/step"}, // for tests
	"pipeline/corpus/copies":            {"output", "pipeline/corpus/near", "pipeline/corpus/pairsort", "pipeline/corpus/segments", "pipeline/corpus/step"},
	"pipeline/corpus/quotations":        {"output", "pipeline/corpus/near", "pipeline/corpus/pairsort", "pipeline/corpus/segments", "pipeline/corpus/step"},
	"cmd/corpus":                        {"extract/eval", "output", "pipeline", "pipeline/corpus/generate", "pipeline/source"},

	"pipeline/objects":        {"output", "pipeline", "pipeline/source"},
	"pipeline/objects/amazon": {},

	"pipeline/source/exports": {},
	"pipeline/source/mail":    {},
	"pipeline/source/office":  {},
	"pipeline/source/repair":  {},

	"output":            {"extract/news"},
	"output/annotation": {"extract/eval", "extract/news", "output"},

	"desk":                   {"desk/audit", "desk/correct", "desk/index", "desk/plot", "extract/eval", "extract/news", "output", "pipeline", "pipeline/source"},
	"desk/index":             {"extract/news", "output"},
	"desk/audit":             {},
	"desk/correct":           {"desk/audit", "extract/eval", "extract/news", "output"},
	"desk/plot":              {},
	"desk/e2e":               {},
	"desk/internal/desktest": {"output"},

	"extract":                 {"extract/attribution", "extract/entity", "extract/idle", "extract/lang", "extract/lang/english", "extract/model", "extract/nearest", "extract/news", "extract/quote/anonymity", "extract/quote/detect", "extract/quote/modality", "extract/quote/rules", "extract/syntax", "extract/token"},
	"extract/lang":            {"extract/news"},
	"extract/lang/english":    {"extract/lang", "extract/news"},
	"extract/token":           {"extract/lang", "extract/news"},
	"extract/syntax":          {"extract/idle", "extract/internal/probe", "extract/linear", "extract/model", "extract/news"},
	"extract/quote/anonymity": {"extract/lang", "extract/news"},
	"extract/quote/modality":  {"extract/lang", "extract/news"},
	"extract/quote/marks":     {"extract/lang", "extract/news"},
	"extract/quote/statement": {"extract/news", "extract/quote/marks"},
	"extract/quote/layout":    {"extract/lang", "extract/news", "extract/quote/marks", "extract/quote/statement"},
	"extract/quote/mend":      {"extract/lang", "extract/news", "extract/quote/marks", "extract/quote/statement"},
	"extract/quote/rules":     {"extract/lang", "extract/news", "extract/quote/layout", "extract/quote/marks", "extract/quote/mend", "extract/quote/statement"},
	"extract/quote/detect": {
		"extract/forest", "extract/idle", "extract/internal/probe", "extract/lang", "extract/linear", "extract/model", "extract/news", "extract/news/tree", "extract/quote/layout", "extract/quote/marks", "extract/quote/mend", "extract/quote/rules",
		"extract/quote/statement", "extract/syntax",
	},
	"extract/quote/internal/quotetest": {"extract/lang/english", "extract/news", "extract/token"},
	"extract/entity":                   {"extract/forest", "extract/idle", "extract/internal/probe", "extract/lang", "extract/lang/english", "extract/linear", "extract/model", "extract/news", "extract/syntax"},
	"extract/nearest":                  {"extract/lang", "extract/news"},
	"extract/internal/probe":           {"extract/news"},
	"extract/internal/toy":             {"extract/lang", "extract/news"},
	"extract/forest":                   {"extract/model"},
	"extract/idle":                     {},
	"extract/coref":                    {"extract/entity", "extract/forest", "extract/lang", "extract/lang/english", "extract/model", "extract/news"},
	"extract/attribution":              {"extract/coref", "extract/entity", "extract/forest", "extract/lang", "extract/lang/english", "extract/model", "extract/news"},
	"extract/news":                     {},
	"extract/news/tree":                {"extract/news"},
	"extract/linear":                   {},
	"extract/model":                    {},

	"extract/eval": {"extract/news"},
	"extract/train": {
		"extract/attribution", "extract/coref", "extract/entity", "extract/eval", "extract/forest", "extract/lang/english", "extract/linear", "extract/model", "extract/news",
		"extract/quote/detect", "extract/quote/marks", "extract/syntax", "extract/token",
	},
}

// onlyIn tells where libraries with a task of their own may be imported, so
// that a format or a screen is changed in one place.
var onlyIn = map[string][]string{
	"github.com/urfave/cli":              {"cmd/whosaid"},
	"github.com/vbauerster/mpb":          {"cmd/whosaid"},
	"golang.org/x/term":                  {"cmd/whosaid"},
	"os/signal":                          {"cmd/whosaid"},
	"github.com/parquet-go/parquet-go":   {"output", "pipeline", "pipeline/source"},
	"codeberg.org/readeck":               {"pipeline/source"},
	"golang.org/x/net":                   {"pipeline/source", "pipeline/source/mail"},
	"github.com/emersion/go-message":     {"pipeline/source/mail"},
	"github.com/ulikunitz/xz":            {"pipeline/source"},
	"github.com/andybalholm/brotli":      {"pipeline/source"},
	"github.com/jdkato/prose":            {"cmd/bench", "extract/nearest", "extract/token", "extract/syntax", "extract/train"},
	"github.com/klauspost/compress/gzip": {"pipeline/source"},
	"github.com/klauspost/compress/zstd": {"desk/index", "extract/model", "output", "pipeline/corpus/people", "pipeline/source"},
	"modernc.org/sqlite":                 {"desk/index"},
	"github.com/go-analyze/charts":       {"desk/plot"},
	"github.com/prometheus":              {"desk"},
	"github.com/abadojack/whatlanggo":    {"pipeline"},
	"gocloud.dev":                        {"pipeline/objects", "pipeline/objects/amazon", "pipeline/objects/clouds"},
	"github.com/aws":                     {"pipeline/objects/amazon"},
	"github.com/gogs/chardet":            {"pipeline/source"},
}

// Finding out who said what needs no files, processes or sockets; reading
// training data and gold does.
var noOS = []string{
	"extract", "extract/lang", "extract/lang/english", "extract/news", "extract/news/tree", "extract/token", "extract/syntax", "extract/quote/marks",
	"extract/quote/statement", "extract/quote/layout", "extract/quote/mend", "extract/quote/rules", "extract/quote/detect",
	"extract/nearest", "extract/entity", "extract/linear", "extract/model",
}

// Imports run downward only (docs/architecture.md has the picture).
func TestLayering(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}\t{{.Dir}}\t{{join .Imports \"\t\"}}", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		// A look into the folder tells go test that its cached answer ends
		// with any change there; of what go list reads it knows nothing.
		if _, err := os.ReadDir(f[1]); err != nil {
			t.Fatal(err)
		}
		name, ours := strings.CutPrefix(f[0], module)
		if !ours {
			continue // this package
		}
		seen[name] = true
		for _, imported := range f[2:] {
			if below, ok := strings.CutPrefix(imported, module); ok {
				checkOurs(t, name, below)
			} else {
				checkTheirs(t, name, imported)
			}
		}
	}
	picture, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range seen {
		if !strings.Contains(name, "internal/") && !bytes.Contains(picture, []byte(name)) {
			t.Errorf("docs/architecture.md does not tell of %s", name)
		}
	}
	for name := range mayImport {
		if !seen[name] {
			t.Errorf("%s is listed here and not there: take it out of mayImport", name)
		}
	}
}

func checkOurs(t *testing.T, name, imported string) {
	if name == "cmd/whosaid" {
		return
	}
	below, known := mayImport[name]
	switch {
	case !known:
		t.Errorf("%s is new: say in mayImport which packages stand below it", name)
	case !slices.Contains(below, imported):
		t.Errorf("%s imports %s, which does not stand below it", name, imported)
	}
}

func checkTheirs(t *testing.T, name, imported string) {
	for library, places := range onlyIn {
		if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(places, name) {
			t.Errorf("%s imports %s, which belongs to %v alone", name, imported, places)
		}
	}
	switch imported {
	case "os", "os/exec", "net", "log", "flag":
		if slices.Contains(noOS, name) {
			t.Errorf("%s imports %s: it finds who said what, without I/O", name, imported)
		}
	}
	if name == "extract/news" && strings.Contains(imported, ".") {
		t.Errorf("extract/news imports %s: it depends on the standard library alone", imported)
	}
}
