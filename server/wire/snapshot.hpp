#pragma once

#include <string_view>

#include "policy/world.hpp"
#include "server/wire/json.hpp"

namespace kasane::wire {

/// Everything that this fold holds, as data for screens, so that the browser needs no rules of its own. Times are RFC
/// 3339 UTC with milliseconds or null; `index` is the ledger index of the defining entry. Lists are in order of
/// definition, seats and acknowledged persons by id. The shape is stable:
///
/// {tenant, size, clock,
///  agencies:    [{agency, type, name|null, index}],
///  persons:     [{person, agency|null, roles[], ended, duty_source|null, index}],
///  devices:     [{device, person, live, index}],
///  bases:       [{code, in_force, consent: required|not_required, duty, statutory, subject_may_attend, reading,
///                 cross_links[], from, to|null, names, law, article, paragraph, penalty (each an object by language),
///                 notice_version|null}] (terms of the version in force; where none is, `in_force` is false and the
///                 terms are null),
///  needs:       [{agency_type, categories[], shipped[], index|null}] (policy.md §6: what stands, what the law's data
///                 gave, and the `matrix.set` that changed it),
///  cases:       [{case, coordinator|null, subjects: [{subject, majority_at, own_consent_at, deceased_at, protected}],
///                 conflicts: [person], index}],
///  authorities: [{authority, case, subject, holder, type, categories[], from, to, conflict, index}],
///  consents:    [{consent, case, subject, giver, state, categories: [] | "*", recipients: [] | "*", purpose, from, to,
///                 method, witness|null, by, at, index}],
///  conferences: [{conference, starts_at, closed, index}],
///  items:       [{item, conference, case, basis, state: planned|open|suspended|closed, seats: [{person, seat,
///  as|null}],
///                 opened_at, notice_due|null, acknowledged: [person], last_epoch, index}],
///  orders:      [{item, person, categories[], records[], reason|null, by, index}],
///  records:     [{record, case, item|null, label: {subjects, categories, kind, agency, origin, hold|null,
///                 withhold_from_subject, deidentified, parents}, author, at, withdrawn, destroyed, rebased_from|null,
///                 index}],
///  tasks:       [{task, item, person, records[], to, ended, by, index}],
///  decisions:   [{decision, item, kind, record, rests_on[], by, confirmed_by|null, at, index}],
///  emergencies: [{emergency, case, person, by, approved_by|null, records[], categories[], ground, minutes, protective,
///  at,
///                 approved_at|null, live, approvable_until, open_until|null, reviewed, upheld, index}],
///  me:          {person, roles[], seats: [{item, seat, as|null}]} | null}
///
/// A case, item or conference that is only named (policy.md §12, a partial fold) is not listed; its name may stand in
/// others. Records are listed whatever `see` says: ask `list` before showing one.
Json snapshot(const policy::World& world, std::string_view person, policy::Instant at);

}  // namespace kasane::wire
