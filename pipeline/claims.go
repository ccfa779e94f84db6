package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"sync"
	"time"
)

// claimsName is the folder of the leases that processes take on units.
const claimsName = "_claims"

const (
	defaultLease = 15 * time.Minute
	// pollMost is the longest wait before a process looks again whether the
	// units of others are done.
	pollMost = 5 * time.Second
)

// lease says who is at work on a unit, and until when others leave it to them.
// A unit's leases are numbered; each is made once, by who takes over when the
// one before it has run out.
type lease struct {
	Plan  string    `json:"plan"`
	Until time.Time `json:"until"`
	By    string    `json:"by"` // for people
}

// claims takes free units for one process.
type claims struct {
	s     *Store
	units []string
	last  time.Duration
	by    string

	mu   sync.Mutex
	over map[int]bool // done, by whom ever
	ours map[int]string
	gen  map[int]int // latest lease seen of a unit
}

func newClaims(s *Store, units []string, last time.Duration) *claims {
	if last <= 0 {
		last = defaultLease
	}
	host, _ := os.Hostname()
	return &claims{s: s, units: units, last: last, by: fmt.Sprintf("%s, process %d, %08x", host, os.Getpid(), rand.Uint32()),
		over: map[int]bool{}, ours: map[int]string{}, gen: map[int]int{}}
}

// next takes a free unit. Where others hold all that are left, it waits until
// those are done or their leases run out: so, when any process ends well, all
// units are done.
func (c *claims) next(ctx context.Context) (int, bool, error) {
	for {
		i, until, err := c.take(ctx)
		if err != nil || i >= 0 {
			return i, i >= 0, err
		}
		if until.IsZero() {
			return 0, false, nil
		}
		wait := min(max(time.Until(until), c.last/20), pollMost)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return 0, false, ctx.Err()
		}
	}
}

// take tries the units in their order. Without a free one, i is -1, and until is
// when the first lease runs out; zero when all units are done.
func (c *claims) take(ctx context.Context) (i int, until time.Time, err error) {
	c.mu.Lock() // lanes of one process ask one after the other
	defer c.mu.Unlock()
	for i, unit := range c.units {
		if c.over[i] || c.ours[i] != "" {
			continue
		}
		if ctx.Err() != nil {
			return -1, until, ctx.Err()
		}
		r, err := c.s.done(unit)
		if err != nil {
			return -1, until, err
		}
		if r != nil {
			c.over[i] = true
			continue
		}
		theirs, err := c.claim(i)
		if err != nil {
			return -1, until, fmt.Errorf("claim unit %s: %w", unit, err)
		}
		if theirs.IsZero() {
			return i, until, nil
		}
		if until.IsZero() || theirs.Before(until) {
			until = theirs
		}
	}
	return -1, until, nil
}

// claim takes the lease of a unit. Where another process has it, it returns
// until when.
func (c *claims) claim(i int) (theirs time.Time, err error) {
	if err := c.s.dir.Mkdir(c.s.in(claimsName)); err != nil {
		return theirs, err
	}
	now := time.Now()
	for {
		name := c.name(i, c.gen[i]+1)
		b, err := c.s.dir.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			ours, err := json.Marshal(lease{Plan: c.s.hash, Until: now.Add(c.last).UTC(), By: c.by})
			if err != nil {
				return theirs, err
			}
			there, created, err := c.s.dir.Once(name, ours)
			if errors.Is(err, fs.ErrNotExist) { // released between two looks at it
				continue
			}
			if err != nil {
				return theirs, err
			}
			if created || string(there) == string(ours) {
				c.ours[i] = name
				return time.Time{}, nil
			}
			b = there
		} else if err != nil {
			return theirs, err
		}
		var l lease
		if json.Unmarshal(b, &l) == nil && l.Plan == c.s.hash && l.Until.After(now) {
			return l.Until, nil
		}
		c.gen[i]++
	}
}

func (c *claims) name(i, n int) string {
	return c.s.in(fmt.Sprintf("%s/%s.%d", claimsName, c.units[i], n))
}

// release gives up the leases of units that the process did not finish, so that
// others need not wait.
func (c *claims) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, name := range c.ours {
		if r, err := c.s.Record(c.units[i]); err == nil && r == nil {
			_ = c.s.dir.Remove(name)
		}
	}
}
