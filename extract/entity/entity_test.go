package entity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
)

// annotated is a document of the text, tagged and parsed.
func annotated(t testing.TB, text string) *news.Document {
	t.Helper()
	p, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := token.New(english.Language()).Document(&news.Article{Body: text})
	p.Annotate(d)
	return d
}

// told writes an entity as the tests have it: kind, name, titles, aliases.
func told(e *Entity) string {
	s := e.Type.String() + " " + e.Name
	if len(e.Titles) > 0 {
		s += " [" + strings.Join(e.Titles, "; ") + "]"
	}
	if len(e.Aliases) > 0 {
		s += " = " + strings.Join(e.Aliases, "; ")
	}
	return s
}

func TestFind(t *testing.T) {
	r, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"form of address", "The clinic thanked Marta Olsson. Its owner, Ms. Olsson, was in Sweden.",
			"Person Marta Olsson = Olsson"},
		{"office", "Foreign Secretary Dana Whitlock met reporters on Tuesday. Whitlock said the talks would go on.",
			"Person Dana Whitlock [Foreign Secretary] = Whitlock"},
		{"several offices", "He met Deputy Prime Minister Ilse Okonkwo and Secretary of State Paul Varga in the capital.",
			"Person Ilse Okonkwo [Deputy Prime Minister]\nPerson Paul Varga [Secretary of State]"},
		{"rank", "Gen Somchai Prasert arrived late. Gen Somchai said nothing to the reporters.",
			"Person Somchai Prasert [Gen] = Somchai"},
		{"second surname", "Juan Perez Ruiz, who runs the mill, was there. Perez said he was tired. Juan Perez left early.",
			"Person Juan Perez Ruiz = Juan Perez; Perez"},
		{"nickname", "Tanya \"Big T\" Rowcliffe won the race. Rowcliffe said it was a dream.",
			"Person Tanya \"Big T\" Rowcliffe = Rowcliffe"},
		{"no nickname", "Story by Tom Reed\n\n\"Never,\" Anna Bold said. Bold said it was a dream.",
			"Person Tom Reed\nPerson Anna Bold = Bold"},
		{"shared surname", "Anna and Tom Reed opened the shop in May. Anna said it was hard work.",
			"Person Anna Reed = Anna\nPerson Tom Reed"},
		{"body with of", "Delegates of the Assembly of Coastal Peoples met on Monday. The Ministry of Finance and Planning sent two officials.",
			"Organization Assembly of Coastal Peoples\nOrganization Ministry of Finance and Planning"},
		{"acronym", "The Coastal Fisheries Commission (CFC) said on Friday that quotas would fall. The CFC meets in June.",
			"Organization Coastal Fisheries Commission = CFC"},
		{"company", "Shares in Brightwater plc fell. Brightwater said it would cut jobs.",
			"Organization Brightwater plc = Brightwater"},
		{"namesakes", "Sarah Holt met her husband, Martin Holt, in 1990. Mr. Holt is a teacher. Ms. Holt is a nurse.",
			"Person Sarah Holt = Holt\nPerson Martin Holt = Holt"},
		{"body named for a person", "Ingrid Solheim studied at the Thomas Reed University in Oslo. She met Thomas Reed there.",
			"Person Ingrid Solheim\nOrganization Thomas Reed University\nPerson Thomas Reed"},
		{"bodies by a noun", "The Whitlock campaign denied it. The campaign manager of Dana Whitlock left. The Oslo police and the Norwegian government agreed.",
			"Organization Whitlock campaign\nPerson Dana Whitlock\nOrganization Oslo police\nOrganization Norwegian government"},
		{"slip", "Governor Pilar Montenegro spoke first. Later Montengero said she was pleased.",
			"Person Pilar Montenegro [Governor] = Montengero"},
		{"particles", "Ahmad bin Rashid al-Harbi and Ursula von der Heide signed the deal. Von der Heide said it was fair.",
			"Person Ahmad bin Rashid al-Harbi\nPerson Ursula von der Heide = Von der Heide"},
		{"malay honours", "Dato' Sri Azman Yusof opened the hall. Azman said it had cost too much.",
			"Person Azman Yusof [Dato' Sri] = Azman"},
		{"acronym of small words", "The Alliance to Restore Our Marshes (AROM) said it was angry. On Monday AROM leaders met the mayor of the town.",
			"Organization Alliance to Restore Our Marshes = AROM"},
		{"initials of a person", "Kalinda Kori-Shah came to the ferry terminal on a cold morning in autumn. Friends called her KKS, and KKS did not mind.",
			"Person Kalinda Kori-Shah = KKS"},
		{"headline", "Fishermen's Wives Corner Whitlock on Quotas\n\nMinister Dana Whitlock was asked about the quotas in the hall of the school. Whitlock said it was late and that she would answer another day.",
			"Person Dana Whitlock [Minister] = Whitlock"},
		{"whole office", "The former presidential candidate Paul Varga spoke last. Nobody had asked him to come to the meeting.",
			"Person Paul Varga [former presidential candidate]"},
		{"nationality before an office", "The Danish President Ilse Okonkwo says so today in the capital, as she did last week.",
			"Person Ilse Okonkwo [Danish President]"},
		{"father and son", "The race was won by Orlo Finch. His son, Orlo Finch Jr., came second, and Finch Jr. did not mind.",
			"Person Orlo Finch\nPerson Orlo Finch Jr. = Finch Jr."},
		{"judge", "The panel was led by Mr Justice Penhallow, who had read the papers. Justice Amara Vole agreed with what he wrote.",
			"Person Penhallow [Mr Justice]\nPerson Amara Vole [Justice]"},
		{"gender of pronouns", "Ilse Marrow met Paul Marrow at school. Marrow said his boat was old. Later Marrow sold his boat and left his wife the house.",
			"Person Ilse Marrow\nPerson Paul Marrow = Marrow"},
	} {
		d := annotated(t, c.text)
		f := r.Find(d)
		check(t, d, f)
		var got []string
		for i := range f.Entities {
			if e := &f.Entities[i]; e.Type == Person || e.Type == Organization {
				got = append(got, told(e))
			}
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, s, c.want)
		}
	}
}

