#include "policy/emergency.hpp"

#include <algorithm>

#include "policy/verdict.hpp"

// policy.md §5, "Emergency".
namespace kasane::policy {
namespace {

bool live(const Emergency& emergency, Moment& moment) {
  if (!emergency.defined || !emergency.approved() || !emergency.upheld) return false;
  return moment.within(emergency.approved_at, open_until(emergency));
}

bool covers(const World& world, const Emergency& emergency, RecordId record) {
  const Record& row = world.records[record];
  if (std::find(emergency.records.begin(), emergency.records.end(), record) != emergency.records.end()) return true;
  return row.in_case == emergency.in_case && !emergency.categories.empty() &&
         emergency.categories.holds(row.categories);
}

}  // namespace

EmergencyId emergency_for(const Scene& scene) {
  const auto& emergencies = scene.viewer().emergencies;
  if (emergencies.empty()) return {};
  if (scene.rec().withdrawn()) return {};
  if (scene.item.known() && (scene.at().closed() || scene.at().in_case != scene.rec().in_case)) return {};
  if (gate::conflict(scene)) return {};
  for (const auto id : emergencies) {
    const Emergency& emergency = scene.world.emergencies[id];
    if (!live(emergency, scene.moment) || !covers(scene.world, emergency, scene.record)) continue;
    if (!emergency.protective && (gate::whereabouts(scene) || gate::source(scene))) continue;
    return id;
  }
  return {};
}

}  // namespace kasane::policy
