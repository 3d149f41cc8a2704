#include "tests/policy/oracle/facts.hpp"

// policy.md §3, the last column: who may say a statement, kind by kind in the order of the table, then the recording
// kinds.
namespace kasane::oracle {
namespace {

using policy::Role;

const std::string not_authorised = "NOT_AUTHORISED", second_person = "SECOND_PERSON";

/// The earlier statement of this kind with the same id.
const Statement* earlier(const Ledger& ledger, Kind kind, std::string Statement::* id, const Statement& s) {
  for (const Statement* one : ledger)
    if (one->kind == kind && one->*id == s.*id) return one;
  return nullptr;
}

class Author {
 public:
  Author(const Ledger& ledger, const Statement& s, Instant at) : ledger_(ledger), s_(s), at_(at) {}
  std::string stop() const;

 private:
  bool is(Role role) const { return has_role(ledger_, s_.by, role); }
  bool coordinator() const { return is(Role::coordinator); }
  bool case_coordinator(const std::string& in_case) const { return is_coordinator_of(ledger_, in_case, s_.by); }
  bool sits_as(const std::string& item, std::initializer_list<Seat> seats) const {
    const auto seat = seat_of(ledger_, item, s_.by);
    return seat && contains(seats, seat->seat);
  }
  bool chairs(const std::string& item) const { return sits_as(item, {Seat::chair}); }
  bool leads(const std::string& item) const { return sits_as(item, {Seat::chair, Seat::recorder}); }
  bool professional(const std::string& item) const { return in_professional_seat(ledger_, item, s_.by); }
  bool privately(const std::string& item) const {
    return sits_as(item, {Seat::person, Seat::family, Seat::rep, Seat::aide});
  }
  bool professional_in(const std::string& in_case, bool not_closed = false) const {
    for (const auto& item : items_of_case(ledger_, in_case))
      if (professional(item) && !(not_closed && stage_of(ledger_, item) == Stage::closed)) return true;
    return false;
  }
  bool recused_at(const std::string& item) const {
    return recused_for_case(ledger_, item_added(ledger_, item)->case_id, s_.by);
  }
  /// The items of a conference; of one basis, where it is named.
  std::vector<std::string> items_of(const std::string& conference, const std::string& basis = {}) const {
    std::vector<std::string> items;
    for (const Statement* one : ledger_)
      if (one->kind == Kind::item_add && one->conference == conference && (basis.empty() || one->basis == basis))
        items.push_back(one->item);
    return items;
  }
  /// `with` is another than the author and holds one of the roles.
  bool seconded(std::initializer_list<Role> roles) const {
    return s_.with != s_.by && !has_ended(ledger_, s_.with) &&
           std::any_of(roles.begin(), roles.end(), [&](Role one) { return has_role(ledger_, s_.with, one); });
  }
  static std::string only(bool may) { return may ? std::string() : not_authorised; }

  std::string lift_protection() const;
  std::string lift_conflict() const;
  std::string attest() const;
  std::string share() const;
  std::string withdraw() const;
  std::string confirm() const;
  std::string approve() const;
  std::string review() const;
  std::string end_task() const;
  std::string grant_key() const;
  std::string vouch() const;

