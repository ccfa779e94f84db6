// Package pairsort sorts more pairs of numbers than fit in memory.
//
// In go pairs of a key and a value in any order; out come the same pairs by
// key, then by value. What does not fit into the memory that it may use is
// kept on disk, in one file that Close removes.
//
// How: two buffers take turns; a full one is sorted and written as a run while
// the other fills. At the end all runs are merged through a heap. The answer
// depends on the pairs alone, not on the memory or on the order.
package pairsort

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
)

// Pair is what is sorted.
type Pair struct{ Key, Value uint64 }

func compare(a, b Pair) int {
	if a.Key != b.Key {
		return cmp.Compare(a.Key, b.Key)
	}
	return cmp.Compare(a.Value, b.Value)
}

const (
	pairBytes = 16
	// leastPairs a buffer holds, however little memory is allowed: below that a
	// run is so short that there are more runs than can be merged.
	leastPairs = 256
)

// Sorter collects pairs. One goroutine adds; then All is called, once or more.
type Sorter struct {
	dir     string
	file    *os.File
	runs    []section
	end     int64
	fill    []Pair
	size    int // of a buffer, in pairs
	spare   chan []Pair
	written chan error // of the run that is being written; nil when none is
	sorted  bool
}

type section struct{ start, pairs int64 }

// New makes a sorter that uses about memory bytes, and files in dir.
func New(dir string, memory int64) *Sorter {
	return &Sorter{dir: dir, size: int(max(memory/pairBytes/2, leastPairs)), spare: make(chan []Pair, 1)}
}

// Add adds a pair.
func (s *Sorter) Add(key, value uint64) error {
	if s.sorted {
		return errors.New("sort pairs: one more after the end")
	}
	if len(s.fill) == s.size {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.fill = append(s.fill, Pair{key, value})
	return nil
}

// spill has the full buffer sorted and written, and takes the other one.
func (s *Sorter) spill() error {
	if err := s.wait(); err != nil {
		return err
	}
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "sort-*")
		if err != nil {
			return fmt.Errorf("sort pairs: %w", err)
		}
		s.file = f
	}
	full, start := s.fill, s.end
	s.runs = append(s.runs, section{start, int64(len(full))})
	s.end += int64(len(full)) * pairBytes
	select {
	case s.fill = <-s.spare:
	default:
		s.fill = make([]Pair, 0, s.size)
	}
	s.written = make(chan error, 1)
	go func(done chan<- error) {
		sort(full, 0)
		err := writeRun(io.NewOffsetWriter(s.file, start), full)
		s.spare <- full[:0]
		done <- err
	}(s.written)
	return nil
}

const (
	// fewPairs are sorted by comparing them.
	fewPairs = 128
	digits   = 16 // bytes of a pair that decide its order
)

// digit is a byte of a pair, those that count most first.
func (p *Pair) digit(i int) byte {
	if i < 8 {
		return byte(p.Key >> (56 - 8*i))
	}
	return byte(p.Value >> (120 - 8*i))
}

// sort sorts pairs that are alike in all digits before the first in question:
// it swaps each into the place that the next digit gives it, then sorts those
// that are alike in it by the next. That is several times as fast as comparing.
func sort(pairs []Pair, at int) {
	for ; len(pairs) > fewPairs && at < digits; at++ {
		var ends, next [256]int
		for i := range pairs {
			ends[pairs[i].digit(at)]++
		}
		if ends[pairs[0].digit(at)] == len(pairs) {
			continue
		}
		sum := 0
		for d, n := range ends {
			next[d] = sum
			sum += n
			ends[d] = sum
		}
		for d := range next {
			for next[d] < ends[d] {
				p := &pairs[next[d]]
				for to := p.digit(at); int(to) != d; to = p.digit(at) {
					other := &pairs[next[to]]
					*p, *other = *other, *p
					next[to]++
				}
				next[d]++
			}
		}
		start := 0
		for _, end := range ends {
			sort(pairs[start:end], at+1)
			start = end
		}
		return
	}
	if at < digits {
		slices.SortFunc(pairs, compare)
	}
}

// wait until no run is being written.
func (s *Sorter) wait() error {
	if s.written == nil {
		return nil
	}
	err := <-s.written
	s.written = nil
	if err != nil {
		return fmt.Errorf("sort pairs: %w", err)
	}
	return nil
}

func writeRun(w io.Writer, pairs []Pair) error {
	b := bufio.NewWriterSize(w, 1<<18)
	var raw [pairBytes]byte
	for _, p := range pairs {
		binary.LittleEndian.PutUint64(raw[:8], p.Key)
		binary.LittleEndian.PutUint64(raw[8:], p.Value)
		if _, err := b.Write(raw[:]); err != nil {
			return err
		}
	}
	return b.Flush()
}

// All gives the pairs in order. It ends after the first error.
func (s *Sorter) All() iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		if err := s.finish(); err != nil {
			yield(Pair{}, err)
			return
		}
		if len(s.runs) == 0 {
			for _, p := range s.fill {
				if !yield(p, nil) {
					return
				}
			}
			return
		}
		if err := s.merge(yield); err != nil {
			yield(Pair{}, fmt.Errorf("sort pairs: %w", err))
		}
	}
}

// finish sorts what is still in memory; where runs are on disk it joins them,
// so that merging has the memory.
func (s *Sorter) finish() error {
	if s.sorted {
		return nil
	}
	if len(s.runs) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
		if err := s.wait(); err != nil {
			return err
		}
		s.fill = nil
		select {
		case <-s.spare:
		default:
		}
	}
	sort(s.fill, 0)
	s.sorted = true
	return nil
}

// source reads one run.
type source struct {
	r    *bufio.Reader
	left int64
	head Pair
}

func (r *source) next() error {
	raw, err := r.r.Peek(pairBytes)
	if err != nil {
		return err
	}
	r.head = Pair{binary.LittleEndian.Uint64(raw), binary.LittleEndian.Uint64(raw[8:])}
	r.left--
	_, err = r.r.Discard(pairBytes)
	return err
}

func (s *Sorter) merge(yield func(Pair, error) bool) error {
	buffer := min(max(s.size*pairBytes/len(s.runs), 4<<10), 1<<20)
	var heap []*source
	for _, run := range s.runs {
		r := &source{r: bufio.NewReaderSize(io.NewSectionReader(s.file, run.start, run.pairs*pairBytes), buffer), left: run.pairs}
		if r.left == 0 {
			continue
		}
		if err := r.next(); err != nil {
			return err
		}
		heap = append(heap, r)
	}
	slices.SortFunc(heap, func(a, b *source) int { return compare(a.head, b.head) })
	for len(heap) > 0 {
		top := heap[0]
		if !yield(top.head, nil) {
			return nil
		}
		if top.left == 0 {
			heap[0] = heap[len(heap)-1]
			heap = heap[:len(heap)-1]
		} else if err := top.next(); err != nil {
			return err
		}
		down(heap)
	}
	return nil
}

// down lets the first of a heap sink to its place.
func down(heap []*source) {
	for i := 0; ; {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(heap) && compare(heap[child].head, heap[least].head) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		heap[i], heap[least] = heap[least], heap[i]
		i = least
	}
}

// Close removes what is on disk.
func (s *Sorter) Close() error {
	err := s.wait()
	s.fill, s.runs = nil, nil
	if s.file != nil {
		err = errors.Join(err, s.file.Close(), os.Remove(s.file.Name()))
		s.file = nil
	}
	return err
}
