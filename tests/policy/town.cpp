#include "tests/policy/town.hpp"

#include <cstdio>
#include <cstdlib>

#include "policy/action.hpp"
#include "server/wire/answer.hpp"
#include "server/wire/payload.hpp"
#include "server/wire/query.hpp"

namespace kasane::tests {
namespace {

policy::Supposed read(std::string_view statement, policy::Instant at) {
  const auto json = wire::read_json(statement);
  auto read = json ? wire::read_statement(*json, wire::StatementForm::hypothetical) : std::nullopt;
  if (read) read->at_ms = at;
  return read;
}

std::string name(const std::optional<policy::Reason>& reason) {
  return reason ? std::string(policy::name_of(*reason)) : std::string();
}

}  // namespace

policy::Statement statement_of(std::string_view text) {
  auto statement = read(text, 0);
  if (!statement) {
    std::fprintf(stderr, "statement_of: %.*s\n", static_cast<int>(text.size()), text.data());
    std::abort();
  }
  return *statement;
}

std::string text_of(const wire::Json& answer, std::string_view member) {
  const auto* value = answer.find(member);
  return value != nullptr && value->text() ? *value->text() : std::string();
}

Town& Town::at(std::string_view instant) {
  at_ = policy::parse_instant(instant).value();
  return *this;
}

std::string Town::say(std::string_view statement) {
  const auto supposed = read(statement, at_);
  if (!supposed) return "MALFORMED";
  const auto reason = world_.accept(*supposed, static_cast<policy::Index>(accepted_.size()));
  if (!reason) accepted_.push_back(*supposed);
  return name(reason);
}

std::string Town::would(std::string_view statement) const {
  return name(policy::may(world_, read(statement, at_), at_));
}

Town& Town::says(std::string_view statement) {
  if (const auto reason = say(statement); !reason.empty()) {
    std::fprintf(stderr, "Town::says: %s: %.*s\n", reason.c_str(), static_cast<int>(statement.size()),
                 statement.data());
    std::abort();
  }
  return *this;
}

wire::Json Town::ask(std::string_view query) const {
  auto json = wire::read_json(query);
  if (json && json->is_object() && json->find("at") == nullptr) json->add("at", policy::print_instant(at_));
  const auto read = json ? wire::read_query(*json) : std::nullopt;
  return read ? wire::answer(world_, *read) : wire::malformed_answer();
}

std::string Town::sees(std::string_view who, std::string_view record, std::string_view item) const {
  const auto decision = policy::see(world_, {record, who, {}, item}, at_);
  std::string out(decision.permit ? policy::name_of(*decision.ground) : policy::name_of(*decision.reason));
  return decision.hidden ? out + " hidden" : out;
}

Town Town::founded() {
  Town t;
  t.at("2026-04-01T00:00:00Z");
  t.says(
      R"({"kind":"tenant.found","by":"kiri","tenant":"town","person":"kiri","agency":"city","agency_type":"secretariat"})");
  const std::pair<const char*, const char*> agencies[] = {
      {"care", "elderly"}, {"dis", "disability"}, {"home", "housing"}, {"law", "police"}, {"desk", "abuse_desk"}};
  for (const auto& [agency, type] : agencies)
    t.says(std::string(R"({"kind":"agency.add","by":"kiri","agency":")") + agency + R"(","agency_type":")" + type +
           "\"}");
  const std::pair<const char*, const char*> persons[] = {{"aki", R"("agency":"city","roles":["coordinator"])"},
                                                         {"aoi", R"("agency":"city","roles":["coordinator"])"},
                                                         {"doi", R"("agency":"city","roles":["consent_officer"])"},
                                                         {"mori", R"("agency":"city","roles":["protection"])"},
                                                         {"kan", R"("agency":"city","roles":["compliance"])"},
                                                         {"kura", R"("agency":"city","roles":["custodian"])"},
                                                         {"dan", R"("agency":"care","roles":[])"},
                                                         {"nita", R"("agency":"dis","roles":[])"},
                                                         {"sawa", R"("agency":"home","roles":[])"},
                                                         {"ban", R"("agency":"law","roles":[])"},
                                                         {"gya", R"("agency":"desk","roles":[])"},
                                                         {"obe", R"("agency":"home","roles":[])"},
                                                         {"self", R"("roles":[])"},
                                                         {"kin", R"("roles":[])"},
                                                         {"out", R"("agency":"law","roles":[])"}};
  for (const auto& [person, rest] : persons)
    t.says(std::string(R"({"kind":"person.add","by":"kiri","person":")") + person + "\"," + rest + "}");
  t.says(
      R"({"kind":"case.open","by":"aki","case":"c1","subjects":[{"subject":"s1"},{"subject":"s2","majority_at":"2026-09-01T00:00:00Z"}]})");
  t.says(R"({"kind":"case.open","by":"aki","case":"c2","subjects":[{"subject":"s9"}]})");
  t.says(R"({"kind":"conference.convene","by":"aki","conference":"k1","starts_at":"2026-07-08T05:00:00Z"})");
  t.says(R"({"kind":"item.add","by":"aki","item":"g1","conference":"k1","case":"c1","basis":"SWA106_6","seats":{
    "aki":{"seat":"chair"},"nita":{"seat":"recorder"},"dan":{"seat":"member"},"sawa":{"seat":"member"},
    "gya":{"seat":"member"},"obe":{"seat":"observer"}}})");
  t.says(R"({"kind":"item.add","by":"aki","item":"g2","conference":"k1","case":"c1","basis":"LAYERED","seats":{
    "aki":{"seat":"chair"},"nita":{"seat":"recorder"},"dan":{"seat":"member"},"sawa":{"seat":"member"},
    "self":{"seat":"person","as":"s1"},"kin":{"seat":"family"},"obe":{"seat":"observer"}}})");
  t.says(R"({"kind":"record.share","by":"dan","record":"r1","case":"c1","item":"g1","label":{"subjects":["s1"],
    "categories":["HOU"],"kind":"FACT","agency":"care","origin":"SWA106_6"}})");
  t.says(R"({"kind":"record.share","by":"dan","record":"r2","case":"c1","item":"g2","label":{"subjects":["s1"],
    "categories":["HOU"],"kind":"FACT","agency":"care","origin":"INTAKE"}})");
  return t;
}

}  // namespace kasane::tests
