package generate

import (
	"math"
	"math/rand/v2"
	"strings"
)

// rng is a generator of numbers for one thing to be made: the same for the
// same seed, kind of thing and number, whatever was made before.
func rng(seed uint64, kind byte, number uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed<<8|uint64(kind), number))
}

// Kinds of things that are made.
const (
	ofVocabulary byte = iota
	ofPerson
	ofBody
	ofBlock
	ofStory
	ofArticle
	ofSlogan
	ofTwin
)

const vocabularyWords = 20_000

var onsets = strings.Fields("b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st str t th tr v w")
var nuclei = strings.Fields("a e i o u ai ea ee oa ou")
var codas = strings.Fields("b ck d ft g ll lt m mp n nd ng nt p r rd rm rn rt s st t x")

// invent makes a word of some syllables.
func invent(r *rand.Rand, syllables int) string {
	var b strings.Builder
	for i := range syllables {
		b.WriteString(onsets[r.IntN(len(onsets))])
		b.WriteString(nuclei[r.IntN(len(nuclei))])
		if i == syllables-1 || r.IntN(3) == 0 {
			b.WriteString(codas[r.IntN(len(codas))])
		}
	}
	return b.String()
}

// vocabulary is the words of a language that has none: frequent ones first,
// and these shorter.
func vocabulary(seed uint64) []string {
	r := rng(seed, ofVocabulary, 0)
	words := make([]string, vocabularyWords)
	seen := map[string]bool{}
	for i := range words {
		syllables := 1 + min(2, i/400)
		for {
			if words[i] = invent(r, syllables); !seen[words[i]] {
				break
			}
			syllables = 2 + r.IntN(2)
		}
		seen[words[i]] = true
	}
	return words
}

// frequent is a number below n, small ones more often: as words and names are
// spread.
func frequent(r *rand.Rand, n int) int {
	return min(n-1, int(math.Exp(r.Float64()*math.Log(float64(n)+1))-1))
}

// clauses are what people say: n, a, v stand for invented words, p for a
// person's name, x for a place, d for a number.
var clauses = split(`
we will $v the $n of $n before the $a $n is over
I have never seen a $a $n like this in $x
the $n has to $v or the $n will $v by itself
nobody in $x believes that the $a $n can $v $d of the $n
there are $d people who have to $v every $n because of this $n
it is a $a $n and everybody who knows the $n of $x knows it
what $p did to the $n is $a and we are going to $v it
if the $n does not $v then the $a $n of $x will be next
you cannot $v a $n with $a $n and a $n
my $n and I have $v the $a $n for $d years
this is not about $n but about the $n of our $n
they $v the $n, they $v the $n and they never $v the $n
I told $p that the $n was $a
more than $d $n have been $v since the $n in $x
our $a $n must not $v the $n again
the question is whether $p can $v the $n without a $a $n
we were $v by the $n and we are still $v it
I do not know how the $n of the $a $n was $v
let us $v the $n together and make $x a $a $n
the $n is getting more $a with every $n that we $v
`)

// narration is what stands between statements.
var narration = split(`
The $n in $x was $v last week after $d $n had been $v.
Since the $a $n the $n of $x has been under $n.
It was the $d time that a $n of this kind was $v.
The $n had $v the $a $n for months, and the $n was $a.
A $n that is close to the $n $v the $a $n on the same day.
In $x, $d $n were $v, most of them near the $a $n.
`)

// stock are phrases that many say on many occasions.
var stock = split(`
no comment on an ongoing investigation at this time
our thoughts and prayers are with the families of the victims
we take these allegations very seriously and will cooperate fully
I am very pleased with the outcome of the meeting
we are looking into the matter and will respond in due course
safety is our first priority and always has been
Yes.
That is not true.
We will see what happens.
I have nothing to add to that
the facts speak for themselves and the truth will come out
we remain committed to an open and constructive dialogue with all parties
`)

// slogans are what one person says again and again.
var slogans = split(`
make $x $a again
a $a $n for every $n
together we $v the $n
no $n without a $a $n
put the $n of $x first
`)

func split(s string) (out [][]string) {
	for line := range strings.Lines(s) {
		if f := strings.Fields(line); len(f) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// fill puts words into a pattern: those of the topic as often as others.
func (w *World) fill(r *rand.Rand, pattern []string, t *topic) []string {
	out := make([]string, 0, len(pattern)+2)
	for _, f := range pattern {
		i := strings.IndexByte(f, '$')
		if i < 0 {
			out = append(out, f)
			continue
		}
		var word string
		switch f[i+1] {
		case 'd':
			word = number(r)
		case 'x':
			word = t.place
		case 'p':
			word = w.Person(t.people[r.IntN(len(t.people))]).Last
		default:
			if r.IntN(2) == 0 {
				word = t.words[r.IntN(len(t.words))]
			} else {
				word = w.vocabulary[frequent(r, len(w.vocabulary))]
			}
			if f[i+1] == 'v' && r.IntN(3) == 0 {
				word += "ed"
			}
		}
		out = append(out, f[:i]+word+f[i+2:])
	}
	return out
}

func number(r *rand.Rand) string {
	return [...]string{"two", "three", "dozens of", "12", "40", "150", "2,000", "30,000"}[r.IntN(8)]
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
