package desk

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/output"
)

// object is JSON that is being put together.
type object = map[string]any

// openapi describes the API: the schemas of rows are those of the tables.
func (d *Desk) openapi(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	_ = e.Encode(d.apiDocument())
}

func (d *Desk) apiDocument() object {
	doc := object{
		"openapi": "3.1.0",
		"info": object{
			"title": "whosaid", "version": d.o.Version,
			"description": "Who said what: extraction from new articles, and a corpus that was extracted before.",
			"license":     object{"name": "Apache 2.0", "identifier": "Apache-2.0"},
		},
		"paths": object{
			"/v1/extract":       object{"post": d.extractOperation()},
			"/v1/articles/{id}": object{"get": articleOperation()},
			"/v1/search":        object{"get": searchOperation()},
			"/healthz": object{"get": object{
				"operationId": "health", "summary": "Whether the desk answers", "security": []any{},
				"responses": object{"200": answer("It does.", object{
					"type": "object", "required": []string{"status", "version", "articles", "statements"},
					"properties": object{"status": object{"const": "ok"}, "version": text(), "articles": whole(), "statements": whole()},
				})},
			}},
			"/metrics": object{"get": object{
				"operationId": "metrics", "summary": "Counts of requests and extractions, for Prometheus",
				"responses": object{"200": object{"description": "Text format of Prometheus.", "content": object{"text/plain": object{"schema": text()}}}},
			}},
			"/openapi.json": object{"get": object{
				"operationId": "describe", "summary": "This document",
				"responses": object{"200": answer("An OpenAPI document.", object{"type": "object"})},
			}},
		},
		"components": object{"schemas": schemas()},
	}
	if d.o.Token != "" {
		doc["components"].(object)["securitySchemes"] = object{"token": object{"type": "http", "scheme": "bearer"}}
		doc["security"] = []any{object{"token": []any{}}}
	}
	return doc
}

func (d *Desk) extractOperation() object {
	article := object{
		"type": "object", "additionalProperties": true,
		"description": "Fields by their usual names, as whosaid extract recognizes them.",
		"properties":  object{"id": text(), "text": text(), "title": text(), "url": text(), "outlet": text(), "author": text(), "date": text()},
	}
	statuses := object{}
	for status, what := range map[string]string{
		"400": "The body or a parameter makes no sense; the message says which.", "413": "The body is too long.", "415": "A media type that is not read.",
		"503": "Too many requests wait; try again after Retry-After seconds.", "504": "It took too long.",
	} {
		statuses[status] = answer(what, ref("Error"))
	}
	statuses["200"] = object{
		"description": "What became of every record, with its rows.",
		"content": object{
			"application/json":     object{"schema": ref("Answers")},
			"application/x-ndjson": object{"schema": object{"description": "A first line about the program, an answer a line, a last line that counts them: docs/pipe.md."}},
		},
	}
	return object{
		"operationId": "extract", "summary": "Find who said what in articles",
		"parameters": []any{
			parameter("format", "Of the answer.", object{"enum": []string{"json", "jsonl"}, "default": "json"}),
			parameter("tables", "Tables whose rows are wanted, with commas: articles, quotes, mentions, entities.", object{"type": "string", "default": "articles,quotes,entities"}),
			parameter("language", "en skips articles in other languages, any takes all.", object{"enum": []string{"en", "any"}, "default": "en"}),
			parameter("id", "Id of an article that is text or HTML.", text()),
			parameter("title", "Its title.", text()),
			parameter("outlet", "Its outlet.", text()),
			parameter("url", "Its address.", text()),
			parameter("published", "Its date, such as 2026-11-22.", text()),
		},
		"requestBody": object{"required": true, "content": object{
			"text/plain": object{"schema": text()}, "text/html": object{"schema": text()},
			"application/json":     object{"schema": object{"oneOf": []any{article, object{"type": "array", "items": article}}}},
			"application/x-ndjson": object{"schema": object{"description": "An article a line."}},
		}},
		"responses": statuses,
	}
}

func articleOperation() object {
	p := parameter("id", "articles.article_id, with / as %2F.", text())
	p["in"], p["required"] = "path", true
	return object{
		"operationId": "article", "summary": "An article of the corpus with its rows", "parameters": []any{p},
		"responses": object{
			"200": answer("Its rows.", object{
				"type": "object", "required": []string{"article", "quotes", "entities"},
				"properties": object{"article": ref("articles"), "quotes": list(ref("quotes")), "entities": list(ref("entities"))},
			}),
			"404": answer("There is no such article.", ref("Error")),
		},
	}
}

