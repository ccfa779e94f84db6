package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/train"
	"github.com/whosaid/whosaid/pipeline/corpus/people"
)

// link trains the model of the people of a corpus on made-up corpora, whose
// names are drawn from lists.
func (t *trainer) link(ctx context.Context) (*model.File, train.Card, error) {
	lists, err := readLists(t.data)
	if err != nil {
		return nil, train.Card{}, err
	}
	r, err := people.Train(ctx, people.TrainOptions{Seed: t.seed, Lists: lists, Progress: t.progress})
	if err != nil {
		return nil, train.Card{}, err
	}
	b, err := r.Model.Encode()
	if err != nil {
		return nil, train.Card{}, err
	}
	f, err := model.Decode(b)
	return f, linkCard(r, lists, t.seed, f, len(b)), err
}

// readLists reads the lists that names are drawn from.
func readLists(data string) (l people.Lists, err error) {
	f, err := os.Open(filepath.Join(data, "lexicons", "first-names-us.tsv"))
	if err != nil {
		return l, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 3 || cells[0] == "name" {
			continue
		}
		men, err1 := strconv.ParseFloat(cells[1], 64)
		women, err2 := strconv.ParseFloat(cells[2], 64)
		if err1 != nil || err2 != nil {
			return l, fmt.Errorf("read first names: %q", lines.Text())
		}
		if men > 1000 {
			l.Men = append(l.Men, people.Weighted{Name: cells[0], Weight: men})
		}
		if women > 1000 {
			l.Women = append(l.Women, people.Weighted{Name: cells[0], Weight: women})
		}
	}
	if err := lines.Err(); err != nil {
		return l, err
	}
	for name, column := range map[string]string{"us-congress.csv": "last", "world-leaders.csv": "officeholderLabel"} {
		names, err := readColumn(filepath.Join(data, "people", name), column)
		if err != nil {
			return l, err
		}
		for _, n := range names {
			if i := strings.LastIndexByte(n, ' '); i >= 0 {
				n = n[i+1:]
			}
			l.Surnames = append(l.Surnames, n)
		}
	}
	slices.Sort(l.Surnames)
	l.Surnames = slices.Compact(l.Surnames)
	return l, nil
}

func readColumn(path, column string) (out []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	at := slices.Index(rows[0], column)
	if at < 0 {
		return nil, fmt.Errorf("read %s: there is no column %s", path, column)
	}
	for _, row := range rows[1:] {
		out = append(out, row[at])
	}
	return out, nil
}

// linkCard tells of the model.
func linkCard(r *people.Trained, l people.Lists, seed uint64, f *model.File, bytes int) train.Card {
	card := train.Card{
		Title: "Model of the people of a corpus: link",
		Purpose: "Tells how likely two summaries of entities (of one name, or of two that can be one person's) are the same person or organization, " +
			"whom a surname alone means, and who of the known people somebody is: four logistic regressions over measurements of names, titles, company, dates, outlets and gender.",
		Data: []train.CardData{
			{Name: "made-up corpora", Size: fmt.Sprintf("%d + %d pairs, %d short names, %d persons with known ones of their names", r.Examples[0], r.Examples[1], r.Choices, r.Identities), Licence: "ours", Use: "training"},
			{Name: "US first names", Size: fmt.Sprintf("%d + %d names with counts", len(l.Women), len(l.Men)), Licence: "public domain", Use: "names of the people made up"},
			{Name: "members of the US Congress, heads of state and government", Size: fmt.Sprintf("%d surnames", len(l.Surnames)), Licence: "public domain", Use: "names of the people made up"},
		},
		Seed: seed, Hash: f.Hash(), Bytes: bytes,
	}
	for _, table := range r.Model.Tables() {
		card.Figures = append(card.Figures, train.CardTable{Title: table.Title, Head: []string{"measurement", "weight"}, Rows: table.Rows})
	}
	return card
}
