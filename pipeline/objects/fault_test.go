package objects_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// faults are the shares of requests that meet each fault.
type faults struct {
	refuse float64 // 503 before anything is done
	lose   float64 // done, and the answer is a 500, or the connection ends without one
	cut    float64 // the body of an answer breaks off
	slow   float64 // a pause before the answer
	stale  float64 // an older list is given
}

// proxy stands before an object store and is at fault.
type proxy struct {
	up     http.Handler
	faults faults

	mu    sync.Mutex
	rng   *rand.Rand
	lists map[string][]byte // the first answer to a list
	puts  sync.Mutex
	met   map[string]int // faults, by kind
	// over are the puts of plans, records and manifests that would replace one.
	over []string
}

func newProxy(t testing.TB, up http.Handler, f faults, seed uint64) (p *proxy, address string) {
	t.Helper()
	p = &proxy{up: up, faults: f, rng: rand.New(rand.NewPCG(seed, 14)), lists: map[string][]byte{}, met: map[string]int{}}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	return p, server.URL
}

// hits decides by chance on a fault, and counts it.
func (p *proxy) hits(kind string, share float64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rng.Float64() >= share {
		return false
	}
	p.met[kind]++
	return true
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if p.hits("slow", p.faults.slow) {
		time.Sleep(40 * time.Millisecond)
	}
	if p.hits("refused", p.faults.refuse) {
		http.Error(w, "come back later", http.StatusServiceUnavailable)
		return
	}
	conditional := r.Header.Get("If-None-Match") != "" || strings.Contains(r.URL.RawQuery, "ifGenerationMatch")
	if r.Method == http.MethodPut && !conditional && isState(r.URL.Path) {
		p.mu.Lock()
		p.over = append(p.over, r.URL.Path)
		p.mu.Unlock()
	}
	if conditional { // fakes look and put in two steps
		p.puts.Lock()
	}
	answer := httptest.NewRecorder()
	p.up.ServeHTTP(answer, r)
	if conditional {
		p.puts.Unlock()
	}
	out := answer.Body.Bytes()
	switch {
	case r.Method != http.MethodGet && p.hits("lost answer", p.faults.lose):
		if len(body)%2 == 0 {
			http.Error(w, "nobody knows", http.StatusInternalServerError)
			return
		}
		panic(http.ErrAbortHandler)
	case r.Method == http.MethodGet && isList(r):
		out = p.list(r, answer.Code, out)
		answer.Header().Del("Content-Length")
	case (r.Method == http.MethodGet || answer.Code >= 400) && len(out) > 1 && p.hits("cut body", p.faults.cut):
		send(w, answer, out[:len(out)/2])
		panic(http.ErrAbortHandler)
	}
	send(w, answer, out)
}

func send(w http.ResponseWriter, answer *httptest.ResponseRecorder, body []byte) {
	for k, v := range answer.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(body)
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}

// isState reports whether an object is put once and never again.
func isState(path string) bool {
	return strings.Contains(path, "/_units/") || strings.HasSuffix(path, "_plan.json") || strings.HasSuffix(path, "_manifest.json")
}

func isList(r *http.Request) bool {
	q := r.URL.Query()
	return q.Has("list-type") || q.Get("comp") == "list" || strings.HasSuffix(r.URL.Path, "/o") && r.Method == http.MethodGet
}

// list is the list asked for, or the first one that was given of the same.
func (p *proxy) list(r *http.Request, code int, now []byte) []byte {
	if code != http.StatusOK {
		return now
	}
	key := r.URL.Path + "?" + r.URL.RawQuery
	p.mu.Lock()
	first, ok := p.lists[key]
	if !ok {
		p.lists[key] = now
	}
	p.mu.Unlock()
	if ok && p.hits("stale list", p.faults.stale) {
		return first
	}
	return now
}

func (p *proxy) count() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range p.met {
		n += k
	}
	return n
}

func (p *proxy) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var parts []string
	for _, kind := range []string{"refused", "lost answer", "cut body", "slow", "stale list"} {
		parts = append(parts, fmt.Sprintf("%s %d", kind, p.met[kind]))
	}
	return strings.Join(parts, ", ")
}
