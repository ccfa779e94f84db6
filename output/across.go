package output

import (
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// The tables across articles, which are made of the five others.
const (
	People         Table = "people"
	PersonLinks    Table = "person_links"
	PersonChanges  Table = "person_changes"
	Quotations     Table = "quotations"
	QuotationLinks Table = "quotation_links"
	Copies         Table = "copies"
)

// AcrossTables lists the tables across articles in their fixed order.
func AcrossTables() []Table {
	return []Table{People, PersonLinks, PersonChanges, Quotations, QuotationLinks, Copies}
}

// TitleRow is a title of a person with the dates of the articles that give it.
type TitleRow struct {
	Title     string     `parquet:"title,dict" json:"title"`
	FirstSeen *Timestamp `parquet:"first_seen,timestamp(microsecond)" json:"first_seen"`
	LastSeen  *Timestamp `parquet:"last_seen,timestamp(microsecond)" json:"last_seen"`
}

// PersonRow is one row of the people table.
type PersonRow struct {
	PersonID    string     `parquet:"person_id,plain" json:"person_id"`
	Name        string     `parquet:"name,plain" json:"name"`
	Kind        string     `parquet:"kind,dict" json:"kind"`
	Aliases     []string   `parquet:"aliases,list" parquet-element:",dict" json:"aliases"`
	Titles      []TitleRow `parquet:"titles,list" json:"titles"`
	Gender      string     `parquet:"gender,optional,dict" json:"gender"`
	GenderBasis string     `parquet:"gender_basis,optional,dict" json:"gender_basis"`
	WikidataID  string     `parquet:"wikidata_id,optional,plain" json:"wikidata_id"`
	NArticles   int32      `parquet:"n_articles" json:"n_articles"`
	NOutlets    int32      `parquet:"n_outlets" json:"n_outlets"`
	NQuotes     int32      `parquet:"n_quotes" json:"n_quotes"`
	NWords      int32      `parquet:"n_words" json:"n_words"`
	FirstSeen   *Timestamp `parquet:"first_seen,timestamp(microsecond)" json:"first_seen"`
	LastSeen    *Timestamp `parquet:"last_seen,timestamp(microsecond)" json:"last_seen"`
	Confidence  float32    `parquet:"confidence" json:"confidence"`
}

// PersonLinkRow is one row of the person_links table.
type PersonLinkRow struct {
	ArticleID   string  `parquet:"article_id,dict" json:"article_id"`
	EntityID    string  `parquet:"entity_id,plain" json:"entity_id"`
	PersonID    string  `parquet:"person_id,dict" json:"person_id"`
	Probability float32 `parquet:"probability" json:"probability"`
	Method      string  `parquet:"method,dict" json:"method"`
}

// PersonChangeRow is one row of the person_changes table.
type PersonChangeRow struct {
	OldPersonID string `parquet:"old_person_id,plain" json:"old_person_id"`
	PersonID    string `parquet:"person_id,plain" json:"person_id"`
	Change      string `parquet:"change,dict" json:"change"`
	RunID       string `parquet:"run_id,dict" json:"run_id"`
}

// QuotationRow is one row of the quotations table.
type QuotationRow struct {
	QuotationID    string     `parquet:"quotation_id,plain" json:"quotation_id"`
	Text           string     `parquet:"text,plain" json:"text"`
	Type           string     `parquet:"type,dict" json:"type"`
	PersonID       string     `parquet:"person_id,optional,dict" json:"person_id"`
	NQuotes        int32      `parquet:"n_quotes" json:"n_quotes"`
	NArticles      int32      `parquet:"n_articles" json:"n_articles"`
	NOutlets       int32      `parquet:"n_outlets" json:"n_outlets"`
	FirstArticleID string     `parquet:"first_article_id,dict" json:"first_article_id"`
	FirstSeen      *Timestamp `parquet:"first_seen,timestamp(microsecond)" json:"first_seen"`
	LastSeen       *Timestamp `parquet:"last_seen,timestamp(microsecond)" json:"last_seen"`
	SpreadDays     *int32     `parquet:"spread_days,optional" json:"spread_days"`
}

// QuotationLinkRow is one row of the quotation_links table.
type QuotationLinkRow struct {
	QuoteID     string  `parquet:"quote_id,plain" json:"quote_id"`
	QuotationID string  `parquet:"quotation_id,plain" json:"quotation_id"`
	Relation    string  `parquet:"relation,dict" json:"relation"`
	Similarity  float32 `parquet:"similarity" json:"similarity"`
}

// CopyRow is one row of the copies table.
type CopyRow struct {
	ArticleID  string  `parquet:"article_id,plain" json:"article_id"`
	CopyID     string  `parquet:"copy_id,dict" json:"copy_id"`
	Similarity float32 `parquet:"similarity" json:"similarity"`
	IsEarliest bool    `parquet:"is_earliest" json:"is_earliest"`
}

func personColumns() []column[PersonRow] {
	type row = PersonRow
	return []column[row]{
		str("person_id", "16 hex digits; stays when the corpus grows (person_changes has the exceptions)", func(r *row) string { return r.PersonID }),
		long(str("name", "commonest full form of the name", func(r *row) string { return r.Name })),
		str("kind", "person, organization or another kind of entities.kind", func(r *row) string { return r.Kind }),
		strs("aliases", "the other forms, commonest first", func(r *row) []string { return r.Aliases }),
		titles("titles", "titles that articles give, commonest first, with the first and last date of publication; the dates are null where no article has one"),
		strOrNull("gender", "female or male, as most articles have it", func(r *row) string { return r.Gender }),
		strOrNull("gender_basis", "the best of what gender rests on: pronoun, title or first_name", func(r *row) string { return r.GenderBasis }),
		strOrNull("wikidata_id", "id in the file of known people, such as Q42; null unless it is sure enough", func(r *row) string { return r.WikidataID }),
		i32("n_articles", "articles with this person; with --count-copies-once, copies of one article count once", func(r *row) int32 { return r.NArticles }),
		i32("n_outlets", "outlets of these articles; those without an outlet count none", func(r *row) int32 { return r.NOutlets }),
		i32("n_quotes", "rows of quotes with this speaker", func(r *row) int32 { return r.NQuotes }),
		i32("n_words", "sum of entities.n_words_quoted", func(r *row) int32 { return r.NWords }),
		timeOrNull("first_seen", "earliest date of publication among these articles", func(r *row) *Timestamp { return r.FirstSeen }),
		timeOrNull("last_seen", "latest date of publication among these articles", func(r *row) *Timestamp { return r.LastSeen }),
		f32("confidence", "mean of person_links.probability, 0 to 1", func(r *row) float32 { return r.Confidence }),
	}
}

func personLinkColumns() []column[PersonLinkRow] {
	type row = PersonLinkRow
	return []column[row]{
		str("article_id", "articles.article_id", func(r *row) string { return r.ArticleID }),
		str("entity_id", "entities.entity_id", func(r *row) string { return r.EntityID }),
		str("person_id", "people.person_id", func(r *row) string { return r.PersonID }),
		f32("probability", "probability, 0 to 1, that the entity is this person and nobody else of the corpus", func(r *row) float32 { return r.Probability }),
		str("method", "name (the same name), variant (another form of it), short (a part of it), or single (no other article has it)", func(r *row) string { return r.Method }),
	}
}

func personChangeColumns() []column[PersonChangeRow] {
	type row = PersonChangeRow
	return []column[row]{
		str("old_person_id", "an id that an earlier run of link gave", func(r *row) string { return r.OldPersonID }),
		str("person_id", "the id, in people, that has its entities now", func(r *row) string { return r.PersonID }),
		str("change", "merged (it is another's now) or split (another took a part of its entities)", func(r *row) string { return r.Change }),
		str("run_id", "the run of link that changed it", func(r *row) string { return r.RunID }),
	}
}

func quotationColumns() []column[QuotationRow] {
	type row = QuotationRow
	return []column[row]{
		str("quotation_id", "16 hex digits; stays when the corpus grows", func(r *row) string { return r.QuotationID }),
		long(str("text", "the fullest words that an article has", func(r *row) string { return r.Text })),
		str("type", "direct, indirect or mixed: quotes.type of the row with these words", func(r *row) string { return r.Type }),
		strOrNull("person_id", "people.person_id of the speaker", func(r *row) string { return r.PersonID }),
		i32("n_quotes", "rows of quotes that are this utterance", func(r *row) int32 { return r.NQuotes }),
		i32("n_articles", "articles with it; with --count-copies-once, copies of one article count once", func(r *row) int32 { return r.NArticles }),
		i32("n_outlets", "outlets of these articles; those without an outlet count none", func(r *row) int32 { return r.NOutlets }),
		str("first_article_id", "articles.article_id of the earliest", func(r *row) string { return r.FirstArticleID }),
		timeOrNull("first_seen", "earliest date of publication", func(r *row) *Timestamp { return r.FirstSeen }),
		timeOrNull("last_seen", "latest date of publication", func(r *row) *Timestamp { return r.LastSeen }),
		i32OrNull("spread_days", "days from first_seen to last_seen", func(r *row) *int32 { return r.SpreadDays }),
	}
}

func quotationLinkColumns() []column[QuotationLinkRow] {
	type row = QuotationLinkRow
	return []column[row]{
		str("quote_id", "quotes.quote_id", func(r *row) string { return r.QuoteID }),
		str("quotation_id", "quotations.quotation_id", func(r *row) string { return r.QuotationID }),
		str("relation", "how its words stand to quotations.text: same, shortened, extended, reworded or reported (indirect)", func(r *row) string { return r.Relation }),
		f32("similarity", "share of the words that the two have in common, 0 to 1", func(r *row) float32 { return r.Similarity }),
	}
}

func copyColumns() []column[CopyRow] {
	type row = CopyRow
	return []column[row]{
		str("article_id", "articles.article_id", func(r *row) string { return r.ArticleID }),
		str("copy_id", "16 hex digits, the same for all articles of one text; stays when the corpus grows", func(r *row) string { return r.CopyID }),
		f32("similarity", "how much of its text the nearest other of them has, 0 to 1", func(r *row) float32 { return r.Similarity }),
		{
			Column: Column{"is_earliest", "bool", false, "whether it is the first of them to be published, by date and then by id"},
			value:  func(r *row) value { return value{kind: isBool, n: bit(r.IsEarliest)} },
		},
	}
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func titles(name, doc string) column[PersonRow] {
	return column[PersonRow]{
		Column: Column{name, "list<struct<title string, first_seen timestamp, last_seen timestamp>>", false, doc},
		nested: func(dst []byte, r *PersonRow) []byte {
			dst = append(dst, '[')
			for i := range r.Titles {
				t := &r.Titles[i]
				if i > 0 {
					dst = append(dst, ',')
				}
				dst = appendJSONString(append(dst, `{"title":`...), t.Title)
				dst = appendTime(append(dst, `,"first_seen":`...), t.FirstSeen)
				dst = appendTime(append(dst, `,"last_seen":`...), t.LastSeen)
				dst = append(dst, '}')
			}
			return append(dst, ']')
		},
		texts: func(r *PersonRow, m *measure) {
			for i := range r.Titles {
				m.text(r.Titles[i].Title)
				m.bytes += 16
			}
		},
		list: func(b array.Builder, r *PersonRow) {
			item := b.(*array.StructBuilder)
			for _, t := range r.Titles {
				item.Append(true)
				item.FieldBuilder(0).(*array.StringBuilder).Append(t.Title)
				for i, at := range []*Timestamp{t.FirstSeen, t.LastSeen} {
					if at == nil {
						item.FieldBuilder(1 + i).AppendNull()
					} else {
						item.FieldBuilder(1 + i).(*array.TimestampBuilder).Append(arrow.Timestamp(*at))
					}
				}
			}
		},
	}
}

// appendTime appends t as JSON.
func appendTime(dst []byte, t *Timestamp) []byte {
	if t == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, '"')
	dst = t.Time().AppendFormat(dst, timestampLayout)
	return append(dst, '"')
}

// TableWriter writes the rows of one table to one file, in the order of the
// calls. It is not safe for concurrent use.
type TableWriter[T Row] struct {
	p    *part[T]
	done bool
}

// Create creates a file of the table that T is a row of, in format f. It fails
// where the file exists already.
func Create[T Row](f Format, path string, o Options) (*TableWriter[T], error) {
	if o.FS == nil {
		o.FS = disk{}
	}
	cols := columnsFor[T]()
	var enc func(io.Writer) encoder[T]
	switch f {
	case Parquet:
		codec, err := newPageCodec()
		if err != nil {
			return nil, fmt.Errorf("open parquet: %w", err)
		}
		enc = parquetRows(cols, codec, o)
	case JSONL:
		enc = jsonLines(cols)
	case CSV:
		enc = csvLines(cols, o)
	default:
		return nil, fmt.Errorf("open output: format %q is not known", f)
	}
	t := TableOf[T]()
	s := &set{}
	p := openPart(s, t, map[Table]string{t: path}, o, enc)
	if s.err != nil {
		return nil, s.err
	}
	return &TableWriter[T]{p: p}, nil
}

// Write writes one row.
func (w *TableWriter[T]) Write(row *T) error { return w.p.write(row) }

// Close ends the file, syncs it to disk and closes it. The file keeps its name.
func (w *TableWriter[T]) Close() (FileInfo, error) {
	info, err := w.p.close()
	w.done = err == nil
	return info, err
}

// Abort closes and removes the file. After a Close without error it does nothing.
func (w *TableWriter[T]) Abort() error {
	if w.done {
		return nil
	}
	w.done = true
	return w.p.discard()
}

// TableOf is the table that T is a row of.
func TableOf[T Row]() Table {
	switch any((*T)(nil)).(type) {
	case *ArticleRow:
		return Articles
	case *QuoteRow:
		return Quotes
	case *MentionRow:
		return Mentions
	case *EntityRow:
		return Entities
	case *PersonRow:
		return People
	case *PersonLinkRow:
		return PersonLinks
	case *PersonChangeRow:
		return PersonChanges
	case *QuotationRow:
		return Quotations
	case *QuotationLinkRow:
		return QuotationLinks
	case *CopyRow:
		return Copies
	default:
		return Rejects
	}
}
