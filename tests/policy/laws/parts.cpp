#include "tests/policy/laws/parts.hpp"

#include "policy/fields.hpp"
#include "policy/readers.hpp"

namespace kasane::tests {

using namespace policy;

/// As it would stand in the ledger: a rebase with its case and label, which a scenario may leave out.
Statement as_in_ledger(const World& whole, Statement s) {
  if (s.kind != Kind::record_rebase || s.label) return s;
  const Record& row = whole.records[whole.records.find_defined(s.record)];
  Label label;
  for (const auto subject : row.subjects) label.subjects.emplace_back(whole.subjects.name(subject));
  label.categories.assign(row.category_list.begin(), row.category_list.end());
  label.kind = row.kind;
  label.agency = whole.agencies.name(row.agency);
  label.origin = whole.bases.name(row.origin);
  if (row.has_hold) label.hold.emplace();
  for (const auto agency : row.hold) label.hold->emplace_back(whole.agencies.name(agency));
  label.withhold_from_subject = row.withhold_from_subject;
  label.deidentified = row.deidentified;
  s.case_id = whole.cases.name(row.in_case);
  s.label = label;
  return s;
}

World part_of(const Told& told, const std::string& reader) {
  World part;
  part.set_reader(reader);
  for (const auto index : entries(told.world, reader, told.now))
    part.fold(as_in_ledger(told.world, told.ledger[static_cast<std::size_t>(index)]), index);
  return part;
}

namespace {

/// Every id that a statement names, by the kind of thing.
std::set<std::pair<int, std::string>> names_of(const Statement& s) {
  std::set<std::pair<int, std::string>> names;
  const auto add = [&](Field field, const std::string& name) {
    if (!name.empty()) names.emplace(static_cast<int>(field), name);
  };
  for (const auto& rule : fields_of(s.kind))
    if (const auto member = id_member(rule.field))
      add(rule.field == Field::source ? Field::record : rule.field, s.*member);
  if (s.giver != self_giver) add(Field::authority, s.giver);
  if (s.label) {
    add(Field::agency, s.label->agency);
    if (s.label->parents)
      for (const auto& parent : *s.label->parents) add(Field::record, parent);
  }
  for (const auto& record : s.records) add(Field::record, record);
  for (const auto& seat : s.seats) add(Field::person, seat.person);
  return names;
}

bool defines(const Statement& s, int field, const std::string& name) {
  const auto is = [&](Field one, const std::string& member) {
    return static_cast<int>(one) == field && member == name;
  };
  switch (s.kind) {
    case Kind::tenant_found:
      return is(Field::person, s.person) || is(Field::agency, s.agency);
    case Kind::agency_add:
      return is(Field::agency, s.agency);
    case Kind::person_add:
      return is(Field::person, s.person);
    case Kind::case_open:
      return is(Field::case_id, s.case_id);
    case Kind::authority_add:
      return is(Field::authority, s.authority);
    case Kind::conference_convene:
      return is(Field::conference, s.conference);
    case Kind::item_add:
      return is(Field::item, s.item);
    case Kind::record_share:
    case Kind::record_rebase:
      return is(Field::record, s.record);
    default:
      return false;
  }
}

}  // namespace

std::set<Index> closure(const std::vector<Statement>& ledger, std::span<const Index> cites) {
  std::set<Index> held(cites.begin(), cites.end());
  std::vector<Index> open(cites.begin(), cites.end());
  while (!open.empty()) {
    const Statement& s = ledger[static_cast<std::size_t>(open.back())];
    open.pop_back();
    for (const auto& [field, name] : names_of(s))
      for (std::size_t i = 0; i < ledger.size(); ++i)
        if (defines(ledger[i], field, name) && held.insert(static_cast<Index>(i)).second)
          open.push_back(static_cast<Index>(i));
  }
  return held;
}

World fold(const std::vector<Statement>& ledger, const std::set<Index>& indices) {
  World world;
  for (const auto index : indices) world.fold(ledger[static_cast<std::size_t>(index)], index);
  return world;
}

World without_the_servers_facts(const Told& told, const std::string& reader) {
  const auto reads = [&](UnitKind kind, const std::string& name) {
    return may_read(told.world, reader, {kind, name, {}, {}}, told.now);
  };
  World less;
  for (std::size_t i = 0; i < told.ledger.size(); ++i) {
    const Statement& s = told.ledger[i];
    if (s.kind == Kind::authority_add && !reads(UnitKind::subject, s.subject)) continue;
    if (s.kind == Kind::item_seat && !reads(UnitKind::item, s.item)) continue;
    Statement said = s;
    if (s.kind == Kind::item_add && !reads(UnitKind::item, s.item)) said.seats.clear();
    less.replay(said, static_cast<Index>(i));
  }
  return less;
}

}  // namespace kasane::tests
