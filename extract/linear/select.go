package linear

// Select keeps, of every len(checks)/slots neighbours among the slots, the
// one that is worth most, where worth tells it of a row. checks are what
// Census.Checks returned. Which features a model needs shows best in the
// weights that it gives them: many that are frequent decide nothing.
func Select(checks []uint16, slots int, worth func(row int) float32) []uint16 {
	out := make([]uint16, slots)
	of := len(checks) / slots
	row := 0
	for i := range out {
		most := float32(0)
		for _, c := range checks[i*of : (i+1)*of] {
			if c == 0 {
				continue
			}
			row++
			if v := worth(row); v > most {
				most, out[i] = v, c
			}
		}
	}
	return out
}

// Spread returns, for Select, how far apart the mean weights of a row lie.
func (a *Averaged) Spread() func(row int) float32 {
	mean := a.Average()
	return func(row int) float32 {
		w := mean[row*a.cols:][:a.cols]
		low, high := w[0], w[0]
		for _, v := range w {
			low, high = min(low, v), max(high, v)
		}
		return high - low
	}
}
