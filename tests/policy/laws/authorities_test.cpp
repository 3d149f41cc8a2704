#include <catch2/catch.hpp>
#include <cstdio>
#include <map>
#include <random>

#include "tests/policy/compare.hpp"
#include "tests/policy/laws/drawn.hpp"
#include "tests/policy/town.hpp"

// policy.md §3, the last column: who may say each kind of statement, asked of the policy and of the oracle.
namespace {

using namespace kasane::policy;
using kasane::tests::always;
using kasane::tests::statement_of;
using kasane::tests::Told;
using Names = std::map<std::string, std::vector<std::string>>;

/// One of every kind. `$x` is drawn from what there is of x, `$new` is an id that nothing has.
// NOLINTBEGIN(bugprone-suspicious-missing-comma): long ones are in two pieces
const std::vector<std::string> every_kind = {
    "'agency.add','agency':'$new','agency_type':'police'",
    "'person.add','person':'$new','roles':[]",
    "'person.roles','person':'$person','roles':['decider']",
    "'person.end','person':'$person'",
    "'device.add','device':'$new','person':'$person'",
    "'device.add','device':'$new','person':'$person','signed_with':'w$by'",
    "'device.revoke','device':'$device'",
    "'basis.register','code':'B','consent':'required','duty':true,'statutory':true,'subject_may_attend':true,"
    "'reading':'in_session','cross_links':[]",
    "'matrix.set','agency_type':'school','categories':['ID']",
    "'notice.publish','basis':'LAYERED','version':9",
    "'case.open','case':'$new','subjects':[{'subject':'$new'}]",
    "'case.subject','case':'$case','subject':'$new'",
    "'case.coordinator','case':'$case','person':'$person'",
    "'authority.add','authority':'$new','case':'c1','subject':'s1','holder':'$person','type':'parent','categories':'*'",
    "'authority.conflict','authority':'$authority','conflict':true",
    "'consent.record','consent':'$new','case':'c1','subject':'s1','giver':'self','state':'granted','categories':'*',"
    "'recipients':'*','purpose':'support','method':'written','evidence':'e'",
    "'protect.set','case':'c1','subject':'s1','opponents':['$person']",
    "'protect.lift','case':'c1','subject':'s1','with':'$person'",
    "'conflict.declare','case':'$case','person':'$person'",
    "'conflict.lift','case':'$case','person':'$person','with':'$person'",
    "'conference.convene','conference':'$new','starts_at':'2026-09-01T00:00:00Z'",
    "'conference.move','conference':'$conference','starts_at':'2026-09-01T00:00:00Z'",
    "'item.add','item':'$new','conference':'$conference','case':'$case','basis':'LAYERED',"
    "'seats':{'dan':{'seat':'chair'}}",
    "'item.seat','item':'$item','person':'$person','seat':'member'",
    "'item.open','item':'$item'",
    "'item.suspend','item':'$item'",
    "'item.close','item':'$item'",
    "'conference.close','conference':'$conference'",
    "'notice.acknowledge','conference':'$conference','basis':'$basis','version':1",
    "'presence.attest','conference':'$conference','basis':'$basis','person':'$person','version':1,'how':'oral'",
    "'record.share','record':'$new','case':'$case','item':'$item','label':{'subjects':['s1'],'categories':['HOU'],"
    "'kind':'FACT','agency':'$agency','origin':'INTAKE'}",
    "'record.share','record':'$new','case':'c1','label':{'subjects':['s1'],'categories':['HOU'],'kind':'FACT',"
    "'agency':'$agency','origin':'INTAKE'}",
    "'record.withdraw','record':'$record'",
    "'record.destroy','record':'$record','with':'$person'",
    "'record.rebase','record':'$new','source':'$record','item':'$item'",
    "'record.order','item':'$item','person':'$person','categories':['ID'],'reason':'role'",
    "'task.assign','task':'$new','item':'$item','person':'$person','records':['$record']",
    "'task.end','task':'$task'",
    "'decision.record','decision':'$new','item':'$item','decision_kind':'new','record':'$record','rests_on':[]",
    "'decision.confirm','decision':'$decision'",
    "'emergency.invoke','emergency':'$new','case':'$case','person':'$person','records':['$record'],'ground':'life',"
    "'minutes':10,'protective':false",
    "'emergency.approve','emergency':'$emergency'",
    "'emergency.review','emergency':'$emergency','upheld':true",
    "'message.post','item':'$item','message':'$new'",
    "'message.withdraw','message':'$message'",
    "'epoch.commit','item':'$item','epoch':1",
    "'request.make','item':'$item','request':'$new'",
    "'request.answer','request':'$request'",
    "'key.request','record':'$record','device':'$device'",
    "'key.grant','record':'$record','device':'$device'",
    "'opened','record':'$record','device':'$device'",
    "'purged','record':'$record','device':'$device'",
    "'device.vouch','device':'$device'",
    "'disclosure.oral','case':'$case','ground':'life'",
    "'recovery.open','record':'$record'",
    "'export.made'",
    "'audit.query'",
    "'key.release','record':'$record','person':'$person','device':'$device'",
    "'access.denied','record':'$record','person':'$person'",
    "'attendance.join','item':'$item','person':'$person'",
    "'attendance.leave','item':'$item','person':'$person'",
    "'ledger.heads'",
};
// NOLINTEND(bugprone-suspicious-missing-comma)

constexpr const char* decision_text =
    "'record.share','record':'z$one','case':'c1','item':'$one','label':{'subjects':['s1'],'categories':['HOU'],"
    "'kind':'DEC','agency':'city','origin':'INTAKE'}";

/// A drawn ledger, and after it a few who hold the other roles, a device for each, and what can be said at the items.
class Scene {
 public:
  explicit Scene(const Told& told) : world(told.world), said(told.ledger), now(told.now) {
    names["basis"] = {"LAYERED", "SWA106_6"};
    for (const auto& person : told.persons) say("kiri", "'device.add','device':'w$one','person':'$one'", person);
    for (const auto* role : {"registrar", "disclosure", "statistics", "decider", "custodian", "compliance"})
      say("kiri", "'person.add','person':'z$one','agency':'care','roles':['$one']", role);
    for (const auto& item : told.items) {
      say("aki", "'item.open','item':'$one'", item);
      say("aki", decision_text, item);
      say("aki",
          "'decision.record','decision':'z$one','item':'$one','decision_kind':'new','record':'z$one','rests_on':[]",
          item);
      for (const auto& person : told.persons) {
        say(person, "'message.post','item':'$one','message':'z$one$by'", item);
        say(person, "'request.make','item':'$one','request':'z$one$by'", item);
      }
    }
    for (const auto& s : said) collect(s);
  }

