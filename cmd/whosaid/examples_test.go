package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// exampleRun plans a run, has work done, commits, and holds the tables against
// those of one process.
func exampleRun(t *testing.T, work func(t *testing.T, tables string)) {
	t.Helper()
	x := newTortured(t, 4, 1)
	tables := filepath.Join(t.TempDir(), "tables")
	if code, _, stderr := runs(t, "", "plan", "--quiet", unitFlag, "--out", tables, x.in); code != exitOK {
		t.Fatal(stderr)
	}
	work(t, tables)
	if code, _, stderr := runs(t, "", "commit", "--quiet", tables); code != exitOK {
		t.Fatal(stderr)
	}
	if d := x.differs(files(t, tables)); d != "" {
		t.Error(d)
	}
}

func example(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../examples", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The script of a Slurm array does its shards, with the variables that Slurm sets.
func TestSlurmExample(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("needs sh")
	}
	exampleRun(t, func(t *testing.T, tables string) {
		for i := 1; i <= 3; i++ {
			cmd := exec.Command("sh", "../../examples/slurm.sh", tables)
			cmd.Env = append(os.Environ(), fmt.Sprint("SLURM_ARRAY_TASK_ID=", i), "SLURM_ARRAY_TASK_COUNT=3", "SLURM_CPUS_PER_TASK=1")
			if b, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("task %d: %v\n%s", i, err, b)
			}
		}
	})
}

// The manifest of a Kubernetes Indexed Job does its shards, with the variable
// that Kubernetes sets for each pod and puts into its arguments.
func TestKubernetesExample(t *testing.T) {
	manifest := example(t, "kubernetes.yaml")
	completions := regexp.MustCompile(`(?m)^  completions: (\d+)$`).FindStringSubmatch(manifest)
	list := regexp.MustCompile(`(?s)args:\n(.*?)\n          resources:`).FindStringSubmatch(manifest)
	if completions == nil || list == nil || !strings.Contains(list[1], "$(JOB_COMPLETION_INDEX)/"+completions[1]+"\n") {
		t.Fatal("the shards are not those of the completions")
	}
	var args []string
	for line := range strings.Lines(list[1]) {
		args = append(args, strings.TrimPrefix(strings.TrimSpace(line), "- "))
	}
	exampleRun(t, func(t *testing.T, tables string) {
		for i := range 16 {
			var own []string
			for _, a := range args {
				a = strings.ReplaceAll(a, "$(JOB_COMPLETION_INDEX)", fmt.Sprint(i))
				own = append(own, strings.ReplaceAll(a, "/corpus/tables", tables))
			}
			if code, _, stderr := runs(t, "", own...); code != exitOK {
				t.Errorf("pod %d: %s", i, stderr)
			}
		}
	})
}

// The DAG is what Python can parse; make e2e runs it in Airflow.
func TestAirflowExample(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	cmd := exec.Command(python, "-c", "import ast, sys; ast.parse(sys.stdin.read())")
	cmd.Stdin = strings.NewReader(example(t, "airflow_shards.py"))
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, b)
	}
}
