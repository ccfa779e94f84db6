package train

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// What a first name needs to tell a gender.
const (
	minBirths    = 900 // fewer bearers in 80 years say little about sex
	sharesOfName = 9   // shares of female births are kept in ninths, one digit
)

// firstNames reads name, male, female and returns the lower-case name with
// the share of female births in ninths.
func firstNames(path string) (map[string]int, error) {
	out := map[string]int{}
	err := eachLine(path, func(n int, line string) error {
		f := strings.Split(line, "\t")
		if n == 1 || len(f) != 3 {
			return nil
		}
		male, err := strconv.Atoi(f[1])
		if err != nil {
			return fmt.Errorf("read %s:%d: %w", path, n, err)
		}
		female, err := strconv.Atoi(f[2])
		if err != nil {
			return fmt.Errorf("read %s:%d: %w", path, n, err)
		}
		if male+female >= minBirths {
			out[strings.ToLower(f[0])] = (sharesOfName*female + (male+female)/2) / (male + female)
		}
		return nil
	})
	return out, err
}

// countryNames reads the English names of countries and their capitals.
func countryNames(path string) (map[string]bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open countries: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	out := map[string]bool{}
	for i, h := range rows[0] {
		switch h {
		case "official_name_en", "UNTERM English Short", "Capital", "CLDR display name":
			for _, r := range rows[1:] {
				name, _, _ := strings.Cut(strings.ToLower(r[i]), " (")
				name = strings.TrimSpace(strings.TrimPrefix(name, "the "))
				if len(name) > 2 && !strings.ContainsAny(name, ",;/") {
					out[name] = true
				}
			}
		}
	}
	return out, nil
}

// eachLine calls f with each line of a file and its 1-based number.
func eachLine(path string, f func(n int, line string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open list: %w", err)
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<22) // articles of one line reach a megabyte
	for n := 1; s.Scan(); n++ {
		if err := f(n, s.Text()); err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}
