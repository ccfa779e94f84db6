// Package near finds which of many items are near each other, without
// comparing all pairs.
//
// In go hashes of what items consist of (runs of words, say), sorted, and a
// judge of pairs; out come groups. It knows nothing of what an item is.
//
// How, step by step, each through sorting on disk:
//
//  1. A Sketch counts in fixed memory which hashes come more than once; only
//     these are worth sorting.
//  2. PairUp makes pairs of the items that share a hash: all of them in a small
//     group; in a large one, neighbours by speaker and date and the longest
//     item of each occasion, so that n items make at most some 4n pairs.
//  3. Verify asks the judge about each pair once; what it accepts are edges.
//  4. Groups takes connected components of the edges, and breaks chains: the
//     items of a component gather around the first by the caller's order, and
//     who has too little in common with that one by itself gathers elsewhere.
//
// The answer depends on the items alone, not on their order, on the memory or
// on the number of workers (groups of more than a million items aside, which
// are taken in slices).
package near
