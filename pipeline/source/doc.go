// Package source reads news corpora: what a user names on the command line
// goes in, articles come out, one at a time.
//
// In: files, folders, globs and standard input, as plain text, JSON Lines, CSV
// or TSV, Parquet, HTML pages, WARC archives, feeds, NITF, NewsML, e-mail,
// documents and exports of news archives, each perhaps compressed with gzip,
// zstd, bzip2 or xz. Out: news.Article values whose Body is valid UTF-8
// and fixed from here on, and a *Reject for every record that could not be
// read as an article.
//
// It never prints, never downloads, never changes an input, never drops a
// record in silence, and holds no more than a few records in memory whatever
// the size of the file.
//
// # How
//
// Discover turns the inputs into Shards: sorted, without repeats, the same
// whatever the number of workers. A shard is a file, or a range of whole lines
// of a large JSON Lines file. Reader.Articles opens a shard and stacks
//
//	file → decompress → sniff → decode → split into records → fields → Article
//
// Content decides, the file's name only breaks ties: magic bytes tell the
// compression and the binary formats, the first kilobytes tell JSON, HTML and
// WARC; CSV, TSV and text, which look alike, are told apart by the extension
// and by a header line that names a text column.
//
// Records are found in a window, one buffer over the stream (window.go) that
// grows to the record limit and no further. Nothing is consumed before its
// record is known to be whole, so that a reader can go back to the next line
// when a record turns out to be broken, and a broken record costs itself only.
//
// # Text
//
// Text that is right stays as given: line ends, spaces, bidirectional marks
// and joiners are kept. HTML in a field becomes text, and damage is repaired
// where it is certain what stood there (mend.go, package repair); what was done
// stands in Article.Repairs. Decoding does three things. The byte-order mark goes.
// Bytes that are not UTF-8 are read as the declared or the likeliest legacy
// charset, or, when they are few in a text that is otherwise UTF-8, become
// U+FFFD. NUL becomes U+FFFD too, because many readers of the tables would end
// the text there. A text of which more than one part in a hundred is damaged
// that way is rejected. In ids, titles, names and addresses control characters
// are dropped as well: they go into tables, logs and terminals.
//
// # Limits
//
// Every limit is in Options with its default and the reason for it. Reading one
// shard takes some 1 MiB on ordinary input; on the worst input tried, under
// 250 MiB with the default limits: about four times MaxRecord, or MaxWindow and
// twice MaxRecord, or the tree of a page of MaxTags (TestBombs, TestHTMLHostile).
//
// # How to add a reader
//
// The recipe is in docs/architecture.md: a description in formats (format.go), a
// method of *run in a file of its own, and the tests that go with it. The method
// calls run.article or run.rejectf for every record, and returns the error of
// the stream as it is: run.finish tells damage, which is a reject, from failure,
// which ends the shard.
package source
