package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/whosaid/whosaid/pipeline"
)

// The exit codes, which schedulers rely on.
const (
	exitOK         = 0
	exitError      = 1
	exitUsage      = 2
	exitRejects    = 3
	exitOtherPlan  = 4
	exitDamage     = 5
	exitInterrupt  = 130
	exitTerminated = 143
)

const exitCodes = `Exit codes:
  0    done, or nothing left to do
  1    error
  2    wrong usage
  3    more rejects than --max-rejects allows; no manifest was written
  4    the output folder belongs to another run
  5    verify found damage
  130  stopped by an interrupt (Ctrl-C); run the same command to go on
  143  stopped by a termination signal; run the same command to go on`

// usageError is a mistake of the command line.
type usageError struct{ error }

func (u *usageError) Unwrap() error { return u.error }

func usage(err error) error {
	if _, ok := asUsage(err); ok {
		return err
	}
	return &usageError{err}
}

func usagef(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// errDamage is what verify ends with when it found any.
var errDamage = errors.New("damage found")

// stopped is the cause of a run's end by a signal.
type stopped struct{ signal os.Signal }

func (s *stopped) Error() string {
	return fmt.Sprintf("stopped by a signal (%v); run the same command to go on", s.signal)
}

func (s *stopped) code() int {
	if s.signal == os.Interrupt {
		return exitInterrupt
	}
	return exitTerminated
}

// grace is how long a run may take to stop after a signal. Schedulers wait ten
// seconds before they kill.
const grace = 9 * time.Second

// untilSignal is ctx until the first SIGINT or SIGTERM, which is then its
// cause. A second signal, or grace running out, ends the program at once.
func untilSignal(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case s := <-signals:
			why := &stopped{s}
			cancel(why)
			select {
			case again := <-signals:
				os.Exit((&stopped{again}).code())
			case <-time.After(grace):
				os.Exit(why.code())
			case <-done:
			}
		case <-done:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	}
}

// report tells people about an error and chooses the exit code.
func report(stderr io.Writer, err error) int {
	if err == nil {
		return exitOK
	}
	fmt.Fprintf(stderr, "whosaid: %s\n", plain(err.Error()))
	var stop *stopped
	switch {
	case errors.As(err, &stop):
		return stop.code()
	case errors.Is(err, pipeline.ErrTooManyRejects):
		return exitRejects
	case errors.Is(err, pipeline.ErrOtherPlan), errors.Is(err, pipeline.ErrNotEmpty):
		return exitOtherPlan
	case errors.Is(err, errDamage):
		return exitDamage
	}
	if _, ok := asUsage(err); ok {
		return exitUsage
	}
	return exitError
}
