#include "tests/policy/worlds.hpp"

// What happens late in the small worlds: conflicts, orders, tasks, changes, and the end of the item.
namespace kasane::tests {
namespace {

using Facts = Worlds::Facts;
using Choice = Worlds::Choice;
using Aspect = Worlds::Aspect;
using Texts = std::vector<std::string>;

policy::Instant clock(const char* hour) {
  return policy::parse_instant("2026-07-08T" + std::string(hour) + ":00Z").value();
}
std::string j(std::string text) {
  for (char& c : text)
    if (c == '\'') c = '"';
  return text;
}
Choice nothing() {
  return {{}, [](Facts&) { return Texts{}; }};
}
Choice fixed(std::string name, Texts texts) {
  for (auto& text : texts) text = j(text);
  return {std::move(name), [texts](Facts&) { return texts; }};
}
/// Said by the item's chair, `CHAIR` in the texts.
Choice by_chair(std::string name, Texts texts) {
  return {std::move(name), [texts](Facts& facts) {
            Texts said;
            for (auto text : texts) {
              for (std::size_t at; (at = text.find("CHAIR")) != std::string::npos;) text.replace(at, 5, facts.chair);
              said.push_back(j(text));
            }
            return said;
          }};
}

Aspect conflicts() {
  const std::string declare = "{'kind':'conflict.declare','by':'aki','case':'c','person':'vera'}",
                    protect = "{'kind':'protect.set','by':'mori','case':'c','subject':'s','opponents':['",
                    authority =
                        "{'kind':'authority.add','by':'doi','authority':'w','case':'c','holder':'vera',"
                        "'type':'guardian','categories':'*','subject':'",
                    seat =
                        "{'kind':'item.add','by':'aki','item':'h','conference':'k','case':'c','basis':'LAYERED',"
                        "'seats':{'waka':{'seat':'chair'},'vera':{'seat':'rep','as':'z'}}}";
  return {"conflict",
          clock("04:52"),
          true,
          {nothing(), fixed("conflict declared", {declare}),
           fixed("conflict lifted",
                 {declare, "{'kind':'conflict.lift','by':'mori','case':'c','person':'vera','with':'kan'}"}),
           fixed("opponent", {protect + "vera']}"}),
           fixed("protection lifted",
                 {protect + "vera']}", "{'kind':'protect.lift','by':'mori','case':'c','subject':'s','with':'kan'}"}),
           fixed("guardian of an opponent", {authority + "z','to':'2026-07-08T04:53:00Z'}", protect + "z']}"}),
           fixed("seated as an opponent", {seat, protect + "z']}"}), fixed("guardian", {authority + "s'}"}),
           fixed("guardian in conflict",
                 {authority + "s'}", "{'kind':'authority.conflict','by':'doi','authority':'w','conflict':true}"}),
           fixed("an opponent seated",
                 {"{'kind':'item.seat','by':'aki','item':'g','person':'oto','seat':'member'}", protect + "oto']}"})}};
}

Aspect orders() {
  const std::string order = "{'kind':'record.order','by':'CHAIR','item':'g','person':'vera','reason':'task',",
                    names = order + "'records':['r']}", labelled = order + "'records':['q']}",
                    category = order + "'categories':['FAM','MED']}";
  return {"order",
          clock("04:53"),
          true,
          {nothing(), by_chair("ordered", {names}), by_chair("the labelled ordered", {labelled}),
           by_chair("category ordered", {category}),
           by_chair("ordered, then unseated and back",
                    {names, "{'kind':'item.seat','by':'aki','item':'g','person':'vera','seat':'none'}",
                     "{'kind':'item.seat','by':'aki','item':'g','person':'vera','seat':'member'}"}),
           by_chair("ordered, then another seat",
                    {names, "{'kind':'item.seat','by':'aki','item':'g','person':'vera','seat':'observer'}"})}};
}

Aspect tasks() {
  const std::string assign = "{'kind':'task.assign','by':'CHAIR','task':'t','item':'g','person':'vera','records':['r']";
  return {
      "task",
      clock("04:54"),
      true,
      {nothing(), by_chair("task", {assign + "}"}), by_chair("task over", {assign + ",'to':'2026-07-08T04:59:00Z'}"}),
       by_chair("task ended", {assign + "}", "{'kind':'task.end','by':'CHAIR','task':'t'}"})}};
}

Choice registered(const std::string& name, const char* consent, const char* statutory, const char* attend,
                  const char* reading, const std::string& rest = {}) {
  return {name, [=](Facts& facts) {
            return Texts{j("{'kind':'basis.register','by':'kiri','code':'" + facts.basis + "','consent':'" + consent +
                           "','duty':false,'statutory':" + statutory + ",'subject_may_attend':" + attend +
                           ",'reading':'" + reading + "','cross_links':[]" + rest + "}")};
          }};
}

Aspect changes() {
  return {"change",
          clock("04:55"),
          true,
          {nothing(),
           registered("basis over", "not_required", "true", "true", "in_session", ",'to':'2026-07-08T04:59:00Z'"),
           registered("basis requires consent", "required", "false", "true", "in_session"),
           registered("basis requires none", "not_required", "true", "true", "from_convening"),
           registered("basis not begun", "required", "true", "false", "in_session", ",'from':'2026-07-08T05:01:00Z'"),
           fixed("viewer ended", {"{'kind':'person.end','by':'kiri','person':'vera'}"}),
           fixed("author ended", {"{'kind':'person.end','by':'kiri','person':'waka'}"})}};
}

Aspect ends() {
  return {"end",
          clock("04:56"),
          false,
          {nothing(),
           by_chair("in a break", {"{'kind':'item.suspend','by':'CHAIR','item':'g'}"}),
           {"closed", [](Facts& facts) {
              return Texts{facts.opened ? j("{'kind':'item.close','by':'" + facts.chair + "','item':'g'}")
                                        : j("{'kind':'conference.close','by':'aki','conference':'k'}")};
            }}}};
}

}  // namespace

std::vector<Worlds::Aspect> small_turns_after() { return {conflicts(), orders(), tasks(), changes(), ends()}; }

}  // namespace kasane::tests
