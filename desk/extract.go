package desk

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

// bodyFormats are the media types that can be sent, and how each is read.
var bodyFormats = map[string]source.Format{
	"text/plain": source.Text, "text/html": source.HTML, "application/xhtml+xml": source.HTML,
	"application/json": source.JSONL, "application/x-ndjson": source.JSONL, "application/jsonl": source.JSONL,
}

// answerTables are the tables whose rows can be asked for.
var answerTables = []output.Table{output.Articles, output.Quotes, output.Mentions, output.Entities}

// errMedia: a body of a kind that is not read.
var errMedia = errors.New("the Content-Type is not one of text/plain, text/html, application/json (an article, or an array of them), application/x-ndjson (an article a line)")

// extraction is what a request for extraction asks.
type extraction struct {
	format source.Format
	source source.Options
	run    pipeline.Options
	tables []output.Table
	lines  bool // answer in JSON Lines
	about  news.Article
}

// extractionOf reads the parameters of a request.
func extractionOf(r *http.Request) (x extraction, err error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return x, errMedia
	}
	var ok bool
	if x.format, ok = bodyFormats[media]; !ok {
		return x, errMedia
	}
	v := r.URL.Query()
	x.lines = v.Get("format") == "jsonl" || v.Get("format") == "" && strings.Contains(r.Header.Get("Accept"), "application/x-ndjson")
	if f := v.Get("format"); f != "" && f != "json" && f != "jsonl" {
		return x, fmt.Errorf("%w: format=%q is not json or jsonl", errBadRequest, f)
	}
	x.run.Language = v.Get("language")
	if l := x.run.Language; l != "" && l != "en" && l != "any" {
		return x, fmt.Errorf("%w: language=%q is not en or any", errBadRequest, l)
	}
	x.tables = []output.Table{output.Articles, output.Quotes, output.Entities}
	if v.Get("tables") != "" {
		x.tables = nil
		for name := range strings.SplitSeq(v.Get("tables"), ",") {
			t := output.Table(strings.TrimSpace(name))
			if !slices.Contains(answerTables, t) {
				return x, fmt.Errorf("%w: tables=%q: %q is not one of articles, quotes, mentions, entities", errBadRequest, v.Get("tables"), t)
			}
			x.tables = append(x.tables, t)
		}
	}
	x.run.Map.Tables = x.tables
	x.run.Workers = 1
	x.source.Format = x.format
	if x.source.Dates, err = source.ParseDateFormat("month-first"); err != nil { // one article's answer does not depend on another
		return x, err
	}
	return x, x.describe(v)
}

// describe reads what the parameters say of an article that is no JSON.
func (x *extraction) describe(v url.Values) error {
	x.about = news.Article{ID: v.Get("id"), Title: v.Get("title"), Outlet: v.Get("outlet"), URL: v.Get("url")}
	if s := v.Get("published"); s != "" {
		t, err := time.Parse(time.DateOnly, s)
		if err != nil {
			if t, err = time.Parse(time.RFC3339, s); err != nil {
				return fmt.Errorf("%w: published=%q is not a date such as 2026-11-22 or 2026-11-22T06:00:00Z", errBadRequest, s)
			}
		}
		x.about.Published = t.UTC()
	}
	for _, s := range []string{x.about.ID, x.about.Title, x.about.Outlet, x.about.URL} {
		if len(s) > 8<<10 || strings.ToValidUTF8(s, "") != s {
			return fmt.Errorf("%w: id, title, outlet or url is too long, or not UTF-8", errBadRequest)
		}
	}
	return nil
}

// apiExtract answers articles with rows.
func (d *Desk) apiExtract(w http.ResponseWriter, r *http.Request) {
	x, err := extractionOf(r)
	if errors.Is(err, errMedia) {
		writeError(w, http.StatusUnsupportedMediaType, err.Error())
		return
	}
	if err != nil {
		d.apiFault(w, r, err)
		return
	}
	body, done, err := d.body(r)
	if err != nil {
		d.apiFault(w, r, err)
		return
	}
	defer done()
	if len(bytes.TrimSpace(body)) == 0 {
		d.apiFault(w, r, fmt.Errorf("%w: the body is empty; send an article", errBadRequest))
		return
	}
	release, err := d.extraction(r.Context())
	if err != nil {
		d.apiFault(w, r, err)
		return
	}
	defer release()
	e, err := d.engine()
	if err != nil {
		d.apiFault(w, r, err)
		return
	}
	out := &startedWriter{w: w}
	if err := d.answer(r.Context(), e, x, body, out); err != nil {
		if out.started {
			d.o.Log.Error("extract", "error", err.Error())
			panic(http.ErrAbortHandler) // half an answer must not be taken for a whole one
		}
		d.apiFault(w, r, err)
	}
}

// body reads a request's body, when there is room for it.
func (d *Desk) body(r *http.Request) (b []byte, done func(), err error) {
	weight := d.o.MaxBody
	if n := r.ContentLength; n >= 0 {
		weight = min(n, weight)
	}
	if err := d.bodies.Acquire(r.Context(), weight); err != nil {
		return nil, nil, err
	}
	done = func() { d.bodies.Release(weight) }
	if b, err = io.ReadAll(r.Body); err != nil {
		done()
		return nil, nil, badBody(err)
	}
	return b, done, nil
}

