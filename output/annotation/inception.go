package annotation

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// INCEpTION, and other tools on UIMA. DOC.xmi is a CAS in XMI: the text, its
// sentences and tokens, a webanno.custom.Quotation for every marked span, and a
// webanno.custom.QuotationLink between those of one statement (graph.go). One
// span layer serves all roles, because a relation layer joins annotations of one
// layer. TypeSystem.xml describes the two layers; INCEpTION makes them of it.
// Offsets are UTF-16 units.
//
// XML 1.0 cannot hold most control characters: they become U+FFFD, which is
// told, and no offset moves.

const (
	xmiTypeSystem = "TypeSystem.xml"
	xmiSpan       = "Quotation"
	xmiLink       = "QuotationLink"
	xmiCustom     = "http:///webanno/custom.ecore"
)

// xmiFeature is a feature of the span layer: UIMA keeps some names for itself.
type xmiFeature struct {
	name, what string
	of         func(*Attributes) *string
}

func xmiFeatures() []xmiFeature {
	out := []xmiFeature{{"speaker", "fullest name of who speaks, on the first Content", func(a *Attributes) *string { return &a.Speaker }}}
	for _, c := range choices() {
		name := strings.ToLower(c.name[:1]) + c.name[1:]
		if c.key == "type" {
			name = "quotationType"
		}
		out = append(out, xmiFeature{name, strings.Join(c.values, ", "), c.of})
	}
	return out
}

// xmiTypes is the type system.
func xmiTypes() string {
	var b strings.Builder
	b.WriteString(xml.Header + "<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n")
	feature := func(name, what, rangeType string) {
		fmt.Fprintf(&b, "<featureDescription><name>%s</name><description>%s</description><rangeTypeName>%s</rangeTypeName></featureDescription>\n", name, what, rangeType)
	}
	begin := func(name, what, super string) {
		fmt.Fprintf(&b, "<typeDescription><name>%s</name><description>%s</description><supertypeName>%s</supertypeName><features>\n", name, what, super)
	}
	const end, text = "</features></typeDescription>\n", "uima.cas.String"
	begin("webanno.custom."+xmiSpan, "A part of a statement: its content, its cue or its source", "uima.tcas.Annotation")
	feature("role", "Content, Cue or Source", text)
	for _, f := range xmiFeatures() {
		feature(f.name, f.what, text)
	}
	feature("whosaid", "kept by whosaid; leave as it is", text)
	b.WriteString(end)
	begin("webanno.custom."+xmiLink, "From the first Content of a statement to its other parts", "uima.tcas.Annotation")
	feature("Dependent", "", "webanno.custom."+xmiSpan)
	feature("Governor", "", "webanno.custom."+xmiSpan)
	feature("part", "Content, Cue or Source", text)
	b.WriteString(end)
	const segmentation = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
	begin(segmentation+"Sentence", "", "uima.tcas.Annotation")
	feature("id", "", text)
	b.WriteString(end)
	begin(segmentation+"Token", "", "uima.tcas.Annotation")
	feature("id", "", text)
	b.WriteString(end)
	begin("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "", "uima.tcas.DocumentAnnotation")
	feature("documentTitle", "", text)
	feature("documentId", "", text)
	b.WriteString(end + "</types>\n</typeSystemDescription>\n")
	return b.String()
}

type xmiEncoder struct {
	folder   *folder
	options  Options
	register *register
}

func newInception(f *folder, o Options) (encoder, error) {
	s, err := f.stream(registerName)
	if err != nil {
		return nil, err
	}
	return &xmiEncoder{f, o, &register{s}}, f.put(xmiTypeSystem, xmiTypes())
}

func (e *xmiEncoder) close() error { return e.register.close() }

func (e *xmiEncoder) encode(d *Document, x *index) error {
	w := &xmiWriter{x: x, id: 1} // 1 is the sofa
	text := w.safe(d.Text)
	w.WriteString(xml.Header + `<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"` +
		` xmlns:metadata="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"` +
		` xmlns:segmentation="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"` +
		` xmlns:custom="` + xmiCustom + `" xmi:version="2.0">` + "\n<cas:NULL xmi:id=\"0\"/>\n")
	w.element("metadata:DocumentMetaData", Span{0, x.len()}, "language", "x-unspecified", "documentTitle", cmp.Or(d.Title, d.ID), "documentId", d.ID)
	for _, sentence := range d.tokens(x, e.options.Segment) {
		w.element("segmentation:Sentence", Span{sentence[0].Start, sentence[len(sentence)-1].End})
		for _, t := range sentence {
			w.element("segmentation:Token", t)
		}
	}
	w.graph(newGraph(d.Statements), d.Statements)
	fmt.Fprintf(w, "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"%s\"/>\n", escapeXML(text))
	fmt.Fprintf(w, "<cas:View sofa=\"1\" members=\"%s\"/>\n</xmi:XMI>\n", strings.Join(w.members, " "))
	if w.replaced > 0 {
		e.options.skip(d.ID, "characters that XML cannot hold: U+FFFD stands in their place")
	}
	name := e.folder.names.name(d.ID)
	if err := e.folder.put(name+".xmi", w.String()); err != nil {
		return err
	}
	return e.register.add(name, d)
}

// xmiWriter writes one CAS.
type xmiWriter struct {
	strings.Builder
	x        *index
	id       int
	members  []string
	replaced int // characters that XML cannot hold
}

// element writes an annotation with attributes, name by name, and gives its id.
func (w *xmiWriter) element(name string, s Span, attributes ...string) string {
	w.id++
	id := strconv.Itoa(w.id)
	w.members = append(w.members, id)
	begin, end := w.x.toUTF16(s)
	fmt.Fprintf(w, "<%s xmi:id=\"%s\" sofa=\"1\" begin=\"%d\" end=\"%d\"", name, id, begin, end)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			fmt.Fprintf(w, " %s=\"%s\"", attributes[i], escapeXML(w.safe(attributes[i+1])))
		}
	}
	w.WriteString("/>\n")
	return id
}

func (w *xmiWriter) graph(g *graph, statements []Statement) {
	ids := make([]string, len(g.nodes))
	for i, n := range g.nodes {
		attributes := []string{"role", string(n.role)}
		if n.statement >= 0 {
			s := &statements[n.statement]
			for _, f := range xmiFeatures() {
				attributes = append(attributes, f.name, *f.of(&s.Attributes))
			}
			attributes = append(attributes, "whosaid", s.hidden())
		}
		ids[i] = w.element("custom:"+xmiSpan, n.span, attributes...)
	}
	for _, l := range g.lines {
		to := g.nodes[l.to]
		w.element("custom:"+xmiLink, to.span, "Dependent", ids[l.to], "Governor", ids[l.from], "part", string(to.role))
	}
}

// safe puts U+FFFD in place of what XML 1.0 cannot hold, and counts. No offset
// moves: all that is above U+FFFF can be held.
func (w *xmiWriter) safe(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r != 0xFFFE && r != 0xFFFF {
			return r
		}
		w.replaced++
		return utf8.RuneError
	}, s)
}

// escapeXML is s as text or attribute of XML, line ends kept.
func escapeXML(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil { // a Builder does not fail
		return ""
	}
	return b.String()
}
