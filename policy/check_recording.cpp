#include <algorithm>

#include "policy/action.hpp"
#include "policy/check.hpp"
#include "policy/readers.hpp"

// policy.md §3, recording kinds.
namespace kasane::policy {

/// Who speaks at an item: a professional seat not recused for its case, or (for messages) a private seat; while it is
/// open, with the notice acknowledged.
Check::Result Check::talk(ItemId item, bool private_seats) {
  const Seated* seated = my_seat(item);
  const bool fit = seated != nullptr && ((is_professional(seated->seat) && !recused(w, w.items[item].in_case, by)) ||
                                         (private_seats && is_private(seated->seat)));
  if (!fit) return Reason::NOT_AUTHORISED;
  if (w.items[item].state != ItemState::open) return Reason::ITEM_NOT_OPEN;
  return w.acknowledged(item, by) ? Result{} : Result{Reason::NOT_ACKNOWLEDGED};
}

Check::Result Check::recording() {
  switch (s.kind) {
    case Kind::message_post:
      return talk(item_id(), true);
    case Kind::request_make:
      return talk(item_id(), false);
    case Kind::request_answer:
      return talk(w.requests[w.requests.find_defined(s.request)].item, false);
    case Kind::epoch_commit:
      if (auto reason = talk(item_id(), false)) return reason;
      return s.epoch == w.items[item_id()].last_epoch + 1 ? Result{} : Result{Reason::DUPLICATE};
    case Kind::message_withdraw: {
      const Message& row = w.messages[w.messages.find_defined(s.message)];
      if (row.by != by && !chairs(row.item)) return Reason::NOT_AUTHORISED;
      return row.withdrawn_index != no_index ? Result{Reason::DUPLICATE} : Result{};
    }
    case Kind::key_request:
    case Kind::opened:
    case Kind::purged: {
      const Device& device = w.devices[w.devices.find_defined(s.device)];
      if (device.person != by) return Reason::NOT_AUTHORISED;
      return device.live() ? Result{} : Result{Reason::DEVICE_REVOKED};
    }
    case Kind::key_grant: {
      const Device& device = w.devices[w.devices.find_defined(s.device)];
      const Record& row = w.records[record_id()];
      if (row.author != by && device.person != by && !professional_in_case(row.in_case, true))
        return Reason::NOT_AUTHORISED;
      if (!device.live()) return Reason::DEVICE_REVOKED;
      const auto readers = wrap(w, s.record, s.at_ms);
      const bool reads = std::binary_search(readers.begin(), readers.end(), w.persons.name(device.person));
      return reads ? Result{} : Result{Reason::NOT_AUTHORISED};
    }
    case Kind::device_vouch: {
      if (!any_role({Role::registrar, Role::protection, Role::consent_officer, Role::coordinator, Role::compliance}))
        return Reason::NOT_AUTHORISED;
      const Device& device = w.devices[w.devices.find_defined(s.device)];
      if (!device.live()) return Reason::DEVICE_REVOKED;
      return device.person == by || device.added_by == by ? Result{Reason::SECOND_PERSON} : Result{};
    }
    case Kind::disclosure_oral:
      return coordinator() || professional_in_case(case_id(), false) ? Result{} : Result{Reason::NOT_AUTHORISED};
    case Kind::recovery_open:
      if (!role(Role::custodian)) return Reason::NOT_AUTHORISED;
      return w.records[record_id()].destroyed_index != no_index ? Result{Reason::WITHDRAWN} : Result{};
    default:  // export.made, audit.query
      return any_role({Role::compliance, Role::disclosure}) ? Result{} : Result{Reason::NOT_AUTHORISED};
  }
}

Check::Result Check::by_server() {
  if (s.kind == Kind::attendance_join && w.seat(item_id(), person_id()) == nullptr) return Reason::SEAT_NOT_ALLOWED;
  return std::nullopt;
}

}  // namespace kasane::policy
