package desk

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/whosaid/whosaid/desk/audit"
	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/output"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/*
var staticFiles embed.FS

// view is what a page shows: the name of its template and the data for it.
type view struct {
	Template string
	Title    string
	Tab      string // the part of the desk it belongs to
	Status   int    // 0 is 200
	Data     any
}

// pageFunc makes a page.
type pageFunc func(w http.ResponseWriter, r *http.Request) (*view, error)

// templates are parsed at the first page: other commands must not pay for it.
var templates = sync.OnceValue(func() map[string]*template.Template {
	base := template.Must(template.New("layout.html").Funcs(functions).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html"))
	all := map[string]*template.Template{}
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		panic(err) // embedded
	}
	for _, e := range entries {
		if name := e.Name(); name != "layout.html" && name != "parts.html" {
			all[strings.TrimSuffix(name, ".html")] = template.Must(template.Must(base.Clone()).ParseFS(templateFiles, "templates/"+name))
		}
	}
	return all
})

var functions = template.FuncMap{
	"number":      numberOf,
	"percent":     percent,
	"share":       func(part, whole int64) string { return percent(float64(part) / float64(max(whole, 1))) },
	"day":         day,
	"inc":         func(i int) int { return i + 1 },
	"query":       query,
	"label":       label,
	"join":        strings.Join,
	"fixed":       fixed,
	"amend":       func(v *amendView, e amendEntry, form string) any { return amendForm{v, e, form, e.Number + 1} },
	"contains":    slices.Contains[[]string],
	"int":         func(i int32) int { return int(i) },
	"percentOf":   func(p float32) float64 { return 100 * float64(p) },
	"percentOf64": func(p float64) float64 { return 100 * p },
}

// amendForm is the form of one statement.
type amendForm struct {
	V    *amendView
	E    amendEntry
	Form string
	Key  int
}

// page renders what f makes.
func (d *Desk) page(f pageFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		form := formValue(w, r)
		v, err := f(w, r)
		if err != nil {
			v = d.fault(r, err)
		}
		if v == nil {
			return // answered already
		}
		d.render(w, v, form)
	})
}

func (d *Desk) render(w http.ResponseWriter, v *view, form string) {
	var b bytes.Buffer
	err := templates()[v.Template].ExecuteTemplate(&b, "layout.html", struct {
		*view
		Form  string
		About index.About
		Tabs  [][2]string
	}{v, form, d.x.About, tabs})
	if err != nil {
		d.o.Log.Error("render", "page", v.Template, "error", err.Error())
		http.Error(w, "this page could not be made; the log of whosaid serve says why", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if v.Status != 0 {
		w.WriteHeader(v.Status)
	}
	_, _ = b.WriteTo(w)
}

// tabs are the parts of the desk.
var tabs = [][2]string{{"/", "Overview"}, {"/search", "Search"}, {"/people", "People"}, {"/quotations", "Quotations"}, {"/audit", "Audit"}}

// fault is the page for an error: what is wrong, and what to do.
func (d *Desk) fault(r *http.Request, err error) *view {
	status, message := d.explained(r, err)
	return &view{Template: "error", Title: http.StatusText(status), Status: status, Data: message}
}

// explained is the status and the words of an error.
func (d *Desk) explained(r *http.Request, err error) (int, string) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, index.ErrNotFound):
		return http.StatusNotFound, err.Error()
	case errors.Is(err, audit.ErrNoAudit):
		return http.StatusNotFound, err.Error()
	case errors.Is(err, index.ErrQuery), errors.Is(err, errBadRequest), errors.Is(err, audit.ErrName), errors.Is(err, audit.ErrTaken):
		return http.StatusBadRequest, err.Error()
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, fmt.Sprintf("the request is longer than %d bytes; send less at once", tooLarge.Limit)
	case errors.Is(err, errBusy):
		return http.StatusServiceUnavailable, err.Error()
	case errors.Is(err, errNoEngine):
		return http.StatusNotImplemented, err.Error()
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(r.Context().Err(), context.DeadlineExceeded):
		return http.StatusGatewayTimeout, fmt.Sprintf("this took longer than %v; ask for less (fewer words, a shorter time, one outlet)", d.o.RequestTime)
	case r.Context().Err() != nil:
		return 499, "the request was given up" // nobody reads it
	}
	d.o.Log.Error("request", "path", r.URL.Path, "error", err.Error())
	return http.StatusInternalServerError, "something went wrong; the log of whosaid serve says what"
}

// errBadRequest is wrapped by what is wrong with a request's parameters.
var errBadRequest = errors.New("bad request")

// refuse answers what may not pass, to a program as JSON.
func (d *Desk) refuse(w http.ResponseWriter, r *http.Request, status int, message string) {
	if strings.HasPrefix(r.URL.Path, "/v1/") {
		writeError(w, status, message)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintln(w, message)
}

// writeError is an error as the API gives it.
func writeError(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "2")
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"status": status, "message": message}})
}

func (d *Desk) missing(_ http.ResponseWriter, r *http.Request) (*view, error) {
	return nil, fmt.Errorf("page %q: %w", r.URL.Path, index.ErrNotFound)
}

func (d *Desk) help(http.ResponseWriter, *http.Request) (*view, error) {
	return &view{Template: "help", Title: "Help"}, nil
}

// static gives a style or script.
func (d *Desk) static(w http.ResponseWriter, r *http.Request) {
	b, err := staticFiles.ReadFile("static/" + r.PathValue("file"))
	if err != nil {
		d.refuse(w, r, http.StatusNotFound, "no such file")
		return
	}
	types := map[string]string{"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
	name := r.PathValue("file")
	w.Header().Set("Content-Type", types[name[strings.LastIndexByte(name, '.')+1:]])
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(b)
}

// number is 12345 as 12,345.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// numberOf is number for templates, which hand over any whole number.
func numberOf(n any) (string, error) {
	switch n := n.(type) {
	case int:
		return number(int64(n)), nil
	case int32:
		return number(int64(n)), nil
	case int64:
		return number(n), nil
	}
	return "", fmt.Errorf("%T is no whole number", n)
}

func percent(p float64) string { return strconv.FormatFloat(100*p, 'f', 0, 64) + "%" }

// day is the date of a time; "" for none.
func day(t *output.Timestamp) string {
	if t == nil {
		return ""
	}
	return t.Time().Format(time.DateOnly)
}

// fixed is a coefficient; what cannot be told is a dash.
func fixed(x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}

// query makes an address of a path and pairs of parameters; empty values are
// left out.
func query(path string, pairs ...any) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if s := fmt.Sprint(pairs[i+1]); s != "" && s != "0" {
			v.Add(fmt.Sprint(pairs[i]), s)
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// labels are values of the tables in words, where they differ.
var labels = map[string]string{
	"": "none", "document": "document", "unnamed": "unnamed source", "unknown": "unknown", "author": "the author",
	"first_name": "first name",
}

func label(s string) string {
	if l, ok := labels[s]; ok {
		return l
	}
	return s
}