// check tests what holds for every answer: names in order, not overlapping,
// inside sentences, and each tied to the entity that lists it.
func check(t *testing.T, d *news.Document, f *Found) {
	t.Helper()
	end := int32(0)
	for i, n := range f.Names {
		if n.Tokens.Empty() || n.Tokens.First < end || int(n.Tokens.End) > len(d.Tokens) {
			t.Fatalf("name %d stands at %v, after %d", i, n.Tokens, end)
		}
		end = n.Tokens.End
		if !n.Title.Empty() && n.Title.End != n.Tokens.First {
			t.Errorf("title %v does not end at the name %v", n.Title, n.Tokens)
		}
		if n.Kind == Nationality != (n.Entity < 0) {
			t.Errorf("name %d is a %s of entity %d", i, n.Kind, n.Entity)
		}
		if n.Entity >= 0 && !slices.Contains(f.Entities[n.Entity].Names, int32(i)) {
			t.Errorf("entity %d does not list name %d", n.Entity, i)
		}
	}
	last := int32(-1)
	for i := range f.Entities {
		e := &f.Entities[i]
		if len(e.Names) == 0 || e.Name == "" || e.Names[0] <= last {
			t.Fatalf("entity %d, %q, has the names %v", i, e.Name, e.Names)
		}
		last = e.Names[0]
	}
}

// The same article gives the same answer whoever asks and whatever was asked
// before.
func TestSame(t *testing.T) {
	r, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	a := annotated(t, strings.Repeat("Maya Lind and the Harbour Trust met Karl Lind in Oslo. Mr. Lind left. ", 20))
	b := annotated(t, "Nothing to see here. Ana Sousa, of the Lisbon Review, agrees.")
	want := fmt.Sprint(*r.Find(a))
	r.Find(b)
	if got := fmt.Sprint(*r.Find(a)); got != want {
		t.Error("a second look gives another answer")
	}
}

func FuzzFind(f *testing.F) {
	r, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	p, err := syntax.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Dr. Ann Lee (ALC) and the \"Big\" Bob of Of The & Sons's said .")
	f.Fuzz(func(t *testing.T, text string) {
		d := token.New(english.Language()).Document(&news.Article{Body: strings.ToValidUTF8(text, "")})
		p.Annotate(d)
		check(t, d, r.Find(d))
	})
}

func BenchmarkFind(b *testing.B) {
	r, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("Foreign Secretary Dana Whitlock met officials of the Harbour Trust in Oslo on Tuesday. "+
		"She said the plan, which had been discussed for months, would be put to a vote before the end of the year.\n\n"+
		"The trust's director, Karl Lind, told reporters that he had no doubt it would pass, whatever its critics said.\n\n", 16)
	d := annotated(b, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.Find(d)
	}
}
