package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// serve opens tables, prints its address, answers there, and ends well when it
// is told to.
func TestServe(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tables")
	if code, _, errs := runs(t, "", "extract", "--quiet", "--progress", "none", "--out", dir, "../../testdata/articles/cable-car-quito.txt"); code != 0 {
		t.Fatal(errs)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		app := newApp(strings.NewReader(""), w, io.Discard)
		ended <- app.RunContext(ctx, arrange(app, []string{"whosaid", "serve", dir}))
		w.Close()
	}()
	address, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v, %v", err, <-ended)
	}
	if !strings.HasPrefix(address, "http://127.0.0.1:") {
		t.Errorf("address %q", address)
	}
	for path, want := range map[string]string{"": "<h1>Overview</h1>", "article?id=cable-car-quito": "Luz Marina Toapanta", "why?id=cable-car-quito": "next best", "healthz": `"articles":1`} {
		answer, err := http.Get(strings.TrimSpace(address) + path)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != 200 || !strings.Contains(string(b), want) {
			t.Errorf("/%s: status %d, without %q\n%.500s", path, answer.StatusCode, want, b)
		}
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("does not end")
	}
}

func TestServeRefuses(t *testing.T) {
	for args, want := range map[string]string{
		"serve":                                      "serve takes one folder of tables",
		"serve a b":                                  "serve takes one folder of tables",
		"serve --listen 0.0.0.0:0 .":                 "needs --token",
		"serve --listen :8080 .":                     "needs --token",
		"serve --listen 192.0.2.1:80 .":              "needs --token",
		"serve --listen desk.example:80 .":           "needs --token",
		"serve --listen nonsense .":                  "is not a host and port",
		"serve --token short .":                      "--token has 5 characters",
		"serve --max-body 0 --workers -1 .":          "--workers -1 is negative",
		"serve --request-time 0s .":                  "is not above 0",
		"serve --engine nativ .":                     "did you mean native?",
		"serve --listen 127.0.0.1:0 no-such-folder":  "no-such-folder is not a folder",
		"serve ../../testdata":                       "holds neither articles nor quotes",
		"serve --log-format json no-such-folder":     `"error":"no tables to open`,
		"serve --listen 0.0.0.0:0 --token aaaaaaa .": "take 16 or more",
	} {
		code, out, errs := runs(t, "", strings.Fields(args)...)
		if code == 0 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: exit code %d\n%s%s", args, code, out, errs)
		}
	}
}

func TestHostsOf(t *testing.T) {
	at := func(s string) *net.TCPAddr {
		a, err := net.ResolveTCPAddr("tcp", s)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for _, c := range []struct {
		at, host string
		more     []string
		want     string
		not      string
		any      bool
	}{
		{"127.0.0.1:8080", "127.0.0.1", nil, "localhost:8080", "localhost", false},
		{"127.0.0.1:80", "localhost", nil, "localhost", "127.0.0.1:8080", false},
		{"[::1]:8080", "::1", nil, "[::1]:8080", "192.0.2.1:8080", false},
		{"0.0.0.0:8080", "0.0.0.0", []string{"Desk.example"}, "desk.example", "evil.example", true},
		{"192.0.2.1:8080", "192.0.2.1", nil, "192.0.2.1:8080", "localhost:8080", false},
	} {
		hosts, any := hostsOf(at(c.at), c.host, c.more)
		if !slices.Contains(hosts, c.want) || slices.Contains(hosts, c.not) || any != c.any {
			t.Errorf("%s: %v, %v", c.at, hosts, any)
		}
	}
}
