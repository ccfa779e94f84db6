// Package output turns what is known about an article into rows of the five
// tables (articles, quotes, mentions, entities, rejects) and writes them as
// Parquet, JSON Lines or CSV. The tables across articles, whose rows package
// corpus makes, are written and checked here too (across.go).
//
// In goes a news.Result; a Mapper makes Rows of it. A Writer takes Rows and
// RejectRows in the order given and hands back, for every file, its size, rows
// and sha256. CheckFile reads a Parquet part back to its last value and
// CheckArticle holds the rows of one article against each other and against
// the stored text.
//
// The package never decides where files go, never renames or overwrites one,
// never prints, and never writes a string that is not valid UTF-8. Which
// article comes first, which record was rejected and when a file is final is
// the pipeline's to say.
//
// How: the columns of each table stand once, in columns.go, with name, type,
// nullability, meaning and the way to read them off a row; the schema, JSON
// Lines and CSV are derived from that list and the Parquet schema is held
// equal to it by a test. Code points are counted once an article (offsets.go),
// so every offset of every table costs at most 64 bytes of looking. The same
// rows in the same order give the same bytes, however they were grouped into
// calls of Write.
package output

import "fmt"

// SchemaVersion is the version of the tables: any change of a column's name,
// type, nullability or meaning raises it. Every Parquet file carries it as
// key-value metadata "schema_version".
const SchemaVersion = "4"

// Table names a table: one of the five that an extraction writes, or one of
// those across articles (across.go).
type Table string

// The tables of an extraction, in the order in which they are listed everywhere.
const (
	Articles Table = "articles"
	Quotes   Table = "quotes"
	Mentions Table = "mentions"
	Entities Table = "entities"
	Rejects  Table = "rejects"
)

// Tables lists the tables of an extraction in their fixed order.
func Tables() []Table { return []Table{Articles, Quotes, Mentions, Entities, Rejects} }

// ParseTable finds a table of an extraction by its name.
func ParseTable(name string) (Table, error) {
	for _, t := range Tables() {
		if string(t) == name {
			return t, nil
		}
	}
	for _, t := range AcrossTables() {
		if string(t) == name {
			return "", fmt.Errorf("table %q is made by whosaid link, not with the articles, quotes, mentions, entities and rejects", name)
		}
	}
	return "", fmt.Errorf("table %q is not known (articles, quotes, mentions, entities or rejects)", name)
}

// Status tells what became of an article that was read.
type Status string

// The statuses of articles.status.
const (
	StatusOK      Status = "ok"      // went through every stage
	StatusSkipped Status = "skipped" // left out on purpose: empty, another language, …
	StatusFailed  Status = "failed"  // went wrong inside a stage
)

// The reasons of articles.reason that this package itself gives. The pipeline
// has others (empty, too_large, not_english, …).
const (
	ReasonBadEncoding = "bad_encoding" // the text is not valid UTF-8
	ReasonBadResult   = "bad_result"   // a stage gave a span that does not slice the text, or an index out of range
	ReasonIncomplete  = "incomplete"   // a result was there, but not of every stage
)
