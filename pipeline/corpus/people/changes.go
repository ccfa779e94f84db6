package people

import (
	"bytes"
	"maps"
	"slices"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/spill"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// writeChanges writes what became of ids of runs before: those that this run
// merged, those of a run that it replaces, and all that were written before,
// which lead to the ids of now.
func (l *linker) writeChanges() error {
	w, err := step.Writer[output.PersonChangeRow](l.out)
	if err != nil {
		return err
	}
	rows, err := l.replaced()
	if err != nil {
		return err
	}
	for _, old := range slices.Sorted(maps.Keys(l.merged)) {
		rows = append(rows, output.PersonChangeRow{OldPersonID: old, PersonID: l.merged[old], Change: changeMerged})
	}
	now := map[string]string{}
	for _, r := range rows {
		if r.Change == changeMerged {
			now[r.OldPersonID] = r.PersonID
		}
	}
	before := func(r *output.PersonChangeRow) error {
		if id := now[r.PersonID]; id != "" {
			r.PersonID = id
		}
		if l.there != nil && !l.there[r.PersonID] { // nobody of now has anything of it
			return nil
		}
		return w.Write(r)
	}
	for _, t := range []step.Tables{l.in.Previous, l.in.Replaced} {
		if err := step.Rows(t, before); err != nil {
			return err
		}
	}
	for i := range rows {
		rows[i].RunID = l.in.RunID
		if err := w.Write(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// The changes of an id.
const (
	changeMerged = "merged"
	changeSplit  = "split"
)

// followOld takes the links of the run that this one replaces, if there is one,
// to compare them with its own.
func (l *linker) followOld() error {
	if len(l.in.Replaced[output.PersonLinks]) == 0 {
		return nil
	}
	l.moved = spill.New(l.in.Temp, l.in.Memory/4)
	l.there = map[string]bool{}
	for i, id := range l.persons.id {
		if l.parts.root(int32(i)) == int32(i) {
			l.there[idText(id)] = true
		}
	}
	return step.Rows(l.in.Replaced, l.moves)
}

// moves notes a link, the old one of an entity before the new one.
func (l *linker) moves(r *output.PersonLinkRow) error {
	if l.moved == nil {
		return nil
	}
	return l.moved.Add([]byte(r.ArticleID+"\x00"+r.EntityID), []byte(r.PersonID))
}

// replaced compares the links of a run that this one replaces with its own.
func (l *linker) replaced() ([]output.PersonChangeRow, error) {
	if l.moved == nil {
		return nil, nil
	}
	pairs := spill.New(l.in.Temp, l.in.Memory/8)
	defer pairs.Close()
	var key, old []byte
	for r, err := range l.moved.Sorted() {
		if err != nil {
			return nil, err
		}
		if bytes.Equal(r.Key, key) {
			if err := pairs.Add(append(old[:idDigits:idDigits], r.Value...), nil); err != nil {
				return nil, err
			}
			continue
		}
		key, old = append(key[:0], r.Key...), append(old[:0], r.Value...)
	}
	return l.compare(pairs)
}

// compare makes rows of the pairs of old and new ids of all entities.
func (l *linker) compare(pairs *spill.Sorter) (rows []output.PersonChangeRow, err error) {
	type count struct {
		id string
		n  int
	}
	var old string
	var now []count
	flush := func() {
		stays := l.there[old]
		most := 0
		for i, c := range now {
			if c.n > now[most].n {
				most = i
			}
		}
		for i, c := range now {
			switch {
			case c.id == old:
			case !stays && i == most:
				rows = append(rows, output.PersonChangeRow{OldPersonID: old, PersonID: c.id, Change: changeMerged})
			default:
				rows = append(rows, output.PersonChangeRow{OldPersonID: old, PersonID: c.id, Change: changeSplit})
			}
		}
		now = now[:0]
	}
	for r, err := range pairs.Sorted() {
		if err != nil {
			return nil, err
		}
		was, is := string(r.Key[:idDigits]), string(r.Key[idDigits:])
		if was != old {
			flush()
			old = was
		}
		if n := len(now); n == 0 || now[n-1].id != is {
			now = append(now, count{id: is})
		}
		now[len(now)-1].n++
	}
	flush()
	return rows, nil
}

// idDigits is the length of an id.
const idDigits = 16
