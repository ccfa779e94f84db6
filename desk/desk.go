// Package desk serves an output folder to a browser and to programs: pages to
// see, search, judge and correct a corpus, and an HTTP API.
//
// In goes the folder of tables, opened as an index (desk/index), and a way to
// extract statements from new text. Out comes an http.Handler. The package
// listens nowhere, prints nothing and makes no request of its own; who calls it
// does the listening. It never changes the tables: judgements and corrections
// are files of their own beside them.
//
// How: every request passes the guard (guard.go: host, origin, token, limits and
// the headers of every answer). Pages are rendered whole by html/template, which
// escapes whatever the corpus holds; they work without JavaScript, which adds
// keys and explanations. Styles, scripts and charts come from the program
// itself, and the content security policy allows nothing else.
package desk

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/whosaid/whosaid/desk/audit"
	"github.com/whosaid/whosaid/desk/correct"
	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline"
)

// Engine extracts statements from new text.
type Engine struct {
	Extract pipeline.Extract
	// Explain is Extract with reasons for every speaker.
	Explain pipeline.Extract
	Hash    string // of the models
}

// Options say how a desk works. The zero value is usable but for Engine and
// Hosts.
type Options struct {
	// Engine loads the models, when they are first needed. It is called once.
	Engine func() (*Engine, error)
	// Version is the program's.
	Version string
	// Hosts are the names, with ports, by which the desk may be called.
	Hosts []string
	// AnyAddress takes every host that is an address and no name: for a desk
	// that listens on all of a machine's.
	AnyAddress bool
	// Token, when there is one, is asked of every request.
	Token string
	// MaxBody is the most bytes of a request. 0 is 16 MiB: a thousand articles.
	MaxBody int64
	// RequestTime is how long a request may take. 0 is 60 s.
	RequestTime time.Duration
	// Extractions is how many requests extract at once, others wait. 0 is one a
	// core.
	Extractions int
	// Waiting is how many requests may wait for that. 0 is 256.
	Waiting int
	// Log is told of faults; nil is nowhere.
	Log *slog.Logger
	// Now is the time; nil is the clock's.
	Now func() time.Time
}

func (o Options) withDefaults() Options {
	if o.MaxBody <= 0 {
		o.MaxBody = 16 << 20
	}
	if o.RequestTime <= 0 {
		o.RequestTime = time.Minute
	}
	if o.Extractions <= 0 {
		o.Extractions = runtime.GOMAXPROCS(0)
	}
	if o.Waiting <= 0 {
		o.Waiting = 256
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// heldBodies is the most bytes of requests' bodies that are held at once.
const heldBodies = 128 << 20

// Desk is a corpus on the desk.
type Desk struct {
	x       *index.Index
	o       Options
	engine  func() (*Engine, error)
	slots   chan struct{}       // one a running extraction
	waiting chan struct{}       // one a request that runs or waits
	bodies  *semaphore.Weighted // bytes of bodies that are held
	metrics *metrics
	audits  *audit.Store
	handler http.Handler

	corrections *correct.Store
}

// New makes a desk over an index. The index stays the caller's to close.
func New(x *index.Index, o Options) (*Desk, error) {
	o = o.withDefaults()
	d := &Desk{
		x: x, o: o, engine: once(o.Engine), metrics: newMetrics(), audits: audit.NewStore(filepath.Join(x.Dir, "audits")),
		slots: make(chan struct{}, o.Extractions), waiting: make(chan struct{}, o.Extractions+o.Waiting),
	}
	d.corrections = Corrections(x)
	d.bodies = semaphore.NewWeighted(max(heldBodies, o.MaxBody))
	d.handler = d.guarded(d.routes())
	return d, nil
}

// ServeHTTP answers a request.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.handler.ServeHTTP(w, r) }

// routes are all that can be asked for.
func (d *Desk) routes() *http.ServeMux {
	mux := http.NewServeMux()
	page := func(pattern string, f pageFunc) { mux.Handle(pattern, d.metrics.watch(pattern, d.page(f))) }
	api := func(pattern string, f http.HandlerFunc) { mux.Handle(pattern, d.metrics.watch(pattern, f)) }
	page("GET /{$}", d.overview)
	page("GET /search", d.search)
	page("GET /article", d.article)
	page("GET /people", d.people)
	page("GET /person", d.person)
	page("GET /quotations", d.quotations)
	page("GET /quotation", d.quotation)
	page("GET /audit", d.auditList)
	page("POST /audit/new", d.auditNew)
	page("GET /audit/judge", d.judge)
	page("POST /audit/judge", d.judgeSave)
	page("GET /audit/read", d.read)
	page("POST /audit/read", d.readSave)
	page("GET /audit/report", d.auditReport)
	api("GET /audit/sheet", d.sheet)
	page("GET /correct", d.amend)
	page("POST /correct", d.amendSave)
	api("GET /gold.jsonl", d.goldFile)
	page("GET /help", d.help)
	api("GET /export", d.export)
	api("GET /why", d.why)
	api("GET /figures/{file}", d.figureFile)
	api("GET /static/{file}", d.static)
	api("POST /v1/extract", d.apiExtract)
	api("GET /v1/articles/{id}", d.apiArticle)
	api("GET /v1/search", d.apiSearch)
	api("GET /healthz", d.healthz)
	api("GET /metrics", d.metrics.serve)
	api("GET /openapi.json", d.openapi)
	page("GET /", d.missing)
	return mux
}

// extraction waits for a turn to extract; release gives it back. A full queue
// is errBusy.
func (d *Desk) extraction(ctx context.Context) (release func(), err error) {
	select {
	case d.waiting <- struct{}{}:
	default:
		return nil, errBusy
	}
	select {
	case d.slots <- struct{}{}:
		return func() { <-d.slots; <-d.waiting }, nil
	case <-ctx.Done():
		<-d.waiting
		return nil, ctx.Err()
	}
}

// once loads an engine at the first call, and again after an error.
func once(load func() (*Engine, error)) func() (*Engine, error) {
	lock := make(chan struct{}, 1)
	var loaded *Engine
	return func() (*Engine, error) {
		lock <- struct{}{}
		defer func() { <-lock }()
		if loaded != nil || load == nil {
			if loaded == nil {
				return nil, errNoEngine
			}
			return loaded, nil
		}
		e, err := load()
		if err == nil {
			loaded = e
		}
		return e, err
	}
}

// run extracts from one article, in its turn.
func (d *Desk) run(ctx context.Context, a *news.Article, explain bool) (*news.Result, error) {
	release, err := d.extraction(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	e, err := d.engine()
	if err != nil {
		return nil, err
	}
	f := e.Extract
	if explain {
		f = e.Explain
	}
	var r *news.Result
	r, _, err = f(ctx, a)
	return r, err
}
