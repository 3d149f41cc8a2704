#include "tests/policy/worlds.hpp"

// What varies in the small worlds.
namespace kasane::tests {
namespace {

using Facts = Worlds::Facts;
using Choice = Worlds::Choice;
using Aspect = Worlds::Aspect;
using Texts = std::vector<std::string>;

policy::Instant clock(const char* hour) {
  return policy::parse_instant("2026-07-08T" + std::string(hour) + ":00Z").value();
}

/// With every ' a ", so that JSON stands readable in C++.
std::string j(std::string text) {
  for (char& c : text)
    if (c == '\'') c = '"';
  return text;
}
Choice nothing(std::string name = {}) {
  return {std::move(name), [](Facts&) { return Texts{}; }};
}
Choice fixed(std::string name, Texts texts, bool common = true) {
  for (auto& text : texts) text = j(text);
  return {std::move(name), [texts](Facts&) { return texts; }, common};
}

Aspect agencies() {
  return {
      "agency",
      clock("00:00"),
      false,
      {fixed("of the record's agency", {"{'kind':'person.add','by':'kiri','person':'vera','agency':'a','roles':[]}"}),
       fixed("of another agency", {"{'kind':'person.add','by':'kiri','person':'vera','agency':'b','roles':[]}"}),
       fixed("without agency", {"{'kind':'person.add','by':'kiri','person':'vera','roles':[]}"})}};
}

Aspect roles() {
  return {"role",
          clock("00:01"),
          true,
          {nothing(),
           fixed("coordinates the case", {"{'kind':'person.roles','by':'kiri','person':'vera','roles':['coordinator']}",
                                          "{'kind':'case.coordinator','by':'aki','case':'c','person':'vera'}"}),
           fixed("of role protection", {"{'kind':'person.roles','by':'kiri','person':'vera','roles':['protection']}"}),
           fixed("matrix narrowed",
                 {"{'kind':'matrix.set','by':'kiri','agency_type':'abuse_desk','categories':['HOU']}"})}};
}

Choice seated(const std::string& basis, const std::string& seat) {
  return {basis + (seat == "none" ? ", no seat" : ", " + seat), [=](Facts& facts) {
            facts.basis = basis;
            facts.seat = seat;
            facts.chair = seat == "chair" ? "vera" : "waka";
            std::string seats =
                seat == "chair" ? "'vera':{'seat':'chair'},'waka':{'seat':'recorder'}" : "'waka':{'seat':'chair'}";
            const bool names_subject = seat == "person" || seat == "rep" || seat == "aide";
            if (seat != "chair" && seat != "none")
              seats += ",'vera':{'seat':'" + seat + "'" + (names_subject ? ",'as':'s'}" : "}");
            return Texts{j("{'kind':'item.add','by':'aki','item':'g','conference':'k','case':'c','basis':'" + basis +
                           "','seats':{" + seats + "}}")};
          }};
}

Aspect seats() {
  Aspect aspect{"seat", clock("00:02"), false, {}};
  for (const std::string basis : {"SWA106_6", "LAYERED"})
    for (const std::string seat :
         {"none", "chair", "recorder", "member", "adhoc", "advisor", "observer", "person", "family", "rep", "aide"})
      aspect.choices.push_back(seated(basis, seat));
  return aspect;
}

Aspect notices() {
  const auto publish = [](const Facts& facts) {
    return j("{'kind':'notice.publish','by':'kiri','basis':'" + facts.basis + "','version':3}");
  };
  const auto acknowledge = [](const Facts& facts, const char* person) {
    return j("{'kind':'notice.acknowledge','by':'" + std::string(person) + "','conference':'k','basis':'" +
             facts.basis + "','version':3}");
  };
  return {"notice",
          clock("04:10"),
          true,
          {nothing(),
           {"notice due", [=](Facts& f) { return Texts{publish(f), acknowledge(f, "waka")}; }},
           {"notice acknowledged",
            [=](Facts& f) { return Texts{publish(f), acknowledge(f, "waka"), acknowledge(f, "vera")}; }},
           {"notice attested", [=](Facts& f) {
              return Texts{publish(f), acknowledge(f, "waka"),
                           j("{'kind':'presence.attest','by':'waka','conference':'k','basis':'" + f.basis +
                             "','person':'vera','version':3,'how':'paper'}")};
            }}}};
}

Aspect opening() {
  return {"opening",
          clock("04:20"),
          false,
          {{"opened",
            [](Facts& facts) {
              facts.opened = true;
              return Texts{j("{'kind':'item.open','by':'" + facts.chair + "','item':'g'}")};
            }},
           nothing("not opened")}};
}

Choice shared(const std::string& origin, const std::string& category) {
  return {
      category + " of " + origin, [=](Facts& facts) {
        facts.category = category;
        facts.origin = origin;
        Texts texts;
        if (origin == "a record of SWA106_6")
          texts.push_back(
              j("{'kind':'record.share','by':'waka','record':'p','case':'c','label':{'subjects':['s'],'categories':['" +
                category + "'],'kind':'FACT','agency':'a','origin':'SWA106_6'}}"));
        texts.push_back(
            j("{'kind':'record.share','by':'waka','record':'r','case':'c','label':{'subjects':['s'],"
              "'categories':['" +
              category + "'],'kind':'FACT','agency':'a','origin':'" +
              (texts.empty() ? origin + "'}}" : "INTAKE','parents':['p']}}")));
        return texts;
      }};
}

Aspect records() {
  Aspect aspect{"record", clock("04:30"), false, {}};
  for (const std::string origin : {"INTAKE", "SWA106_6", "LAYERED", "a record of SWA106_6"})
    for (const std::string category : {"FAM", "PADR", "SRC"}) aspect.choices.push_back(shared(origin, category));
  return aspect;
}

/// Another record in the place of `r`, named `q`, with what the label has besides.
Choice labelled(const std::string& name, const std::string& subjects, const std::string& category,
                const std::string& rest, const std::string& kind = "FACT", bool at_item = false) {
  return {name, [=](Facts& facts) -> std::optional<Texts> {
            if (facts.category != "FAM" || facts.origin == "a record of SWA106_6") return {};
            return Texts{j("{'kind':'record.share','by':'waka','record':'q','case':'c'," +
                           std::string(at_item ? "'item':'g'," : "") + "'label':{'subjects':[" + subjects +
                           "],'categories':[" + category + "],'kind':'" + kind + "','agency':'a','origin':'" +
                           facts.origin + "'" + rest + "}}")};
          }};
}

Aspect labels() {
  return {"label",
          clock("04:31"),
          true,
          {nothing(),
           labelled("not needed", "'s'", "'MED'", ""),
           labelled("held", "'s'", "'FAM'", ",'hold':[]"),
           labelled("held for another", "'s'", "'FAM'", ",'hold':['b']"),
           labelled("withheld", "'s'", "'FAM'", ",'withhold_from_subject':true"),
           labelled("deidentified", "'s'", "'FAM'", ",'deidentified':true"),
           labelled("an opinion", "'s'", "'FAM'", "", "OPN"),
           labelled("minutes", "'s'", "'FAM'", "", "MIN", true),
           labelled("of two", "'s','z'", "'FAM'", ""),
           labelled("of two categories", "'s'", "'FAM','SRC'", ""),
           {"withdrawn", [](Facts&) { return Texts{j("{'kind':'record.withdraw','by':'waka','record':'r'}")}; }}}};
}

std::string consent(const char* id, const char* giver, const char* state, const std::string& category,
                    const char* rest = "") {
  return j("{'kind':'consent.record','by':'doi','consent':'" + std::string(id) +
           "','case':'c','subject':'s','giver':'" + giver + "','state':'" + state + "','categories':['" + category +
           "'],'recipients':['a','b','person:vera'],'purpose':'support','method':'written','evidence':'e'" + rest +
           "}");
}
std::string authority(const char* type, const std::string& rest) {
  return j("{'kind':'authority.add','by':'doi','authority':'u','case':'c','subject':'s','holder':'kin','type':'" +
           std::string(type) + "','categories':'*'" + rest + "}");
}
std::string dated(const std::string& name) {
  return j("{'kind':'case.subject','by':'aki','case':'c','subject':'s','" + name + "':'2026-07-08T04:45:00Z'}");
}
constexpr const char* over = ",'to':'2026-07-08T04:45:00Z'";

Choice consented(const char* name, bool common, Texts (*says)(const std::string& category)) {
  return {name, [says](Facts& facts) { return says(facts.category); }, common};
}

Aspect consents() {
  using Category = const std::string&;
  return {"consent",
          clock("04:40"),
          false,
          {nothing("no consent"),
           consented("granted", true, [](Category c) { return Texts{consent("n", "self", "granted", c)}; }),
           consented("refused", true, [](Category c) { return Texts{consent("n", "self", "refused", c)}; }),
           consented("revoked", false,
                     [](Category c) {
                       return Texts{consent("n", "self", "granted", c), consent("m", "self", "revoked", c)};
                     }),
           consented("expired", false, [](Category c) { return Texts{consent("n", "self", "granted", c, over)}; }),
           consented("asked", false, [](Category c) { return Texts{consent("n", "self", "asked_no_answer", c)}; }),
           consented("unable", false, [](Category c) { return Texts{consent("n", "self", "unable", c)}; }),
           consented("past majority", false,
                     [](Category c) {
                       return Texts{dated("majority_at"), authority("parent", ""), consent("n", "u", "granted", c)};
                     }),
           consented("guardian's term over", false,
                     [](Category c) { return Texts{authority("guardian", over), consent("n", "u", "granted", c)}; }),
           consented("deceased", false,
                     [](Category c) { return Texts{consent("n", "self", "granted", c), dated("deceased_at")}; }),
           consented("guardian in conflict", false,
                     [](Category c) {
                       return Texts{authority("guardian", ""), consent("n", "u", "granted", c),
                                    j("{'kind':'authority.conflict','by':'doi','authority':'u','conflict':true}")};
                     }),
           consented("other granted", false, [](Category) { return Texts{consent("n", "self", "granted", "BEN")}; })}};
}

Choice emergency(const std::string& name, bool common, const std::string& covers, const char* minutes, bool protective,
                 bool approved = true, const std::string& upheld = {}) {
  Texts texts{"{'kind':'emergency.invoke','by':'aki','emergency':'e','case':'c','person':'vera','ground':'life'," +
              covers + ",'minutes':" + minutes + ",'protective':" + (protective ? "true}" : "false}")};
  if (approved)
    texts.push_back("{'kind':'emergency.approve','by':'" + std::string(protective ? "mori" : "kan") +
                    "','emergency':'e'}");
  if (!upheld.empty())
    texts.push_back("{'kind':'emergency.review','by':'kei','emergency':'e','upheld':" + upheld + "}");
  return fixed(name, texts, common);
}

Aspect emergencies() {
  const std::string record = "'records':['r']";
  return {"emergency",
          clock("04:50"),
          false,
          {nothing(), emergency("emergency live", true, record, "60", false),
           emergency("emergency protective", true, record, "60", true),
           emergency("emergency invoked", false, record, "60", false, false),
           emergency("emergency over", false, record, "2", false),
           emergency("emergency upheld", false, record, "60", false, true, "true"),
           emergency("emergency not upheld", false, record, "60", true, true, "false"),
           emergency("emergency by category", false, "'categories':['FAM','PADR']", "60", false)}};
}

}  // namespace

policy::Instant small_now() { return clock("05:00"); }
std::vector<Worlds::Aspect> small_turns_after();

std::vector<Worlds::Aspect> small_aspects() {
  std::vector<Aspect> aspects{agencies(), roles(),  seats(),    notices(),    opening(),
                              records(),  labels(), consents(), emergencies()};
  for (auto& turn : small_turns_after()) aspects.push_back(std::move(turn));
  return aspects;
}

std::vector<std::string> small_beginning() {
  Texts texts{
      "{'kind':'tenant.found','by':'kiri','tenant':'town','person':'kiri','agency':'city','agency_type':'secretariat'}",
      "{'kind':'agency.add','by':'kiri','agency':'a','agency_type':'elderly'}",
      "{'kind':'agency.add','by':'kiri','agency':'b','agency_type':'abuse_desk'}",
      "{'kind':'person.add','by':'kiri','person':'aki','agency':'city','roles':['coordinator']}",
      "{'kind':'person.add','by':'kiri','person':'doi','agency':'city','roles':['consent_officer']}",
      "{'kind':'person.add','by':'kiri','person':'mori','agency':'city','roles':['protection']}",
      "{'kind':'person.add','by':'kiri','person':'kan','agency':'city','roles':['compliance']}",
      "{'kind':'person.add','by':'kiri','person':'kei','agency':'city','roles':['compliance']}",
      "{'kind':'person.add','by':'kiri','person':'waka','agency':'a','roles':[]}",
      "{'kind':'person.add','by':'kiri','person':'oto','agency':'a','roles':[]}",
      "{'kind':'case.open','by':'aki','case':'c','subjects':[{'subject':'s'},{'subject':'z'}]}",
      "{'kind':'conference.convene','by':'aki','conference':'k','starts_at':'2026-07-08T05:00:00Z'}"};
  for (auto& text : texts) text = j(text);
  return texts;
}

}  // namespace kasane::tests
