#include "policy/check.hpp"

namespace kasane::policy {
namespace {

/// policy.md §2: registrar or compliance with any role that works on content.
bool incompatible(const std::vector<Role>& list) {
  const Roles roles = Roles::of(list);
  const bool outside = roles.has(Role::registrar) || roles.has(Role::compliance);
  return outside && (roles.has(Role::coordinator) || roles.has(Role::decider) || roles.has(Role::consent_officer) ||
                     roles.has(Role::protection));
}

}  // namespace

Check::Result Check::directory() {
  const bool registrar = role(Role::registrar);
  switch (s.kind) {
    case Kind::person_add:
      if (!registrar) return Reason::NOT_AUTHORISED;
      return incompatible(s.roles) ? Result{Reason::INCOMPATIBLE_ROLES} : Result{};
    case Kind::person_roles:
      if (!registrar || person_id() == by) return Reason::NOT_AUTHORISED;
      return incompatible(s.roles) ? Result{Reason::INCOMPATIBLE_ROLES} : Result{};
    case Kind::person_end:
      return registrar && person_id() != by ? Result{} : Result{Reason::NOT_AUTHORISED};
    case Kind::device_add: {
      // The author's own signing device was found live (device_of_author).
      const bool own = person_id() == by && !s.signed_with.empty() && s.signed_with != s.device;
      return registrar || own ? Result{} : Result{Reason::NOT_AUTHORISED};
    }
    case Kind::device_revoke:
      return registrar || w.devices[w.devices.find_defined(s.device)].person == by ? Result{}
                                                                                   : Result{Reason::NOT_AUTHORISED};
    case Kind::notice_publish: {
      if (!registrar) return Reason::NOT_AUTHORISED;
      const auto newest = newest_notice(w.bases.find_defined(s.basis));
      return newest && s.version <= *newest ? Result{Reason::STALE_NOTICE} : Result{};
    }
    default:  // agency.add, basis.register, matrix.set
      return registrar ? Result{} : Result{Reason::NOT_AUTHORISED};
  }
}

}  // namespace kasane::policy
