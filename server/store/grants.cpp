#include "server/store/grants.hpp"

namespace kasane::store {

Grants::Grants(Database& database)
    : add_(database, "INSERT INTO grants (i, record, device, wrap) VALUES (?, ?, ?, ?)"),
      drop_(database, "DELETE FROM grants WHERE record = ?"),
      newest_(database, "SELECT i, wrap FROM grants WHERE record = ? AND device = ? ORDER BY i DESC LIMIT 1") {}

void Grants::add(const conference::Grant& grant) {
  add_.use().bind(grant.index).text(grant.record).text(grant.device).bytes(crypto::view(grant.wrap)).run();
}
void Grants::drop(std::string_view record) { drop_.use().text(record).run(); }

std::optional<conference::Grant> Grants::newest(std::string_view record, std::string_view device) {
  newest_.use().text(record).text(device);
  if (!newest_.step()) return std::nullopt;
  conference::Grant grant{std::string(record), std::string(device), newest_.integer(0), std::string(newest_.blob(1))};
  newest_.done();
  return grant;
}

}  // namespace kasane::store
