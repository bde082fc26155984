-- Writes a day's report under the fencing token :token, or nothing if a higher one was seen. For
-- SQLite and PostgreSQL as it is; made for once with:
--   CREATE TABLE fence (job TEXT PRIMARY KEY, token BIGINT NOT NULL);
--   INSERT INTO fence VALUES ('report', 0);
--   CREATE TABLE reports (day TEXT, total INTEGER);
BEGIN;
-- First, and in the same transaction: it takes the row's lock until COMMIT, so that a writer with a
-- higher token is wholly before or wholly after this one.
UPDATE fence SET token = :token WHERE job = 'report' AND token <= :token;
-- Every write asks whether the row holds our token now.
INSERT INTO reports SELECT '2026-11-22', 42
  FROM fence WHERE job = 'report' AND token = :token;
SELECT CASE WHEN token = :token THEN 'written' ELSE 'refused: a higher token was seen' END
  FROM fence WHERE job = 'report';
COMMIT;
