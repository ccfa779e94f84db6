// Package quotations finds which statements of many articles are the same
// utterance: the same words of the same speaker on the same occasion, whole,
// cut, corrected, with other marks, in other words, partly indirect.
//
// In go statements (Linker.Add), in any order; out come a row for each
// utterance and a row for each of its statements (Linker.Link). The package
// looks at words, speakers, dates and articles, never at the articles' texts.
// What it keeps in memory is some 64 bytes a statement and what Options.Memory
// allows; the rest is on disk while it works.
//
// How:
//
//  1. Words are compared in lower case, without accents, marks, possessives and
//     editors' brackets, contractions spelled out, stemmed (words.go).
//  2. Statements that share four words in a row, or three content words
//     whatever stands between, are candidates (shingles.go); package near makes
//     pairs of them without comparing all. In articles that are copies of one
//     another, equal statements are candidates however short.
//  3. Each pair is aligned: runs of equal words in the same order, at a cost
//     for each jump between runs (align.go).
//  4. A logistic regression decides (decide.go): how much of the shorter one is
//     contained, how much the shared words tell, how long their runs are, how
//     many other statements have these words and over how many speakers and
//     days they are spread (a slogan is the same words on other occasions),
//     whether the speakers agree, the dates between the two. Its weights come
//     from a generated corpus and from pairs that were read by hand
//     (train_test.go).
//  5. Groups gather around the fullest statement (package near); its words are
//     those of the utterance, and say how the words of the others relate to
//     them (rows.go).
//
// An utterance has the id of its earliest statement, which it keeps when the
// corpus grows: then the statements of the run before come first, with the
// groups that they had; only pairs with something new are compared, and what is
// new joins one group of before or none. A run keeps the words of its
// statements (kept.go), so that the next one reads new statements alone. Rows
// stand in the order of the statements, so that it knows where a row is that
// changes.
package quotations
