// Package index makes the tables of an output folder quick to look into: one
// SQLite file, built once and read by as many as want to.
//
// In goes a folder of Parquet tables (articles and quotes; entities and the
// tables across articles where they are there). Out come pages of statements
// that match a query (Search), articles whole (Article), people, quotations,
// and counts (Overview). The package never changes a table, and never writes
// anywhere but to the index file and its temporary neighbour.
//
// How: Open compares the fingerprint of the tables (names and sizes of their
// parts, whose names hold their hashes) with the one stored in the index, and
// builds a new index under a temporary name when they differ; the name is the
// last thing to change, so an index that is there is whole. A build streams the
// units of the tables one after the other (parts.go), article by article:
//
//	articles    one row an article, and docs: its rows of all tables, compressed
//	statements  one narrow row a statement, numbered in the tables' order
//	texts       full-text index over the statements' words
//	sets        which statements have a value that can be asked for ("tdirect",
//	            "m202611", "p17") or a common word ("wthe"), 65,536 statements a
//	            row: a bit each, or a list where they are few
//	people      those of link, or else names taken as they are, with their counts
//	counts      what the overview shows
//
// A search goes through the statements chunk by chunk (match.go): the sets of a
// chunk are joined and intersected, and only what they leave is looked for in the
// full-text index, which knows rare words and phrases. Beginnings of words are the
// words of the corpus that begin so. So the time hangs little on how many statements have one value but not the other; and
// between chunks a search can end with what it has.
//
// Nothing grows with the corpus but files: people that are being counted wait
// in a table of fixed size, and the full-text index is written in runs.
//
// Pages go by key (the last statement seen), never by offset, so that the
// thousandth page costs what the first does.
package index
