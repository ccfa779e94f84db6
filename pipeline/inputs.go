package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// sumInputs hashes the bytes that a unit was read from; "" where they cannot be
// read a second time. A file that changed while it was hashed gives a sum that
// fits nothing.
func sumInputs(ctx context.Context, inputs []Input) string {
	if len(inputs) == 0 {
		return ""
	}
	all := sha256.New()
	for _, in := range inputs {
		if in.shard.Stream || ctx.Err() != nil {
			return ""
		}
		if err := hashInput(ctx, all, in); err != nil {
			return ""
		}
	}
	return hex.EncodeToString(all.Sum(nil)[:hashBytes])
}

func hashInput(ctx context.Context, w io.Writer, in Input) error {
	if source.IsAddress(in.Path) { // its store has read it
		if in.Tag == "" {
			return errors.New("nothing tells its content")
		}
		_, err := fmt.Fprintf(w, "%d %s\n", in.Size, in.Tag)
		return err
	}
	f, err := os.Open(in.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	n := in.Size
	if in.End > 0 {
		n = in.End - in.Start
	}
	r := io.NewSectionReader(f, in.Start, n)
	for ctx.Err() == nil {
		const step = 64 << 20
		if _, err := io.CopyN(w, r, step); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// inputSum is what a record says of a unit's input. A run that stops at a limit
// has not read all of it, and says nothing.
func (s *Store) inputSum(inputs []Input) string {
	if s.plan.Settings["--limit"] != "" {
		return ""
	}
	return sumInputs(context.Background(), inputs)
}

// inputsOf are the inputs of a unit, or of the whole run.
func (p *Plan) inputsOf(unit string) []Input {
	if unit == wholeRun {
		return p.Inputs
	}
	for _, u := range p.Units {
		if u.ID == unit {
			return p.Inputs[u.First:u.End]
		}
	}
	return nil
}

// sameBytes reports whether the plan that is there differs from the store's in
// nothing but the times of its inputs, while their bytes are those that were
// read: a restored backup, a fresh download, touch. Then the store goes on under
// the plan that is there. Units that nobody has done may have any bytes.
func (s *Store) sameBytes(ctx context.Context, there []byte) bool {
	old, err := decodePlan(planName, there)
	if err != nil || len(old.Inputs) != len(s.plan.Inputs) {
		return false
	}
	p := *s.plan
	p.Inputs = slices.Clone(p.Inputs)
	for i := range p.Inputs {
		p.Inputs[i].Modified = old.Inputs[i].Modified
	}
	if b, err := p.Encode(); err != nil || !bytes.Equal(b, there) {
		return false
	}
	hash, err := p.Hash()
	if err != nil {
		return false
	}
	was := &Store{dir: s.dir, meta: s.meta, part: s.part, plan: &p, hash: hash, log: s.log}
	for _, unit := range unitsOf(was) {
		touched := false
		for _, in := range p.inputsOf(unit) {
			touched = touched || !in.Modified.Equal(in.shard.ModTime)
		}
		if !touched {
			continue
		}
		r, err := was.Record(unit)
		if err != nil || r != nil && (r.InputSum == "" || r.InputSum != sumInputs(ctx, p.inputsOf(unit))) {
			return false
		}
	}
	s.plan, s.hash = &p, hash
	s.log.Info("inputs have another time of change and the same bytes: the run goes on", "folder", s.where())
	return true
}

// sameRecord reports whether two records say the same of a unit's rows: one
// may not know the sum of its input.
func sameRecord(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	ra, err := decodeRecord(a)
	if err != nil {
		return false
	}
	rb, err := decodeRecord(b)
	if err != nil || ra.InputSum != "" && rb.InputSum != "" {
		return false
	}
	ra.InputSum, rb.InputSum = "", ""
	a, err = ra.encode()
	if err != nil {
		return false
	}
	b, err = rb.encode()
	return err == nil && bytes.Equal(a, b)
}

// readable reports why the inputs of units to be done again are not what they
// were; nil when they are. Inputs that have another time and the same bytes are
// taken with their new time.
func (s *Store) readable(ctx context.Context, units []string, src Source) error {
	for _, unit := range units {
		inputs := s.plan.inputsOf(unit)
		for i := range inputs {
			in := &inputs[i]
			now, err := inputNow(ctx, in.shard, src)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return fmt.Errorf("the input %s is gone", in.Path)
			case err != nil:
				return fmt.Errorf("the input %s: %w", in.Path, err)
			case now.Size != in.Size:
				return fmt.Errorf("the input %s has %d bytes, and had %d", in.Path, now.Size, in.Size)
			case now.Tag != in.Tag:
				return fmt.Errorf("the input %s has other content than it had", in.Path)
			}
			if !in.Modified.IsZero() {
				in.shard.ModTime = now.ModTime
			}
		}
		sum := sumInputs(ctx, inputs)
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		if sum == "" && len(inputs) > 0 && !source.IsAddress(inputs[0].Path) {
			return fmt.Errorf("the input %s cannot be read", unreadable(inputs))
		}
		if r, err := s.Record(unit); err == nil && r != nil && r.InputSum != "" {
			if r.InputSum != sum {
				return fmt.Errorf("the input has other bytes than unit %s was made from", unit)
			}
			continue
		}
		for _, in := range inputs { // no record says what its bytes were
			if !in.Modified.Equal(in.shard.ModTime) {
				return fmt.Errorf("the input %s was changed at %s", in.Path, in.shard.ModTime.UTC().Format("2006-01-02 15:04:05"))
			}
		}
	}
	return nil
}

// inputNow is an input's shard with the size and time that it has now.
func inputNow(ctx context.Context, s source.Shard, src Source) (source.Shard, error) {
	if source.IsAddress(s.Path) {
		r, ok := src.(interface {
			Now(context.Context, source.Shard) (source.Shard, error)
		})
		if !ok {
			return s, errors.New("nothing tells of objects")
		}
		return r.Now(ctx, s)
	}
	st, err := os.Stat(s.Path)
	if err != nil {
		return s, err
	}
	s.Size, s.ModTime = st.Size(), st.ModTime()
	return s, nil
}

// unreadable is the first input that cannot be opened.
func unreadable(inputs []Input) string {
	for _, in := range inputs {
		f, err := os.Open(in.Path)
		if err != nil {
			return in.Path
		}
		f.Close()
	}
	return inputs[0].Path
}

// again are the units whose input a repair reads: those that problems name, and
// all where the ids of sound ones are not in a table.
func (s *Store) again(problems []Problem) []string {
	tables := s.plan.Settings["--tables"]
	all := tables != "" && !slices.Contains(strings.Split(tables, ","), string(output.Articles))
	var units []string
	for _, unit := range unitsOf(s) {
		if all || slices.ContainsFunc(problems, func(p Problem) bool { return p.run == s && p.Unit == unit && (p.file || p.state) }) {
			units = append(units, unit)
		}
	}
	return units
}
