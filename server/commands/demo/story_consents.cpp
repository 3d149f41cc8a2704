#include "crypto/random.hpp"
#include "server/commands/demo/town.hpp"

namespace kasane::commands::demo {

using policy::ConsentState;

void Town::open_households() {
  go_to(58, 10);
  auto& asakura = person("asakura");
  const auto majority = calendar_.midnight_in(24);  // 24:00 of the day before the birthday (domain.md §2.3)
  const struct {
    const char *household, *subjects;
  } households[] = {{"a", "a-mother a-son"},
                    {"b", "b-mother b-son b-daughter"},
                    {"c", "c-mother c-daughter"},
                    {"d", "d-child d-mother d-grandmother"}};
  for (const auto& household : households) {
    policy::Statement open;
    open.kind = policy::Kind::case_open;
    open.case_id = id(std::string("case-") + household.household);
    for (const auto& subject : words(household.subjects)) {
      policy::SubjectEntry entry;
      entry.subject = id("s-" + subject);
      if (subject == "d-child") {
        entry.dates.majority_at = majority;
        entry.dates.own_consent_at = majority - 731 * policy::day_ms;
      }
      open.subjects.push_back(std::move(entry));
    }
    asakura.state(std::move(open));
  }
}

void Town::add_authority(const char* key, const char* household, const char* subject, policy::AuthorityType type) {
  policy::Statement add;
  add.kind = policy::Kind::authority_add;
  add.authority = id(key);
  add.case_id = id(std::string("case-") + household);
  add.subject = id(std::string("s-") + subject);
  add.holder = id(std::string("holder-") + key);  // somebody outside: an id and no more
  add.authority_type = type;
  add.categories = {true, {}};
  add.from = calendar_.at(400, 0);
  person("dobashi").state(std::move(add));
}

void Town::record_consent(const Consent& consent) {
  policy::Statement record;
  record.kind = policy::Kind::consent_record;
  record.consent = crypto::random_id('n');
  record.case_id = id(std::string("case-") + consent.household);
  record.subject = id(std::string("s-") + consent.subject);
  record.giver = std::string_view(consent.giver) == "self" ? "self" : id(consent.giver);
  record.state = consent.state;
  record.categories = categories(consent.categories);
  if (std::string_view(consent.recipients) == "*")
    record.recipients.all = true;
  else
    record.recipients.named = words(consent.recipients);
  record.purpose = "support";
  record.to = consent.to;
  if (consent.witness != nullptr) {
    record.method = policy::ConsentMethod::oral;
    record.witness = consent.witness;
  } else {
    record.method = policy::ConsentMethod::written;
    record.evidence = crypto::hex(crypto::random_value<crypto::Hash>());  // number of the paper in the file room
  }
  person("dobashi").state(std::move(record));
}

/// The mother wants nobody; the son's mandate holder has agreed for him, and is then in conflict.
void Town::ask_consents_a() {
  go_to(56, 11);
  add_authority("mandate-a", "a", "a-son", policy::AuthorityType::mandate);
  record_consent({"a", "a-mother", "self", ConsentState::refused, "*", "*", {}, "dan"});
  record_consent({"a", "a-son", "mandate-a", ConsentState::granted, "FIN MED DIS RIG", "shiyakusho kikan byouin"});
  go_to(50, 15);
  policy::Statement conflict;
  conflict.kind = policy::Kind::authority_conflict;
  conflict.authority = id("mandate-a");
  conflict.conflict = true;
  person("asakura").state(std::move(conflict));
}

/// The son agrees in parts, the mother through her guardian, one agreement runs out; the daughter has not been asked
/// about money.
void Town::ask_consents_b() {
  go_to(40, 10);
  add_authority("guardian-b", "b", "b-mother", policy::AuthorityType::guardian);
  record_consent({"b", "b-mother", "guardian-b", ConsentState::granted, "ID FAM LTC FIN BEN", "*"});
  record_consent({"b", "b-mother", "guardian-b", ConsentState::granted, "MED", "*", calendar_.midnight_in(-5)});
  record_consent({"b", "b-son", "self", ConsentState::granted, "ID FAM WRK LTC", "*"});
  record_consent({"b", "b-son", "self", ConsentState::granted, "DIS FIN", "shiyakusho houkatsu kikan jiritsu"});
  record_consent({"b", "b-son", "self", ConsentState::refused, "HOU", "*"});
  record_consent({"b", "b-daughter", "self", ConsentState::asked_no_answer, "MED", "*"});
}

/// Both had agreed; after a quarrel the daughter withdrew, and her whereabouts are protected from her mother.
void Town::ask_consents_c() {
  go_to(20, 10);
  record_consent({"c", "c-mother", "self", ConsentState::granted, "ID FAM LTC FIN", "*"});
  record_consent({"c", "c-daughter", "self", ConsentState::granted, "ID FAM DIS FIN", "*"});
  go_to(9, 9);
  policy::Statement protect;
  protect.kind = policy::Kind::protect_set;
  protect.case_id = id("case-c");
  protect.subject = id("s-c-daughter");
  protect.opponents = {id("s-c-mother")};
  person("mamiya").state(std::move(protect));
  record_consent({"c", "c-daughter", "self", ConsentState::revoked, "*", "*", {}, "nitta"});
}

/// A parent agrees for a child who is nearly of age; the mother keeps her own health to herself.
void Town::ask_consents_d() {
  go_to(8, 10);
  add_authority("parent-d", "d", "d-child", policy::AuthorityType::parent);
  record_consent({"d", "d-child", "parent-d", ConsentState::granted, "ID FAM EDU", "*"});
  record_consent({"d", "d-mother", "self", ConsentState::granted, "ID FAM WRK", "*"});
  record_consent({"d", "d-mother", "self", ConsentState::refused, "MED", "*"});
  record_consent({"d", "d-grandmother", "self", ConsentState::granted, "ID FAM LTC", "*", {}, "dan"});
}

}  // namespace kasane::commands::demo