  World world;
  std::vector<Statement> said;
  Instant now;
  Names names;

  /// The template with its names drawn, `$one` and the author's as given; none where there is nothing of a sort that it
  /// names.
  std::optional<Statement> filled(std::string text, const std::string& by, std::mt19937& random,
                                  const std::string& one = {}) const {
    for (auto at = text.find('$'); at != std::string::npos; at = text.find('$')) {
      auto end = at + 1;
      while (end < text.size() && std::islower(static_cast<unsigned char>(text[end])) != 0) ++end;
      const std::string sort = text.substr(at + 1, end - at - 1);
      std::string name = sort == "by" ? by : sort == "one" ? one : "zz" + std::to_string(at);
      if (sort != "by" && sort != "one" && sort != "new") {
        const auto list = names.find(sort);
        if (list == names.end()) return std::nullopt;
        name = list->second[random() % list->second.size()];
      }
      text.replace(at, end - at, name);
    }
    text = "{'by':'" + by + "','kind':" + text + "}";
    std::replace(text.begin(), text.end(), '\'', '"');
    std::optional<Statement> statement(statement_of(text));
    statement->at_ms = now;
    return statement;
  }

 private:
  void say(const std::string& by, const char* text, const std::string& one) {
    std::mt19937 nothing_to_draw;
    const auto statement = filled(text, by, nothing_to_draw, one);
    if (!world.accept(*statement, static_cast<Index>(said.size()))) said.push_back(*statement);
  }
  void collect(const Statement& s) {
    const auto add = [&](const char* sort, const std::string& name) { names[sort].push_back(name); };
    if (s.kind == Kind::tenant_found || s.kind == Kind::person_add) add("person", s.person);
    if (s.kind == Kind::tenant_found || s.kind == Kind::agency_add) add("agency", s.agency);
    if (s.kind == Kind::device_add) add("device", s.device);
    if (s.kind == Kind::case_open) add("case", s.case_id);
    if (s.kind == Kind::authority_add) add("authority", s.authority);
    if (s.kind == Kind::conference_convene) add("conference", s.conference);
    if (s.kind == Kind::item_add) add("item", s.item);
    if (s.kind == Kind::record_share || s.kind == Kind::record_rebase) add("record", s.record);
    if (s.kind == Kind::task_assign) add("task", s.task);
    if (s.kind == Kind::decision_record) add("decision", s.decision);
    if (s.kind == Kind::emergency_invoke) add("emergency", s.emergency);
    if (s.kind == Kind::message_post) add("message", s.message);
    if (s.kind == Kind::request_make) add("request", s.request);
  }
};

/// What comes before authority (policy.md §1): then nothing is said of it.
bool before_authority(const Statement& s, const std::optional<Reason>& reason) {
  return reason == Reason::UNKNOWN || reason == Reason::PERSON_ENDED ||
         (reason == Reason::DEVICE_REVOKED && !s.signed_with.empty());
}

}  // namespace

