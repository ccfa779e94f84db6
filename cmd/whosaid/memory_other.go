//go:build !unix

package main

import "runtime"

// peakMemory is the memory got from the system, in bytes: the nearest that is
// known here.
func peakMemory() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
