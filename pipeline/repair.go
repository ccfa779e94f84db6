package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// ErrNotRepaired: what is damaged cannot be made again from the plan.
var ErrNotRepaired = errors.New("cannot be repaired")

// Repair makes again what Verify found damaged: it removes damaged parts,
// records and manifests, and parts that no record names, and runs the plan once
// more, which does the units that are not whole. job makes the run of a stored
// plan, or says why it cannot: the program and the models must be what they
// were, and so must the bytes of the input. All of that is looked at before
// anything is removed. Sound units are left alone.
func Repair(ctx context.Context, dir Folder, r *Report, job func(*Plan) (Job, error)) error {
	hurt := map[*Store]bool{}
	for _, p := range r.Problems {
		if p.plan {
			return fmt.Errorf("%w: the plan of %s is damaged; extract again into another folder", ErrNotRepaired, p.run.where())
		}
		if p.run != nil {
			hurt[p.run] = true
		}
	}
	// Every job is made before anything is removed.
	type run struct {
		store *Store
		job   Job
	}
	var runs []run
	for _, p := range r.Problems {
		if !hurt[p.run] {
			continue
		}
		delete(hurt, p.run)
		j, err := job(p.run.plan)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotRepaired, err)
		}
		p.run.log = j.Options.resolved().Log
		if err := p.run.readable(ctx, p.run.again(r.Problems), j.Source); err != nil {
			if ctx.Err() != nil {
				return err
			}
			return fmt.Errorf("%w: %w; nothing was changed", ErrNotRepaired, err)
		}
		runs = append(runs, run{p.run, j})
	}
	for _, p := range r.Problems {
		if !p.file && !p.extra && !p.state {
			continue
		}
		if err := dir.Remove(p.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("repair: %w", err)
		}
	}
	for _, r := range runs {
		// Cheap to write again, and not judged where a record is damaged.
		if err := dir.Remove(r.store.in(manifestName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("repair: %w", err)
		}
		r.job.Plan = r.store.plan
		r.job.Options = r.job.Options.resolved()
		s := &Store{dir: dir, meta: r.store.meta, part: r.store.part, plan: r.store.plan, log: r.job.Options.Log}
		if err := s.claim(ctx, false); err != nil {
			return err
		}
		_, err := r.job.into(ctx, s)
		s.Close()
		if err != nil {
			return fmt.Errorf("repair: %w", err)
		}
	}
	return nil
}
