// Package pipeline runs an extraction over a corpus: shards of input go in,
// tables with a manifest come out, and a run can be stopped or killed at any
// moment and taken up again.
//
// It never prints, reads the environment, exits, or looks into an article;
// what is an input belongs to package source, what is a row to package
// output, what a quotation is to package extract.
//
// # How
//
// Plan gathers the input into units: fixed slices of about 64 MiB or 4,096 small
// files, the same at any number of workers. One reader goroutine goes through
// the units in order (small files are read for it by others, ahead of their
// turn) and hands articles to N workers, each of which does the
// whole of tokenize, detect, attribute and the mapping to rows (one fused pool:
// an article stays in one core's cache, and no stage needs tuning against
// another). A writer goroutine restores the reader's order by sequence number
// and writes the unit's tables, so the bytes do not depend on N.
//
// Many workers are divided into lanes, each with a reader and a writer of its
// own, which take whole units; lanes share nothing but the list of units.
//
//	reader ── jobs (bounded) ──> worker × N ── rows (bounded) ──> writer ──> commit of the unit
//	  ^                                                             |
//	  └──────────── bytes in flight, given back when written ───────┘
//
// The bytes in flight bound memory whatever the size of an article; see
// Options.InFlight.
//
// # Commit
//
// A unit's parts are written where nobody looks, get names that carry their
// hash, and only then the unit its record, which is made once. The manifest
// follows the last record. So a final name implies whole content, a record
// implies durable parts, a manifest implies all records. Store has the steps,
// Folder what they stand on.
//
// Run does all of that in one process. MakePlan, Work and Commit are its three
// steps, for any number of processes over one folder.
//
// # Ties
//
// Two articles of one id: with the same text the later is left out (reason
// "duplicate"); with another text it gets a suffix from its text's hash. Later
// means later in the order of the units, never in time; see ledger.
package pipeline
