#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "policy/action.hpp"
#include "tests/policy/town.hpp"

// The decision table of domain.md §6.3, as the policy answers it: decision_table.md. A change of the policy shows there
// as a diff. `KASANE_UPDATE=1` writes it anew.
namespace {

using kasane::tests::Town;

std::string j(std::string text) {
  for (char& c : text)
    if (c == '\'') c = '"';
  return text;
}

struct Row {
  const char* id;
  const char* situation;
  std::vector<std::string> said;  ///< `!` before it: it is refused, which the situation says
  const char* who = "sawa";
  const char* record = "fact";
  const char* at = "2026-07-08T05:30:00Z";
};

std::string share(const char* record, const char* subjects, const char* categories, const std::string& rest = {}) {
  return std::string("{'kind':'record.share','by':'dan','record':'") + record + "','case':'c1','label':{'subjects':[" +
         subjects + "],'categories':[" + categories + "],'agency':'care'" +
         (rest.find("'kind'") == std::string::npos ? ",'kind':'FACT'" : "") +
         (rest.find("'origin'") == std::string::npos ? ",'origin':'INTAKE'" : "") + rest + "}}";
}

/// The town of the table: two items of one case, and a record of each sort, all told at intake but where it says so.
Town town() {
  Town t = Town::founded();
  t.at("2026-07-08T04:30:00Z");
  const std::string said[] = {
      share("fact", "'s1'", "'HOU'"),
      share("heard", "'s1'", "'HOU'", ",'origin':'SWA106_6'"),
      share("summary", "'s1'", "'HOU'", ",'parents':['heard']"),
      share("two", "'s1','s2'", "'HOU'"),
      share("child", "'s2'", "'HOU'"),
      share("illness", "'s1'", "'MED'"),
      share("address", "'s1'", "'PADR'"),
      share("reporter", "'s1'", "'SRC'"),
      share("held", "'s1'", "'HOU'", ",'hold':['dis']"),
      share("withheld", "'s1'", "'HOU'", ",'withhold_from_subject':true"),
      share("opinion", "'s1'", "'HOU'", ",'kind':'OPN'"),
      share("card", "'s1'", "'HOU'", ",'deidentified':true"),
      "{'kind':'item.open','by':'aki','item':'g1'}",
  };
  for (const auto& one : said) t.says(j(one));
  t.at("2026-07-08T05:00:00Z");
  return t;
}

std::string consent(const char* id, const char* state, const char* rest = "'categories':['HOU'],'recipients':['home']",
                    const char* giver = "self", const char* subject = "s1", const char* purpose = "support") {
  return std::string("{'kind':'consent.record','by':'doi','consent':'") + id + "','case':'c1','subject':'" + subject +
         "','giver':'" + giver + "','state':'" + state + "','purpose':'" + purpose +
         "','method':'written','evidence':'e'," + rest + "}";
}
std::string authority(const char* id, const char* type, const char* subject, const char* rest = "'categories':'*'") {
  return std::string("{'kind':'authority.add','by':'doi','authority':'") + id + "','case':'c1','subject':'" + subject +
         "','holder':'" + id + "','type':'" + type + "'," + rest + "}";
}
std::string order(const char* item, const char* person, const char* what) {
  return std::string("{'kind':'record.order','by':'aki','item':'") + item + "','person':'" + person +
         "','reason':'role'," + what + "}";
}
const std::string own_age =
    "{'kind':'case.subject','by':'aki','case':'c1','subject':'s2','own_consent_at':'2026-07-01T00:00:00Z','majority_at'"
    ":'2026-09-01T00:00:00Z'}";
const std::string all_agencies = "'categories':['HOU'],'recipients':['city','care','dis','home']";
const std::string seat_self = "{'kind':'item.seat','by':'aki','item':'g1','person':'self','seat':'person','as':'s1'}";

std::vector<Row> rows() {
  const std::string granted = consent("n1", "granted");
  const std::string invoke =
                        "{'kind':'emergency.invoke','by':'aki','emergency':'e1','case':'c1','person':'out','records':['"
                        "fact'],'ground':'life','minutes':60,'protective':false}",
                    approve = "{'kind':'emergency.approve','by':'kan','emergency':'e1'}";
  const std::string protect = "{'kind':'protect.set','by':'mori','case':'c1','subject':'s1','opponents':['ban']}";
  const auto seated = [](const char* item, const char* person, const char* seat) {
    return std::string("{'kind':'item.seat','by':'aki','item':'") + item + "','person':'" + person + "','seat':'" +
           seat + "'}";
  };
  return {
      {"D-01", "no word of consent at all", {}},
      {"D-02", "granted, this category to this agency", {granted}},
      {"D-03", "granted, another category", {consent("n1", "granted", "'categories':['FIN'],'recipients':['home']")}},
      {"D-03", "granted, to another agency", {consent("n1", "granted", "'categories':['HOU'],'recipients':['law']")}},
      {"D-03",
       "granted, for another purpose",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "self", "s1", "survey")}},
      {"D-04", "refused", {granted, consent("n2", "refused")}},
      {"D-04",
       "refused by name, then a grant of everything",
       {consent("n1", "refused"), consent("n2", "granted", "'categories':'*','recipients':'*'")}},
      {"D-05", "asked, no answer", {consent("n1", "asked_no_answer")}},
      {"D-06", "about two, one has granted", {granted}, "sawa", "two"},
      {"D-06",
       "about two, both have granted",
       {granted, consent("n2", "granted", "'categories':['HOU'],'recipients':['home']", "self", "s2")},
       "sawa",
       "two"},
      {"D-07", "learned in a support conference, granted since", {granted}, "sawa", "heard"},
      {"D-07", "a summary of what was learned there", {granted}, "sawa", "summary"},
      {"D-08",
       "the same carried over by the chair, everybody granted",
       {consent("n1", "granted", all_agencies.c_str()),
        "{'kind':'record.rebase','by':'aki','record':'carried','source':'heard','item':'g2'}"},
       "sawa",
       "carried"},
      {"D-08",
       "what it was carried over from",
       {consent("n1", "granted", all_agencies.c_str()),
        "{'kind':'record.rebase','by':'aki','record':'carried','source':'heard','item':'g2'}"},
       "sawa",
       "heard"},
      {"D-08",
       "carrying over is refused: not every agency there is granted",
       {granted, "!{'kind':'record.rebase','by':'aki','record':'carried','source':'heard','item':'g2'}"},
       "sawa",
       "heard"},
      {"D-09", "told afresh at intake, granted", {granted}},
      {"D-10", "granted, then revoked", {granted, consent("n2", "revoked")}},
      {"D-11",
       "granted, past its end",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':['home'],'to':'2026-07-08T05:30:00Z'")}},
      {"D-12",
       "a parent's grant, before the child is of age",
       {authority("mum", "parent", "s2"),
        consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "mum", "s2")},
       "sawa",
       "child"},
      {"D-12",
       "the same at the instant of majority",
       {authority("mum", "parent", "s2"),
        consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "mum", "s2")},
       "sawa",
       "child",
       "2026-09-01T00:00:00Z"},
      {"D-13",
       "a parent's grant, the child objects",
       {authority("mum", "parent", "s2"),
        consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "mum", "s2"),
        consent("n2", "refused", "'categories':['HOU'],'recipients':['home']", "self", "s2")},
       "sawa",
       "child"},
      {"D-14",
       "old enough: the child's own grant against a parent's refusal",
       {own_age, authority("mum", "parent", "s2"),
        consent("n1", "refused", "'categories':['HOU'],'recipients':['home']", "mum", "s2"),
        consent("n2", "granted", "'categories':['HOU'],'recipients':['home']", "self", "s2")},
       "sawa",
       "child"},
      {"D-14",
       "old enough: a parent's grant against the child's refusal",
       {own_age, authority("mum", "parent", "s2"),
        consent("n1", "refused", "'categories':['HOU'],'recipients':['home']", "self", "s2"),
        consent("n2", "granted", "'categories':['HOU'],'recipients':['home']", "mum", "s2")},
       "sawa",
       "child"},
      {"D-15",
       "one parent grants, the other refuses",
       {authority("mum", "parent", "s2"), authority("dad", "parent", "s2"),
        consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "mum", "s2"),
        consent("n2", "refused", "'categories':['HOU'],'recipients':['home']", "dad", "s2")},
       "sawa",
       "child"},
      {"D-16",
       "a guardian's grant",
       {authority("ward", "guardian", "s1"),
        consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "ward")}},
      {"D-16",
       "a guardian's grant beyond the authority",
       {authority("ward", "guardian", "s1", "'categories':['FIN']"),
        consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "ward")}},
      {"D-16",
       "a guardian's grant, the authority over",
       {authority("ward", "guardian", "s1", "'categories':'*','to':'2026-07-08T05:30:00Z'"),
        consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "ward")}},
      {"D-17",
       "a guardian's grant, in conflict",
       {authority("ward", "guardian", "s1"),
        consent("n1", "granted", "'categories':['HOU'],'recipients':['home']", "ward"),
        "{'kind':'authority.conflict','by':'doi','authority':'ward','conflict':true}"}},
      {"D-17",
       "the guardian in conflict, in a private seat",
       {"{'kind':'authority.add','by':'doi','authority':'ward','case':'c1','subject':'s1','holder':'kin','type':'"
        "guardian','categories':'*'}",
        consent("n1", "granted", "'categories':['HOU'],'recipients':['person:kin']"),
        "{'kind':'authority.conflict','by':'doi','authority':'ward','conflict':true}"},
       "kin"},
      {"D-18",
       "a member in conflict",
       {granted, "{'kind':'conflict.declare','by':'sawa','case':'c1','person':'sawa'}"}},
      {"D-19", "emergency, for who is no member", {invoke, approve}, "out"},
      {"D-19", "emergency, not approved", {invoke}, "out"},
      {"D-19",
       "emergency, reviewed and not upheld",
       {invoke, approve, "{'kind':'person.add','by':'kiri','person':'kei','agency':'city','roles':['compliance']}",
        "{'kind':'emergency.review','by':'kei','emergency':'e1','upheld':false}"},
       "out"},
      {"D-20", "the person; at a support conference they cannot be seated", {"!" + seat_self}, "self"},
      {"D-20", "the person, withheld from them", {}, "self", "withheld"},
      {"D-20", "the person, an opinion", {}, "self", "opinion"},
      {"D-20",
       "the person, an opinion that the chair opens",
       {order("g2", "self", "'records':['opinion']")},
       "self",
       "opinion"},
      {"D-20", "the person, who reported", {}, "self", "reporter"},
      {"D-20", "the person, what a support conference learned", {}, "self", "heard"},
      {"D-20", "the person, about another as well", {}, "self", "two"},
      {"D-21",
       "family, without a grant that names them",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':'*'")},
       "kin"},
      {"D-21",
       "family, named in the grant",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':['person:kin']")},
       "kin"},
      {"D-23", "an observer", {granted}, "obe"},
      {"D-23",
       "an observer, a card without names, ordered",
       {order("g1", "obe", "'records':['card']"), order("g2", "obe", "'records':['card']")},
       "obe",
       "card"},
      {"D-24",
       "protected whereabouts, a member",
       {consent("n1", "granted", "'categories':['PADR'],'recipients':['home']")},
       "sawa",
       "address"},
      {"D-24",
       "protected whereabouts, ordered for this member",
       {consent("n1", "granted", "'categories':['PADR'],'recipients':['home']"),
        order("g1", "sawa", "'records':['address']"), order("g2", "sawa", "'records':['address']")},
       "sawa",
       "address"},
      {"D-24",
       "the same, an opponent sits at both items",
       {consent("n1", "granted", "'categories':['PADR'],'recipients':['home']"),
        order("g1", "sawa", "'records':['address']"), order("g2", "sawa", "'records':['address']"),
        seated("g1", "ban", "member"), seated("g2", "ban", "member"), protect},
       "sawa",
       "address"},
      {"D-24",
       "the opponent themself, anything about the protected",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':['law']"), seated("g1", "ban", "member"),
        seated("g2", "ban", "member"), protect},
       "ban"},
      {"D-25", "who reported, a member", {}, "sawa", "reporter"},
      {"D-25",
       "who reported, the abuse desk",
       {seated("g2", "gya", "member"), consent("n1", "granted", "'categories':['SRC'],'recipients':['desk']")},
       "gya",
       "reporter"},
      {"D-26",
       "held by its agency for another",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':['home','dis']")},
       "sawa",
       "held"},
      {"D-26",
       "held by its agency, for this one",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':['home','dis']")},
       "nita",
       "held"},
      {"D-26", "held by its agency, for this one, without consent", {}, "nita", "held"},
      {"D-27",
       "not needed by this type of agency",
       {consent("n1", "granted", "'categories':['MED'],'recipients':['home']")},
       "sawa",
       "illness"},
      {"D-27",
       "not needed, the chair orders the category",
       {consent("n1", "granted", "'categories':['MED'],'recipients':['home']"),
        order("g1", "sawa", "'categories':['MED']"), order("g2", "sawa", "'categories':['MED']")},
       "sawa",
       "illness"},
      {"D-27",
       "not needed, the chair orders the category, no consent",
       {order("g1", "sawa", "'categories':['MED']"), order("g2", "sawa", "'categories':['MED']")},
       "sawa",
       "illness"},
      {"D-28",
       "a colleague who is not seated",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':['city']")},
       "aoi"},
      {"D-28",
       "a colleague seated in the sitting",
       {consent("n1", "granted", "'categories':['HOU'],'recipients':['city']"), seated("g1", "aoi", "adhoc"),
        seated("g2", "aoi", "adhoc")},
       "aoi"},
      {"D-29", "a member who has left office", {granted, "{'kind':'person.end','by':'kiri','person':'sawa'}"}},
      {"D-31",
       "the support conference in a break",
       {granted, "{'kind':'item.suspend','by':'aki','item':'g1'}", "{'kind':'item.open','by':'aki','item':'g2'}"}},
      {"D-31", "the support conference closed", {granted, "{'kind':'item.close','by':'aki','item':'g1'}"}},
      {"D-35",
       "the subject has died",
       {granted, "{'kind':'case.subject','by':'aki','case':'c1','subject':'s1','deceased_at':'2026-07-08T05:10:00Z'}"}},
  };
}

