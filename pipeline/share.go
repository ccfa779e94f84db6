package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// Share says which units of a plan a process does: all of them, those of a
// shard, or whichever is free.
type Share struct {
	Index, Of int // shard Index, from 1, of Of; 0, 0: all
	// Claim takes one free unit after the other, until all have their records.
	Claim bool
	// Lease is how long a claimed unit is left to who claimed it; 0 means 15
	// minutes, some ten times what a unit of the default size takes. A lease
	// saves work and guards nothing: a unit done twice comes out the same.
	Lease time.Duration
}

func (s Share) all() bool { return !s.Claim && s.Of <= 1 }

// chooser gives the index of the next unit; false: there is none.
type chooser func(context.Context) (int, bool, error)

// units chooses among the units with these ids. end, unless nil, is called when
// the process does no more.
func (s Share) units(store *Store, ids []string) (next chooser, end func(), err error) {
	switch {
	case s.Claim:
		c := newClaims(store, ids, s.Lease)
		return c.next, c.release, nil
	case s.all():
		return inTurn(len(ids)), nil, nil
	case s.Index < 1 || s.Index > s.Of:
		return nil, nil, fmt.Errorf("shard %d/%d is none: the first is 1/%d, the last %d/%d", s.Index, s.Of, s.Of, s.Of, s.Of)
	}
	turn := inTurn((len(ids) - s.Index + s.Of) / s.Of)
	return func(ctx context.Context) (int, bool, error) {
		i, more, err := turn(ctx)
		return s.Index - 1 + i*s.Of, more, err
	}, nil, nil
}

// MakePlan fixes a job's plan in its output folder, or finds it there. Any
// number of processes may then Work on it, and one, or several, Commit.
func MakePlan(ctx context.Context, j Job) error {
	j = j.resolved()
	s := j.store()
	if err := j.claim(ctx, s); err != nil {
		return err
	}
	s.Close()
	return nil
}

// claim claims the store of a job, which may be a partition.
func (j *Job) claim(ctx context.Context, s *Store) error {
	if j.Partition == "" {
		return s.claim(ctx, j.Fresh)
	}
	if _, err := s.dir.Size(planName); err == nil {
		return fmt.Errorf("%w: %s holds the tables of one run, not a corpus of partitions; choose another --out", ErrOtherPlan, s.dir.Name())
	}
	known, err := j.others(s.dir)
	if err != nil {
		return err
	}
	return s.claimKnowing(ctx, known, j.Fresh)
}

// ErrNoPlan: an output folder without a plan.
var ErrNoPlan = errors.New("no plan")

// ReadPlan reads the plan of an output folder, or of a partition of it.
func ReadPlan(dir Folder, partition string) (*Plan, error) {
	s := (&Job{Folder: dir, Partition: partition}).store()
	b, err := dir.ReadFile(s.in(planName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w in %s; whosaid plan --out %s INPUT... makes one", ErrNoPlan, s.where(), dir.Name())
	}
	if err != nil {
		return nil, fmt.Errorf("read plan: %w", err)
	}
	return decodePlan(planName, b)
}

// Work does a share of the units of the plan that is in the job's folder, those
// that are not done, and commits each of them. Other processes may do other
// units, or the same, at the same time. The summary has a manifest only when
// the run was finished before.
func Work(ctx context.Context, j Job, share Share) (*Summary, error) {
	j = j.resolved()
	s, err := j.join()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if sum, err := j.already(s); sum != nil || err != nil {
		return sum, err
	}
	return j.work(ctx, s, share)
}

// join opens the store of a job whose plan is there.
func (j *Job) join() (*Store, error) {
	s := j.store()
	var err error
	if s.hash, err = s.plan.Hash(); err != nil {
		return nil, err
	}
	s.unlock = s.lock(s.in(planName))
	return s, s.dir.Mkdir(s.in(unitsName))
}

// Commit writes the manifest of a run all of whose units are done, or says
// which are not.
func Commit(ctx context.Context, j Job) (*Summary, error) {
	j = j.resolved()
	s, err := j.join()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if sum, err := j.already(s); sum != nil || err != nil {
		return sum, err
	}
	var records []*Record
	var missing []string
	units := s.plan.unitIDs(j.Write.format())
	if err := s.dir.Sync(s.in(unitsName)); err != nil {
		return nil, err
	}
	for _, u := range units {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		r, err := s.done(u)
		switch {
		case err != nil:
			return nil, err
		case r == nil:
			missing = append(missing, u)
		default:
			records = append(records, r)
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("%w: %d of %d are left (%s); run whosaid work again, with --shard as before or with --claim",
			ErrNotDone, len(missing), len(units), some(missing, 5))
	}
	if err := j.tolerable(&manifestOf(s.plan, s.hash, records).Counters); err != nil {
		return nil, err
	}
	sum := new(Summary)
	sum.Manifest, err = s.finishWith(records)
	if err != nil {
		return nil, err
	}
	return sum, nil
}

// ErrNotDone: a commit before all units are done.
var ErrNotDone = errors.New("no manifest: units are not done")

// some lists the first few of many.
func some(list []string, most int) string {
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:most], ", ") + ", …"
}

