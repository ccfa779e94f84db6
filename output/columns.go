package output

// The columns of the tables of an extraction, in order: the one place that says what they
// are called, hold and mean. Those across articles stand in across.go.

func articleColumns() []column[ArticleRow] {
	type row = ArticleRow
	return []column[row]{
		str("article_id", "the input's own id where it names one, else the first 16 digits of text_sha256", func(r *row) string { return r.ArticleID }),
		long(str("source_path", "file the article came from, as named on the command line", func(r *row) string { return r.SourcePath })),
		i64("source_record", "0-based record in that file, or byte offset in a WARC file", func(r *row) int64 { return r.SourceRecord }),
		long(strOrNull("url", "address of the article", func(r *row) string { return r.URL })),
		long(strOrNull("title", "headline", func(r *row) string { return r.Title })),
		long(strOrNull("outlet", "newspaper, agency or site that published it", func(r *row) string { return r.Outlet })),
		strs("authors", "the byline's names, in order", func(r *row) []string { return r.Authors }),
		timeOrNull("published", "time of publication, UTC; a date alone is midnight", func(r *row) *Timestamp { return r.Published }),
		strOrNull("language", "ISO 639-1 code of the text's language", func(r *row) string { return r.Language }),
		long(column[row]{
			Column: Column{"text", "string", true, "the text that every offset refers to; null only with --no-text"},
			value: func(r *row) value {
				if r.Text == nil {
					return value{}
				}
				return value{kind: isString, s: *r.Text}
			},
		}),
		str("text_sha256", "SHA-256 of the text's UTF-8 bytes, 64 hex digits", func(r *row) string { return r.TextSHA256 }),
		i32("n_chars", "Unicode code points of the text", func(r *row) int32 { return r.NChars }),
		i32("n_words", "words of the text: runs without white space that hold a letter or digit", func(r *row) int32 { return r.NWords }),
		i32("n_sentences", "sentences found; 0 unless status is ok", func(r *row) int32 { return r.NSentences }),
		i32("n_quotes", "rows of this article in quotes", func(r *row) int32 { return r.NQuotes }),
		strs("repairs", "what was mended in the text as it was read: html, escapes, entities, mojibake, controls, lost_marks, doubled, invisible, markdown", func(r *row) []string { return r.Repairs }),
		str("status", "ok, skipped or failed", func(r *row) string { return r.Status }),
		strOrNull("reason", "why it was skipped or failed, such as empty, too_large, not_english, bad_encoding; null when ok", func(r *row) string { return r.Reason }),
	}
}

func quoteColumns() []column[QuoteRow] {
	type row = QuoteRow
	return []column[row]{
		str("quote_id", "16 hex digits, the same for the same article, settings and model", func(r *row) string { return r.QuoteID }),
		str("article_id", "articles.article_id", func(r *row) string { return r.ArticleID }),
		i32("ordinal", "0-based place among the article's quotations, in text order", func(r *row) int32 { return r.Ordinal }),
		str("type", "direct (inside quotation marks), indirect (outside) or mixed", func(r *row) string { return r.Type }),
		str("form", "full (sentence or clause), fragment, or unclosed (a mark is missing)", func(r *row) string { return r.Form }),
		str("act", "statement (said or written) or attitude (believed, wished, intended, perceived)", func(r *row) string { return r.Act }),
		str("polarity", "affirmed (said), negated (never said that) or refused (declined to comment)", func(r *row) string { return r.Polarity }),
		str("modality", "asserted, asked, ordered, hypothetical (would say) or future (will say)", func(r *row) string { return r.Modality }),
		long(str("text", "the words, verbatim; parts joined with one space", func(r *row) string { return r.Text })),
		i32("start", "first code point of the whole extent in articles.text", func(r *row) int32 { return r.Start }),
		i32("end", "code point after the extent", func(r *row) int32 { return r.End }),
		i32("byte_start", "first byte of the extent in articles.text as UTF-8", func(r *row) int32 { return r.ByteStart }),
		i32("byte_end", "byte after the extent", func(r *row) int32 { return r.ByteEnd }),
		parts("parts", "the contiguous pieces in text order; quoted: stands inside quotation marks"),
		i32("n_words", "words of text: runs without white space that hold a letter or digit", func(r *row) int32 { return r.NWords }),
		i32("paragraph", "0-based paragraph of start", func(r *row) int32 { return r.Paragraph }),
		i32("sentence", "0-based sentence of start, counted over the article", func(r *row) int32 { return r.Sentence }),
		long(str("context_before", "up to 120 characters of the article right before start, cut at a word", func(r *row) string { return r.ContextBefore })),
		long(str("context_after", "up to 120 characters of the article right after end, cut at a word", func(r *row) string { return r.ContextAfter })),
		long(strOrNull("cue", "the words that report: said, according to", func(r *row) string { return r.Cue })),
		i32OrNull("cue_start", "first code point of cue", func(r *row) *int32 { return r.CueStart }),
		i32OrNull("cue_end", "code point after cue", func(r *row) *int32 { return r.CueEnd }),
		i32OrNull("cue_byte_start", "first byte of cue", func(r *row) *int32 { return r.CueByteStart }),
		i32OrNull("cue_byte_end", "byte after cue", func(r *row) *int32 { return r.CueByteEnd }),
		long(strOrNull("cue_lemma", "base form of the cue's head word: say", func(r *row) string { return r.CueLemma })),
		long(strOrNull("source", "the words right there that name the speaker", func(r *row) string { return r.Source })),
		i32OrNull("source_start", "first code point of source", func(r *row) *int32 { return r.SourceStart }),
		i32OrNull("source_end", "code point after source", func(r *row) *int32 { return r.SourceEnd }),
		i32OrNull("source_byte_start", "first byte of source", func(r *row) *int32 { return r.SourceByteStart }),
		i32OrNull("source_byte_end", "byte after source", func(r *row) *int32 { return r.SourceByteEnd }),
		strOrNull("source_form", "name, pronoun or nominal", func(r *row) string { return r.SourceForm }),
		long(strOrNull("speaker", "fullest proper name in the article for a person or organization, the noun phrase for other kinds; null when unknown", func(r *row) string { return r.Speaker })),
		strOrNull("speaker_id", "entities.entity_id of the speaker", func(r *row) string { return r.SpeakerID }),
		str("speaker_kind", "person, organization, document, group, unnamed, author or unknown", func(r *row) string { return r.SpeakerKind }),
		long(strOrNull("speaker_title", "title used for the speaker: Foreign Secretary", func(r *row) string { return r.SpeakerTitle })),
		strOrNull("speaker_gender", "female or male, as the article has it; its basis is entities.gender_basis", func(r *row) string { return r.SpeakerGender }),
		f32("detect_confidence", "probability, 0 to 1, that the quotation is right", func(r *row) float32 { return r.DetectConfidence }),
		f32("speaker_confidence", "probability, 0 to 1, that the speaker is right; 0 when unknown", func(r *row) float32 { return r.SpeakerConfidence }),
		str("method", "rule or model that found the speaker; none when nothing did", func(r *row) string { return r.Method }),
		candidates("candidates", "possible speakers, best first, at most 5"),
		long(strOrNull("anonymity_reason", "the article's words that say why the speaker is not named: because he was not authorized to speak", func(r *row) string { return r.AnonymityReason })),
		strOrNull("group_id", "set where a statement runs over several paragraphs; shared by its pieces that are rows of their own, as each has a cue", func(r *row) string { return r.GroupID }),
		strOrNull("parent_quote_id", "quotes.quote_id of the quotation this one is nested in", func(r *row) string { return r.ParentQuoteID }),
		timeOrNull("published", "articles.published", func(r *row) *Timestamp { return r.Published }),
		long(strOrNull("outlet", "articles.outlet", func(r *row) string { return r.Outlet })),
	}
}

