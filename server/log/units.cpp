#include "server/log/units.hpp"

namespace kasane::log {

namespace {
std::string_view key_of(const crypto::UnitTag& tag) {
  return {reinterpret_cast<const char*>(tag.bytes.data()), tag.bytes.size()};
}
}  // namespace

std::optional<UnitNumber> Units::find(std::string_view name) const {
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<UnitNumber> Units::find(const crypto::UnitTag& tag) const {
  const auto at = by_tag_.find(key_of(tag));
  return at == by_tag_.end() ? std::nullopt : std::optional(at->second);
}

UnitNumber Units::create(std::string name, const crypto::Salt& salt) {
  const auto unit = static_cast<UnitNumber>(chains_.size());
  UnitChain& chain = chains_.emplace_back();
  chain.name = std::move(name);
  chain.salt = salt;
  chain.tag = crypto::unit_tag(salt, chain.name);
  by_name_.emplace(chain.name, unit);
  by_tag_.emplace(key_of(chain.tag), unit);
  return unit;
}

}  // namespace kasane::log
