package desk

import (
	"net/http"

	"github.com/whosaid/whosaid/desk/index"
)

func (d *Desk) overview(_ http.ResponseWriter, r *http.Request) (*view, error) {
	o, err := d.x.Overview(r.Context())
	if err != nil {
		return nil, err
	}
	data := struct {
		*index.Overview
		Figures                  []*figure
		OK, Skipped, Failed      int64
		Named, Unnamed, NoSource int64
	}{Overview: o, Figures: overviewFigures(o)}
	for _, c := range o.Counts["status"] {
		switch c.Name {
		case "ok":
			data.OK += c.N
		case "skipped":
			data.Skipped += c.N
		default:
			data.Failed += c.N
		}
	}
	for _, c := range o.Counts["kind"] {
		switch c.Name {
		case "person", "organization":
			data.Named += c.N
		case "unknown", "author":
			data.NoSource += c.N
		default:
			data.Unnamed += c.N
		}
	}
	return &view{Template: "overview", Title: "Overview", Tab: "/", Data: data}, nil
}
