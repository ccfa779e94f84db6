// Package idle lends one long article the cores that no other article uses.
//
// In go the pieces of a stage's work that do not depend on each other, as a
// function of their number; when Each returns, all of them are done. The caller
// works on them itself, in their order, and before each it takes a helper for
// as long as fewer goroutines are at work than there are cores. A helper leaves
// after the piece in hand as soon as there are more: so articles that come
// meanwhile are not held up. Nobody ever waits for a core. Each piece writes to
// a place of its own, so that answers do not depend on who did which.
package idle

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Cores counts the goroutines at work. Without any (nil), callers work alone.
type Cores struct {
	most int32
	busy atomic.Int32
}

// NewCores are that many cores; 0: as many as the program may use.
func NewCores(most int) *Cores {
	if most <= 0 {
		most = runtime.GOMAXPROCS(0)
	}
	return &Cores{most: int32(most)}
}

// Begin says that the calling goroutine is at work, until End: on an article of
// its own, whether there is a core for it or not.
func (c *Cores) Begin() { c.busy.Add(1) }

// End says that the calling goroutine's work is done.
func (c *Cores) End() { c.busy.Add(-1) }

// take is Begin for a helper: false where all cores are at work.
func (c *Cores) take() bool {
	for {
		n := c.busy.Load()
		if n >= c.most {
			return false
		}
		if c.busy.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// yield is End for a helper: false as long as there is a core for it.
func (c *Cores) yield() bool {
	for {
		n := c.busy.Load()
		if n <= c.most {
			return false
		}
		if c.busy.CompareAndSwap(n, n-1) {
			return true
		}
	}
}

// Each calls work for 0 to n-1, once each, and returns when all calls have. The
// caller has begun; work may call Each in its turn. A panic in a helper becomes one
// of the caller.
func (c *Cores) Each(n int, work func(i int)) {
	if c == nil || c.most < 2 || n < 2 {
		for i := range n {
			work(i)
		}
		return
	}
	x := &pieces{cores: c, n: int64(n), work: work}
	defer x.wait()
	x.run(false)
}

// pieces are those of one Each.
type pieces struct {
	cores   *Cores
	n       int64
	work    func(i int)
	next    atomic.Int64
	helpers sync.WaitGroup
	failed  atomic.Pointer[string]
}

// run works on pieces until there are no more, or, as a helper, until the core is
// wanted.
func (x *pieces) run(helper bool) {
	for {
		i := x.next.Add(1) - 1
		if i >= x.n {
			break
		}
		if i+1 < x.n && x.cores.take() {
			x.helpers.Go(x.help)
		}
		x.work(int(i))
		if helper && x.cores.yield() {
			return
		}
	}
	if helper {
		x.cores.End()
	}
}

func (x *pieces) help() {
	defer func() {
		if p := recover(); p != nil {
			x.cores.End()
			s := fmt.Sprintf("%v\n%s", p, debug.Stack())
			x.failed.CompareAndSwap(nil, &s)
			x.next.Store(x.n)
		}
	}()
	x.run(true)
}

// wait waits for the helpers, in a panic of the caller's too. Meanwhile its core is
// theirs, for pieces of pieces.
func (x *pieces) wait() {
	x.next.Store(x.n)
	x.cores.End()
	x.helpers.Wait()
	x.cores.Begin()
	if s := x.failed.Load(); s != nil {
		panic(*s)
	}
}
