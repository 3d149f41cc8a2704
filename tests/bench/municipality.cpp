#include "tests/bench/municipality.hpp"

#include <algorithm>

#include "tests/bench/figures.hpp"

namespace kasane::bench {
namespace {

using policy::Kind;
using policy::Statement;

constexpr policy::AgencyType types[agency_count] = {policy::AgencyType::secretariat, policy::AgencyType::elderly,
                                                    policy::AgencyType::disability,  policy::AgencyType::livelihood,
                                                    policy::AgencyType::medical,     policy::AgencyType::housing};
constexpr policy::Category used[category_count] = {policy::Category::ID,  policy::Category::FAM, policy::Category::MED,
                                                   policy::Category::DIS, policy::Category::LTC, policy::Category::FIN,
                                                   policy::Category::BEN, policy::Category::HOU};
constexpr policy::Instant began_ms = 1'780'000'000'000;
constexpr const char* registrar = "kiri";

Statement by(const std::string& author, Kind kind) {
  Statement statement;
  statement.kind = kind;
  statement.by = author;
  return statement;
}

/// Numbers the statements and gives them their time.
class Ledger {
 public:
  explicit Ledger(const Municipality::Visit& visit) : visit_(visit) {}
  void add(Statement statement) {
    statement.at_ms = began_ms + index_;
    visit_(statement, index_++);
  }

 private:
  const Municipality::Visit& visit_;
  policy::Index index_ = 0;
};

void add_staff(Ledger& ledger, int persons) {
  auto found = by(registrar, Kind::tenant_found);
  found.tenant = "town";
  found.person = registrar;
  found.agency = "city";
  found.agency_type = policy::AgencyType::secretariat;
  ledger.add(found);
  for (int i = 0; i < agency_count; ++i) {
    auto add = by(registrar, Kind::agency_add);
    add.agency = Municipality::agency(i);
    add.agency_type = types[i];
    ledger.add(add);
    auto needs = by(registrar, Kind::matrix_set);
    needs.agency_type = types[i];
    needs.categories.named.assign(std::begin(used), std::end(used));
    ledger.add(needs);
  }
  for (int i = 0; i < persons; ++i) {
    auto add = by(registrar, Kind::person_add);
    add.person = Municipality::person(i);
    add.agency = Municipality::agency(Municipality::agency_of(i));
    if (i == 0) add.roles = {policy::Role::coordinator, policy::Role::consent_officer};
    ledger.add(add);
  }
}

void convene(Ledger& ledger, int household, const Size& size) {
  const auto chair = Municipality::person(0), number = std::to_string(household);
  auto open = by(chair, Kind::case_open);
  open.case_id = Municipality::household(household);
  for (int i = 0; i < size.subjects; ++i)
    open.subjects.push_back({Municipality::subject(household * size.subjects + i), {}});
  ledger.add(open);
  auto convene = by(chair, Kind::conference_convene);
  convene.conference = "k-" + number;
  convene.starts_at = began_ms;
  ledger.add(convene);
  auto add = by(chair, Kind::item_add);
  add.item = Municipality::item(household);
  add.conference = "k-" + number;
  add.case_id = Municipality::household(household);
  add.basis = "LAYERED";
  for (int i = 0; i < std::min(size.persons, size.seated); ++i)
    add.seats.push_back({Municipality::person(i), i == 0 ? policy::Seat::chair : policy::Seat::member, {}});
  ledger.add(add);
  auto begin = by(chair, Kind::item_open);
  begin.item = Municipality::item(household);
  ledger.add(begin);
}

Statement record_statement(const Record& record, std::size_t number) {
  auto share = by(Municipality::person(record.agency), Kind::record_share);  // person i is of agency i mod 6
  share.record = Municipality::record(number);
  share.case_id = Municipality::household(record.household);
  share.item = Municipality::item(record.household);
  policy::Label label;
  label.subjects = {Municipality::subject(record.subject)};
  label.categories = {record.category};
  label.agency = Municipality::agency(record.agency);
  label.origin = policy::intake_origin;
  share.label = std::move(label);
  return share;
}

}  // namespace

policy::Statement consent_statement(const Consent& consent, int household, std::size_t number) {
  auto statement = by(Municipality::person(0), Kind::consent_record);
  statement.consent = "n-" + std::to_string(number);
  statement.case_id = Municipality::household(household);
  statement.subject = Municipality::subject(consent.subject);
  statement.giver = policy::self_giver;
  statement.state = consent.granted ? policy::ConsentState::granted : policy::ConsentState::revoked;
  statement.categories.named = {consent.category};
  statement.recipients.named = {Municipality::agency(consent.agency)};
  statement.purpose = policy::support_purpose;
  statement.method = policy::ConsentMethod::written;
  statement.evidence = "form";
  return statement;
}

Municipality::Municipality(const Size& size) : size_(size) {
  std::mt19937 draw(20'260'701);
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(draw() % bound); };
  for (int subject = 0; subject < subjects(); ++subject) {
    std::vector<Consent> given;
    for (int i = 0; i < size.consents; ++i) {
      Consent one{subject, static_cast<int>(below(agency_count)), used[below(category_count)], i % 5 != 4};
      if (!one.granted) {  // takes back something that was given
        one = given[below(given.size())];
        one.granted = false;
      }
      given.push_back(one);
      consents_.push_back(one);
    }
    for (int i = 0; i < size.records; ++i)
      records_.push_back(
          {subject / size.subjects, subject, static_cast<int>(below(agency_count)), used[below(category_count)]});
  }
}

void Municipality::each(const Visit& visit) const {
  Ledger ledger(visit);
  add_staff(ledger, size_.persons);
  for (int household = 0; household < size_.households; ++household) convene(ledger, household, size_);
  for (std::size_t i = 0; i < records_.size(); ++i) ledger.add(record_statement(records_[i], i));
  for (std::size_t i = 0; i < consents_.size(); ++i)
    ledger.add(consent_statement(consents_[i], consents_[i].subject / size_.subjects, i));
}

policy::World Municipality::world() const {
  policy::World world;
  each([&](const Statement& statement, policy::Index index) {
    if (const auto reason = world.accept(statement, index))
      fail("the policy refuses statement " + std::to_string(index) + ": " + std::string(policy::name_of(*reason)));
  });
  return world;
}

policy::Instant Municipality::now() const { return began_ms + policy::day_ms; }

}  // namespace kasane::bench
