package pipeline

import (
	"context"
	"errors"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline/source"
)

// Day is a day of publication and the shards that hold articles of it.
type Day struct {
	Date   string // 2026-11-22, or Undated
	Shards []source.Shard
}

// Days reads shards for the dates of their articles alone.
func Days(ctx context.Context, src Source, shards []source.Shard) ([]Day, error) {
	held := map[string][]source.Shard{}
	for i, s := range shards {
		last := map[string]bool{}
		for a, err := range src.Articles(ctx, s) {
			var rej *source.Reject
			if err != nil && !errors.As(err, &rej) {
				return nil, err
			}
			day := Undated
			if err == nil {
				day = dayOf(&a)
			}
			if !last[day] {
				last[day] = true
				held[day] = append(held[day], shards[i])
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
	}
	var days []Day
	for _, d := range sortedKeys(held) {
		days = append(days, Day{d, held[d]})
	}
	return days, nil
}

// dayOf is the day of an article's publication, in UTC.
func dayOf(a *news.Article) string {
	if a.Published.IsZero() {
		return Undated
	}
	return a.Published.UTC().Format("2006-01-02")
}
