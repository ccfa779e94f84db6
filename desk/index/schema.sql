CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  n INTEGER PRIMARY KEY, article_id TEXT NOT NULL, title TEXT NOT NULL, outlet INTEGER NOT NULL,
  published INTEGER, first INTEGER NOT NULL, count INTEGER NOT NULL, status TEXT NOT NULL
);
CREATE TABLE docs (n INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE outlets (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, articles INTEGER NOT NULL, statements INTEGER NOT NULL, named INTEGER NOT NULL);
CREATE TABLE statements (
  n INTEGER PRIMARY KEY, article INTEGER NOT NULL, ordinal INTEGER NOT NULL, person INTEGER NOT NULL,
  outlet INTEGER NOT NULL, type TEXT NOT NULL, kind TEXT NOT NULL, confidence REAL NOT NULL, speaker_confidence REAL NOT NULL
);
CREATE VIRTUAL TABLE texts USING fts5(words, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE sets (chunk INTEGER, token TEXT, members BLOB NOT NULL, PRIMARY KEY (chunk, token)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE common (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE people (
  n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
  female INTEGER NOT NULL, male INTEGER NOT NULL, basis TEXT NOT NULL,
  articles INTEGER NOT NULL, outlets INTEGER NOT NULL, statements INTEGER NOT NULL, n_words INTEGER NOT NULL,
  first INTEGER, last INTEGER, about TEXT NOT NULL
);
CREATE TABLE person_outlets (person INTEGER, outlet INTEGER, count INTEGER NOT NULL, PRIMARY KEY (person, outlet)) WITHOUT ROWID;
CREATE TABLE person_months (person INTEGER, month TEXT, count INTEGER NOT NULL, PRIMARY KEY (person, month)) WITHOUT ROWID;
CREATE TABLE person_titles (person INTEGER, title TEXT, count INTEGER NOT NULL, first INTEGER, last INTEGER, PRIMARY KEY (person, title)) WITHOUT ROWID;
CREATE VIRTUAL TABLE names USING fts5(name, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE quotations (
  n INTEGER PRIMARY KEY, quotation_id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, type TEXT NOT NULL, person INTEGER NOT NULL,
  statements INTEGER NOT NULL, articles INTEGER NOT NULL, outlets INTEGER NOT NULL, first INTEGER, last INTEGER
);
CREATE TABLE quotation_members (
  quotation INTEGER, statement INTEGER, relation TEXT NOT NULL, similarity REAL NOT NULL, PRIMARY KEY (quotation, statement)
) WITHOUT ROWID;
CREATE TABLE copies (article_id TEXT PRIMARY KEY, copy_id TEXT NOT NULL, similarity REAL NOT NULL, earliest INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE counts (what TEXT, key TEXT, sub TEXT, count INTEGER NOT NULL, PRIMARY KEY (what, key, sub)) WITHOUT ROWID;