TEST_CASE("authorities: each kind of statement is for whom policy.md says, and for nobody else") {
  std::map<std::string, std::size_t> allowed, refused;
  std::size_t seconds = 0, asked = 0;
  std::mt19937 random(7);
  CHECK(always("authorities", 40, [&](const Told& told) {
    const Scene scene(told);
    const auto ledger = kasane::tests::as_said(scene.said);
    auto authors =
        scene.names.find("person") == scene.names.end() ? std::vector<std::string>{} : scene.names.at("person");
    authors.emplace_back("server");
    for (const auto& text : every_kind)
      for (const auto& author : authors) {
        const auto statement = scene.filled(text, author, random);
        if (!statement) continue;
        const auto reason = may(scene.world, statement, scene.now);
        if (before_authority(*statement, reason)) continue;
        ++asked;
        const std::string product = reason ? std::string(name_of(*reason)) : std::string();
        const std::string oracle = kasane::oracle::authority_stop(ledger, *statement, scene.now);
        ++(oracle.empty() ? allowed : refused)[std::string(name_of(statement->kind))];
        if (oracle == "SECOND_PERSON") ++seconds;
        const bool agree = (product == "NOT_AUTHORISED") == (oracle == "NOT_AUTHORISED") &&
                           (product != "SECOND_PERSON" || oracle == "SECOND_PERSON") &&
                           (!product.empty() || oracle.empty());
        if (agree) continue;
        std::string what = author;
        what.append(": ").append(text).append(": '").append(product).append("', by the oracle '").append(oracle);
        RC_FAIL(what + "'");
      }
  }));
  std::printf("%zu statements asked of the policy and of the oracle: who may say them\n", asked);
  CHECK(seconds > 0);
  for (const auto& text : every_kind) {  // each kind was for some and not for others
    const auto name = text.substr(1, text.find('\'', 1) - 1);
    INFO(name);
    CHECK(allowed[name] > 0);
    CHECK(refused[name] > 0);
  }
}
