#include "server/commands/verify/ends.hpp"

namespace kasane::commands::verify {

Ends::Ends(const std::vector<conference::UnitRow>& units, Report& report) : report_(report) {
  for (const auto& unit : units) {
    const bool counted = unit.name != "heads";
    place_.push_back(counted ? std::optional(rows_.size()) : std::nullopt);
    if (counted) rows_.push_back(Row{&unit.name, crypto::unit_tag(unit.salt, unit.name), 0, {}});
  }
}

void Ends::moved(std::size_t unit, const crypto::Hash& leaf) {
  if (unit >= place_.size() || !place_[unit]) return;
  Row& row = rows_[*place_[unit]];
  ++row.count;
  row.last = leaf;
  if (*place_[unit] < tree_.size()) moved_.insert(*place_[unit]);
}

void Ends::check(const ReadEntry& entry, const std::set<std::string>& named) {
  const auto head = [&](std::size_t at) { return crypto::unit_head(rows_[at].tag, rows_[at].count, rows_[at].last); };
  for (const auto at : moved_) tree_.set(at, head(at));
  moved_.clear();
  while (tree_.size() < rows_.size() && (rows_[tree_.size()].count > 0 || named.contains(*rows_[tree_.size()].name)))
    tree_.set(tree_.size(), head(tree_.size()));
  const auto* size = entry.payload.body.find("size");
  const auto* units = entry.payload.body.find("units");
  const auto* root = entry.payload.body.find("root");
  const bool said = size != nullptr && size->integer() != nullptr && units != nullptr && units->integer() != nullptr &&
                    root != nullptr && root->text() != nullptr && entry.payload.body.members().size() == 3;
  if (!said) return report_.find(entry.index, "its body is not one of its kind");
  if (*size->integer() != entry.index || *units->integer() != static_cast<std::int64_t>(tree_.size()) ||
      *root->text() != crypto::hex(tree_.root()))
    report_.find(entry.index, "it does not say where the units ended (a hidden tail)");
}

}  // namespace kasane::commands::verify
