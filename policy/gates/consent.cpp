#include "policy/consent_cell.hpp"
#include "policy/gates/gate.hpp"

namespace kasane::policy {

std::optional<CellState> consent_stop(const World& world, const Record& record, PersonId who, const Seated& seat,
                                      Moment& moment, Index* cause) {
  const Person& viewer = world.persons[who];
  if (is_professional(seat.seat) && viewer.agency.known() && viewer.agency == record.agency) return std::nullopt;
  Recipient recipient;
  if (is_private(seat.seat) || !viewer.agency.known())
    recipient.person = who;
  else
    recipient.agency = viewer.agency;
  const PurposeId purpose = world.support();
  for (const auto subject : record.subjects) {
    if (seat.seat == Seat::person && seat.as == subject) continue;
    for (const auto category : record.category_list) {
      const auto cell = consent_cell(world, {record.in_case, subject, category, recipient, purpose}, moment);
      if (cell.state == CellState::GRANTED) continue;
      if (cause != nullptr) *cause = cell.index;
      return cell.state;
    }
  }
  return std::nullopt;
}

namespace gate {

// policy.md §5 step 7.
Verdict consent(const Scene& s) {
  if (s.seat == nullptr || s.basis == nullptr) return std::nullopt;  // step 2 denies
  if (!s.basis->consent_required || is_onlooker(s.seat->seat)) return std::nullopt;
  Index cause = no_index;
  const auto stop = consent_stop(s.world, s.rec(), s.who, *s.seat, s.moment, &cause);
  if (!stop) return std::nullopt;
  return Denial{reason_of(*stop), false, {cause}};
}

}  // namespace gate
}  // namespace kasane::policy
