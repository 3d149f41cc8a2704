#include <algorithm>
#include <span>

#include "policy/basis_defaults.hpp"
#include "policy/cite_needs.hpp"
#include "policy/rebase_cites.hpp"

// policy.md §4: what a permit stands on. Each condition that needs a statement names those that would serve; the
// earliest of each is taken, and what the rest makes superfluous is dropped. A condition that holds where nothing was
// said (no notice published, no conflict, a default that ships) is no statement's doing and cites none.
namespace kasane::policy {
namespace {

class Grounds {
 public:
  Grounds(const World& world, const Question& question, const Judgement& permit, Instant at)
      : w_(world),
        q_(question),
        permit_(permit),
        moment_(at),
        record_(world.records[question.record]),
        viewer_(world.persons[question.who]) {}

  Cites collect();
  /// Of what was collected: does the claim hold where only that was said?
  bool stands() const { return stands_; }
  /// Of what was collected: would the rest do by itself without one of it?
  bool spares() const { return spares_; }

 private:
  void add(Index index) { fixed_.push_back(index); }
  void need(const Needs::List& any_of) { needs_.add(any_of); }

  void at_item();
  void at_desk();
  void by_emergency();
  std::optional<Needs> need_to_know(const Seated& seated) const;
  void protections(bool order_serves);
  void seat(ItemId item, bool serves_before);
  void role(Role role);
  void coordinator();
  void cells(const Record& record, std::span<const Recipient> recipients, SubjectId except);
  void viewer_cells(const Record& record, const Seated& seated);
  void basis(BasisId code, const BasisVersion* version);
  void origins(RecordId record, BasisId target, bool consent_required);
  void subject_dates(const CaseSubject& entry, const Grants& grants);
  Needs::List naming_orders(bool by_another) const;

