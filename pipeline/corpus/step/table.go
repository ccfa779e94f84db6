package step

import (
	"fmt"

	"github.com/whosaid/whosaid/output"
)

// defaultPartRows are few enough that to change one of them is cheap, and so
// many that a million articles make some hundred parts.
const defaultPartRows = 1 << 15

// Table writes a table in parts of at most Output.PartRows rows. A run that changes
// some rows writes the parts anew that they stand in; the others stay.
type Table[T output.Row] struct {
	out  *Output
	w    *output.TableWriter[T] // nil when no part is open
	most int64
	rows []int64  // of each part
	kept []string // parts that stay, until they are told of
}

// NewTable begins a table.
func NewTable[T output.Row](out *Output) *Table[T] {
	t := &Table[T]{out: out, most: out.PartRows}
	if t.most <= 0 {
		t.most = defaultPartRows
	}
	return t
}

// Revise takes over the parts of the run before, with so many rows each: those
// of which changed says that some row from first to before end does are written
// anew, with what change makes of each row, which may be what it was. It must
// come before the first Write.
func (t *Table[T]) Revise(parts []string, rows []int64, changed func(first, end int64) bool, change func(at int64, r *T) error) error {
	if len(parts) != len(rows) {
		return fmt.Errorf("table %s has %d parts, and not %d (whosaid verify tells more)", output.TableOf[T](), len(parts), len(rows))
	}
	at := int64(0)
	for i, n := range rows {
		grows := i == len(rows)-1 && n < t.most/2
		if !grows && !changed(at, at+n) {
			if err := t.close(); err != nil {
				return err
			}
			t.kept, t.rows = append(t.kept, parts[i]), append(t.rows, n)
			at += n
			continue
		}
		if err := t.open(); err != nil {
			return err
		}
		_, err := output.ReadFile(parts[i], func(r *T) error {
			if err := change(at, r); err != nil {
				return err
			}
			at++
			return t.Write(r)
		})
		if err != nil {
			return err
		}
		if !grows {
			if err := t.close(); err != nil {
				return err
			}
		}
	}
	return nil
}

// open begins a part.
func (t *Table[T]) open() error {
	err := t.tell()
	if err == nil {
		t.w, err = Writer[T](t.out)
	}
	t.rows = append(t.rows, 0)
	return err
}

// tell tells of the parts that stay.
func (t *Table[T]) tell() error {
	if len(t.kept) == 0 {
		return nil
	}
	err := t.out.Keep(output.TableOf[T](), t.kept...)
	t.kept = nil
	return err
}

// close ends the part that is open, if one is.
func (t *Table[T]) close() error {
	if t.w == nil {
		return nil
	}
	w := t.w
	t.w = nil
	return t.out.Close(w)
}

// Write appends a row.
func (t *Table[T]) Write(r *T) error {
	if t.w != nil && t.rows[len(t.rows)-1] == t.most {
		if err := t.close(); err != nil {
			return err
		}
	}
	if t.w == nil {
		if err := t.open(); err != nil {
			return err
		}
	}
	t.rows[len(t.rows)-1]++
	return t.w.Write(r)
}

// End ends the table, and tells how many rows each part has.
func (t *Table[T]) End() ([]int64, error) {
	if len(t.rows) == 0 {
		if err := t.open(); err != nil {
			return nil, err
		}
	}
	if err := t.tell(); err != nil {
		return nil, err
	}
	return t.rows, t.close()
}