  const Ledger& ledger_;
  const Statement& s_;
  Instant at_;
};

std::string Author::lift_protection() const {
  if (!is(Role::protection) || recused_by_protection(ledger_, s_.by, s_.subject)) return not_authorised;
  const bool fit = seconded({Role::protection, Role::compliance, Role::coordinator}) &&
                   !recused_by_protection(ledger_, s_.with, s_.subject);
  return fit ? "" : second_person;
}

std::string Author::lift_conflict() const {
  if ((!is(Role::protection) && !coordinator()) || s_.by == s_.person) return not_authorised;
  const bool fit = s_.with != s_.person && seconded({Role::protection, Role::compliance, Role::coordinator});
  return fit ? "" : second_person;
}

std::string Author::attest() const {
  const auto items = items_of(s_.conference, s_.basis);
  const bool may = std::any_of(items.begin(), items.end(), [&](const auto& item) {
    return leads(item) && stage_of(ledger_, item) != Stage::closed;
  });
  return !may ? not_authorised : s_.person == s_.by ? second_person : "";
}

std::string Author::share() const {
  const bool seated =
      s_.item.empty() ? case_coordinator(s_.case_id) || professional_in(s_.case_id) : professional(s_.item);
  return only(seated && s_.label->agency == agency_of(ledger_, s_.by));
}

std::string Author::withdraw() const {
  const auto record = record_of(ledger_, s_.record);
  return only(record->author == s_.by || case_coordinator(record->in_case) ||
              (!record->item.empty() && chairs(record->item)));
}

std::string Author::confirm() const {
  const Statement* decision = earlier(ledger_, Kind::decision_record, &Statement::decision, s_);
  bool others_lead = false;
  for (const auto& one : seated_at(ledger_, decision->item))
    others_lead =
        others_lead || ((one.seat == Seat::chair || one.seat == Seat::recorder) && one.person != decision->by);
  const bool may = leads(decision->item) || (!others_lead && sits_as(decision->item, {Seat::member, Seat::adhoc}));
  if (!may || recused_at(decision->item)) return not_authorised;
  return decision->by == s_.by ? second_person : "";
}

std::string Author::approve() const {
  const Statement* invoked = earlier(ledger_, Kind::emergency_invoke, &Statement::emergency, s_);
  if (!reads_case(ledger_, s_.by, invoked->case_id, at_)) return not_authorised;
  if (s_.by == invoked->by || s_.by == invoked->person) return second_person;
  const bool fit = invoked->protective
                       ? is(Role::protection)
                       : agency_of(ledger_, s_.by) != agency_of(ledger_, invoked->by) || is(Role::compliance);
  return fit ? "" : second_person;
}

std::string Author::review() const {
  if (!is(Role::compliance)) return not_authorised;
  const Statement* invoked = earlier(ledger_, Kind::emergency_invoke, &Statement::emergency, s_);
  const Statement* approved = earlier(ledger_, Kind::emergency_approve, &Statement::emergency, s_);
  const bool took_part =
      s_.by == invoked->by || s_.by == invoked->person || (approved != nullptr && approved->by == s_.by);
  return took_part ? second_person : "";
}

std::string Author::end_task() const {
  const Statement* task = earlier(ledger_, Kind::task_assign, &Statement::task, s_);
  return only(chairs(task->item) || case_coordinator(item_added(ledger_, task->item)->case_id) ||
              task->person == s_.by);
}

std::string Author::grant_key() const {
  const auto record = record_of(ledger_, s_.record);
  const std::string owner = owner_of(ledger_, s_.device);
  if (record->author != s_.by && owner != s_.by && !professional_in(record->in_case, true)) return not_authorised;
  if (is_revoked(ledger_, s_.device)) return {};  // DEVICE_REVOKED comes before who the device's person is
  return only(contains(wrap(ledger_, s_.record, at_), owner));
}

std::string Author::vouch() const {
  if (!is(Role::registrar) && !is(Role::protection) && !is(Role::consent_officer) && !coordinator() &&
      !is(Role::compliance))
    return not_authorised;
  const Statement* added = earlier(ledger_, Kind::device_add, &Statement::device, s_);
  return added->by == s_.by || added->person == s_.by ? second_person : "";
}

std::string Author::stop() const {
  switch (s_.kind) {
    case Kind::agency_add:
    case Kind::person_add:
    case Kind::basis_register:
    case Kind::matrix_set:
    case Kind::notice_publish:
      return only(is(Role::registrar));
    case Kind::person_roles:
    case Kind::person_end:
      return only(is(Role::registrar) && s_.person != s_.by);
    case Kind::device_add:  // by another live device of theirs
      return only(is(Role::registrar) || (s_.person == s_.by && owner_of(ledger_, s_.signed_with) == s_.by &&
                                          !is_revoked(ledger_, s_.signed_with)));
    case Kind::device_revoke:
      return only(is(Role::registrar) || owner_of(ledger_, s_.device) == s_.by);
    case Kind::case_open:
    case Kind::case_subject:
    case Kind::conference_convene:
    case Kind::conference_move:
    case Kind::item_add:
      return only(coordinator());
    case Kind::case_coordinator:
      return only((case_coordinator(s_.case_id) || is(Role::registrar)) &&
                  has_role(ledger_, s_.person, Role::coordinator));
    case Kind::authority_add:
    case Kind::consent_record:
      return only(coordinator() || is(Role::consent_officer));
    case Kind::authority_conflict:
      return only((coordinator() || is(Role::consent_officer) || is(Role::protection)) &&
                  earlier(ledger_, Kind::authority_add, &Statement::authority, s_)->holder != s_.by);
    case Kind::protect_set:
      return only(is(Role::protection) || coordinator() || is(Role::consent_officer));
    case Kind::protect_lift:
      return lift_protection();
    case Kind::conflict_declare: {
      const auto items = items_of_case(ledger_, s_.case_id);
      return only(s_.person == s_.by || coordinator() ||
                  std::any_of(items.begin(), items.end(), [&](const auto& item) { return chairs(item); }));
    }
    case Kind::conflict_lift:
      return lift_conflict();
    case Kind::item_seat:
      return only(chairs(s_.item) || coordinator());
    case Kind::item_open:
    case Kind::item_suspend:
    case Kind::item_close:
    case Kind::record_rebase:
    case Kind::record_order:
    case Kind::task_assign:
      return only(chairs(s_.item));
    case Kind::conference_close: {
      const auto items = items_of(s_.conference);
      return only(coordinator() ||
                  std::any_of(items.begin(), items.end(), [&](const auto& item) { return chairs(item); }));
    }
    case Kind::notice_acknowledge: {
      const auto items = items_of(s_.conference, s_.basis);
      return only(std::any_of(items.begin(), items.end(),
                              [&](const auto& item) { return seat_of(ledger_, item, s_.by).has_value(); }));
    }
    case Kind::presence_attest:
      return attest();
    case Kind::record_share:
      return share();
    case Kind::record_withdraw:
      return withdraw();
    case Kind::record_destroy:
      if (!case_coordinator(record_of(ledger_, s_.record)->in_case)) return not_authorised;
      return seconded({Role::compliance, Role::custodian}) ? "" : second_person;
    case Kind::task_end:
      return end_task();
    case Kind::decision_record:
      return only(leads(s_.item));
    case Kind::decision_confirm:
      return confirm();
    case Kind::emergency_invoke:
    case Kind::disclosure_oral:
      return only(coordinator() || professional_in(s_.case_id));
    case Kind::emergency_approve:
      return approve();
    case Kind::emergency_review:
      return review();
    case Kind::message_post:
      return only((professional(s_.item) && !recused_at(s_.item)) || privately(s_.item));
    case Kind::epoch_commit:
    case Kind::request_make:
      return only(professional(s_.item) && !recused_at(s_.item));
    case Kind::request_answer: {
      const auto& item = earlier(ledger_, Kind::request_make, &Statement::request, s_)->item;
      return only(professional(item) && !recused_at(item));
    }
    case Kind::message_withdraw: {
      const Statement* posted = earlier(ledger_, Kind::message_post, &Statement::message, s_);
      return only(posted->by == s_.by || chairs(posted->item));
    }
    case Kind::key_request:
    case Kind::opened:
    case Kind::purged:
      return only(owner_of(ledger_, s_.device) == s_.by);
    case Kind::key_grant:
      return grant_key();
    case Kind::device_vouch:
      return vouch();
    case Kind::recovery_open:
      return only(is(Role::custodian));
    case Kind::export_made:
    case Kind::audit_query:
      return only(is(Role::compliance) || is(Role::disclosure));
    default:  // by `server` alone
      return not_authorised;
  }
}

bool by_server_alone(Kind kind) {
  return kind == Kind::key_release || kind == Kind::access_denied || kind == Kind::attendance_join ||
         kind == Kind::attendance_leave || kind == Kind::ledger_heads;
}

}  // namespace

std::string authority_stop(const Ledger& ledger, const Statement& statement, Instant at) {
  if (ledger.empty()) return not_authorised;  // before the founding everything is
  if (statement.by == "server") return by_server_alone(statement.kind) ? "" : not_authorised;
  // A named device must be known and theirs.
  if (!statement.signed_with.empty() && owner_of(ledger, statement.signed_with) != statement.by) return not_authorised;
  return Author(ledger, statement, at).stop();
}

}  // namespace kasane::oracle
