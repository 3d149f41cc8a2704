// Bytes of a ledger's file, changed one after another: `verify` says so, or a named rule says why the byte is nobody's.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>

#include "tests/verify/given_ledger.hpp"

using namespace kasane;

namespace {

/// Every row that says something, as text. Left out, and so each a rule by which a byte may change unseen:
/// the row numbers of blobs, wraps and grants, which nothing refers to; half_signed, which is not of the ledger yet;
/// the salt of a unit without an entry, which no leaf holds.
std::string said(const std::filesystem::path& folder) {
  store::Database database((folder / "ledger.db").string(), store::Access::frozen);
  std::string out;
  for (const char* sql : {
           "SELECT quote(i), quote(envelope) FROM entries ORDER BY i",
           "SELECT quote(i) || quote(at_ms) || quote(unit) || quote(position) || quote(nonce), quote(leaf) FROM leaves "
           "ORDER BY i",
           "SELECT quote(unit) || quote(name), CASE WHEN unit IN (SELECT unit FROM leaves) THEN quote(salt) ELSE "
           "length(salt) || typeof(salt) END FROM units ORDER BY unit",
           "SELECT quote(size), quote(note) FROM checkpoints ORDER BY size",
           "SELECT quote(digest), quote(bytes) FROM blobs ORDER BY digest",
           "SELECT quote(root), quote(list) FROM wraps ORDER BY root",
           "SELECT quote(i) || quote(record), quote(device) || quote(wrap) FROM grants ORDER BY i, record, device",
           "SELECT quote(i) || quote(item), quote(bytes) FROM frames ORDER BY i",
       }) {
    store::Query query(database, sql);
    while (query.step()) out.append(query.blob(0)).append(" ").append(query.blob(1)).append("\n");
  }
  return out;
}

}  // namespace

TEST_CASE("no byte of a ledger's file changes what it says without being found") {
  const given::SmallLedger ledger;
  const auto file = ledger.path() / "ledger.db";
  const std::string before = said(ledger.path());
  const char* nightly = std::getenv("KASANE_NIGHTLY");
  const std::size_t step = nightly != nullptr && *nightly != '\0' ? 1 : 16;
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  const auto size = std::filesystem::file_size(file);
  std::size_t reported = 0, nobodys = 0;
  for (std::size_t at = 0; at < size; at += step) {
    const auto place = static_cast<std::streamoff>(at);
    bytes.seekg(place);
    const int was = bytes.get();
    const auto put = [&](int value) {
      bytes.seekp(place);
      bytes.put(static_cast<char>(value));
      bytes.flush();
    };
    put(was ^ (1 << at / step % 8));
    std::string after;
    try {
      after = said(ledger.path());
    } catch (const conference::StoreError&) {
      after.clear();
    }
    if (after == before) {
      ++nobodys;  // the rule: no row reads differently (free space, a page's unused bytes, counters of the file)
    } else {
      const auto report = given::verify(ledger.path());
      const auto differs = std::ranges::mismatch(before, after).in2 - after.begin();
      if (report.holds())
        FAIL_CHECK("byte " << at << " of " << size << " changed a row and was not found: "
                           << after.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(differs - 200, 0)), 400));
      ++reported;
    }
    put(was);
  }
  CHECK(said(ledger.path()) == before);
  CHECK(given::verify(ledger.path()).holds());
  CHECK(reported > 500);
  WARN(size << " bytes, every " << step << ": " << reported << " found, " << nobodys << " in no row");
}
