package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus"
)

// The exit codes, which schedulers rely on; exitCodes tells people of them.
const (
	exitOK         = 0
	exitError      = 1
	exitUsage      = 2
	exitRejects    = 3
	exitOtherPlan  = 4
	exitDamage     = 5
	exitNothing    = 6
	exitInterrupt  = 130
	exitTerminated = 143
)

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
	return fmt.Sprintf("stopped by a signal (%v); run the same command again to continue", s.signal)
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

// report tells people about an error, or a log when it is one of JSON, and
// chooses the exit code.
func report(stderr io.Writer, err error, asJSON bool) int {
	if err == nil {
		return exitOK
	}
	code := codeOf(err)
	if asJSON {
		slog.New(slog.NewJSONHandler(stderr, nil)).Error("failed", "error", plain(strings.ReplaceAll(err.Error(), "\n", "; ")), "exit_code", code)
		return code
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintf(stderr, "whosaid: %s\n", plain(line))
	}
	return code
}

// jsonLog reports whether the command line asks for a log of JSON, even one
// that is otherwise wrong.
func jsonLog(args []string) bool {
	asked := false
	for i, a := range args {
		a = strings.TrimLeft(a, "-")
		switch {
		case a == "log-format" && i+1 < len(args):
			asked = args[i+1] == "json"
		case strings.HasPrefix(a, "log-format="):
			asked = a == "log-format=json"
		}
	}
	return asked
}

func codeOf(err error) int {
	var stop *stopped
	switch {
	case errors.As(err, &stop):
		return stop.code()
	case errors.Is(err, pipeline.ErrTooManyRejects):
		return exitRejects
	case errors.Is(err, pipeline.ErrOtherPlan), errors.Is(err, pipeline.ErrNotEmpty), errors.Is(err, corpus.ErrBusy):
		return exitOtherPlan
	case errors.Is(err, errDamage):
		return exitDamage
	case errors.Is(err, pipeline.ErrNothingRead), errors.Is(err, corpus.ErrNoTables):
		return exitNothing
	}
	if _, ok := asUsage(err); ok {
		return exitUsage
	}
	return exitError
}
