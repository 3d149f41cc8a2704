-- The newest heads that others, or the log's own clock, have put their time under. FORMAT.md "The file".
CREATE TABLE cosigned (
  which INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  note TEXT NOT NULL,
  policy TEXT NOT NULL
) STRICT;
