//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosaid/whosaid/extract/eval"
)

// program builds whosaid once, or takes WHOSAID.
var program = sync.OnceValues(func() (string, error) {
	if p := os.Getenv("WHOSAID"); p != "" {
		return filepath.Abs(p)
	}
	dir, err := os.MkdirTemp("", "whosaid-e2e-*")
	if err != nil {
		return "", err
	}
	p := filepath.Join(dir, "whosaid")
	out, err := exec.Command("go", "build", "-trimpath", "-o", p, "github.com/whosaid/whosaid/cmd/whosaid").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return p, nil
})

func whosaid(t testing.TB) string {
	t.Helper()
	p, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// run runs the program to its end.
func run(t testing.TB, args ...string) string {
	t.Helper()
	out, err := exec.Command(whosaid(t), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("whosaid %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// stories are the tables of testdata's stories, each with a title and a date, and
// the tables of link.
func stories(t testing.TB) string {
	t.Helper()
	golds, err := eval.ReadGoldFile("../../testdata/gold/gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var lines bytes.Buffer
	for i, g := range golds {
		title := strings.ReplaceAll(g.Doc, "-", " ")
		line, err := json.Marshal(map[string]string{
			"id": g.Doc, "title": strings.ToUpper(title[:1]) + title[1:], "outlet": g.Outlet, "text": g.Text,
			"date": time.Date(2026, 1, 1+7*i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly),
		})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	file := filepath.Join(dir, "stories.jsonl")
	if err := os.WriteFile(file, lines.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	tables := filepath.Join(dir, "tables")
	run(t, "extract", "--quiet", "--progress", "none", "--out", tables, file)
	run(t, "link", "--quiet", "--progress", "none", tables)
	return tables
}

// server is a running desk.
type server struct {
	t       testing.TB
	dir     string
	port    string
	address string // without the slash at the end
	cmd     *exec.Cmd
	errs    bytes.Buffer
}

// serve starts a desk on a port that stays the same when it is started again.
func serve(t testing.TB, dir string, args ...string) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, dir: dir, port: fmt.Sprint(l.Addr().(*net.TCPAddr).Port)}
	l.Close()
	s.start(args...)
	t.Cleanup(func() { s.kill() })
	return s
}

func (s *server) start(args ...string) {
	s.t.Helper()
	s.cmd = exec.Command(whosaid(s.t), append(append([]string{"serve", "--listen", "127.0.0.1:" + s.port}, args...), s.dir)...)
	s.cmd.Stderr = &s.errs
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.t.Fatalf("no address: %v\n%s", err, s.errs.String())
	}
	s.address = strings.TrimSuffix(strings.TrimSpace(line), "/")
}

// kill ends the desk as a power cut does.
func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// rss is the memory of the desk in MB.
func (s *server) rss() int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		var kb int
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kb); n == 1 {
			return kb >> 10
		}
	}
	return 0
}

// get is the body of a page.
func (s *server) get(target string) string {
	s.t.Helper()
	c := http.Client{Timeout: time.Minute}
	r, err := c.Get(s.address + target)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r.Body); err != nil || r.StatusCode != 200 {
		s.t.Fatalf("%s: status %d, %v\n%s", target, r.StatusCode, err, b.String())
	}
	return b.String()
}
