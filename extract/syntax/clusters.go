package syntax

// Clusters tells among which words a word stands in news: the numbers of its
// cluster and of the group of clusters that is alike, from 1; 0 for a word
// that the parser does not know.
func (p *Parser) Clusters(word string) (cluster uint16, group uint8) {
	e := p.tagger.lexicon.entry(WordHash(word))
	return e.Cluster, e.Group
}

// Known is the hash of a word in lower case and what the parser's lexicon
// knows of it.
func (p *Parser) Known(word string) (uint64, Entry) {
	h := WordHash(word)
	return h, p.tagger.lexicon.entry(h)
}
