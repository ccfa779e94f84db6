package whosaid_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Every module imported here, by the program or its tests, is accounted for in
// docs/dependencies.md with the version that go.mod pins.
func TestDependenciesAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	pinned, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for line := range strings.Lines(string(pinned)) {
		f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(f) >= 2 && strings.HasPrefix(f[1], "v") {
			versions[f[0]] = f[1]
		}
	}
	out, err := exec.Command("go", "list", "-f",
		`{{join .Imports "\n"}}{{"\n"}}{{join .TestImports "\n"}}{{"\n"}}{{join .XTestImports "\n"}}`, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for imported := range strings.Lines(string(out)) {
		imported = strings.TrimSpace(imported)
		host, _, _ := strings.Cut(imported, "/")
		if !strings.Contains(host, ".") {
			continue // the standard library's, or ours
		}
		module := imported
		for versions[module] == "" && strings.Contains(module, "/") {
			module = module[:strings.LastIndex(module, "/")]
		}
		if want := "`" + module + "` " + versions[module]; !strings.Contains(string(doc), want) {
			t.Errorf("%s is imported, and docs/dependencies.md does not hold %q", imported, want)
		}
	}
}
