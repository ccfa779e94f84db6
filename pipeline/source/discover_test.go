package source

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestDiscover(t *testing.T) {
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"b.txt", "a.jsonl.gz", "sub/c.html", "sub/deep/d", "sub/e.JPG", ".hidden.txt", "_plan.json", ".git/f.txt", "[x].txt"} {
		must(os.MkdirAll(filepath.Dir(at(name)), 0o700))
		must(os.WriteFile(at(name), []byte("Rain."), 0o600))
	}
	must(syscall.Mkfifo(at("pipe.txt"), 0o600))
	must(os.Symlink(at("b.txt"), at("link.txt")))
	must(os.Symlink(dir, at("sub/up")))
	must(os.Symlink("loop.txt", at("loop.txt")))
	must(os.Symlink("nowhere", at("broken.txt")))

	find := func(inputs ...string) (names []string, skipped map[string]string, err error) {
		skipped = map[string]string{}
		rel := func(p string) string { return strings.TrimPrefix(p, dir+"/") }
		shards, err := Discover(t.Context(), inputs, Options{Skipped: func(p, why string) { skipped[rel(p)] = why }})
		for _, s := range shards {
			names = append(names, rel(s.Path))
		}
		return names, skipped, err
	}
	all := []string{"[x].txt", "a.jsonl.gz", "b.txt", "link.txt", "sub/c.html", "sub/deep/d"}
	names, skipped, err := find(dir)
	must(err)
	equal(t, names, all)
	hidden := "hidden: its name starts with a dot or an underscore"
	equal(t, skipped, map[string]string{
		".hidden.txt": hidden, "_plan.json": hidden, ".git": hidden,
		"sub/e.JPG": "unknown extension; name it to read it",
		"pipe.txt":  "neither a file nor a folder", "sub/up": "link to a folder; name it to read it",
		"loop.txt": "broken or looping link", "broken.txt": "broken or looping link",
	})
	names, _, err = find(dir+"/", at("b.txt"), dir+"/sub/../b.txt", at("*.txt"), dir)
	must(err)
	equal(t, names, all)
	for pattern, want := range map[string][]string{
		"**/*.html": {"sub/c.html"}, "**/*.txt": {"[x].txt", "b.txt", "link.txt"}, "sub/**/d": {"sub/deep/d"}, "{b.txt,sub}": {"b.txt", "sub/c.html", "sub/deep/d"},
		".git/*": {".git/f.txt"}, "**/f.txt": nil,
	} {
		shards, err := Discover(t.Context(), []string{at(pattern)}, Options{AllowEmpty: true})
		must(err)
		var got []string
		for _, s := range shards {
			got = append(got, strings.TrimPrefix(s.Path, dir+"/"))
		}
		equal(t, got, want)
	}
	names, _, err = find(at("sub/up"))
	must(err)
	if len(names) != len(all) {
		t.Errorf("through a link: %v", names)
	}
	names, _, err = find(at("sub/e.JPG"), at("[x].txt"), at(".hidden.txt"))
	must(err)
	equal(t, names, []string{".hidden.txt", "[x].txt", "sub/e.JPG"})
	for _, in := range []string{at("none.txt"), at("*.none"), at("pipe.txt"), "/dev/null", at("loop.txt"), ""} {
		if _, _, err := find(in); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestFormats(t *testing.T) {
	names := FormatNames()
	if len(names) != int(unknown) || names[0] != "auto" {
		t.Errorf("%d formats have a description, %d have a constant: %v", len(names), unknown, names)
	}
	corpora, err := os.ReadFile("../../docs/corpora.md")
	if err != nil {
		t.Fatal(err)
	}
	var targets []byte
	for _, name := range []string{"fuzz_test.go", "xml_test.go"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		targets = append(targets, bytes.ToLower(b)...)
	}
	claimed := map[string]string{}
	for _, d := range formats() {
		if !bytes.Contains(corpora, []byte("`"+d.name+"`")) {
			t.Errorf("docs/corpora.md has no row of %s", d.name)
		}
		if !bytes.Contains(targets, []byte("func fuzz"+d.name+"(")) {
			t.Errorf("%s has no fuzz target", d.name)
		}
		if d.what == "" || d.read == nil || d.looks == nil && d.magic == nil {
			t.Errorf("%s is not described", d.name)
		}
		for _, e := range d.extensions {
			if claimed[e] != "" {
				t.Errorf("%s and %s claim %q", claimed[e], d.name, e)
			}
			claimed[e] = d.name
		}
	}
	for f := range unknown {
		if got, err := ParseFormat(strings.ToUpper(f.String())); err != nil || got != f {
			t.Errorf("%v: %v, %v", f, got, err)
		}
	}
	if _, err := ParseFormat("unknown"); err == nil {
		t.Error("unknown is no format")
	}
	o := Options{}
	for _, c := range []struct {
		head, path string
		want       Format
	}{
		{"{\"id\":1}", "a.txt", JSONL},
		{"[{\"id\":1}]", "-", JSONL},
		{"[ {", "-", Text},
		{"{curly} braces", "a.txt", Text},
		{"{broken", "a.jsonl", JSONL},
		{"<!DOCTYPE HTML>", "a.txt", HTML},
		{"<?xml version=\"1.0\"?><html>", "a", HTML},
		{"<p>x</p>", "a.html", HTML},
		{"<p>x</p>", "a.txt", Text},
		{"no tags at all", "a.html", Text},
		{"WARC/1.0\r\n", "a.gz", WARC},
		{"id\ttext\n", "a.txt", TSV},
		{"id,text\n", "-", CSV},
		{"id;Body;x\n", "-", CSV},
		{"The text, he said, is long.\n", "a.txt", Text},
		{"text, title and other things that are said here\n", "a.txt", Text},
		{"a,b\n", "a.csv.gz", CSV},
		{"\x00\x01\x02\x03\x04\x05", "a.txt", unknown},
		{"%PDF-1.4", "a.txt", unknown},
	} {
		if got, _ := o.sniff([]byte(c.head), c.path); got != c.want {
			t.Errorf("%q in %s is %v, want %v", c.head, c.path, got, c.want)
		}
	}
}

func TestRejectIsAnError(t *testing.T) {
	var r *Reject
	if err := error(&Reject{Path: "a", Record: 1, Reason: ReasonEmpty, Detail: "x"}); !errors.As(err, &r) || err.Error() != "read a, record 1: empty: x" {
		t.Error(err)
	}
}
