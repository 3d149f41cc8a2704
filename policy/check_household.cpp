#include "policy/check.hpp"

namespace kasane::policy {

Check::Result Check::household() {
  switch (s.kind) {
    case Kind::case_coordinator: {
      if (!w.is_case_coordinator(case_id(), by) && !role(Role::registrar)) return Reason::NOT_AUTHORISED;
      return w.has_role(person_id(), Role::coordinator) ? Result{} : Result{Reason::NOT_AUTHORISED};
    }
    case Kind::authority_add:
      return any_role({Role::coordinator, Role::consent_officer}) ? Result{} : Result{Reason::NOT_AUTHORISED};
    case Kind::authority_conflict: {
      const bool office = any_role({Role::coordinator, Role::consent_officer, Role::protection});
      const bool holder = w.authorities[w.authorities.find_defined(s.authority)].holder == by;
      return office && !holder ? Result{} : Result{Reason::NOT_AUTHORISED};
    }
    default:  // case.open, case.subject
      return coordinator() ? Result{} : Result{Reason::NOT_AUTHORISED};
  }
}

Check::Result Check::consent() {
  if (!any_role({Role::coordinator, Role::consent_officer})) return Reason::NOT_AUTHORISED;
  // A witness who is the author proves nothing, required or not.
  const bool oral = s.method == ConsentMethod::oral;
  if (s.witness == s.by || (oral && s.witness.empty())) return Reason::EVIDENCE_MISSING;
  if (!oral && s.evidence.value_or(std::string()).empty()) return Reason::EVIDENCE_MISSING;
  return std::nullopt;
}

Check::Result Check::protect() {
  switch (s.kind) {
    case Kind::protect_set:
      return any_role({Role::protection, Role::coordinator, Role::consent_officer}) ? Result{}
                                                                                    : Result{Reason::NOT_AUTHORISED};
    case Kind::protect_lift: {
      const SubjectId subject = w.subjects.find_defined(s.subject);
      if (!role(Role::protection) || opposing(w, by, subject) != nullptr) return Reason::NOT_AUTHORISED;
      const PersonId with = w.persons.find_defined(s.with);
      const bool fit = second_person({}, {Role::protection, Role::compliance, Role::coordinator}) &&
                       opposing(w, with, subject) == nullptr;
      return fit ? Result{} : Result{Reason::SECOND_PERSON};
    }
    case Kind::conflict_declare: {
      if (person_id() == by || coordinator()) return std::nullopt;
      for (const auto item : w.cases[case_id()].items)
        if (chairs(item)) return std::nullopt;
      return Reason::NOT_AUTHORISED;
    }
    default: {  // conflict.lift
      if (!any_role({Role::protection, Role::coordinator}) || person_id() == by) return Reason::NOT_AUTHORISED;
      const bool fit = second_person(person_id(), {Role::protection, Role::compliance, Role::coordinator});
      return fit ? Result{} : Result{Reason::SECOND_PERSON};
    }
  }
}

}  // namespace kasane::policy
