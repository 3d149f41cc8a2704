#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace kasane::policy {

/// A row of one table of the World. Distinct types: a DeviceId cannot stand where a RecordId is meant.
template <class Tag>
struct Id {
  std::uint32_t row = none;
  static constexpr std::uint32_t none = 0xffffffffU;
  constexpr bool known() const { return row != none; }
  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;
};

using AgencyId = Id<struct AgencyTag>;
using PersonId = Id<struct PersonTag>;
using DeviceId = Id<struct DeviceTag>;
using BasisId = Id<struct BasisTag>;
using CaseId = Id<struct CaseTag>;
using SubjectId = Id<struct SubjectTag>;
using AuthorityId = Id<struct AuthorityTag>;
using ConsentId = Id<struct ConsentTag>;
using PurposeId = Id<struct PurposeTag>;
using ConferenceId = Id<struct ConferenceTag>;
using ItemId = Id<struct ItemTag>;
using RecordId = Id<struct RecordTag>;
using TaskId = Id<struct TaskTag>;
using DecisionId = Id<struct DecisionTag>;
using EmergencyId = Id<struct EmergencyTag>;
using MessageId = Id<struct MessageTag>;
using RequestId = Id<struct RequestTag>;
using UnitId = Id<struct UnitTag>;

/// policy.md §1: `[a-z0-9][a-z0-9._:-]{0,63}`.
bool is_id(std::string_view text);
/// policy.md §1: `[A-Z0-9][A-Z0-9_]{0,31}`.
bool is_basis_code(std::string_view text);

inline constexpr std::string_view server_name = "server";        ///< reserved author (policy.md §1)
inline constexpr std::string_view self_giver = "self";           ///< reserved authority: the subject
inline constexpr std::string_view intake_origin = "INTAKE";      ///< reserved basis: ordinary work, or own words
inline constexpr std::string_view person_recipient = "person:";  ///< a recipient who is a person, not an agency
inline constexpr std::string_view support_purpose = "support";   ///< the purpose for which conferences ask

}  // namespace kasane::policy
