package train

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/whosaid/whosaid/extract/syntax"
)

// Settings of the word clusters.
const (
	clusterWords    = 4    // a word seen less often has no cluster
	clusterContexts = 1000 // neighbours that count: the most frequent words
	clusterSize     = 48   // dimensions of the vectors that are clustered
	clusterCount    = 400  // fine clusters
	clusterGroups   = 48   // coarse ones, each of several fine
	clusterPasses   = 12   // of k-means
)

// clustersOf puts words that stand among like words into clusters. Every
// word gets a vector of its associations (square root of positive pointwise
// mutual information) with the frequent words that stand right before and
// right after it; the vectors are reduced by a truncated singular value
// decomposition (randomized subspace iteration, Halko, Martinsson and Tropp
// 2011) and clustered by k-means, the clusters' centres once more. The
// result maps a word's hash to its fine and coarse cluster, from 1.
func clustersOf(sentences [][]string, seed uint64) map[uint64][2]uint16 {
	counts := map[uint64]int{}
	hashed := make([][]uint64, len(sentences))
	for i, words := range sentences {
		hashed[i] = make([]uint64, len(words))
		for j, w := range words {
			h := syntax.WordHash(w)
			hashed[i][j] = h
			counts[h]++
		}
	}
	words := slices.SortedFunc(maps.Keys(counts), func(a, b uint64) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	for len(words) > 0 && counts[words[len(words)-1]] < clusterWords {
		words = words[:len(words)-1]
	}
	index := make(map[uint64]int32, len(words))
	for i, h := range words {
		index[h] = int32(i)
	}
	m := associations(hashed, index, len(words))
	vectors := m.reduce(clusterSize, rand.New(rand.NewPCG(seed, 3)))
	fine, centres := kmeans(vectors, clusterCount, rand.New(rand.NewPCG(seed, 4)))
	coarse, _ := kmeans(centres, clusterGroups, rand.New(rand.NewPCG(seed, 5)))
	out := make(map[uint64][2]uint16, len(words))
	for i, h := range words {
		out[h] = [2]uint16{uint16(fine[i] + 1), uint16(coarse[fine[i]] + 1)}
	}
	return out
}

// sparse is a matrix by rows.
type sparse struct {
	cols  int
	index [][]int32
	value [][]float32
}

func associations(hashed [][]uint64, index map[uint64]int32, n int) *sparse {
	cols := 2 * (clusterContexts + 1) // the last of each half: the sentence's edge
	pairs := make([]map[int32]float32, n)
	for i := range pairs {
		pairs[i] = map[int32]float32{}
	}
	context := func(words []uint64, j int) int32 {
		if j < 0 || j >= len(words) {
			return clusterContexts
		}
		if k, ok := index[words[j]]; ok && k < clusterContexts {
			return k
		}
		return -1
	}
	rowSum, colSum, total := make([]float64, n), make([]float64, cols), 0.0
	for _, words := range hashed {
		for j, h := range words {
			row, ok := index[h]
			if !ok {
				continue
			}
			for side, c := range []int32{context(words, j-1), context(words, j+1)} {
				if c < 0 {
					continue
				}
				c += int32(side * (clusterContexts + 1))
				pairs[row][c]++
				rowSum[row]++
				colSum[c]++
				total++
			}
		}
	}
	m := &sparse{cols: cols, index: make([][]int32, n), value: make([][]float32, n)}
	for row, p := range pairs {
		for _, c := range slices.Sorted(maps.Keys(p)) {
			if pmi := math.Log(float64(p[c]) * total / (rowSum[row] * colSum[c])); pmi > 0 {
				m.index[row] = append(m.index[row], c)
				m.value[row] = append(m.value[row], float32(math.Sqrt(pmi)))
			}
		}
	}
	return m
}

// reduce returns the rows of m in its size strongest directions, each row of
// length one.
func (m *sparse) reduce(size int, random *rand.Rand) [][]float32 {
	basis := make([][]float32, m.cols) // cols by size
	for i := range basis {
		basis[i] = make([]float32, size)
		for j := range basis[i] {
			basis[i][j] = float32(random.NormFloat64())
		}
	}
	var rows [][]float32
	for range 4 {
		rows = m.times(basis, size)
		orthonormal(rows, size)
		for i := range basis {
			clear(basis[i])
		}
		for i, row := range rows {
			for k, c := range m.index[i] {
				add(basis[c], row, m.value[i][k])
			}
		}
		orthonormal(basis, size)
	}
	rows = m.times(basis, size)
	for _, row := range rows {
		if l := math.Sqrt(float64(dot(row, row))); l > 0 {
			for j := range row {
				row[j] /= float32(l)
			}
		}
	}
	return rows
}

func (m *sparse) times(basis [][]float32, size int) [][]float32 {
	rows := make([][]float32, len(m.index))
	for i := range rows {
		rows[i] = make([]float32, size)
		for k, c := range m.index[i] {
			add(rows[i], basis[c], m.value[i][k])
		}
	}
	return rows
}

// orthonormal makes the columns of a matrix orthonormal (Gram and Schmidt,
// modified).
func orthonormal(rows [][]float32, size int) {
	for j := range size {
		for k := range j {
			d := 0.0
			for _, row := range rows {
				d += float64(row[j]) * float64(row[k])
			}
			for _, row := range rows {
				row[j] -= float32(d) * row[k]
			}
		}
		l := 0.0
		for _, row := range rows {
			l += float64(row[j]) * float64(row[j])
		}
		if l == 0 {
			continue
		}
		scale := float32(1 / math.Sqrt(l))
		for _, row := range rows {
			row[j] *= scale
		}
	}
}

// kmeans clusters vectors by their angle; it starts from vectors chosen at
// random among the first, which are the most frequent words.
func kmeans(vectors [][]float32, k int, random *rand.Rand) (cluster []int, centres [][]float32) {
	k = min(k, len(vectors))
	cluster = make([]int, len(vectors))
	for _, i := range random.Perm(min(len(vectors), 4*k))[:k] {
		centres = append(centres, slices.Clone(vectors[i]))
	}
	for range clusterPasses {
		for i, v := range vectors {
			most := float32(math.Inf(-1))
			for c, centre := range centres {
				if d := dot(v, centre); d > most {
					cluster[i], most = c, d
				}
			}
		}
		for _, c := range centres {
			clear(c)
		}
		for i, v := range vectors {
			add(centres[cluster[i]], v, 1)
		}
		for _, c := range centres {
			if l := math.Sqrt(float64(dot(c, c))); l > 0 {
				for j := range c {
					c[j] /= float32(l)
				}
			}
		}
	}
	return cluster, centres
}

func add(to, from []float32, times float32) {
	for i := range to {
		to[i] += times * from[i]
	}
}

func dot(a, b []float32) (d float32) {
	for i := range a {
		d += a[i] * b[i]
	}
	return d
}
