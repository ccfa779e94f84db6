package whosaid_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	benchmarkRow  = regexp.MustCompile("(?m)^\\| `([a-z/]+)` Benchmark(\\w+|\\{[\\w,]+\\}) ")
	benchmarkFunc = regexp.MustCompile(`(?m)^func Benchmark(\w+)\(`)
	testName      = regexp.MustCompile("`((?:Test|Fuzz)\\w+)`")
)

// The documentation names tests that there are. Records of one day may name
// those of that day.
func TestNamedTests(t *testing.T) {
	var docs []string
	var tests bytes.Buffer
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".md" && !strings.HasPrefix(filepath.Base(path), "20") && path != "CHANGELOG.md" {
			docs = append(docs, path)
		}
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		tests.Write(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, doc := range docs {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range testName.FindAllStringSubmatch(string(text), -1) {
			named++
			if !bytes.Contains(tests.Bytes(), []byte("func "+m[1]+"(")) {
				t.Errorf("%s names %s, which there is not", doc, m[1])
			}
		}
	}
	if named < 10 {
		t.Errorf("only %d names of tests seen", named)
	}
}

// docs/bench/README.md lists the benchmarks that there are, and no others.
func TestBenchmarksAreListed(t *testing.T) {
	doc, err := os.ReadFile("docs/bench/README.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, row := range benchmarkRow.FindAllStringSubmatch(string(doc), -1) {
		for name := range strings.SplitSeq(strings.Trim(row[2], "{}"), ",") {
			listed[row[1]+" "+name] = true
		}
	}
	err = filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		for _, f := range benchmarkFunc.FindAllStringSubmatch(string(src), -1) {
			name := filepath.ToSlash(filepath.Dir(path)) + " " + f[1]
			if !listed[name] {
				t.Errorf("docs/bench/README.md does not list %s", name)
			}
			delete(listed, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range listed {
		t.Errorf("docs/bench/README.md lists %s, which there is not", name)
	}
}
