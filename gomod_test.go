package whosaid_test

import (
	"encoding/json"
	"os/exec"
	"testing"
)

// go install ...@version refuses a module that replaces or excludes others.
// make installable tries the whole way.
func TestInstallable(t *testing.T) {
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatalf("go mod edit: %v", err)
	}
	var mod struct {
		Module           struct{ Path string }
		Replace, Exclude []struct{ Old, Path any }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	if mod.Module.Path+"/" != module {
		t.Errorf("module %s, want %s", mod.Module.Path, module)
	}
	if len(mod.Replace)+len(mod.Exclude) > 0 {
		t.Errorf("go.mod replaces or excludes modules: %v %v", mod.Replace, mod.Exclude)
	}
}
