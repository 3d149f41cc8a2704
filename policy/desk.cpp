#include <algorithm>

#include "policy/verdict.hpp"

// policy.md §5, "Without an item": a claim is what makes one's own desk see a record between sittings.
namespace kasane::policy {
namespace {

bool origin_is_intake(const Record& record) {
  return !record.origin.known() && record.above.origins.empty() && record.above.all_held;
}

/// OWN: the author; of the label's agency, what came from ordinary work, for who works on the case.
std::optional<Claim> own(const World& world, PersonId who, const Record& record) {
  if (record.author == who && !record.rebased()) return Claim{Ground::OWN, false, {}, {}};
  const Person& person = world.persons[who];
  if (!person.agency.known() || person.agency != record.agency || !origin_is_intake(record)) return std::nullopt;
  if (world.is_case_coordinator(record.in_case, who)) return Claim{Ground::OWN, true, {}, {}};
  for (const auto item : person.seated) {
    const Item& row = world.items[item];
    if (row.in_case != record.in_case || row.closed()) continue;
    if (is_professional(world.seat(item, who)->seat)) return Claim{Ground::OWN, false, item, {}};
  }
  return std::nullopt;
}

/// OFFICE: decisions, minutes, plans and tasks, for the chair and the recorder of their item and the case's
/// coordinator.
std::optional<Claim> office(const World& world, PersonId who, const Record& record) {
  if (record.kind != RecordKind::DEC && record.kind != RecordKind::MIN && record.kind != RecordKind::PLN &&
      record.kind != RecordKind::TSK)
    return std::nullopt;
  if (!record.item.known() || !world.items[record.item].defined) return std::nullopt;
  const Seated* seated = world.seat(record.item, who);
  if (seated != nullptr && (seated->seat == Seat::chair || seated->seat == Seat::recorder))
    return Claim{Ground::OFFICE, false, record.item, {}};
  if (world.is_case_coordinator(record.in_case, who)) return Claim{Ground::OFFICE, true, record.item, {}};
  return std::nullopt;
}

/// REBASE: who could now carry the record, and each of its ancestors, to an item that they chair.
std::optional<Claim> rebase(const World& world, PersonId who, RecordId record, Moment& moment) {
  for (const auto item : world.persons[who].seated)
    if (may_rebase(world, who, record, item, moment)) return Claim{Ground::REBASE, false, item, {}};
  return std::nullopt;
}

/// TASK: an unended task naming the record, while the person keeps a professional seat at its item.
std::optional<Claim> task(const World& world, PersonId who, RecordId record, Moment& moment) {
  for (const auto id : world.records[record].tasks) {
    const Task& row = world.tasks[id];
    if (row.person != who || row.ended_index != no_index || moment.reached(row.to)) continue;
    const Seated* seated = world.seat(row.item, who);
    if (seated == nullptr || !is_professional(seated->seat) || !world.items[row.item].defined) continue;
    const BasisId basis = world.items[row.item].basis;
    const BasisVersion* in_force = world.in_force(basis, moment);
    if (flow_stop(world, record, basis, in_force).known()) continue;
    if (in_force->consent_required && consent_stop(world, world.records[record], who, *seated, moment, nullptr))
      continue;
    return Claim{Ground::TASK, false, row.item, id};
  }
  return std::nullopt;
}

}  // namespace

bool may_rebase(const World& world, PersonId chair, RecordId record, ItemId item, Moment& moment) {
  if (!world.is_chair(item, chair) || rebase_stop(world, chair, record, item, moment)) return false;
  bool all = true;
  each_ancestor(world, world.records[record].parents, [&](RecordId parent) {
    all = world.records[parent].defined && !rebase_stop(world, chair, parent, item, moment);
    return all;
  });
  return all;
}

std::optional<Claim> desk_claim(const World& world, PersonId who, RecordId record, Moment& moment) {
  const Record& row = world.records[record];
  if (auto claim = own(world, who, row)) return claim;
  if (auto claim = office(world, who, row)) return claim;
  if (auto claim = rebase(world, who, record, moment)) return claim;
  return task(world, who, record, moment);
}

}  // namespace kasane::policy
