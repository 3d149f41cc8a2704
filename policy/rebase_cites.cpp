#include "policy/rebase_cites.hpp"

#include <algorithm>

namespace kasane::policy {
namespace {

/// Asks of every (record, subject, category) of the record and its ancestors, as long as the answer is yes.
template <class Ask>
bool all_cells(const World& world, RecordId record, Ask ask) {
  const auto one = [&](const Record& row) {
    for (const auto subject : row.subjects)
      for (const auto category : row.category_list)
        if (!ask(row, subject, category)) return false;
    return true;
  };
  bool all = one(world.records[record]);
  each_ancestor(world, world.records[record].parents,
                [&](RecordId parent) { return all = all && one(world.records[parent]); });
  return all;
}

bool granted(const World& world, RecordId record, AgencyId agency, Moment& moment) {
  return all_cells(world, record, [&](const Record& row, SubjectId subject, Category category) {
    const CellQuestion cell{row.in_case, subject, category, {agency, {}}, world.support()};
    return !grants_in_force(world, cell, moment).empty();
  });
}

/// The other agencies with a professional seat, as the item was added and but for the chair's own seat. Who has left
/// since counts by the statement that says so; who has come since is asked for nothing.
void seats(const World& world, const Question& q, ItemId id, Moment& moment, RebaseGrounds& grounds) {
  const Item& item = world.items[id];
  std::vector<Seated> seats{*world.seat(id, q.who)};
  for (const auto& first : item.first_seats)
    if (first.person != q.who) seats.push_back(first);
  for (const auto& one : seats) {
    const AgencyId agency = world.persons[one.person].agency;
    if (!is_professional(one.seat) || !agency.known() || agency == world.records[q.record].agency) continue;
    if (granted(world, q.record, agency, moment)) {
      grounds.recipients.push_back({agency, {}});
      continue;
    }
    auto& left = grounds.left.emplace_back();
    left.agency = agency;
    for (const auto& moved : item.moved)
      if (moved.person == one.person) left.moves.push_back(moved.index);
  }
}

bool without_consent(const Record& record, const BasisVersion* version) {
  return version == nullptr || !version->consent_required || Moment(record.at).reached(version->to);
}

/// Step 6 must deny for a rebase to be needed: one record of the line was learned without consent.
void unlearned(const World& world, RecordId record, ItemId item, Moment& moment, RebaseGrounds& grounds) {
  const BasisId target = world.items[item].basis;
  const BasisVersion* in_force = world.in_force(target, moment);
  const Index cited = in_force == nullptr ? no_index : in_force->index;
  bool unsaid = false;
  const auto one = [&](RecordId id) {
    const Record& row = world.records[id];
    if (!row.origin.known()) return true;
    const BasisVersion* said = said_when_shared(world, row);
    if (!without_consent(row, said)) return true;
    unsaid = without_consent(row, said_when_shared(world, row, row.origin == target ? cited : no_index));
    if (unsaid) return false;
    grounds.unlearned.push_back(said->index);
    grounds.of_the_target = grounds.of_the_target || row.origin == target;
    return true;
  };
  if (one(record)) each_ancestor(world, world.records[record].parents, one);
  if (unsaid) grounds.unlearned = {};
}

}  // namespace

const BasisVersion* said_when_shared(const World& world, const Record& record, std::optional<Index> alone) {
  const auto& versions = world.bases[record.origin].versions;
  Moment shared(record.at);
  for (std::size_t i = versions.size(); i-- > 0;) {
    const BasisVersion& one = versions[i];
    if (one.index > record.index || (alone && one.index != no_index && one.index != *alone)) continue;
    if (shared.reached(one.from)) return &one;
  }
  return nullptr;
}

RebaseGrounds rebase_grounds(const World& world, const Question& question, ItemId item, Moment& moment) {
  RebaseGrounds grounds;
  seats(world, question, item, moment, grounds);
  unlearned(world, question.record, item, moment, grounds);
  return grounds;
}

bool granted_by(const World& world, RecordId record, AgencyId agency, std::span<const Index> cited, Moment& moment) {
  return all_cells(world, record, [&](const Record& row, SubjectId subject, Category category) {
    const CellQuestion cell{row.in_case, subject, category, {agency, {}}, world.support()};
    return std::any_of(cited.begin(), cited.end(), [&](Index one) { return would_grant(world, one, cell, moment); });
  });
}

std::vector<ItemId> items_of_the_line(const World& world, const Question& question, Moment& moment) {
  std::vector<ItemId> items;
  const auto one = [&](RecordId record) {
    const ItemId id = world.records[record].item;
    if (!id.known() || world.seat(id, question.who) == nullptr) return true;
    const Item& item = world.items[id];
    const BasisVersion* in_force = world.in_force(item.basis, moment);
    const bool chairs = std::any_of(item.first_seats.begin(), item.first_seats.end(), [&](const Seated& first) {
      return first.person == question.who && first.seat == Seat::chair;
    });
    if (chairs && in_force != nullptr && in_force->consent_required) items.push_back(id);
    return true;
  };
  one(question.record);
  each_ancestor(world, world.records[question.record].parents, one);
  return items;
}

}  // namespace kasane::policy
