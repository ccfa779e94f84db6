package entity

// Labels of a token: a person's, body's or place's name has a first, inner and
// last token or is one alone (BILOU, Ratinov and Roth 2009); nationalities have
// one label, other names a first and later ones.
const (
	labelO           uint8 = 0
	labelNationality uint8 = 13 // the one label of nationalities
	labelOther       uint8 = 14 // and 15 inside

	// Labels is how many there are.
	Labels = 16
)

// Where in a name a token stands.
const (
	first uint8 = iota
	inner
	last
	alone
)

// kindOf is the kind of name that a token with label y stands in.
func kindOf(y uint8) Kind {
	switch {
	case y == labelO:
		return NoKind
	case y < labelNationality:
		return Kind(1 + (y-1)/4)
	case y == labelNationality:
		return Nationality
	}
	return Other
}

// starts reports whether a name begins at a token with label y.
func starts(y uint8) bool {
	if y > labelO && y < labelNationality {
		place := (y - 1) % 4
		return place == first || place == alone
	}
	return y == labelOther
}

// LabelsOf labels the n tokens of a name of the given kind.
func LabelsOf(k Kind, n int, y []uint8) {
	for i := range n {
		switch k {
		case Nationality:
			y[i] = labelNationality
		case Other:
			y[i] = labelOther + uint8(min(i, 1))
		default:
			place := inner
			switch {
			case n == 1:
				place = alone
			case i == 0:
				place = first
			case i == n-1:
				place = last
			}
			y[i] = 1 + uint8(k-1)*4 + place
		}
	}
}

// mayFollow reports whether label y may stand right after label x.
func mayFollow(x, y uint8) bool {
	open := x > labelO && x < labelNationality && ((x-1)%4 == first || (x-1)%4 == inner)
	inside := y > labelO && y < labelNationality && ((y-1)%4 == inner || (y-1)%4 == last)
	switch {
	case open || inside:
		return open && inside && kindOf(x) == kindOf(y)
	case y == labelOther+1:
		return x >= labelOther
	}
	return true
}

// mayStart and mayEnd report whether a sequence may start or end with y.
func mayStart(y uint8) bool { return mayFollow(labelO, y) }
func mayEnd(y uint8) bool   { return mayFollow(y, labelO) }

// before lists the labels that may stand right before each label.
var before = func() (b [Labels][]uint8) {
	for y := range b {
		for x := range uint8(Labels) {
			if mayFollow(x, uint8(y)) {
				b[y] = append(b[y], x)
			}
		}
	}
	return b
}()
