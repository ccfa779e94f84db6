package train

import (
	"testing"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
)

// A quarter of the people have their gender hidden while training, by the seed alone,
// and the names given are left as they are.
func TestHideGenders(t *testing.T) {
	f := &entity.Found{}
	for range 4000 {
		f.Entities = append(f.Entities, entity.Entity{Entity: news.Entity{Gender: news.Female, GenderBasis: news.ByTitle}})
	}
	out, again := hideGenders(f, 3), hideGenders(f, 3)
	unknown := 0
	for i := range f.Entities {
		if g := out.Entities[i].Gender; g == news.GenderUnknown {
			unknown++
		}
		if f.Entities[i].Gender != news.Female || out.Entities[i].Gender != again.Entities[i].Gender {
			t.Fatal("the names given were changed, or one seed gives two outcomes")
		}
	}
	if unknown < 850 || unknown > 1150 {
		t.Errorf("gender of %d of 4000 hidden", unknown)
	}
}