std::string table() {
  std::ostringstream out;
  out << "# The decision table\n\nThe rows of domain.md §6.3 that the policy decides, each asked of a small town "
         "(decision_table_test.cpp). Written by\n`KASANE_UPDATE=1 build/dev/tests/policy/test_policy \"the decision "
         "table*\"`; do not edit. *hidden*: the viewer does not learn that the record\nexists; otherwise a placeholder "
         "with the reason is shown. D-22, D-30 and D-32 stand below; D-33, D-34, D-36 and D-37\nare "
         "procedures, not decisions of the policy.\n\n| id | situation | viewer | record | 支援会議 SWA106_6 | "
         "重層的支援会議 LAYERED |\n|---|---|---|---|---|---|\n";
  for (const auto& row : rows()) {
    Town t = town();
    INFO(row.id << ": " << row.situation);
    for (const auto& text : row.said) {
      const bool refused = text.front() == '!';
      CHECK(t.say(j(refused ? text.substr(1) : text)).empty() != refused);
    }
    t.at(row.at);
    out << "| " << row.id << " | " << row.situation << " | " << row.who << " | " << row.record << " | "
        << t.sees(row.who, row.record, "g1") << " | " << t.sees(row.who, row.record, "g2") << " |\n";
  }
  const auto names = [](const std::vector<std::string>& persons) {
    std::string line;
    for (const auto& person : persons) line += (line.empty() ? "" : ", ") + person;
    return line.empty() ? std::string("nobody") : line;
  };
  Town t = town();
  out << "\n| id | situation | answer |\n|---|---|---|\n";
  t.says(j("{'kind':'item.suspend','by':'aki','item':'g1'}"));
  t.says(j("{'kind':'item.open','by':'aki','item':'g2'}"));
  const auto talk = [&](const char* item) { return names(kasane::policy::epoch(t.world(), item, t.now())); };
  out << "| D-22 | keys of the talk where the person sits | " << talk("g2") << " |\n";
  out << "| D-22, D-31 | keys of the talk of the other item, in its break | " << talk("g1") << " |\n";
  t.says(j("{'kind':'item.suspend','by':'aki','item':'g2'}"));
  t.says(j("{'kind':'item.open','by':'aki','item':'g1'}"));
  out << "| D-22 | keys of the talk of an item without the person's seat | " << talk("g1") << " |\n";
  out << "| D-30 | at the desk, without a task | " << t.sees("sawa", "heard") << " |\n";
  t.says(
      j("{'kind':'task.assign','by':'aki','task':'t1','item':'g1','person':'sawa','records':['heard'],'to':'2026-08-"
        "01T00:00:00Z'}"));
  out << "| D-30 | at the desk, with a task of the support conference | " << t.sees("sawa", "heard") << " |\n";
  t.says(j("{'kind':'item.suspend','by':'aki','item':'g1'}"));
  t.says(
      j("{'kind':'basis.register','by':'kiri','code':'PAA27_3','consent':'not_required','duty':true,'statutory':true,"
        "'subject_may_attend':false,'reading':'in_session','cross_links':['SWA106_6']}"));
  t.says(
      j("{'kind':'item.add','by':'aki','item':'g3','conference':'k1','case':'c1','basis':'PAA27_3','seats':{'aki':{"
        "'seat':'chair'},'sawa':{'seat':'member'}}}"));
  t.says(j("{'kind':'item.open','by':'aki','item':'g3'}"));
  out << "| D-32 | what a support conference learned, at a conference that it is linked to (PAA27_3) | "
      << t.sees("sawa", "heard", "g3") << " |\n";
  t.at("2026-08-01T00:00:00Z");
  out << "| D-30 | at the desk, past the task's end | " << t.sees("sawa", "heard") << " |\n";
  return out.str();
}

}  // namespace

TEST_CASE("the decision table of domain.md is answered as decision_table.md shows") {
  const std::string path = std::string(KASANE_SOURCE_DIR) + "/tests/policy/decision_table.md";
  const std::string now = table();
  if (const char* update = std::getenv("KASANE_UPDATE"); update != nullptr && *update != 0) std::ofstream(path) << now;
  std::ifstream file(path);
  const std::string shown((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  CHECK(now == shown);
}
