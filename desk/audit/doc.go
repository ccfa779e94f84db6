// Package audit tells how right a corpus is from what judges say of a sample
// of it.
//
// In go items (statements, each with the confidences that the tables give it
// and the stratum it was drawn from, and articles that are read in full) and
// judgements of them by one judge or several. Out come precision and recall
// with 95% intervals, the calibration of the confidences, the agreement of the
// judges, the threshold that gives a wished precision, and a sentence for a
// paper. The package knows neither the desk nor the index; it reads and writes
// its own files (store.go, sheet.go) and nothing else.
//
// # Sampling
//
// Statements are drawn by the smallest hashes of a seed and an id of each: the same
// seed gives the same sample from the same tables, in whatever order they are
// met. With strata, every stratum gives equally many, as far as it has them
// (sample.go).
//
// # Estimates
//
// An item's value is the share of its judges that say yes, its weight the size
// of its stratum over how many of that were judged. A precision is the weighted
// mean; its interval is Wilson's with Kish's effective sample size (Σw)²/Σw².
// Without strata that is the plain Wilson interval. A recall is found / (found + missed) over the articles
// read in full, with Wilson's interval at the effective size that the spread
// between articles leaves.
//
// Sources: E. B. Wilson, Probable inference, the law of succession, and
// statistical inference (1927); R. G. Newcombe, Two-sided confidence intervals
// for the single proportion (1998); L. Kish, Survey Sampling (1965); J. Cohen, A
// coefficient of agreement for nominal scales (1960); K. Krippendorff, Computing
// Krippendorff's alpha-reliability (2011).
package audit
