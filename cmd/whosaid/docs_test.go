package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// blocks are the fenced blocks of docs/operations.md in one language.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	b, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(b), -1) {
		out = append(out, m[1])
	}
	if len(out) == 0 {
		t.Fatalf("docs/operations.md has no block of %s", language)
	}
	return out
}

// The scripts of docs/operations.md work as written.
func TestScriptsOfTheDocs(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("needs sh")
	}
	dir := t.TempDir()
	bin, news := filepath.Join(dir, "bin"), filepath.Join(dir, "news")
	for _, script := range blocks(t, "sh") {
		name := regexp.MustCompile(`# (whosaid-[a-z]+):`).FindStringSubmatch(script)
		if name == nil {
			t.Fatalf("a script without a name:\n%s", script)
		}
		if !strings.HasPrefix(script, "#!") {
			script = "#!/bin/sh\n" + script
		}
		put(t, filepath.Join(bin, name[1]), script, 0o755)
	}
	for day, text := range map[string]string{"2026-11-21": "It was the first of them all.", "2026-11-22": "It was the second of them all."} {
		put(t, filepath.Join(news, day, "story-"+day+".txt"), text, 0o644)
	}
	corpus, metrics := filepath.Join(dir, "corpus"), filepath.Join(dir, "whosaid.prom")
	for _, command := range []string{"whosaid-daily 2026-11-21", "whosaid-backfill", "whosaid-backfill"} {
		cmd := exec.Command("sh", "-c", command)
		cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "NEWS="+news, "CORPUS="+corpus, "METRICS="+metrics)
		if b, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, b)
		}
	}
	if m, _ := filepath.Glob(filepath.Join(corpus, "articles", "published=*", "part-*.parquet")); len(m) != 2 {
		t.Errorf("partitions: %v", m)
	}
	b, err := os.ReadFile(metrics)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`whosaid_[a-z_]+`).FindAllString(string(doc), -1) {
		if name != "whosaid_left_out" && !strings.Contains(string(b), name) { // nothing was left out
			t.Errorf("the metrics file has no %s", name)
		}
	}
}

// The units and the DAG are what their readers can parse.
func TestSchedulersOfTheDocs(t *testing.T) {
	for _, unit := range blocks(t, "ini") {
		section := regexp.MustCompile(`(?m)^\[(Unit|Service|Timer|Install)\]$`)
		if !section.MatchString(unit) {
			t.Errorf("no section in\n%s", unit)
		}
		for _, line := range strings.Split(unit, "\n") {
			if line != "" && !strings.HasPrefix(line, "#") && !section.MatchString(line) && !strings.Contains(line, "=") {
				t.Errorf("no assignment: %q", line)
			}
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(blocks(t, "cron")[0]), "\n") {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "PATH=") && !regexp.MustCompile(`^([0-9*,/-]+ +){5}whosaid-daily `).MatchString(line) {
			t.Errorf("no line for cron: %q", line)
		}
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3 for the DAG")
	}
	cmd := exec.Command(python, "-c", "import ast, sys; ast.parse(sys.stdin.read())")
	cmd.Stdin = strings.NewReader(blocks(t, "python")[0])
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, b)
	}
}

// The table of exit codes in the docs is the program's.
func TestExitCodesOfTheDocs(t *testing.T) {
	doc, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^  (\d+) `).FindAllStringSubmatch(exitCodes, -1) {
		if !regexp.MustCompile(`(?m)^\| (\d+, )?` + m[1] + `[ ,]`).Match(doc) {
			t.Errorf("docs/operations.md does not tell of exit code %s", m[1])
		}
	}
}

func put(t *testing.T, name, content string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}
