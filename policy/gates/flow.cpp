#include <algorithm>

#include "policy/gates/gate.hpp"

namespace kasane::policy {
namespace {

/// policy.md §5 step 6 for one record by itself.
bool flows(const World& world, const Record& record, BasisId target, const BasisVersion& in_force) {
  if (!record.origin.known()) return true;  // INTAKE
  const auto place = record.origin_version;
  // No version in force when it was shared: needs no consent, is not statutory.
  const BasisVersion* origin =
      place < 0 ? nullptr : &world.bases[record.origin].versions[static_cast<std::size_t>(place)];
  const bool origin_requires_consent = origin != nullptr && origin->consent_required;
  if (!origin_requires_consent && in_force.consent_required) return false;
  if (record.origin == target || origin_requires_consent) return true;
  return origin != nullptr && origin->statutory && in_force.statutory &&
         std::find(origin->cross_links.begin(), origin->cross_links.end(), target) != origin->cross_links.end();
}

/// The first ancestor that stops the flow; unknown: none. A parent not held stops it (policy.md §12).
RecordId ancestor_stop(const World& world, const Record& record, BasisId target, const BasisVersion& in_force) {
  RecordId stop;
  each_ancestor(world, record.parents, [&](RecordId parent) {
    if (!world.records[parent].defined || !flows(world, world.records[parent], target, in_force)) stop = parent;
    return !stop.known();
  });
  return stop;
}

}  // namespace

RecordId flow_stop(const World& world, RecordId record, BasisId target, const BasisVersion* in_force) {
  const Record& row = world.records[record];
  if (in_force == nullptr || !flows(world, row, target, *in_force)) return record;
  return ancestor_stop(world, row, target, *in_force);
}

bool may_flow(const World& world, const Record& record, BasisId target, const BasisVersion* in_force) {
  return in_force != nullptr && flows(world, record, target, *in_force) &&
         !ancestor_stop(world, record, target, *in_force).known();
}

namespace gate {

// policy.md §5 step 6.
Verdict flow(const Scene& s) {
  const RecordId stop = flow_stop(s.world, s.record, s.at().basis, s.basis);
  if (!stop.known()) return std::nullopt;
  return Denial{Reason::FLOW, true, {s.rec().index, s.world.records[stop].index}};
}

}  // namespace gate
}  // namespace kasane::policy
