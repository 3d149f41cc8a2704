#include "policy/verdict.hpp"

#include <algorithm>

namespace kasane::policy {
namespace {

constexpr Gate at_item_gates[] = {gate::seat,        gate::window, gate::notice,  gate::conflict,
                                  gate::whereabouts, gate::source, gate::hold,    gate::private_seat,
                                  gate::onlooker,    gate::flow,   gate::consent, gate::need_to_know};
constexpr Gate desk_gates[] = {gate::conflict, gate::whereabouts, gate::source, gate::hold};

/// policy.md §4: the first step that denies hidden decides; if none does, the first step that denies.
template <std::size_t n>
Verdict ask(const Gate (&gates)[n], const Scene& scene) {
  Verdict first;
  for (const auto gate : gates) {
    auto denial = gate(scene);
    if (!denial) continue;
    if (denial->hidden) return denial;
    if (!first) first = denial;
  }
  return first;
}

/// policy.md §5 step 1, and §12 on what a partial fold does not hold.
Verdict identity(const World& world, const Question& q) {
  if (!q.who.known() || !q.record.known() || (q.names_item && !q.item.known()) || (q.names_device && !q.device.known()))
    return Denial{Reason::UNKNOWN, true, {}};
  if (q.names_device && world.devices[q.device].person != q.who)
    return Denial{Reason::UNKNOWN, true, {world.devices[q.device].index}};
  const Person& viewer = world.persons[q.who];
  if (viewer.ended()) return Denial{Reason::PERSON_ENDED, true, {viewer.ended_index}};
  if (q.names_device && !world.devices[q.device].live())
    return Denial{Reason::DEVICE_REVOKED, true, {world.devices[q.device].revoked_index}};
  const Record& record = world.records[q.record];
  if (!world.cases[record.in_case].defined) {
    if (q.who != world.reader()) return Denial{Reason::UNKNOWN, true, {}};
    if (record.categories.has(Category::PADR)) return Denial{Reason::PROTECTED, true, {record.index}};
  }
  return std::nullopt;
}

Ground item_ground(const Scene& s) {
  if (is_onlooker(s.seat->seat)) return Ground::DEIDENTIFIED;
  if (is_professional(s.seat->seat) && s.own_agency()) return Ground::OWN;
  const auto& subjects = s.rec().subjects;
  if (s.seat->seat == Seat::person && s.seat->as.known() &&
      std::all_of(subjects.begin(), subjects.end(), [&](SubjectId one) { return one == s.seat->as; }))
    return Ground::SELF;
  return s.basis->consent_required ? Ground::CONSENT : Ground::LAW;
}

void oblige(Judgement& judgement, std::initializer_list<Obligation> obligations) {
  for (const auto one : obligations)
    judgement.obligations = static_cast<std::uint8_t>(judgement.obligations | 1U << static_cast<unsigned>(one));
}

void oblige_reading(Judgement& judgement, const Scene& scene) {
  if (!scene.item.known()) return;
  if (scene.basis == nullptr || scene.basis->reading == Reading::in_session)
    oblige(judgement, {Obligation::collect_at_close, Obligation::view_only, Obligation::watermark});
}

Judgement permitted(const Scene& scene, Ground ground) {
  Judgement judgement;
  judgement.permit = true;
  judgement.hidden = false;
  judgement.ground = ground;
  oblige(judgement, {Obligation::log});
  oblige_reading(judgement, scene);
  return judgement;
}

Judgement denied(const Denial& denial) {
  Judgement judgement;
  judgement.hidden = denial.hidden;
  judgement.reason = denial.reason;
  judgement.causes = denial.causes;
  return judgement;
}

/// What the steps will read, asked of memory at once: the waits pass together, and not one after the other.
void expect(const World& world, const Question& q) {
  const Record& record = world.records[q.record];
  const Item& item = world.items[q.item];
  world.cases.soon(record.in_case);
  item.seat_of.soon(q.who);
  if (record.subjects.empty() || record.category_list.empty()) return;
  world.subjects.soon(record.subjects[0]);
  const AgencyId agency = world.persons[q.who].agency;
  world.cells().soon(CellMemo::key_of(record.in_case, record.subjects[0], record.category_list[0], false, agency.row));
}

Judgement at_desk(const Scene& scene) {
  const auto claim = desk_claim(scene.world, scene.who, scene.record, scene.moment);
  if (!claim) return denied({Reason::NOT_MEMBER, true, {}});
  if (scene.rec().withdrawn()) return denied({Reason::WITHDRAWN, true, {scene.rec().withdrawn_index}});
  if (auto denial = ask(desk_gates, scene)) return denied(*denial);
  Judgement judgement = permitted(scene, claim->ground);
  judgement.claim = claim;
  return judgement;
}

Judgement at_item(const Scene& scene) {
  if (auto denial = ask(at_item_gates, scene)) return denied(*denial);
  return permitted(scene, item_ground(scene));
}

}  // namespace

std::span<const Gate> item_gates() { return at_item_gates; }

Judgement judge(const World& world, const Question& q, Moment& moment) {
  expect(world, q);
  if (auto denial = identity(world, q)) return denied(*denial);
  Scene scene{world,
              moment,
              q.who,
              q.record,
              q.names_item ? q.item : ItemId{},
              nullptr,
              nullptr,
              q.as_if_open,
              q.as_if_acknowledged};
  if (scene.item.known()) {
    scene.seat = world.seat(scene.item, q.who);
    scene.basis = world.in_force(scene.at().basis, moment);
  }
  Judgement judgement = scene.item.known() ? at_item(scene) : at_desk(scene);
  if (judgement.permit) return judgement;
  const EmergencyId emergency = emergency_for(scene);
  if (!emergency.known()) return judgement;
  judgement = permitted(scene, Ground::EMERGENCY);
  oblige(judgement, {Obligation::review});
  judgement.emergency = emergency;
  return judgement;
}

Question question_of(const World& world, std::string_view record, std::string_view who, std::string_view device,
                     std::string_view item) {
  Question q;
  q.names_device = !device.empty();
  q.names_item = !item.empty();
  const Sought the_record = world.records.seek(record), the_item = world.items.seek(item),
               the_person = world.persons.seek(who);
  world.records.soon(the_record);
  world.items.soon(the_item);
  world.persons.soon(the_person);
  q.record = world.records.find_defined(the_record);
  if (q.names_item) q.item = world.items.find_defined(the_item);
  q.who = world.persons.find_defined(the_person);
  if (q.names_device) q.device = world.devices.find_defined(device);
  return q;
}

bool hidden_everywhere(const World& world, RecordId record, PersonId person, Moment& moment) {
  Question q;
  q.who = person;
  q.record = record;
  if (!judge(world, q, moment).hidden) return false;
  q.names_item = true;
  for (const auto item : world.persons[person].seated) {
    if (world.items[item].in_case != world.records[record].in_case) continue;  // hidden there: WRONG_CASE
    q.item = item;
    if (!judge(world, q, moment).hidden) return false;
  }
  return true;
}

}  // namespace kasane::policy
