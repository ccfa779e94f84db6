package source

import "io"

// Fields names the fields or columns of the input that hold each part of an
// article. An empty name is found by itself among the usual ones, whatever
// their case, hyphens and underscores. In JSON a name with dots goes into
// objects: "meta.title". A name that is given and not there is a reject, for
// the text, and nothing for the others.
type Fields struct {
	ID, Text, Title, URL, Outlet, Author, Date string
}

// Options say how to read. The zero value reads everything by itself.
type Options struct {
	// Format of every input; Auto tells each file by itself.
	Format Format
	Fields Fields
	// Preset is a well-known corpus whose names of fields go before the usual
	// ones (presets.go); "" for none.
	Preset string
	// Columns are the names of a table's columns where CSV and TSV have no
	// header line.
	Columns []string
	// Records is the path of the array that holds the records of JSON input, its
	// keys joined by dots: "response.docs". Empty: found by itself; ".": the
	// objects of the file are the records.
	Records string
	// Dates says how dates are written that do not show it.
	Dates DateFormat
	// FieldHTML says whether the text of a field is HTML.
	FieldHTML FieldHTML
	// NoRepair leaves texts as they are given.
	NoRepair bool

	// MaxRecord is the most bytes, once decompressed, of a JSON line, a CSV
	// record or a WARC block, of a text file, an e-mail or a document, and of
	// all that a document unpacks to. 0 is 32 MiB: some twenty
	// times the longest records of public news corpora, and eight workers that
	// hold one each stay within a quarter of 1 GiB.
	MaxRecord int
	// MaxArticle is the most bytes of an article's text. 0 is 8 MiB: a long
	// novel is 2 MiB.
	MaxArticle int
	// MaxPage is the most bytes of an HTML page. 0 is 4 MiB: Common Crawl cuts
	// pages at 1 or 5 MiB, and a page takes some twenty times its size in
	// memory while its text is found.
	MaxPage int
	// MaxTags is the most tags of an HTML page. 0 is 20,000: news pages have
	// some 3,000, and the time and memory of finding the main text grow with
	// the square of their number. What else grows so is bounded in proportion
	// (html.go).
	MaxTags int
	// MaxWindow is the most bytes of history that a zstd or xz stream may ask
	// for. 0 is 64 MiB: all that zstd up to level 21 and xz up to level 9 use,
	// so that eight workers stay within 512 MiB.
	MaxWindow int64
	// MaxRatio is how many times its size a compressed stream may grow once it
	// has grown to 64 MiB. 0 is 1000: text shrinks three to ten times, logs a
	// hundred times, only a bomb a thousand times.
	MaxRatio int64
	// SliceSize cuts JSON Lines files that are not compressed into shards of
	// whole lines of about this many bytes. 0 is 64 MiB: some minutes of work,
	// which is what an interrupted run has to do again. Negative: never cut.
	SliceSize int64

	// Objects reads what lies at addresses; nil: addresses are refused.
	Objects Objects
	// AllowEmpty makes it no error for Discover when a glob matches nothing.
	AllowEmpty bool

	// Stdin is what "-" reads; nil is os.Stdin.
	Stdin io.Reader
	// Skipped, when set, is told by Discover of everything in a folder that it
	// leaves out, and why.
	Skipped func(path, why string)
}

const (
	defaultMaxRecord  = 32 << 20
	defaultMaxArticle = 8 << 20
	defaultMaxPage    = 4 << 20
	defaultMaxTags    = 20_000
	defaultMaxWindow  = 64 << 20
	defaultMaxRatio   = 1000
	defaultSliceSize  = 64 << 20

	// ratioFloor is the size below which a stream may grow as it likes: it
	// does no harm.
	ratioFloor = 64 << 20
	// maxMeta is the most bytes of an id, title, name or address: what is
	// longer is a text in the wrong field. Titles and names are cut there, an
	// id is a reject because a cut id is another id.
	maxMeta = 8 << 10
	// maxAuthors is the most authors of an article; large collaborations sign
	// with a few hundred.
	maxAuthors = 200
)

// withDefaults fills the zero values in.
func (o Options) withDefaults() Options {
	set := func(p *int, v int) {
		if *p <= 0 {
			*p = v
		}
	}
	if o.Preset == "realnews" && o.Dates == (DateFormat{}) {
		o.Dates.order = monthFirst // all of its dates are American
	}
	set(&o.MaxRecord, defaultMaxRecord)
	set(&o.MaxArticle, defaultMaxArticle)
	set(&o.MaxPage, defaultMaxPage)
	set(&o.MaxTags, defaultMaxTags)
	if o.MaxWindow <= 0 {
		o.MaxWindow = defaultMaxWindow
	}
	if o.MaxRatio <= 0 {
		o.MaxRatio = defaultMaxRatio
	}
	if o.SliceSize == 0 {
		o.SliceSize = defaultSliceSize
	}
	return o
}
