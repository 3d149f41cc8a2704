#include "tests/policy/oracle/facts.hpp"

// Records and what they descend from (policy.md §3, §5 step 6, §7).
namespace kasane::oracle {

std::optional<Record> record_of(const Ledger& ledger, const std::string& record) {
  for (std::size_t i = 0; i < ledger.size(); ++i) {
    const Statement& s = *ledger[i];
    if (s.record != record) continue;
    if (s.kind == Kind::record_share) return Record{record, s.case_id, s.by, s.item, *s.label, i, false};
    if (s.kind == Kind::record_rebase) {  // the source's label, the target's basis as origin, no parents
      const Statement* target = item_added(ledger, s.item);
      const auto source = record_of(ledger, s.source);
      if (target == nullptr || !source) return std::nullopt;
      Record made{record, source->in_case, s.by, s.item, source->label, i, true};
      made.label.origin = target->basis;
      made.label.parents.reset();
      return made;
    }
  }
  return std::nullopt;
}

bool is_withdrawn(const Ledger& ledger, const std::string& record) {
  return std::any_of(ledger.begin(), ledger.end(), [&](const Statement* s) {
    return (s->kind == Kind::record_withdraw || s->kind == Kind::record_destroy) && s->record == record;
  });
}

std::vector<std::string> parents_of(const Record& record) {
  return record.label.parents.value_or(std::vector<std::string>());
}

std::vector<Record> ancestors_of(const Ledger& ledger, const Record& record) {
  std::vector<Record> found;
  std::set<std::string> seen;
  auto names = parents_of(record);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!seen.insert(names[i]).second) continue;
    const auto parent = record_of(ledger, names[i]);
    if (!parent) continue;
    found.push_back(*parent);
    for (const auto& further : parents_of(*parent)) names.push_back(further);
  }
  return found;
}

std::vector<std::string> all_records(const Ledger& ledger) {
  std::vector<std::string> records;
  for (const Statement* s : ledger)
    if (s->kind == Kind::record_share || s->kind == Kind::record_rebase) records.push_back(s->record);
  return records;
}

}  // namespace kasane::oracle
