// Package objects reads and writes what lies at addresses of object storage:
// s3://bucket/key, gs://bucket/key, azblob://container/key. In come addresses, a
// [pipeline.Folder] to write a run's output to and a [source.Objects] to read
// input from come out. It knows nothing of articles or tables.
//
// # How
//
// Whatever a client of the store is, it stands behind gocloud.dev/blob, whose
// drivers the program links or not (package clouds does); credentials are found by each
// store's own chain and never seen here.
//
// Any answer may be late, broken off, a refusal for the moment, or lost although
// what was asked for was done. So every call is tried a few times with pauses
// between; a put whose outcome is not known is looked up; a body that breaks off
// is taken up where it did, as long as the object is the same. A put that must not
// replace carries the condition that nothing is there, which all three stores
// hold. No listing is relied on for more than tidying up, and for input, where
// it is the user's question.
package objects

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// Options say how stores are spoken to.
type Options struct {
	// Open opens a bucket by its address without a key; nil: blob.OpenBucket,
	// which takes what drivers were linked. See package clouds.
	Open func(ctx context.Context, bucket string) (*blob.Bucket, error)
	// Secrets are taken out of errors, as is what looks like one.
	Secrets []string
	// Tries is how often a call is tried; 0 means 8, with pauses that double
	// from Pause, 200 ms by default, to 5 s: half a minute in all, longer than
	// the fits of a store.
	Tries int
	Pause time.Duration
	// Idle is how long an answer may stand still; 0 means 60 s.
	Idle time.Duration
}

func (o Options) withDefaults() Options {
	if o.Open == nil {
		o.Open = blob.OpenBucket
	}
	if o.Tries <= 0 {
		o.Tries = 8
	}
	if o.Pause <= 0 {
		o.Pause = 200 * time.Millisecond
	}
	if o.Idle <= 0 {
		o.Idle = time.Minute
	}
	return o
}

// longestPause between two tries.
const longestPause = 5 * time.Second

// Stores is the object stores that addresses name. It keeps a bucket open once
// it is used; Close lets them go. It is safe for concurrent use.
type Stores struct {
	o  Options
	mu sync.Mutex
	// buckets by their addresses.
	buckets map[string]*blob.Bucket
}

// New makes Stores.
func New(o Options) *Stores {
	return &Stores{o: o.withDefaults(), buckets: map[string]*blob.Bucket{}}
}

// Close closes the buckets.
func (s *Stores) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, b := range s.buckets {
		errs = append(errs, s.clean(b.Close()))
	}
	clear(s.buckets)
	return errors.Join(errs...)
}

// Schemes are those of the addresses that are known.
func Schemes() []string { return []string{"s3", "gs", "azblob"} }

// Split parts an address into its bucket's and the key. A user or password in it
// is refused: what is in an address is printed.
func Split(address string) (bucket, key string, err error) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok || !slices.Contains(Schemes(), scheme) {
		return "", "", fmt.Errorf("the address does not begin with one of %s://", strings.Join(Schemes(), "://, "))
	}
	name, key, _ := strings.Cut(rest, "/")
	if strings.ContainsAny(name, "@?#") {
		return "", "", fmt.Errorf("a bucket of %s:// is named without user, password or parameters; credentials come from the store's own settings and variables", scheme)
	}
	if u, err := url.Parse(scheme + "://" + name); err != nil || u.Host == "" {
		return "", "", fmt.Errorf("an address is %s://BUCKET/KEY", scheme)
	}
	return scheme + "://" + name, key, nil
}

// open opens the bucket of an address.
func (s *Stores) open(ctx context.Context, address string) (b *blob.Bucket, key string, err error) {
	name, key, err := Split(address)
	if err != nil {
		return nil, "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if b = s.buckets[name]; b != nil {
		return b, key, nil
	}
	if b, err = s.o.Open(context.WithoutCancel(ctx), name); err != nil {
		return nil, "", s.clean(fmt.Errorf("open %s: %w", name, err))
	}
	s.buckets[name] = b
	return b, key, nil
}

