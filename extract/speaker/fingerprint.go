package speaker

import (
	"hash/fnv"
	"math"
	"sync"

	"github.com/whosaid/whosaid/extract/internal/probe"
	"github.com/whosaid/whosaid/extract/model"
)

// Fingerprint is that of the ranker's features: the measurements of all
// candidates for all statements of the probe document, where rules decide, and
// the lists of words.
var Fingerprint = sync.OnceValues(fingerprint)

func fingerprint() (model.Fingerprint, error) {
	d, err := probe.Document()
	if err != nil {
		return nil, err
	}
	quotes, err := probe.Quotes()
	if err != nil {
		return nil, err
	}
	r, err := New(Options{})
	if err != nil {
		return nil, err
	}
	sum := model.Sum(0)
	r.Train(d, quotes, func(q int, choices []Choice) int {
		for i := range choices {
			c := &choices[i]
			sum.Add(uint64(q), uint64(int64(c.Entity)), uint64(c.Kind))
			for _, f := range c.Features {
				sum.Add(uint64(math.Float32bits(f)))
			}
		}
		return -1
	})
	words := fnv.New64a()
	for _, list := range []string{
		lexiconText, honorificList, titleList, roleList, groupList, orgNounList, documentList, orgKeyList, orgOfList,
		placeKeyList, metonymList, stateList, notNameList, startStopList, particleList, suffixList, outletTailList,
		femaleList, maleList, sayList, campaignList, sortList, familyList, femaleGiven, maleGiven,
	} {
		words.Write([]byte(list))
	}
	return model.Fingerprint{"features": uint64(sum), "words": words.Sum64()}, nil
}