func mentionColumns() []column[MentionRow] {
	type row = MentionRow
	return []column[row]{
		str("article_id", "articles.article_id", func(r *row) string { return r.ArticleID }),
		str("mention_id", "16 hex digits, the same for the same article, settings and model", func(r *row) string { return r.MentionID }),
		str("entity_id", "entities.entity_id", func(r *row) string { return r.EntityID }),
		long(str("text", "the words, verbatim", func(r *row) string { return r.Text })),
		i32("start", "first code point in articles.text", func(r *row) int32 { return r.Start }),
		i32("end", "code point after the mention", func(r *row) int32 { return r.End }),
		i32("byte_start", "first byte in articles.text as UTF-8", func(r *row) int32 { return r.ByteStart }),
		i32("byte_end", "byte after the mention", func(r *row) int32 { return r.ByteEnd }),
		str("form", "name, pronoun or nominal", func(r *row) string { return r.Form }),
		strOrNull("in_quote_id", "quotes.quote_id of the innermost quotation with this mention inside one of its parts", func(r *row) string { return r.InQuoteID }),
	}
}

func entityColumns() []column[EntityRow] {
	type row = EntityRow
	return []column[row]{
		str("article_id", "articles.article_id", func(r *row) string { return r.ArticleID }),
		str("entity_id", "16 hex digits, the same for the same article, settings and model", func(r *row) string { return r.EntityID }),
		long(str("name", "fullest proper name in the article, or the noun phrase", func(r *row) string { return r.Name })),
		str("kind", "person, organization, document, group, unnamed, author or unknown", func(r *row) string { return r.Kind }),
		strs("titles", "titles the article gives: Foreign Secretary", func(r *row) []string { return r.Titles }),
		strs("aliases", "other names and acronyms the article uses", func(r *row) []string { return r.Aliases }),
		strOrNull("gender", "female or male, as the article has it", func(r *row) string { return r.Gender }),
		strOrNull("gender_basis", "what gender rests on: pronoun, title or first_name", func(r *row) string { return r.GenderBasis }),
		i32("n_mentions", "rows of this entity in mentions", func(r *row) int32 { return r.NMentions }),
		i32("n_quotes", "rows of quotes with this speaker_id", func(r *row) int32 { return r.NQuotes }),
		i32("n_words_quoted", "sum of quotes.n_words over those", func(r *row) int32 { return r.NWordsQuoted }),
	}
}

func rejectColumns() []column[RejectRow] {
	type row = RejectRow
	return []column[row]{
		long(str("source_path", "file the record came from, as named on the command line", func(r *row) string { return r.SourcePath })),
		i64("source_record", "0-based record in that file, or byte offset in a WARC file", func(r *row) int64 { return r.SourceRecord }),
		str("reason", "why it could not be read, one word", func(r *row) string { return r.Reason }),
		long(str("detail", "what was wrong, for people; may be empty", func(r *row) string { return r.Detail })),
		str("run_id", "the run that met it", func(r *row) string { return r.RunID }),
	}
}
