//go:build unix

package source

import (
	"syscall"
	"time"
)

// spent is the processor time that the process has used: what a busy machine
// does beside does not count.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
