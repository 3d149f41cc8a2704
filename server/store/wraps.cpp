#include "server/store/wraps.hpp"

namespace kasane::store {

namespace {

void put_part(std::string& out, std::string_view part) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(part.size() >> shift & 0xff));
  out.append(part);
}

std::string_view take_part(std::string_view& rest) {
  std::size_t length = 0;
  if (rest.size() >= 4)
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(rest[i]);
  if (rest.size() < 4 || length > rest.size() - 4)
    throw conference::StoreError("the database is damaged: a list of wraps is cut short");
  const auto part = rest.substr(4, length);
  rest.remove_prefix(4 + length);
  return part;
}

}  // namespace

Wraps::Wraps(Database& database)
    : add_(database, "INSERT OR IGNORE INTO wraps (root, list) VALUES (?, ?)"),
      drop_(database, "DELETE FROM wraps WHERE root = ?"),
      list_(database, "SELECT list FROM wraps WHERE root = ?") {}

void Wraps::add(const conference::WrapList& list) {
  std::string bytes;
  for (const auto& wrap : list.wraps) {
    put_part(bytes, wrap.device);
    put_part(bytes, wrap.bytes);
  }
  add_.use().bytes(list.root.bytes).bytes(crypto::view(bytes)).run();
}
void Wraps::drop(const crypto::Hash& root) { drop_.use().bytes(root.bytes).run(); }

std::vector<conference::Wrap> Wraps::list(const crypto::Hash& root) {
  std::vector<conference::Wrap> wraps;
  list_.use().bytes(root.bytes);
  if (!list_.step()) return wraps;
  const std::string bytes(list_.blob(0));
  list_.done();
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const auto device = take_part(rest);
    wraps.push_back({std::string(device), std::string(take_part(rest))});
  }
  return wraps;
}

}  // namespace kasane::store
