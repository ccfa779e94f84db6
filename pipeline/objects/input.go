package objects

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"gocloud.dev/blob"

	"github.com/whosaid/whosaid/pipeline/source"
)

// Stat describes the object at an address.
func (s *Stores) Stat(ctx context.Context, address string) (o source.Object, err error) {
	b, key, err := s.open(ctx, address)
	if err != nil {
		return o, err
	}
	err = s.try(ctx, "look at "+address, func(ctx context.Context) error {
		a, err := b.Attributes(ctx, key)
		if err == nil {
			o = source.Object{Address: address, Size: a.Size, ModTime: a.ModTime, Tag: hex.EncodeToString(a.MD5)}
		}
		return err
	})
	return o, err
}

// List describes the objects whose addresses begin with prefix.
func (s *Stores) List(ctx context.Context, prefix string) (all []source.Object, err error) {
	b, key, err := s.open(ctx, prefix)
	if err != nil {
		return nil, err
	}
	before := strings.TrimSuffix(prefix, key)
	page := blob.FirstPageToken
	for page != nil {
		err := s.try(ctx, "list "+prefix, func(ctx context.Context) error {
			list, next, err := b.ListPage(ctx, page, 1000, &blob.ListOptions{Prefix: key})
			if err != nil {
				return err
			}
			for _, o := range list {
				all = append(all, source.Object{Address: before + o.Key, Size: o.Size, ModTime: o.ModTime, Tag: hex.EncodeToString(o.MD5)})
			}
			page = next
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Open reads n bytes of an object, or all to its end.
func (s *Stores) Open(ctx context.Context, address string, from, n int64) (source.ObjectReader, error) {
	b, key, err := s.open(ctx, address)
	if err != nil {
		return nil, err
	}
	r := &reader{s: s, ctx: ctx, b: b, key: key, address: address, at: from, left: n}
	return r, r.reopen()
}

// reader reads a body, and takes it up again where it breaks off.
type reader struct {
	s       *Stores
	ctx     context.Context
	b       *blob.Bucket
	key     string
	address string

	at, left int64 // the next byte; how many are still to come, negative: to the end
	object   source.Object
	body     *blob.Reader
	cancel   context.CancelFunc
	overdue  *time.Timer
	fails    int // in a row
}

// Object is the object as the last answer tells of it; it has no tag.
func (r *reader) Object() source.Object { return r.object }

// reopen asks for what is still to come.
func (r *reader) reopen() error {
	r.shut()
	err := r.s.try(r.ctx, "read "+r.address, func(context.Context) error {
		// The body outlives the call, so the call's own end is not its end.
		ctx, cancel := context.WithCancel(r.ctx)
		overdue := time.AfterFunc(r.s.o.Idle, cancel)
		body, err := r.b.NewRangeReader(ctx, r.key, r.at, r.left, nil)
		if err != nil {
			overdue.Stop()
			cancel()
			return err
		}
		r.body, r.cancel, r.overdue = body, cancel, overdue
		return nil
	})
	if err != nil {
		return err
	}
	now := source.Object{Address: r.address, Size: r.body.Size(), ModTime: r.body.ModTime()}
	if r.object.Address != "" && (now.Size != r.object.Size || !now.ModTime.Equal(r.object.ModTime)) {
		return fmt.Errorf("read %s: %w", r.address, source.ErrChanged)
	}
	r.object = now
	if r.left < 0 {
		r.left = now.Size - r.at
	}
	r.left = min(r.left, now.Size-r.at)
	return nil
}

func (r *reader) Read(p []byte) (int, error) {
	for {
		if r.left <= 0 {
			return 0, io.EOF
		}
		if r.body == nil {
			if err := r.reopen(); err != nil {
				return 0, err
			}
		}
		r.overdue.Reset(r.s.o.Idle)
		n, err := r.body.Read(p[:min(int64(len(p)), r.left)])
		r.overdue.Stop()
		r.at += int64(n)
		r.left -= int64(n)
		if n > 0 {
			r.fails = 0
			if err != nil { // what came is whole as far as it goes
				r.shut()
			}
			return n, nil
		}
		if err == nil {
			continue
		}
		r.shut()
		if r.ctx.Err() != nil {
			return 0, context.Cause(r.ctx)
		}
		if r.fails++; r.fails == r.s.o.Tries {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return 0, r.s.clean(fmt.Errorf("read %s: %w", r.address, err))
		}
		if err := wait(r.ctx, r.s.o.Pause); err != nil {
			return 0, err
		}
	}
}

// shut lets the body go.
func (r *reader) shut() {
	if r.body != nil {
		r.overdue.Stop()
		_ = r.body.Close()
		r.cancel()
		r.body = nil
	}
}

func (r *reader) Close() error {
	r.shut()
	return nil
}
