#include <algorithm>

#include "policy/gates/gate.hpp"

namespace kasane::policy {
namespace {

/// policy.md §5 step 6 for one origin by itself.
bool flows(const World& world, Origin from, BasisId target, const BasisVersion& in_force) {
  if (!from.basis.known()) return true;  // INTAKE
  // No version in force when it was shared: needs no consent, is not statutory.
  const BasisVersion* origin =
      from.version < 0 ? nullptr : &world.bases[from.basis].versions[static_cast<std::size_t>(from.version)];
  const bool origin_requires_consent = origin != nullptr && origin->consent_required;
  if (!origin_requires_consent && in_force.consent_required) return false;
  if (from.basis == target || origin_requires_consent) return true;
  return origin != nullptr && origin->statutory && in_force.statutory &&
         std::find(origin->cross_links.begin(), origin->cross_links.end(), target) != origin->cross_links.end();
}

bool flows(const World& world, const Record& record, BasisId target, const BasisVersion& in_force) {
  return flows(world, {record.origin, record.origin_version}, target, in_force);
}

/// The first ancestor that stops the flow; unknown: none. A parent not held stops it (policy.md §12).
RecordId ancestor_stop(const World& world, const Record& record, BasisId target, const BasisVersion& in_force) {
  RecordId stop;
  if (record.above.all_held && std::all_of(record.above.origins.begin(), record.above.origins.end(),
                                           [&](Origin one) { return flows(world, one, target, in_force); }))
    return stop;
  each_ancestor(world, record.parents, [&](RecordId parent) {
    if (!world.records[parent].defined || !flows(world, world.records[parent], target, in_force)) stop = parent;
    return !stop.known();
  });
  return stop;
}

}  // namespace

Ancestry ancestry_of(const World& world, std::span<const RecordId> parents) {
  Ancestry all;
  const auto add = [&](Origin one) {
    if (one.basis.known() && std::find(all.origins.begin(), all.origins.end(), one) == all.origins.end())
      all.origins.push_back(one);
  };
  for (const auto parent : parents) {
    const Record& row = world.records[parent];
    all.all_held = all.all_held && row.defined && row.above.all_held;
    add({row.origin, row.origin_version});
    for (const auto one : row.above.origins) add(one);
  }
  return all;
}

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