  const World& w_;
  const Question& q_;
  const Judgement& permit_;
  Moment moment_;
  const Record& record_;
  const Person& viewer_;
  Needs::List fixed_;
  Needs needs_;
  Grants with_;  ///< a grant stands only with its authority
  std::vector<RebaseGrounds::Left> left_;
  bool stands_ = true, spares_ = false;
};

Needs::List Grounds::naming_orders(bool by_another) const {
  Needs::List found;
  if (!q_.names_item) return found;
  for (const auto& order : w_.items[q_.item].orders)
    if (order.person == q_.who && !(by_another && order.by == q_.who) &&
        std::find(order.records.begin(), order.records.end(), q_.record) != order.records.end())
      found.push_back(order.index);
  return found;
}

/// A role that the person did not hold from the start.
void Grounds::role(Role role) {
  if (!viewer_.first_roles.has(role)) add(viewer_.roles_index);
}

/// The seat in force. Where the one that the item was added with would serve as well, the item says it all.
void Grounds::seat(ItemId item, bool serves_before) {
  add(w_.items[item].index);
  if (!serves_before) add(w_.seat(item, q_.who)->index);
}

void Grounds::coordinator() {
  const Case& row = w_.cases[record_.in_case];
  if (row.opener != q_.who) add(row.coordinator_index);
  role(Role::coordinator);
}

bool same_terms(const BasisVersion& a, const BasisVersion& b) {
  return a.consent_required == b.consent_required && a.statutory == b.statutory && a.reading == b.reading &&
         a.subject_may_attend == b.subject_may_attend && a.cross_links == b.cross_links;
}

/// A registered version, unless what ships says the same, and nobody registered anything else.
void Grounds::basis(BasisId code, const BasisVersion* version) {
  if (version == nullptr || version->index == no_index) return;
  const auto& versions = w_.bases[code].versions;
  if (versions.front().index == no_index && std::all_of(versions.begin(), versions.end(), [&](const BasisVersion& one) {
        return same_terms(versions.front(), one);
      }))
    return;
  add(version->index);
}

void Grounds::origins(RecordId record, BasisId target, bool consent_required) {
  const auto one = [&](Origin from) {
    if (from.basis.known() && from.version >= 0 && (from.basis != target || consent_required))
      basis(from.basis, &w_.bases[from.basis].versions[static_cast<std::size_t>(from.version)]);
  };
  const Record& row = w_.records[record];
  one({row.origin, row.origin_version});
  for (const auto from : row.above.origins) one(from);
}

/// Changed dates of a subject count only where the first ones would not do.
void Grounds::subject_dates(const CaseSubject& entry, const Grants& grants) {
  if (entry.dates_index == entry.index) return;
  bool needed = entry.first_dates.deceased_at && moment_.at() >= *entry.first_dates.deceased_at;
  if (entry.first_dates.majority_at && moment_.at() >= *entry.first_dates.majority_at)
    needed = needed || std::all_of(grants.begin(), grants.end(), [](const Grant& one) { return one.by_parent; });
  if (needed) add(entry.dates_index);
}

void Grounds::cells(const Record& record, std::span<const Recipient> recipients, SubjectId except) {
  for (const auto subject : record.subjects) {
    if (subject == except) continue;
    for (const auto category : record.category_list)
      for (const auto& recipient : recipients) {
        const CellQuestion cell{record.in_case, subject, category, recipient, w_.support()};
        const auto grants = grants_in_force(w_, cell, moment_);
        Needs::List any_of;
        for (const auto& grant : grants) {
          any_of.push_back(grant.index);
          if (grant.authority != no_index) with_.push_back(grant);
        }
        needs_.add_cell(cell, {any_of.begin(), any_of.size()});
        if (!w_.cases[record.in_case].dates_changed) continue;
        if (const auto* entry = w_.subject_of(record.in_case, subject)) subject_dates(*entry, grants);
      }
  }
}

void Grounds::viewer_cells(const Record& record, const Seated& seated) {
  if (is_professional(seated.seat) && viewer_.agency.known() && viewer_.agency == record.agency) return;
  const bool as_person = is_private(seated.seat) || !viewer_.agency.known();
  const Recipient recipient = as_person ? Recipient{{}, q_.who} : Recipient{viewer_.agency, {}};
  cells(record, {&recipient, 1}, seated.seat == Seat::person ? seated.as : SubjectId{});
}

/// Steps 5a and 5b.
void Grounds::protections(bool order_serves) {
  if (record_.author == q_.who) return;
  const bool first = viewer_.first_roles.has(Role::protection), now = viewer_.roles.has(Role::protection);
  if (record_.categories.has(Category::PADR) && !(first && now)) {
    Needs::List any_of;
    if (order_serves) any_of = naming_orders(true);
    if (now) any_of.push_back(viewer_.roles_index);
    need(any_of);
  }
  const bool desk = viewer_.agency.known() && w_.agencies[viewer_.agency].type == AgencyType::abuse_desk;
  if (record_.categories.has(Category::SRC) && !desk && now && !first) need({viewer_.roles_index});
}

void Grounds::at_item() {
  const Item& item = w_.items[q_.item];
  const Seated& now = *w_.seat(q_.item, q_.who);
  const BasisVersion& in_force = *w_.in_force(item.basis, moment_);
  // Would the seat that the item was added with do? Then the item says it all, and the rest is asked of that seat.
  const Seated* before = now.index == item.index ? &now : nullptr;
  if (before == nullptr) {
    for (const auto& one : item.first_seats)
      if (one.person == q_.who) before = &one;
    Scene scene{w_, moment_, q_.who, q_.record, q_.item, before, &in_force, q_.as_if_open, q_.as_if_acknowledged};
    const auto gates = item_gates();
    const auto denies = [&](Gate one) { return one != gate::need_to_know && one(scene).has_value(); };
    if (before != nullptr && (!need_to_know(*before) || std::any_of(gates.begin(), gates.end(), denies)))
      before = nullptr;
  }
  const Seated& seated = before != nullptr ? *before : now;
  seat(q_.item, before != nullptr);
  basis(item.basis, &in_force);
  origins(q_.record, item.basis, in_force.consent_required);

  if (in_force.reading == Reading::in_session && !q_.as_if_open) {
    auto any_of = naming_orders(false);
    if (item.state == ItemState::open) any_of.push_back(item.state_index);
    need(any_of);
  }
  protections(true);
  if (is_onlooker(seated.seat) || (is_private(seated.seat) && record_.kind == RecordKind::OPN))
    need(naming_orders(false));
  if (in_force.consent_required && !is_onlooker(seated.seat)) viewer_cells(record_, seated);

  if (const auto plan = need_to_know(seated)) needs_.add(*plan);
}

/// Step 8 for this seat: what it needs, or none where it cannot be had. What ships counts unless a `matrix.set` is
/// cited, which then replaces it; orders fill the rest.
std::optional<Needs> Grounds::need_to_know(const Seated& seated) const {
  Needs shipped, set;
  const bool bound = seated.seat == Seat::member || seated.seat == Seat::adhoc;
  if (!bound || (viewer_.agency.known() && viewer_.agency == record_.agency)) return shipped;
  const auto& needs = w_.needs(w_.agencies[viewer_.agency].type);
  const auto fill = [&](Categories given, Needs& plan) {
    for (const auto category : record_.category_list) {
      if (protective().has(category) || given.has(category)) continue;
      auto any_of = naming_orders(false);
      for (const auto& order : w_.items[q_.item].orders)
        if (order.person == q_.who && order.categories.has(category)) any_of.push_back(order.index);
      if (any_of.empty()) return false;
      plan.add(any_of);
    }
    return true;
  };
  const bool by_shipped = fill(needs.shipped, shipped);
  const bool by_set = needs.index != no_index && fill(needs.categories, set);
  if (by_shipped &&
      (shipped.empty() || needs_.imply(shipped) || !by_set || !set.empty() || shipped.first() < needs.index))
    return shipped;
  if (!by_set) return std::nullopt;
  set.add({&needs.index, 1});
  return set;
}

void Grounds::at_desk() {
  const Claim& claim = *permit_.claim;
  protections(false);
  if (claim.as_coordinator) {
    if (claim.item.known()) add(w_.items[claim.item].index);
    return coordinator();
  }
  if (!claim.item.known()) return;
  const Item& item = w_.items[claim.item];
  const auto before = std::find_if(item.first_seats.begin(), item.first_seats.end(),
                                   [&](const Seated& one) { return one.person == q_.who; });
  const auto serves = [&](Seat one) {
    if (claim.ground == Ground::REBASE) return one == Seat::chair;
    if (claim.ground == Ground::OFFICE) return one == Seat::chair || one == Seat::recorder;
    return is_professional(one);
  };
  seat(claim.item, before != item.first_seats.end() && serves(before->seat));
  if (claim.ground == Ground::OWN || claim.ground == Ground::OFFICE) return;

  const BasisVersion* in_force = w_.in_force(item.basis, moment_);
  basis(item.basis, in_force);
  if (claim.ground == Ground::TASK) {
    add(w_.tasks[claim.task].index);
    origins(q_.record, item.basis, in_force->consent_required);
    if (in_force->consent_required) viewer_cells(record_, *w_.seat(claim.item, q_.who));
    return;
  }
  auto grounds = rebase_grounds(w_, q_, claim.item, moment_);
  const auto& recipients = grounds.recipients;
  cells(record_, recipients, {});
  each_ancestor(w_, record_.parents, [&](RecordId parent) {
    cells(w_.records[parent], recipients, {});
    return true;
  });
  needs_.add({grounds.unlearned.begin(), grounds.unlearned.size()});
  if (!grounds.unlearned.empty() && grounds.of_the_target) add(in_force->index);
  left_ = std::move(grounds.left);
}

void Grounds::by_emergency() {
  const Emergency& emergency = w_.emergencies[permit_.emergency];
  add(emergency.index);
  add(emergency.approved_index);
  if (q_.names_item) add(w_.items[q_.item].index);
  if (!emergency.protective) protections(q_.names_item);
}

Cites Grounds::collect() {
  add(viewer_.index);
  add(record_.index);
  add(w_.cases[record_.in_case].index);
  if (q_.names_device) add(w_.devices[q_.device].index);
  if (permit_.emergency.known())
    by_emergency();
  else if (q_.names_item)
    at_item();
  else
    at_desk();
  const Needs::List picked = needs_.chosen(w_, fixed_, moment_);
  spares_ = permit_.ground == Ground::REBASE && needs_.spare_one(w_, picked, fixed_, moment_);
  for (const Index one : picked) add(one);
  for (const auto& grant : with_)
    if (std::find(picked.begin(), picked.end(), grant.index) != picked.end()) add(grant.authority);
  // Who has left need not have, where what is cited anyhow would do for them too.
  for (const auto& left : left_) {
    if (granted_by(w_, q_.record, left.agency, {picked.begin(), picked.size()}, moment_)) continue;
    stands_ = stands_ && !left.moves.empty();
    for (const Index move : left.moves) add(move);
  }
  Cites cites(fixed_.begin(), fixed_.end());
  sort_cites(cites);
  return cites;
}

}  // namespace

void sort_cites(Cites& cites) {
  cites.erase_if([](Index one) { return one == no_index; });
  std::sort(cites.begin(), cites.end());
  cites.cut(static_cast<std::size_t>(std::unique(cites.begin(), cites.end()) - cites.begin()));
}

Cites grounds_of(const World& world, const Question& question, const Judgement& permit, Instant at) {
  if (permit.claim && permit.claim->ground == Ground::REBASE) {
    Moment moment(at);
    const auto by = [&](ItemId item) -> std::optional<Cites> {
      Judgement there = permit;
      there.claim->item = item;
      Grounds grounds(world, question, there, at);
      auto cites = grounds.collect();
      if (!grounds.stands() || grounds.spares()) return std::nullopt;
      return cites;
    };
    for (const auto item : items_of_the_line(world, question, moment))
      if (auto cites = by(item)) return *cites;
    for (const auto item : world.persons[question.who].seated)
      if (may_rebase(world, question.who, question.record, item, moment))
        if (auto cites = by(item)) return *cites;
  }
  return Grounds(world, question, permit, at).collect();
}

}  // namespace kasane::policy
