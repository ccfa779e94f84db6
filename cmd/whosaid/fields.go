package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"maps"
	"os"
	"slices"
	"sync"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline/source"
)

// loggedSource is a reader that tells the log by which names it found the
// fields of an article, once for every mapping that differs from the last, and
// warns at once of a file that seems to have no text.
type loggedSource struct {
	*source.Reader
	log     *slog.Logger
	mu      sync.Mutex
	last    source.Fields
	warned  int
	mended  int    // files with repairs
	noText  string // what is said of the first record without text
	undated string // the first date that could not be read, and where
}

// enough records without text, and no other, make a warning; a file of fewer
// makes it at its end.
const (
	enoughRecords = 100
	mostWarnings  = 5
	mostMended    = 20
)

func (s *loggedSource) Articles(ctx context.Context, sh source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		records, noText := 0, 0
		repairs := map[string]int{}
		s.Reader.Articles(ctx, sh)(func(a news.Article, err error) bool {
			if records++; records == 1 {
				s.tell(sh.Path)
			}
			if a.DateUnread != "" {
				s.keepDate(&a)
			}
			for _, kind := range a.Repairs {
				repairs[kind]++
			}
			var r *source.Reject
			if errors.As(err, &r) && r.Reason == source.ReasonNoText {
				noText++
				s.keep(r)
			}
			if records == enoughRecords && noText == records {
				s.warn(sh.Path, records)
			}
			return yield(a, err)
		})
		if noText > 0 && noText == records && records < enoughRecords {
			s.warn(sh.Path, records)
		}
		s.tellRepairs(sh.Path, repairs)
	}
}

// tellRepairs tells in how many texts of a file what was mended; for the first
// files that have some, for a folder may hold a million.
func (s *loggedSource) tellRepairs(path string, repairs map[string]int) {
	if len(repairs) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mended++; s.mended > mostMended {
		return
	}
	args := []any{"path", path}
	for _, kind := range slices.Sorted(maps.Keys(repairs)) {
		args = append(args, kind, repairs[kind])
	}
	s.log.Info("texts mended as they were read; see articles.repairs", args...)
	if s.mended == mostMended {
		s.log.Info("texts of further files may be mended too; only articles.repairs tells")
	}
}

// keep keeps what is said of the first record without text.
func (s *loggedSource) keep(r *source.Reject) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.noText == "" {
		s.noText = r.Path + ": " + r.Detail
	}
}

// keepDate keeps the first date that could not be read.
func (s *loggedSource) keepDate(a *news.Article) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.undated == "" {
		s.undated = fmt.Sprintf("%q (%s, record %d)", a.DateUnread, a.Origin.Path, a.Origin.Record)
	}
}

// unreadDate is the first date that could not be read, and where; "" for none.
func (s *loggedSource) unreadDate() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.undated
}

// hint is what is said of the first record without text.
func (s *loggedSource) hint() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.noText
}

func (s *loggedSource) warn(path string, records int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.warned++; s.warned <= mostWarnings {
		s.log.Warn("none of the first records has text", "path", path, "records", records, "why", s.noText)
	}
}

func (s *loggedSource) tell(path string) {
	n, ok := s.Notes(path)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !ok || n.Mapping == s.last || n.Mapping == (source.Fields{}) {
		return
	}
	s.last = n.Mapping
	m := n.Mapping
	s.log.Info("fields", "path", path, "format", n.Format.String(), "id", m.ID, "text", m.Text, "title", m.Title,
		"url", m.URL, "outlet", m.Outlet, "author", m.Author, "date", m.Date)
}

// headOfStdin is how much of standard input is looked at for fields.
const headOfStdin = 4 << 20

// checkFields looks for the fields that the user names, before anything is
// written. What it reads of standard input is put back.
func checkFields(ctx context.Context, shards []source.Shard, o *source.Options) error {
	if o.Fields == (source.Fields{}) {
		return nil
	}
	look := *o
	if slices.ContainsFunc(shards, func(s source.Shard) bool { return s.Path == source.Stdin }) {
		in := o.Stdin
		if in == nil {
			in = os.Stdin
		}
		var head bytes.Buffer
		look.Stdin = io.TeeReader(io.LimitReader(in, headOfStdin), &head)
		o.Stdin = io.MultiReader(&head, in)
	}
	shards = slices.DeleteFunc(slices.Clone(shards), func(s source.Shard) bool { return s.Stream && s.Path != source.Stdin })
	var errs []error
	for _, u := range source.CheckFields(ctx, shards, look) {
		errs = append(errs, unknownField{u})
	}
	return errors.Join(errs...)
}

// unknownField is the error of a field's flag.
type unknownField struct{ *source.UnknownField }

func (u unknownField) Error() string {
	return "--" + u.Flag() + "-field: " + u.UnknownField.Error() + didYouMean(u.Name, u.Have)
}
