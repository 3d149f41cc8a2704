-- Never edited after a release: what changes comes as 0002_*.sql. FORMAT.md "The file" explains each table.
CREATE TABLE entries (
  i INTEGER PRIMARY KEY,
  envelope TEXT NOT NULL
) STRICT;

-- Narrow on purpose: start-up reads this table whole, and the entries one after another.
CREATE TABLE leaves (
  i INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  position INTEGER NOT NULL,
  nonce BLOB NOT NULL,
  leaf BLOB NOT NULL
) STRICT;

CREATE TABLE units (
  unit INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  salt BLOB NOT NULL
) STRICT;

CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE blobs (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE wraps (
  id INTEGER PRIMARY KEY,
  root BLOB NOT NULL UNIQUE,
  list BLOB NOT NULL
) STRICT;

CREATE TABLE grants (
  i INTEGER NOT NULL,
  record TEXT NOT NULL,
  device TEXT NOT NULL,
  wrap BLOB NOT NULL
) STRICT;
CREATE INDEX grants_by_record ON grants (record, device, i);

CREATE TABLE frames (
  i INTEGER PRIMARY KEY,
  item TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE half_signed (
  payload BLOB NOT NULL UNIQUE,
  person TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  envelope TEXT NOT NULL
) STRICT;
