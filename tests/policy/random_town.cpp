#include "tests/policy/random_town.hpp"

#include <array>

#include "policy/instant.hpp"

namespace kasane::tests {
namespace {

/// `{"a":"b",…}` of pairs; a value that begins with a bracket, a digit, or is a JSON word stands as it is.
std::string object(std::initializer_list<std::pair<const char*, std::string>> members) {
  std::string out = "{";
  for (const auto& [name, value] : members) {
    if (out.size() > 1) out += ',';
    const bool raw = value == "true" || value == "false" || value.starts_with("[") || value.starts_with("{") ||
                     (!value.empty() && value[0] >= '0' && value[0] <= '9' && value.find('-') == std::string::npos);
    out += std::string("\"") + name + "\":" + (raw ? value : "\"" + value + "\"");
  }
  return out + "}";
}
std::string list(std::initializer_list<std::string> texts) {
  std::string out = "[";
  for (const auto& text : texts) out += (out.size() > 1 ? ",\"" : "\"") + text + "\"";
  return out + "]";
}

constexpr std::array categories = {"ID", "FAM", "MED", "HOU", "FIN", "PADR", "SRC", "HOU"};
constexpr std::array kinds = {"FACT", "OPN", "DEC", "MIN", "FACT"};
constexpr std::array seats = {"member", "recorder", "chair", "adhoc", "observer", "family", "none", "member"};
constexpr std::array officers = {"aki", "aoi", "doi", "mori", "kan", "kiri"};
constexpr std::array agencies = {"city", "care", "dis", "home", "law", "desk"};
constexpr std::array agency_persons = {"aki", "dan", "nita", "sawa", "ban", "gya"};

}  // namespace

RandomTown::RandomTown(std::uint32_t seed, int tries) : random_(seed), town_(Town::founded()) {
  persons = {"kiri", "aki", "aoi", "doi", "mori", "kan", "dan", "nita",
             "sawa", "ban", "gya", "obe", "self", "kin", "out"};
  items = {"g1", "g2"};
  records = {"r1", "r2"};
  policy::Instant now = policy::parse_instant("2026-07-08T04:00:00Z").value();
  town_.at(policy::print_instant(now));
  for (int i = 0; i < tries; ++i) {
    town_.at(policy::print_instant(now += static_cast<policy::Instant>(draw(4)) * policy::minute_ms));
    town_.say(statement());
  }
}

std::string RandomTown::share() {
  const std::string author = one_of(agency_persons);
  const std::string agency = author == "aki"    ? "city"
                             : author == "dan"  ? "care"
                             : author == "nita" ? "dis"
                             : author == "sawa" ? "home"
                             : author == "ban"  ? "law"
                                                : "desk";
  const std::string record = fresh("r");
  records.push_back(record);
  const std::string origin = draw(2) == 0 ? "INTAKE" : draw(2) == 0 ? "SWA106_6" : "LAYERED";
  const std::string subjects = draw(3) == 0 ? list({"s1", "s2"}) : list({draw(2) == 0 ? "s1" : "s2"});
  std::string label = object({{"subjects", subjects},
                              {"categories", list({one_of(categories), one_of(categories)})},
                              {"kind", one_of(kinds)},
                              {"agency", agency},
                              {"origin", origin}});
  label.pop_back();
  if (draw(5) == 0) label += ",\"parents\":" + list({one_of(records)});
  if (draw(6) == 0) label += ",\"hold\":" + list({one_of(agencies)});
  if (draw(8) == 0) label += ",\"deidentified\":true";
  label += "}";
  if (draw(3) == 0)
    return object({{"kind", "record.share"}, {"by", author}, {"record", record}, {"case", "c1"}, {"label", label}});
  return object({{"kind", "record.share"},
                 {"by", author},
                 {"record", record},
                 {"case", "c1"},
                 {"item", one_of(items)},
                 {"label", label}});
}

std::string RandomTown::consent() {
  constexpr std::array states = {"granted", "granted", "granted", "refused", "revoked", "unable", "asked_no_answer"};
  constexpr std::array givers = {"self", "self", "a1", "a2"};
  std::string out = object({{"kind", "consent.record"},
                            {"by", "doi"},
                            {"consent", fresh("d")},
                            {"case", "c1"},
                            {"subject", draw(2) == 0 ? "s1" : "s2"},
                            {"giver", one_of(givers)},
                            {"state", one_of(states)},
                            {"categories", draw(2) == 0 ? "*" : list({one_of(categories), one_of(categories)})},
                            {"recipients", draw(2) == 0 ? "*" : list({one_of(agencies), "person:self"})},
                            {"purpose", "support"},
                            {"method", "written"},
                            {"evidence", "e"}});
  if (draw(3) != 0) {
    const auto to = town_.now() + static_cast<policy::Instant>(1 + draw(90)) * policy::minute_ms;
    out.insert(out.size() - 1, ",\"to\":\"" + policy::print_instant(to) + "\"");
  }
  return out;
}

std::string RandomTown::statement() {
  const std::string person = one_of(persons), item = one_of(items), record = one_of(records),
                    officer = one_of(officers);
  switch (draw(36)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return share();
    case 5:
    case 6:
    case 7:
    case 8:
      return consent();
    case 9:
      return object({{"kind", "item.open"}, {"by", "aki"}, {"item", item}});
    case 10:
      return object({{"kind", "item.suspend"}, {"by", "aki"}, {"item", item}});
    case 11:
      return draw(4) == 0 ? object({{"kind", "item.close"}, {"by", "aki"}, {"item", item}}) : share();
    case 12:
    case 13:
      return object(
          {{"kind", "item.seat"}, {"by", "aki"}, {"item", item}, {"person", person}, {"seat", one_of(seats)}});
    case 14:
      return object({{"kind", "record.order"},
                     {"by", "aki"},
                     {"item", item},
                     {"person", person},
                     {"records", list({record})},
                     {"reason", "task"}});
    case 15:
      return object({{"kind", "record.order"},
                     {"by", "aki"},
                     {"item", item},
                     {"person", person},
                     {"categories", list({one_of(categories)})},
                     {"reason", "task"}});
    case 16:
      return object({{"kind", "task.assign"},
                     {"by", "aki"},
                     {"task", fresh("t")},
                     {"item", item},
                     {"person", person},
                     {"records", list({record})},
                     {"to", policy::print_instant(town_.now() + 50 * policy::minute_ms)}});
    case 17:
      return draw(3) == 0
                 ? object({{"kind", "protect.set"},
                           {"by", "mori"},
                           {"case", "c1"},
                           {"subject", "s1"},
                           {"opponents", list({person})}})
                 : object(
                       {{"kind", "protect.lift"}, {"by", "mori"}, {"case", "c1"}, {"subject", "s1"}, {"with", "kan"}});
    case 18:
      return draw(2) == 0 ? object({{"kind", "conflict.declare"}, {"by", "aki"}, {"case", "c1"}, {"person", person}})
                          : object({{"kind", "conflict.lift"},
                                    {"by", "mori"},
                                    {"case", "c1"},
                                    {"person", person},
                                    {"with", "kan"}});
    case 19:
      return object({{"kind", "record.withdraw"}, {"by", "aki"}, {"record", record}});
    case 20: {
      const std::string fresh_record = fresh("r");
      records.push_back(fresh_record);
      return object(
          {{"kind", "record.rebase"}, {"by", "aki"}, {"record", fresh_record}, {"source", record}, {"item", "g2"}});
    }
    case 21:
      return object({{"kind", "emergency.invoke"},
                     {"by", "nita"},
                     {"emergency", emergency_ = fresh("e")},
                     {"case", "c1"},
                     {"person", person},
                     {"records", list({record})},
                     {"ground", "life"},
                     {"minutes", "30"},
                     {"protective", draw(2) == 0 ? "true" : "false"}});
    case 22:
      return object({{"kind", "emergency.approve"}, {"by", draw(2) == 0 ? "mori" : "dan"}, {"emergency", emergency_}});
    case 23:
      return draw(2) == 0 ? object({{"kind", "authority.add"},
                                    {"by", "doi"},
                                    {"authority", draw(2) == 0 ? "a1" : "a2"},
                                    {"case", "c1"},
                                    {"subject", "s1"},
                                    {"holder", person},
                                    {"type", draw(2) == 0 ? "guardian" : "parent"},
                                    {"categories", "*"}})
                          : object({{"kind", "authority.conflict"},
                                    {"by", "doi"},
                                    {"authority", "a1"},
                                    {"conflict", draw(2) == 0 ? "true" : "false"}});
    case 24:
      return draw(3) == 0
                 ? object({{"kind", "notice.publish"}, {"by", "kiri"}, {"basis", "SWA106_6"}, {"version", "1"}})
                 : object({{"kind", "notice.acknowledge"},
                           {"by", person},
                           {"conference", "k1"},
                           {"basis", "SWA106_6"},
                           {"version", "1"}});
    case 25:
      return draw(2) == 0 ? object({{"kind", "person.roles"},
                                    {"by", "kiri"},
                                    {"person", person},
                                    {"roles", list({draw(2) == 0 ? "protection" : "coordinator"})}})
                          : object({{"kind", "matrix.set"},
                                    {"by", "kiri"},
                                    {"agency_type", "housing"},
                                    {"categories", list({"HOU", "MED"})}});
    default:
      return rarer();
  }
}

}  // namespace kasane::tests
