CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'texts', 'row');
INSERT INTO words SELECT term FROM temp.vocabulary;
DROP TABLE temp.vocabulary;
CREATE INDEX articles_id ON articles (article_id);
CREATE INDEX members_statement ON quotation_members (statement);
CREATE INDEX quotations_spread ON quotations (outlets DESC, articles DESC, n);
CREATE INDEX quotations_person ON quotations (person, articles DESC);
CREATE INDEX copies_id ON copies (copy_id);
UPDATE people SET outlets = (SELECT count(*) FROM person_outlets o WHERE o.person = people.n AND o.outlet > 0);
CREATE INDEX people_rank ON people (kind, statements DESC, n);
CREATE INDEX people_name ON people (name COLLATE NOCASE);
INSERT INTO names (rowid, name) SELECT n, name FROM people;
INSERT INTO names (names) VALUES ('optimize');
INSERT INTO counts SELECT 'persons', gender, basis, count(*) FROM (
  SELECT CASE WHEN female >= 9 * male AND female > 0 THEN 'female' WHEN male >= 9 * female AND male > 0 THEN 'male' ELSE '' END AS gender, basis
  FROM people WHERE kind = 'person' AND statements > 0) GROUP BY gender, basis;
INSERT INTO counts SELECT 'spread', CASE WHEN outlets >= 10 THEN '10+' WHEN outlets >= 5 THEN '5-9' ELSE CAST(outlets AS TEXT) END, '', count(*)
  FROM quotations GROUP BY 2;
ANALYZE;
