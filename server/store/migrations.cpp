#include "server/store/migrations.hpp"

#include <iterator>

#include "server/conference/commit.hpp"

namespace kasane::store {

namespace {
const char* const steps[] = {
#include "schema.inc"
};
}  // namespace

std::int64_t schema_version() { return static_cast<std::int64_t>(std::size(steps)); }

void migrate(Database& database) {
  const std::int64_t done = database.number("PRAGMA user_version");
  if (done > schema_version())
    throw conference::StoreError("the database has schema version " + std::to_string(done) +
                                 ", and this program knows versions up to " + std::to_string(schema_version()) +
                                 ": use the program that wrote it, or a newer one");
  for (std::int64_t step = done; step < schema_version(); ++step)
    database.run("BEGIN IMMEDIATE;" + std::string(steps[step]) + ";PRAGMA user_version=" + std::to_string(step + 1) +
                 ";COMMIT;");
}

}  // namespace kasane::store
