// Package corpus makes the tables across articles (people, person_links,
// person_changes, quotations, quotation_links, copies) of the tables that
// extractions wrote.
//
// In go output folders, all of their partitions; out come the six tables in
// one folder with plan, records of units and manifest of their own below
// _link. The package never looks into an article's meaning: that is the
// steps', each a package below this one that gets streams of records and
// writes rows (package step says how).
//
// # How
//
// A run is a list of steps, in this order, for each may read what those before
// it wrote: copies, people, quotations. A step is a unit: its parts are
// written, synced and named by their hash, and then its record is made; a
// killed run begins again with the first step that has no record.
//
// # Commit
//
// The tables are made whole in _link/next and then change places with those of
// the run before, folder by folder, each by one system call:
//
//	OUT/people/part-….parquet     and the other tables alike
//	OUT/_link/run/                plan, records, manifest, what the steps keep for the next run
//	OUT/_link/next/               the same of the run that is being made
//
// A process that dies while they change places is completed by the next. A
// reader that opens tables in that moment may meet two runs.
//
// # Growth
//
// A run over the inputs of the run before and some more reads only what is
// new: a step begins with the state that it kept then, keeps the parts that
// stay, and adds its own. Anything else (an input that has changed or gone,
// other settings) is another run, which has to be asked for.
package corpus