// badBody is the error of a body that broke off.
func badBody(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return fmt.Errorf("%w: the body broke off: %w", errBadRequest, err)
}

// answer runs the articles of a body through the pipeline.
func (d *Desk) answer(ctx context.Context, e *Engine, x extraction, body []byte, w io.Writer) error {
	x.source.Stdin = bytes.NewReader(body)
	x.run.Log = d.o.Log
	x.run.ArticleTime = d.o.RequestTime
	src := &described{Reader: source.New(x.source), about: &x.about}
	var answers output.Answers
	if x.lines {
		w.(*startedWriter).media = "application/x-ndjson"
		var err error
		if answers, err = output.AnswersJSONL(w, x.tables, output.Options{Version: d.o.Version, ModelHash: e.Hash}); err != nil {
			return err
		}
	} else {
		answers = &jsonAnswers{w: bufio.NewWriterSize(w, 64<<10), tables: x.tables, about: d.o.Version, hash: e.Hash}
	}
	shard := source.Shard{Path: source.Stdin, Format: x.format, Stream: true}
	counts, err := pipeline.Pipe(ctx, src, shard, e.Extract, x.run, answers)
	if err != nil {
		return err
	}
	if counts.Read == 0 {
		return fmt.Errorf("%w: there is no article in the body", errBadRequest)
	}
	for status, n := range map[string]int64{"ok": counts.Written, "skipped": counts.Skipped, "failed": counts.Failed, "rejected": counts.Rejected} {
		d.metrics.articles.WithLabelValues(status).Add(float64(n))
	}
	d.metrics.statements.Add(float64(counts.Quotes()))
	return answers.Close()
}

// described gives articles what the parameters say of them, where they say
// nothing themselves.
type described struct {
	*source.Reader
	about *news.Article
}

func (s *described) Articles(ctx context.Context, shard source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		for a, err := range s.Reader.Articles(ctx, shard) {
			a.Origin.Path = "request"
			for _, f := range []struct {
				to   *string
				from string
			}{{&a.ID, s.about.ID}, {&a.Title, s.about.Title}, {&a.Outlet, s.about.Outlet}, {&a.URL, s.about.URL}} {
				if *f.to == "" || *f.to == source.Stdin {
					*f.to = f.from
				}
			}
			if a.Published.IsZero() {
				a.Published = s.about.Published
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// startedWriter sends the header with the first byte, so that an error before
// it can still have its status.
type startedWriter struct {
	w       http.ResponseWriter
	media   string
	started bool
}

func (s *startedWriter) Write(p []byte) (int, error) {
	if !s.started {
		s.started = true
		if s.media == "" {
			s.media = "application/json"
		}
		s.w.Header().Set("Content-Type", s.media)
	}
	return s.w.Write(p)
}

// jsonAnswers writes answers as one JSON object.
type jsonAnswers struct {
	w           *bufio.Writer
	tables      []output.Table
	about, hash string
	n           int
}

func (a *jsonAnswers) Rows(rows *output.Rows, detail string) error {
	b := a.begin(rows.Article.SourceRecord, rows.Article.ArticleID, rows.Article.Status, rows.Article.Reason, detail)
	for _, t := range a.tables {
		b = append(b, `,"`+string(t)+`":`...)
		switch t {
		case output.Articles:
			b = appendRows(b, []output.ArticleRow{rows.Article})
		case output.Quotes:
			b = appendRows(b, rows.Quotes)
		case output.Mentions:
			b = appendRows(b, rows.Mentions)
		case output.Entities:
			b = appendRows(b, rows.Entities)
		}
	}
	return a.write(append(b, '}'))
}

func (a *jsonAnswers) Reject(r *output.RejectRow) error {
	b := a.begin(r.SourceRecord, "", "rejected", r.Reason, r.Detail)
	for _, t := range a.tables {
		b = append(b, `,"`+string(t)+`":[]`...)
	}
	return a.write(append(b, '}'))
}

func (a *jsonAnswers) begin(record int64, id, status, reason, detail string) []byte {
	b := []byte(",\n{\"record\":")
	if a.n == 0 {
		b = append(append(a.head(), '['), b[1:]...)
	}
	a.n++
	b = strconv.AppendInt(b, record, 10)
	for _, m := range [][2]string{{"article_id", id}, {"status", status}, {"reason", reason}, {"detail", detail}} {
		b = append(b, `,"`+m[0]+`":`...)
		if m[1] == "" {
			b = append(b, "null"...)
			continue
		}
		s, _ := json.Marshal(strings.ToValidUTF8(m[1], "\uFFFD")) // a string always encodes
		b = append(b, s...)
	}
	return b
}

// head begins the object.
func (a *jsonAnswers) head() []byte {
	return fmt.Appendf(nil, `{"schema_version":%q,"program_version":%q,"model_hash":%q,"answers":`, output.SchemaVersion, a.about, a.hash)
}

func (a *jsonAnswers) write(b []byte) error {
	_, err := a.w.Write(b)
	return err
}

// Flush is for streams that somebody watches; this answer is one object.
func (a *jsonAnswers) Flush() error { return nil }

func (a *jsonAnswers) Close() error {
	if _, err := a.w.WriteString("]}\n"); err != nil {
		return err
	}
	return a.w.Flush()
}