func searchOperation() object {
	var params []any
	for _, name := range index.Params() {
		schema := text()
		if values := index.Values(name); values != nil {
			schema = list(object{"enum": values})
		} else if name == "outlet" {
			schema = list(text())
		} else if name == "min" || name == "below" || name == "sure" {
			schema = object{"type": "number", "minimum": 0, "maximum": 1}
		}
		params = append(params, parameter(name, paramDocs[name], schema))
	}
	params = append(params,
		parameter("after", "Go on behind this place: next of the page before.", object{"type": "integer", "minimum": 0}),
		parameter("limit", "Statements a page.", object{"type": "integer", "minimum": 1, "maximum": maxPageSize, "default": pageSize}))
	return object{
		"operationId": "search", "summary": "Statements of the corpus", "parameters": params,
		"responses": object{
			"200": answer("A page of statements, in the order of the tables.", object{
				"type": "object", "required": []string{"total", "more_than_total", "next", "statements"},
				"properties": object{
					"total":           object{"type": []string{"integer", "null"}, "description": "How many match, counted for 150 ms at most; null behind the first page."},
					"more_than_total": object{"type": "boolean"},
					"next":            object{"type": []string{"integer", "null"}, "description": "What after goes on with; null at the end. A page that has a next and fewer statements than limit ended because time was up."},
					"statements":      list(ref("quotes")),
				},
			}),
			"400": answer("A parameter makes no sense.", ref("Error")),
		},
	}
}

// paramDocs say what the parameters of a search are.
var paramDocs = map[string]string{
	"q":      `Words that must all be there; "phrases", -excluded, begin*, OR.`,
	"person": "Name of the speaker, or words of it.", "key": "Key of one speaker, as the addresses of their pages have it.",
	"outlet": "Name of the outlet; may be given more than once.",
	"since":  "First day of publication: 2026-11-22, 2026-11 or 2026.", "until": "Last day of publication.",
	"type": "Type of the statement.", "kind": "Kind of the speaker.", "polarity": "Whether it was said.", "modality": "In what mood.",
	"act": "Said, or thought.", "gender": "Gender of the speaker, as the article has it.", "basis": "What the gender rests on.",
	"min": "Least confidence of the statement, in steps of 0.05.", "below": "Confidence of the statement below this.", "sure": "Least confidence of the speaker.",
}

// schemas are those of the rows and of what holds them.
func schemas() object {
	out := object{
		"Error": object{"type": "object", "required": []string{"error"}, "properties": object{"error": object{
			"type": "object", "required": []string{"status", "message"}, "properties": object{"status": whole(), "message": text()},
		}}},
	}
	answerRow := object{"record": whole(), "article_id": maybe("string"), "status": object{"enum": []string{"ok", "skipped", "failed", "rejected"}}, "reason": maybe("string"), "detail": maybe("string")}
	for _, t := range output.Schema() {
		properties, required := object{}, []string{}
		for _, c := range t.Columns {
			s := columnSchema(c)
			s["description"] = c.Doc
			properties[c.Name] = s
			required = append(required, c.Name)
		}
		out[string(t.Name)] = object{"type": "object", "description": t.Doc, "properties": properties, "required": required, "additionalProperties": false}
		for _, asked := range answerTables {
			if asked == t.Name {
				answerRow[string(t.Name)] = list(ref(string(t.Name)))
			}
		}
	}
	out["Answers"] = object{
		"type": "object", "required": []string{"schema_version", "program_version", "model_hash", "answers"},
		"properties": object{"schema_version": text(), "program_version": text(), "model_hash": text(), "answers": list(object{
			"type": "object", "required": []string{"record", "article_id", "status", "reason", "detail"}, "properties": answerRow, "additionalProperties": false,
		})},
	}
	return out
}

// columnSchema is the JSON of a column.
func columnSchema(c output.Column) object {
	s := typeSchema(c.Type)
	if c.Nullable {
		if name, ok := s["type"].(string); ok {
			s["type"] = []string{name, "null"}
		}
	}
	return s
}

func typeSchema(name string) object {
	if inner, ok := strings.CutPrefix(name, "list<"); ok {
		return list(typeSchema(strings.TrimSuffix(inner, ">")))
	}
	if inner, ok := strings.CutPrefix(name, "struct<"); ok {
		properties, required := object{}, []string{}
		var types []string // fields of one type share it: start, end int32
		for _, field := range strings.Split(strings.TrimSuffix(inner, ">"), ", ") {
			f := strings.Fields(field)
			types = append(types, f[0])
			if len(f) < 2 {
				continue
			}
			for _, n := range types {
				properties[n] = typeSchema(f[1])
				required = append(required, n)
			}
			types = nil
		}
		return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	}
	switch name {
	case "int32", "int64":
		return whole()
	case "float32":
		return object{"type": "number"}
	case "bool":
		return object{"type": "boolean"}
	case "timestamp":
		return object{"type": "string", "format": "date-time"}
	default:
		return text()
	}
}

func text() object           { return object{"type": "string"} }
func whole() object          { return object{"type": "integer"} }
func maybe(t string) object  { return object{"type": []string{t, "null"}} }
func list(of object) object  { return object{"type": "array", "items": of} }
func ref(name string) object { return object{"$ref": "#/components/schemas/" + name} }

func parameter(name, what string, schema object) object {
	return object{"name": name, "in": "query", "description": what, "schema": schema}
}

func answer(what string, schema object) object {
	return object{"description": what, "content": object{"application/json": object{"schema": schema}}}
}
