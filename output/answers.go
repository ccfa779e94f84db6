package output

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// PipeVersion is the version of the protocol of answers: any change that a
// client must know of raises it.
const PipeVersion = 1

// statusRejected is the status of a record that could not be read as an
// article, among answers.
const statusRejected = "rejected"

// Answers writes what became of each record of a stream, one answer per record
// in the order of the calls. It is what `whosaid pipe` speaks; docs/pipe.md is
// its contract.
type Answers interface {
	// Rows answers a record that was read as an article, whatever became of it.
	// detail tells why a failed one failed; else it is empty.
	Rows(rows *Rows, detail string) error
	// Reject answers a record that was not.
	Reject(*RejectRow) error
	// Flush hands on all answers so far.
	Flush() error
	// Close flushes, and ends the stream as one that is whole.
	Close() error
}

// answered counts answers by status, for the last line.
type answered struct{ records, ok, skipped, failed, rejected int64 }

func (t *answered) count(status string) {
	t.records++
	switch status {
	case string(StatusOK):
		t.ok++
	case string(StatusSkipped):
		t.skipped++
	case statusRejected:
		t.rejected++
	default:
		t.failed++
	}
}

// jsonAnswers writes one JSON object per line.
type jsonAnswers struct {
	w        *bufio.Writer
	tables   []Table
	answered answered
	buf      []byte
}

// AnswersJSONL writes answers to w as JSON Lines: a first line that says which
// protocol, schema, program and models speak; a line per record with its rows;
// a last line that counts them, without which the stream is not whole.
func AnswersJSONL(w io.Writer, tables []Table, o Options) (Answers, error) {
	a := &jsonAnswers{w: bufio.NewWriter(w), tables: tables}
	b := fmt.Appendf(nil, `{"whosaid_pipe":%d,"schema_version":%q,"program_version":`, PipeVersion, SchemaVersion)
	b = appendJSONString(b, o.Version)
	b = appendJSONString(append(b, `,"model_hash":`...), o.ModelHash)
	b = append(b, `,"tables":[`...)
	for i, t := range tables {
		if t == Rejects {
			return nil, fmt.Errorf("table %q has no rows per article", t)
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSONString(b, string(t))
	}
	if _, err := a.w.Write(append(b, "]}\n"...)); err != nil {
		return nil, fmt.Errorf("write answers: %w", err)
	}
	return a, a.w.Flush()
}

func (a *jsonAnswers) Rows(rows *Rows, detail string) error {
	a.begin(rows.Article.SourceRecord, rows.Article.ArticleID, rows.Article.Status, rows.Article.Reason, detail)
	for _, t := range a.tables {
		a.buf = append(a.buf, `,"`+string(t)+`":[`...)
		switch t {
		case Articles:
			a.buf = AppendJSON(a.buf, &rows.Article)
		case Quotes:
			a.buf = appendRows(a.buf, rows.Quotes)
		case Mentions:
			a.buf = appendRows(a.buf, rows.Mentions)
		case Entities:
			a.buf = appendRows(a.buf, rows.Entities)
		}
		a.buf = append(a.buf, ']')
	}
	return a.end()
}

func (a *jsonAnswers) Reject(r *RejectRow) error {
	a.begin(r.SourceRecord, "", statusRejected, r.Reason, r.Detail)
	for _, t := range a.tables {
		a.buf = append(a.buf, `,"`+string(t)+`":[]`...)
	}
	return a.end()
}

func appendRows[T Row](dst []byte, rows []T) []byte {
	for i := range rows {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendJSON(dst, &rows[i])
	}
	return dst
}

// begin writes the members that every answer has.
func (a *jsonAnswers) begin(record int64, id, status, reason, detail string) {
	a.answered.count(status)
	a.buf = strconv.AppendInt(append(a.buf[:0], `{"record":`...), record, 10)
	for _, m := range [][2]string{{"article_id", id}, {"status", status}, {"reason", reason}, {"detail", detail}} {
		a.buf = append(a.buf, `,"`+m[0]+`":`...)
		if m[1] == "" {
			a.buf = append(a.buf, "null"...)
		} else {
			a.buf = appendJSONString(a.buf, m[1])
		}
	}
}

func (a *jsonAnswers) end() error {
	_, err := a.w.Write(append(a.buf, "}\n"...))
	if cap(a.buf) > 1<<20 { // one huge article must not hold its buffer to the end
		a.buf = nil
	}
	if err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return nil
}

func (a *jsonAnswers) Flush() error { return a.w.Flush() }

func (a *jsonAnswers) Close() error {
	t := &a.answered
	fmt.Fprintf(a.w, `{"whosaid_pipe_end":%d,"records":%d,"ok":%d,"skipped":%d,"failed":%d,"rejected":%d}`+"\n",
		PipeVersion, t.records, t.ok, t.skipped, t.failed, t.rejected)
	return a.w.Flush()
}
