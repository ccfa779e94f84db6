package source

import "strconv"

// jsonTable reads a table that pandas wrote in one of the shapes in which a
// record cannot be read by itself, or not before the column names: it is held
// as a whole, and may be as large as a record may. Record is the 0-based row.
func (x *run) jsonTable(w *window, shape jsonShape) error {
	b, f := x.all(w, x.o.MaxRecord)
	if f != nil {
		f.detail += "; a table of this shape is read as a whole: write it with to_json(orient=\"records\", lines=True)"
		x.rejectf(0, f)
		return errDone
	}
	if b == nil {
		return w.err
	}
	s := scanner{b: b}
	t := tableRows{at: map[string]int{}}
	s.space()
	err := s.object(0, func(key, raw []byte) { t.member(shape, key, raw) })
	if err != nil {
		x.rejectf(0, jsonFault(&s, err))
		return errDone
	}
	t.split()
	for i, row := range t.rows {
		x.next = int64(i) + 1
		var slots [numFields]slot
		have := row.names
		for k, v := range row.values {
			x.r.names.offer(&slots, []byte(row.names[k]), v)
		}
		x.look.table(have)
		ok := true
		if f := x.jsonSlots(&slots, int64(i), &ok, func() []seen { return seenNames(have) }); f != nil {
			ok = x.rejectf(int64(i), f)
		}
		if !ok {
			return errStop
		}
	}
	return w.err
}

// tableRows gathers the cells of a table by rows.
type tableRows struct {
	rows []tableRow
	at   map[string]int // the row of an index
	// of shapeSplit
	columns []string
	data    [][]byte
}

type tableRow struct {
	names  []string
	values [][]byte // valid JSON
}

// member takes a member of the table's outermost object.
func (t *tableRows) member(shape jsonShape, key, raw []byte) {
	s := scanner{b: raw}
	switch {
	case shape == shapeSplit && string(key) == "columns" && raw[0] == '[':
		_ = s.array(0, func(e []byte) { // raw is valid: it has been gone over
			name, ok := jsonScalar(e)
			if !ok {
				name = "column " + strconv.Itoa(len(t.columns))
			}
			t.columns = append(t.columns, name)
		})
	case shape == shapeSplit && string(key) == "data" && raw[0] == '[':
		_ = s.array(0, func(e []byte) { t.data = append(t.data, e) })
	case raw[0] != '{' || shape == shapeSplit:
	case shape == shapeIndex:
		i := t.row(unquote(key))
		_ = s.object(0, func(k, v []byte) { t.add(i, unquote(k), v) })
	case shape == shapeColumns:
		name := unquote(key)
		_ = s.object(0, func(k, v []byte) { t.add(t.row(unquote(k)), name, v) })
	}
}

func (t *tableRows) row(index string) int {
	i, ok := t.at[index]
	if !ok {
		i = len(t.rows)
		t.at[index] = i
		t.rows = append(t.rows, tableRow{})
	}
	return i
}

func (t *tableRows) add(i int, name string, v []byte) {
	t.rows[i].names = append(t.rows[i].names, name)
	t.rows[i].values = append(t.rows[i].values, v)
}

// split makes rows of the data of shapeSplit, once the columns are known.
func (t *tableRows) split() {
	for _, raw := range t.data {
		var r tableRow
		if raw[0] == '[' {
			s := scanner{b: raw}
			_ = s.array(0, func(e []byte) {
				if k := len(r.values); k < len(t.columns) {
					r.names, r.values = append(r.names, t.columns[k]), append(r.values, e)
				}
			})
		}
		t.rows = append(t.rows, r)
	}
}
