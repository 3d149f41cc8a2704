#include <algorithm>

#include "policy/rebase_cites.hpp"
#include "policy/verdict.hpp"

// policy.md §4: "on no smaller part of them". Where a basis was registered more than once, a permit by the version in
// force may stand on an earlier one, or on what ships, just as well. Whether it does is asked of the World in which
// only the cited registrations were made.
namespace kasane::policy {
namespace {

bool holds(const Cites& cites, Index index) { return std::find(cites.begin(), cites.end(), index) != cites.end(); }

using Codes = Small<BasisId, 4>;

/// The bases that a permit may go by and that have several versions.
Codes registered_anew(const World& world, const Question& question, const Judgement& permit) {
  Codes codes;
  const auto add = [&](BasisId code) {
    if (world.bases[code].versions.size() > 1 && std::find(codes.begin(), codes.end(), code) == codes.end())
      codes.push_back(code);
  };
  if (permit.emergency.known()) return codes;  // it goes by none
  if (question.names_item) add(world.items[question.item].basis);
  if (permit.claim && permit.claim->item.known()) add(world.items[permit.claim->item].basis);
  const Record& record = world.records[question.record];
  add(record.origin);
  for (const auto& one : record.above.origins) add(one.basis);
  return codes;
}

/// As `World::version_in_force`, of those registered when the record was shared.
std::int32_t version_when_shared(const World& world, const Record& record) {
  const BasisVersion* said = said_when_shared(world, record);
  if (said == nullptr || Moment(record.at).reached(said->to)) return -1;
  return static_cast<std::int32_t>(said - world.bases[record.origin].versions.data());
}

/// The viewer's seat at the item, where its last change is not cited, is again the one that the item was added with.
/// Whether that is another than before.
bool reseat(World& then, const Question& question, const Cites& cites) {
  if (!question.names_item) return false;
  const Seated* now = then.seat(question.item, question.who);
  if (now == nullptr || now->index == then.items[question.item].index || holds(cites, now->index)) return false;
  Item& item = then.items.edit(question.item);
  for (auto& seated : item.seats)
    for (const auto& first : item.first_seats)
      if (seated.person == question.who && first.person == question.who) seated = first;
  item.seat_of = SeatsByPerson(item.seats);
  return true;
}

/// The World had only the cited registrations of these bases been made: the others never come into force.
World with_cited(const World& world, const Codes& codes, RecordId record, const Cites& cites) {
  World then = world;
  for (const auto code : codes)
    for (auto& version : then.bases.edit(code).versions)
      if (version.index != no_index && !holds(cites, version.index)) version.from = Moment::never;
  std::vector<RecordId> line{record};
  each_ancestor(world, world.records[record].parents, [&](RecordId parent) {
    line.push_back(parent);
    return true;
  });
  std::sort(line.begin(), line.end(),
            [&](RecordId a, RecordId b) { return world.records[a].index < world.records[b].index; });
  for (const auto id : line) {
    if (!world.records[id].defined) continue;
    Record& row = then.records.edit(id);
    if (row.origin.known()) row.origin_version = version_when_shared(then, row);
    row.above = ancestry_of(then, row.parents);
  }
  return then;
}

}  // namespace

Cites permit_cites(const World& world, const Question& question, const Judgement& permit, Instant at) {
  Cites cites = grounds_of(world, question, permit, at);
  const Codes codes = registered_anew(world, question, permit);
  for (const auto code : codes) {
    const auto& versions = world.bases[code].versions;
    for (std::size_t i = versions.size(); i-- > 0;) {  // the earliest that serves stays
      const Index version = versions[i].index;
      if (version == no_index || !holds(cites, version)) continue;
      Cites fewer = cites;
      fewer.erase_if([&](Index one) { return one == version; });
      World then = with_cited(world, codes, question.record, fewer);
      Moment moment(at);
      Judgement still = judge(then, question, moment);
      if (!still.permit && reseat(then, question, fewer)) still = judge(then, question, moment);
      if (!still.permit) continue;
      const Cites smaller = permit_cites(then, question, still, at);
      if (std::includes(fewer.begin(), fewer.end(), smaller.begin(), smaller.end())) return smaller;
    }
  }
  return cites;
}

}  // namespace kasane::policy
