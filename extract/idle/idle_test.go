package idle

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Every piece is done once, by at most so many goroutines, and all cores are free
// afterwards.
func TestEach(t *testing.T) {
	for _, most := range []int{0, 1, 2, 3, 8} {
		for _, n := range []int{0, 1, 2, 7, 1000} {
			c := NewCores(most)
			var at, peak atomic.Int32
			done := make([]atomic.Int32, n)
			c.Begin()
			c.Each(n, func(i int) {
				now := at.Add(1)
				for p := peak.Load(); now > p && !peak.CompareAndSwap(p, now); p = peak.Load() {
				}
				runtime.Gosched()
				done[i].Add(1)
				at.Add(-1)
			})
			if busy := c.busy.Load(); busy != 1 {
				t.Errorf("%d cores, %d pieces: %d at work afterwards, want the caller", most, n, busy)
			}
			if p := peak.Load(); p > c.most {
				t.Errorf("%d cores, %d pieces: %d at work at once", most, n, p)
			}
			for i := range done {
				if k := done[i].Load(); k != 1 {
					t.Fatalf("%d cores: piece %d of %d done %d times", most, i, n, k)
				}
			}
		}
	}
	calls := 0
	(*Cores)(nil).Each(3, func(int) { calls++ })
	if calls != 3 {
		t.Errorf("%d calls without cores", calls)
	}
}

// Where every core has an article of its own, nobody gets helpers.
func TestBusy(t *testing.T) {
	c := NewCores(2)
	c.Begin()
	c.Begin()
	c.Each(50, func(int) {
		if busy := c.busy.Load(); busy != 2 {
			t.Errorf("%d at work, want the two with articles", busy)
		}
	})
}

// A core that becomes free helps, until an article comes for it.
func TestHelperLeaves(t *testing.T) {
	c := NewCores(2)
	c.Begin()
	c.Begin()
	until := func(what string, met func() bool) {
		for start := time.Now(); !met(); runtime.Gosched() {
			if time.Since(start) > 10*time.Second {
				t.Error(what)
				return
			}
		}
	}
	var second atomic.Bool
	c.Each(50, func(i int) {
		switch i {
		case 0:
			c.End() // the other article is done
		case 1:
			until("no helper came", second.Load)
			c.Begin() // another article comes
		case 2:
			second.Store(true)
		case 49:
			until("the helper has not left", func() bool { return c.busy.Load() == 2 })
		}
	})
}

// Who waits for a piece of a helper's lends its core to the pieces of that piece.
func TestNested(t *testing.T) {
	c := NewCores(2)
	c.Begin()
	c.Each(2, func(i int) {
		if i == 0 {
			return
		}
		var at atomic.Int32
		var together atomic.Bool
		c.Each(2000, func(int) {
			if at.Add(1) == 2 {
				together.Store(true)
			}
			time.Sleep(10 * time.Microsecond)
			at.Add(-1)
		})
		if !together.Load() {
			t.Error("nobody helps")
		}
	})
	if busy := c.busy.Load(); busy != 1 {
		t.Errorf("%d at work afterwards", busy)
	}
}

// A panic reaches the caller, whoever met it, once nobody is at work any more.
func TestPanic(t *testing.T) {
	for _, bad := range []int{0, 1, 30} {
		c := NewCores(4)
		c.Begin()
		func() {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.HasPrefix(p, "piece of no use") {
					t.Errorf("panic %q", p)
				}
			}()
			c.Each(60, func(i int) {
				time.Sleep(10 * time.Microsecond)
				if i == bad {
					panic("piece of no use")
				}
			})
			t.Error("no panic")
		}()
		if busy := c.busy.Load(); busy != 1 {
			t.Errorf("%d at work afterwards", busy)
		}
	}
}
