package desk

import (
	"fmt"
	"io"
	"net/http"

	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/output"
)

// maxExport is the most statements of an export: a spreadsheet takes no more,
// and who wants more has the tables themselves.
const maxExport = 1_000_000

// mediaTypes are those of the formats of tables.
var mediaTypes = map[output.Format]string{
	output.CSV: "text/csv; charset=utf-8", output.JSONL: "application/x-ndjson", output.Parquet: "application/vnd.apache.parquet",
}

// export gives all statements that a query finds, in the columns of the quotes
// table. A fault on the way breaks the connection, so that half a file is not
// taken for a whole one.
func (d *Desk) export(w http.ResponseWriter, r *http.Request) {
	fail := func(err error) {
		status, message := d.explained(r, err)
		d.refuse(w, r, status, message)
	}
	v := r.URL.Query()
	q, err := index.ParseQuery(v)
	if err != nil {
		fail(err)
		return
	}
	format, err := output.ParseFormat(v.Get("format"))
	if err != nil {
		fail(fmt.Errorf("%w: %w", errBadRequest, err))
		return
	}
	w.Header().Set("Content-Type", mediaTypes[format])
	w.Header().Set("Content-Disposition", `attachment; filename="`+format.FileName("statements")+`"`)
	if err := d.exportTo(r, w, q, format); err != nil {
		d.o.Log.Error("export", "error", err.Error())
		panic(http.ErrAbortHandler)
	}
}

func (d *Desk) exportTo(r *http.Request, w io.Writer, q index.Query, format output.Format) error {
	out, err := output.Open(format, map[output.Table]string{output.Quotes: "statements"}, output.Options{FS: responseFS{w}, Version: d.o.Version, Excel: format == output.CSV})
	if err != nil {
		return err
	}
	for h, err := range d.x.Each(r.Context(), q, maxExport) {
		if err == nil {
			err = out.Write(output.Rows{Quotes: []output.QuoteRow{h.Row}})
		}
		if err != nil {
			_ = out.Abort()
			return err
		}
	}
	_, err = out.Close()
	return err
}

// responseFS has one file: what is written to it goes to the browser.
type responseFS struct{ w io.Writer }

func (f responseFS) Create(string) (output.File, error) { return responseFile(f), nil }
func (f responseFS) Remove(string) error                { return nil }

type responseFile struct{ w io.Writer }

func (f responseFile) Write(p []byte) (int, error) { return f.w.Write(p) }
func (f responseFile) Sync() error                 { return nil }
func (f responseFile) Close() error                { return nil }
