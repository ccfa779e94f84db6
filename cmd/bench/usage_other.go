//go:build !linux

package main

import (
	"os"
	"time"
)

// peakMemory is 0: the unit of what other systems tell differs.
func peakMemory(*os.ProcessState) float64 { return 0 }

var started = time.Now()

// processorTime is the wall clock's: the analysis has one thread.
func processorTime() time.Duration { return time.Since(started) }