// idsName is the folder where the processes of a run tell each other what
// articles a unit holds, so that not every one of them reads all input.
const idsName = "_ids"

// sighter tells what articles a unit holds: from the table of articles where it
// is done, else from its input. With tell, processes tell each other.
func (j *Job) sighter(s *Store, tell bool) sighter {
	return func(ctx context.Context, index int) ([]sighting, error) {
		u := s.plan.Units[index]
		if tell {
			if seen, ok := s.readIDs(u.ID); ok {
				return seen, nil
			}
		}
		seen, there, err := s.articlesOf(u.ID)
		if there || err != nil {
			return seen, err
		}
		in := shards{src: j.Ahead, o: &j.Options}
		err = in.each(ctx, s.plan.Inputs[u.First:u.End], func(a news.Article, err error) error {
			var broken *source.Reject
			switch {
			case err != nil && !errors.As(err, &broken):
				return err
			case err == nil && j.Options.outOfDates(&a) == "":
				seen = append(seen, sight(&a))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if tell {
			s.writeIDs(u.ID, seen)
		}
		return seen, nil
	}
}

// articlesOf tells what articles the tables of a unit hold; false when it is not
// done or has no such table.
func (s *Store) articlesOf(unit string) (seen []sighting, there bool, err error) {
	r, err := s.done(unit)
	if err != nil || r == nil {
		return nil, false, err
	}
	at := slices.IndexFunc(r.Files, func(f PartFile) bool { return f.Table == output.Articles })
	if at < 0 {
		return nil, r.Counters.Read == 0, nil
	}
	err = eachArticle(s.dir, r.Files[at].Path, func(id, text string) {
		seen = append(seen, sighting{id, textKey(text)})
	})
	return seen, true, err
}

// toldIDs is what a process tells of a unit.
type toldIDs struct {
	Plan string      `json:"plan"`
	IDs  [][2]string `json:"ids"` // id and start of the text's hash
}

// readIDs reads what another process told of a unit; false where there is
// nothing of use.
func (s *Store) readIDs(unit string) ([]sighting, bool) {
	b, err := s.dir.ReadFile(s.in(idsName + "/" + unit + ".json"))
	if err != nil {
		return nil, false
	}
	var told toldIDs
	if json.Unmarshal(b, &told) != nil || told.Plan != s.hash {
		return nil, false
	}
	seen := make([]sighting, len(told.IDs))
	for i, t := range told.IDs {
		text, err := strconv.ParseUint(t[1], 16, 64)
		if err != nil {
			return nil, false
		}
		seen[i] = sighting{t[0], text}
	}
	return seen, true
}

// writeIDs tells others of a unit. It spares them work: where it fails, they do
// it themselves.
func (s *Store) writeIDs(unit string, seen []sighting) {
	told := toldIDs{Plan: s.hash, IDs: make([][2]string, len(seen))}
	for i, t := range seen {
		told.IDs[i] = [2]string{t.id, fmt.Sprintf("%016x", t.text)}
	}
	b, err := json.Marshal(told)
	if err == nil {
		err = s.dir.Mkdir(s.in(idsName))
	}
	if err == nil {
		_, _, err = s.dir.Once(s.in(idsName+"/"+unit+".json"), append(b, '\n'))
	}
	if err != nil {
		s.log.Warn("other processes will read this unit for its ids", "unit", unit, "error", err)
	}
}
