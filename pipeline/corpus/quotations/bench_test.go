package quotations

import (
	"context"
	"testing"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/generate"
)

// BenchmarkLink links the statements of 5,000 generated articles.
func BenchmarkLink(b *testing.B) {
	statements, _ := made(generate.Options{Articles: 5000, Seed: 2})
	b.ResetTimer()
	for range b.N {
		l, err := New(Options{Dir: b.TempDir(), Workers: 2})
		if err != nil {
			b.Fatal(err)
		}
		for i := range statements {
			if err := l.Add(&statements[i]); err != nil {
				b.Fatal(err)
			}
		}
		err = l.Link(context.Background(), func(*output.QuotationRow) error { return nil }, func(*output.QuotationLinkRow) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(statements)*b.N)/b.Elapsed().Seconds(), "statements/s")
}
