#include "policy/apply.hpp"

namespace kasane::policy {

void Apply::directory() {
  switch (s.kind) {
    case Kind::tenant_found: {
      w.founded_ = true;
      w.tenant_ = s.tenant;
      w.founding_device_ = s.signed_with;
      const auto agency = w.agencies.intern(s.agency);
      w.agencies.edit(agency) = {true, s.agency_type.value_or(AgencyType::secretariat), {}, index_};
      w.registrar_ = w.persons.intern(s.person);
      Person& row = w.persons.edit(w.registrar_);
      row.defined = true;
      row.agency = agency;
      row.roles.add(Role::registrar);
      row.first_roles = row.roles;
      row.index = row.roles_index = index_;
      w.note_officer(w.persons.find(s.person));
      return;
    }
    case Kind::agency_add:
      w.agencies.edit(w.agencies.intern(s.agency)) = {true, s.agency_type.value_or(AgencyType::secretariat),
                                                      s.name.value_or(std::string()), index_};
      return;
    case Kind::person_add: {
      Person& row = w.persons.edit(w.persons.intern(s.person));
      row.defined = true;
      if (!s.agency.empty()) row.agency = w.agencies.intern(s.agency);
      row.roles = row.first_roles = Roles::of(s.roles);
      row.duty_source = s.duty_source.value_or(std::string());
      row.index = row.roles_index = index_;
      w.note_officer(w.persons.find(s.person));
      return;
    }
    case Kind::person_roles: {
      Person& row = w.persons.edit(w.persons.intern(s.person));
      row.roles = Roles::of(s.roles);
      row.roles_index = index_;
      w.note_officer(w.persons.find(s.person));
      return;
    }
    case Kind::person_end: {
      Person& row = w.persons.edit(w.persons.intern(s.person));
      if (!row.ended()) row.ended_index = index_;
      return;
    }
    case Kind::device_add: {
      const auto id = w.devices.intern(s.device);
      const auto person = w.persons.intern(s.person);
      Device& row = w.devices.edit(id);
      row.defined = true;
      row.person = person;
      row.added_by = w.persons.intern(s.by);
      row.index = index_;
      w.persons.edit(person).devices.push_back(id);
      return;
    }
    case Kind::device_revoke: {
      Device& row = w.devices.edit(w.devices.intern(s.device));
      if (row.revoked_index == no_index) row.revoked_index = index_;
      return;
    }
    case Kind::basis_register: {
      BasisVersion version = w.version_of(s, index_);
      Basis& row = w.bases.edit(w.bases.intern(s.basis));
      row.defined = true;
      row.versions.push_back(std::move(version));
      return;
    }
    case Kind::matrix_set: {
      auto& needs = w.needs_[static_cast<std::size_t>(s.agency_type.value_or(AgencyType::secretariat))];
      needs.categories = Categories::of(s.categories.named);
      needs.index = index_;
      return;
    }
    default:  // notice.publish
      w.bases.edit(w.bases.intern(s.basis)).notices.push_back({s.version, index_});
  }
}

}  // namespace kasane::policy
