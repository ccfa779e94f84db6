package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"whosaid": main, "deaf": deaf})
}

// deaf waits for signals as the program does, and does not heed them.
func deaf() {
	_, stop := untilSignal(context.Background())
	defer stop()
	fmt.Println("ready")
	time.Sleep(time.Minute)
}

// The command line as users meet it: see testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("COLUMNS", "72")
			models, err := filepath.Abs("../../extract/model/english")
			e.Setenv("MODELS", models)
			return err
		},
	})
}

// runs is run with its output caught.
func runs(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(append([]string{"whosaid"}, args...), strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

func TestArrange(t *testing.T) {
	app := newApp(nil, nil, nil)
	for in, want := range map[string]string{
		"extract a b":                      "extract -- a b",
		"extract a --out x b":              "extract --out x -- a b",
		"extract a --quiet b --format=csv": "extract --quiet --format=csv -- a b",
		"extract - -o x":                   "extract -o x -- -",
		"extract -- --out":                 "extract -- --out",
		"extract --nonsense a":             "extract --nonsense -- a",
		"show a --json":                    "show --json -- a",
		"unknown a --json":                 "unknown a --json",
		"extract a --out":                  "extract --out -- a",
		"schema --help":                    "schema --help",
	} {
		got := strings.Join(arrange(app, append([]string{"whosaid"}, strings.Fields(in)...))[1:], " ")
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

// What an article says must not command the terminal it is shown on.
func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Ada Example":               "Ada Example",
		"Ada\x1b[2JExample":         "Ada\uFFFD[2JExample",
		"two\nlines\tand\ra tab":    "two lines and a tab",
		"right\u202Eto left\u2066":  "right\uFFFDto left\uFFFD",
		"\u009b31m":                 "\uFFFD31m",
		"é 中 zero\u200bwidth stays": "é 中 zero\u200bwidth stays",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

// Completion knows every command and flag.
func TestCompletionIsComplete(t *testing.T) {
	app := newApp(nil, nil, nil)
	for _, shell := range []string{"bash", "zsh", "fish"} {
		code, out, _ := runs(t, "", "completion", shell)
		if code != 0 {
			t.Fatalf("%s: exit code %d", shell, code)
		}
		for _, c := range app.Commands {
			if !strings.Contains(out, c.Name) {
				t.Errorf("%s: no command %s", shell, c.Name)
			}
			for _, f := range flagsOf(c) {
				if !strings.Contains(out, f.name) {
					t.Errorf("%s: %s has no --%s", shell, c.Name, f.name)
				}
			}
		}
	}
}

// Every command's help has an example and tells where the exit codes are, and
// help gives the same.
func TestHelp(t *testing.T) {
	for _, c := range newApp(nil, nil, nil).Commands {
		code, out, _ := runs(t, "", c.Name, "--help")
		if code != 0 || !strings.Contains(out, "Example") || !strings.Contains(out, "whosaid help exit-codes") {
			t.Errorf("%s --help: exit code %d\n%s", c.Name, code, out)
		}
		if _, same, _ := runs(t, "", "help", c.Name); same != out && c.Name != "help" {
			t.Errorf("whosaid help %s is not %s --help:\n%s", c.Name, c.Name, same)
		}
	}
	_, top, _ := runs(t, "")
	for _, way := range []string{"help", "--help", "-h"} {
		if code, same, _ := runs(t, "", way); code != 0 || same != top {
			t.Errorf("whosaid %s: exit code %d\n%s\nwhosaid:\n%s", way, code, same, top)
		}
	}
}

func TestSuggestions(t *testing.T) {
	words := []string{"extract", "show", "eval", "verify", "text-field"}
	for word, want := range map[string]string{
		"extrct": "extract", "xetract": "extract", "ext": "extract", "SHOW": "show", "sohw": "show", "textfield": "text-field",
		"verifyy": "verify", "nonsense": "", "x": "", "": "",
	} {
		if got := closest(word, words); got != want {
			t.Errorf("closest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestCodesOfSignals(t *testing.T) {
	if code := (&stopped{os.Interrupt}).code(); code != exitInterrupt {
		t.Error(code)
	}
	if code := (&stopped{os.Kill}).code(); code != exitTerminated {
		t.Error(code)
	}
}