// try calls f until it succeeds, fails for good, or has been tried enough. f
// gets a context that ends when an answer is overdue.
func (s *Stores) try(ctx context.Context, what string, f func(context.Context) error) error {
	pause := s.o.Pause
	for n := 1; ; n++ {
		one, cancel := context.WithTimeout(ctx, s.o.Idle)
		err := f(one)
		cancel()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case !passing(err) || n == s.o.Tries:
			return s.clean(fmt.Errorf("%s: %w", what, absent(err)))
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
		pause = min(2*pause, longestPause)
	}
}

// wait waits about so long.
func wait(ctx context.Context, pause time.Duration) error {
	t := time.NewTimer(pause/2 + rand.N(pause/2+1))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// passing reports whether an error may pass: everything but refusals.
func passing(err error) bool {
	switch code(err) {
	case gcerrors.NotFound, gcerrors.FailedPrecondition, gcerrors.AlreadyExists, gcerrors.PermissionDenied,
		gcerrors.InvalidArgument, gcerrors.Unimplemented:
		return false
	}
	switch status := httpStatus(err); status {
	case 408, 409, 425, 429: // too slow, two at once, too early, too many
		return true
	default:
		return status >= 500 || status < 400
	}
}

// code is the kind of an error. Where the body of an answer that explains it
// broke off, the answer's status still tells the two that are acted upon.
func code(err error) gcerrors.ErrorCode {
	if c := gcerrors.Code(err); c != gcerrors.Unknown {
		return c
	}
	switch httpStatus(err) {
	case http.StatusNotFound:
		return gcerrors.NotFound
	case http.StatusPreconditionFailed:
		return gcerrors.FailedPrecondition
	}
	return gcerrors.Unknown
}

// httpStatus is the status of the answer that an error tells of; 0 where there
// was none.
func httpStatus(err error) int {
	var answer interface{ HTTPStatusCode() int }
	if errors.As(err, &answer) {
		return answer.HTTPStatusCode()
	}
	return 0
}

// exists reports that a put was refused because something is there.
func exists(err error) bool {
	c := code(err)
	return c == gcerrors.FailedPrecondition || c == gcerrors.AlreadyExists
}

// absent makes what is not there fs.ErrNotExist.
func absent(err error) error {
	if code(err) == gcerrors.NotFound {
		return fmt.Errorf("%w (or the bucket is not, or it may not be read)", fs.ErrNotExist)
	}
	return err
}

// cleaned is an error whose text holds no secret.
type cleaned struct {
	text string
	err  error
}

func (c *cleaned) Error() string { return c.text }

// Is and As see the error behind; nothing prints it.
func (c *cleaned) Is(target error) bool { return errors.Is(c.err, target) }
func (c *cleaned) As(target any) bool   { return errors.As(c.err, target) }

// looksSecret finds what clients put into addresses and headers to sign them.
var looksSecret = regexp.MustCompile(`(?i)((?:X-Amz-(?:Signature|Credential|Security-Token)|sig|signature|access_token|token|AccountKey|SharedAccessSignature|Authorization|password|secret(?:_?access_?key)?)["']?\s*[=:]\s*["']?)(?:Bearer |AWS4-HMAC-SHA256 |SharedKey )?[^\s&"';,)]+`)

// clean takes secrets out of an error.
func (s *Stores) clean(err error) error {
	if err == nil {
		return nil
	}
	text := looksSecret.ReplaceAllString(err.Error(), "${1}…")
	for _, secret := range s.o.Secrets {
		if len(secret) >= 4 {
			text = strings.ReplaceAll(text, secret, "…")
			text = strings.ReplaceAll(text, url.QueryEscape(secret), "…")
		}
	}
	if text == err.Error() {
		return err
	}
	return &cleaned{text, err}
}
