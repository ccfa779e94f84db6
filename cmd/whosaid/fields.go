package main

import (
	"context"
	"iter"
	"log/slog"
	"sync"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline/source"
)

// loggedSource is a reader that tells the log by which names it found the
// fields of an article, once for every mapping that differs from the last.
type loggedSource struct {
	*source.Reader
	log  *slog.Logger
	mu   sync.Mutex
	last source.Fields
}

func (s *loggedSource) Articles(ctx context.Context, sh source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		told := false
		s.Reader.Articles(ctx, sh)(func(a news.Article, err error) bool {
			if !told {
				told = true
				s.tell(sh.Path)
			}
			return yield(a, err)
		})
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
