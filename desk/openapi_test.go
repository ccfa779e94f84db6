package desk

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/whosaid/whosaid/desk/index"
)

// document reads /openapi.json.
func document(t *testing.T, d *Desk) map[string]any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(ask(d, "GET", "/openapi.json", "").Body)
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// The document describes the routes that there are, and no others; every
// parameter of a search is in it.
func TestOpenAPIRoutes(t *testing.T) {
	d := made(t, Options{Token: "0123456789abcdef"})
	d.o.Token = ""
	doc := document(t, d)
	if doc["openapi"] != "3.1.0" {
		t.Errorf("version %v", doc["openapi"])
	}
	mux := d.routes()
	for path, operations := range doc["paths"].(map[string]any) {
		for method := range operations.(map[string]any) {
			r := httptest.NewRequest(strings.ToUpper(method), regexp.MustCompile(`\{\w+\}`).ReplaceAllString(path, "x"), nil)
			if _, pattern := mux.Handler(r); pattern != strings.ToUpper(method)+" "+path {
				t.Errorf("%s %s: the desk has %q", method, path, pattern)
			}
		}
	}
	for _, route := range []string{"POST /v1/extract", "GET /v1/articles/{id}", "GET /v1/search", "GET /healthz", "GET /metrics", "GET /openapi.json"} {
		method, path, _ := strings.Cut(route, " ")
		operations, _ := doc["paths"].(map[string]any)[path].(map[string]any)
		if operations[strings.ToLower(method)] == nil {
			t.Errorf("%s is not described", route)
		}
	}
	var names []string
	for _, p := range doc["paths"].(map[string]any)["/v1/search"].(map[string]any)["get"].(map[string]any)["parameters"].([]any) {
		p := p.(map[string]any)
		names = append(names, p["name"].(string))
		if p["description"] == "" {
			t.Errorf("parameter %v has no description", p["name"])
		}
	}
	if want := append(index.Params(), "after", "limit"); !slices.Equal(names, want) {
		t.Errorf("parameters %v, want %v", names, want)
	}
}

// What the handlers answer is what the document says, byte for byte under its
// schemas (those of JSON Schema 2020-12, which OpenAPI 3.1 takes).
func TestOpenAPIAnswers(t *testing.T) {
	d := made(t, Options{MaxBody: 4000})
	doc := document(t, d)
	c := jsonschema.NewCompiler()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace
	said := "“The bridge will open in May,” said Ada Example, who chairs the trust. She denied that it would cost more."
	for _, a := range []struct {
		method, path, target, body, media string
		status                            int
	}{
		{"get", "/healthz", "/healthz", "", "", 200},
		{"get", "/openapi.json", "/openapi.json", "", "", 200},
		{"get", "/v1/search", "/v1/search?q=bridge", "", "", 200},
		{"get", "/v1/search", "/v1/search?q=nonesuch", "", "", 200},
		{"get", "/v1/search", "/v1/search?after=20&limit=3", "", "", 200},
		{"get", "/v1/search", "/v1/search?limit=0", "", "", 400},
		{"get", "/v1/search", "/v1/search?min=x", "", "", 400},
		{"get", "/v1/articles/{id}", "/v1/articles/article-0000003", "", "", 200},
		{"get", "/v1/articles/{id}", "/v1/articles/none%2Fsuch", "", "", 404},
		{"post", "/v1/extract", "/v1/extract?tables=articles,quotes,mentions,entities", said, "text/plain", 200},
		{"post", "/v1/extract", "/v1/extract", "{broken\n{\"text\":\"" + said + "\"}\n{\"text\":\"\"}\n{\"text\":\"Der Rat hat am Montag beschlossen, dass die Brücke im Mai wieder geöffnet wird, sagte der Bürgermeister.\"}", "application/x-ndjson", 200},
		{"post", "/v1/extract", "/v1/extract", "", "text/plain", 400},
		{"post", "/v1/extract", "/v1/extract", strings.Repeat("a", 5000), "text/plain", 413},
		{"post", "/v1/extract", "/v1/extract", "x", "image/png", 415},
	} {
		w := ask(d, strings.ToUpper(a.method), a.target, a.body, "Content-Type", a.media)
		if w.Code != a.status {
			t.Errorf("%s: status %d, want %d\n%.300s", a.target, w.Code, a.status, w.Body)
			continue
		}
		schema, err := c.Compile("openapi.json#/paths/" + escape(a.path) + "/" + a.method + "/responses/" + strconv.Itoa(a.status) + "/content/" + escape("application/json") + "/schema")
		if err != nil {
			t.Fatalf("%s: %v", a.target, err)
		}
		v, err := jsonschema.UnmarshalJSON(w.Body)
		if err != nil {
			t.Fatalf("%s: %v", a.target, err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s %s: %v", a.method, a.target, err)
		}
	}
}

// The errors of the API are those of the document even where the router or the
// guard gives them.
func TestErrorsAreJSON(t *testing.T) {
	d := made(t, Options{})
	for _, w := range []*httptest.ResponseRecorder{
		ask(d, http.MethodGet, "/v1/search", "", "Host", "evil.example"),
		ask(d, http.MethodPost, "/v1/extract", "x", "Origin", "http://evil.example"),
		ask(d, http.MethodGet, "/v1/articles/none", ""),
	} {
		var e map[string]map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || e["error"]["message"] == "" {
			t.Errorf("status %d: %s", w.Code, w.Body)
		}
	}
}
