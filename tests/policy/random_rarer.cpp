#include <array>

#include "policy/instant.hpp"
#include "tests/policy/random_town.hpp"

// What is said seldom in a drawn ledger: other items and cases, dates, devices, bases, ends, and what only records.
namespace kasane::tests {
namespace {

std::string j(std::string text) {
  for (char& c : text)
    if (c == '\'') c = '"';
  return text;
}

constexpr std::array agencies = {"city", "care", "dis", "home", "law", "desk"};

}  // namespace

std::string RandomTown::soon(int span_minutes) {
  const auto minutes =
      static_cast<policy::Instant>(draw(static_cast<std::size_t>(2 * span_minutes))) - span_minutes / 2;
  return policy::print_instant(town_.now() + minutes * policy::minute_ms);
}

std::string RandomTown::of_the_item(const std::string& item) {
  switch (draw(9)) {
    case 0:
      return "{'kind':'item.close','by':'aki','item':'" + item + "'}";
    case 1:
      return draw(4) == 0 ? "{'kind':'conference.close','by':'aki','conference':'k1'}"
                          : "{'kind':'item.open','by':'aki','item':'" + item + "'}";
    case 2:
      return "{'kind':'message.post','by':'" + one_of(persons) + "','item':'" + item + "','message':'" + fresh("m") +
             "'}";
    case 3:
      return "{'kind':'epoch.commit','by':'" + one_of(persons) + "','item':'" + item +
             "','epoch':" + std::to_string(1 + draw(2)) + "}";
    case 4:
      return "{'kind':'request.make','by':'dan','item':'" + item + "','request':'" + fresh("q") + "'}";
    case 5:
      return "{'kind':'attendance.join','by':'server','item':'" + item + "','person':'" + one_of(persons) + "'}";
    case 6:
      return "{'kind':'item.seat','by':'aki','item':'" + item + "','person':'" + one_of(persons) +
             "','seat':'rep','as':'s" + (draw(2) == 0 ? "1'}" : "2'}");
    case 7:
      return "{'kind':'item.seat','by':'aki','item':'" + item + "','person':'" + one_of(persons) +
             "','seat':'advisor'}";
    default:
      return "{'kind':'presence.attest','by':'aki','conference':'k1','basis':'" +
             std::string(draw(2) == 0 ? "SWA106_6" : "LAYERED") + "','person':'" + one_of(persons) +
             "','version':" + std::to_string(1 + draw(2)) + ",'how':'paper'}";
  }
}

std::string RandomTown::of_the_record(const std::string& record) {
  switch (draw(6)) {
    case 0:
      return "{'kind':'record.destroy','by':'aki','record':'" + record + "','with':'kura'}";
    case 1:
      return "{'kind':'key.release','by':'server','record':'" + record + "','person':'" + one_of(persons) +
             "','device':'v" + one_of(persons) + "'}";
    case 2:
      return "{'kind':'access.denied','by':'server','record':'" + record + "','person':'" + one_of(persons) + "'}";
    case 3: {
      const std::string& person = one_of(persons);
      return "{'kind':'key.request','by':'" + person + "','record':'" + record + "','device':'v" + person + "'}";
    }
    case 4:
      return "{'kind':'decision.record','by':'aki','decision':'" + fresh("z") + "','item':'" + one_of(items) +
             "','decision_kind':'new','record':'" + record + "','rests_on':[]}";
    default:
      return "{'kind':'recovery.open','by':'kura','record':'" + record + "'}";
  }
}

std::string RandomTown::rarer() {
  const std::string person = one_of(persons), item = one_of(items), record = one_of(records);
  switch (draw(19)) {
    case 0:
    case 1:
    case 2:
      return j(of_the_item(item));
    case 3:
    case 4:
      return j(of_the_record(record));
    case 5: {  // another item, of either case
      if (items.size() >= 5) return j("{'kind':'item.suspend','by':'aki','item':'" + item + "'}");
      const std::string added = "g" + std::to_string(items.size() + 1), in_case = draw(3) == 0 ? "c2" : "c1";
      items.push_back(added);
      return j("{'kind':'item.add','by':'aki','item':'" + added + "','conference':'k1','case':'" + in_case +
               "','basis':'" + (draw(2) == 0 ? "SWA106_6" : "LAYERED") +
               "','seats':{'aki':{'seat':'chair'},'dan':{'seat':'member'},'" + (draw(2) == 0 ? "ban" : "out") +
               "':{'seat':'adhoc'}}}");
    }
    case 6: {
      const std::string fresh_record = fresh("r");
      records.push_back(fresh_record);
      return j("{'kind':'record.share','by':'dan','record':'" + fresh_record +
               "','case':'c2','label':{'subjects':['s9'],'categories':['HOU'],'kind':'PLN','agency':'care',"
               "'origin':'INTAKE','withhold_from_subject':true}}");
    }
    case 7:
      return j("{'kind':'case.subject','by':'aki','case':'c1','subject':'s" + std::to_string(1 + draw(2)) +
               "','majority_at':'" + soon(200) + "','own_consent_at':'" + soon(200) + "'" +
               (draw(6) == 0 ? ",'deceased_at':'" + soon(300) + "'}" : "}"));
    case 8:
      return j("{'kind':'device.add','by':'kiri','device':'v" + person + "','person':'" + person + "'}");
    case 9:
      return draw(3) == 0 ? j("{'kind':'person.end','by':'kiri','person':'" + person + "'}")
                          : j("{'kind':'device.revoke','by':'kiri','device':'v" + person + "'}");
    case 10: {
      const bool law = draw(2) == 0;
      return j("{'kind':'basis.register','by':'kiri','code':'" + std::string(law ? "SWA106_6" : "LAYERED") +
               "','consent':'" +
               (draw(4) == 0 ? "required"
                : law        ? "not_required"
                             : "required") +
               "','duty':true,'statutory':" + (law ? "true" : "false") +
               ",'subject_may_attend':" + (law && draw(3) != 0 ? "false" : "true") + ",'reading':'" +
               (draw(2) == 0 ? "in_session" : "from_convening") + "','cross_links':[],'from':'" + soon(120) + "'" +
               (draw(3) == 0 ? ",'to':'" + soon(400) + "'}" : "}"));
    }
    case 11:
      return j("{'kind':'authority.add','by':'doi','authority':'a" + std::to_string(3 + draw(3)) +
               "','case':'c1','subject':'s2','holder':'" + person + "','type':'" +
               (draw(2) == 0 ? "parent" : "mandate") + "','categories':['HOU','MED','PADR'],'to':'" + soon(200) + "'}");
    case 12:
      return draw(2) == 0 ? j("{'kind':'protect.set','by':'mori','case':'c1','subject':'s1','opponents':['s2']}")
                          : j("{'kind':'case.coordinator','by':'kiri','case':'c1','person':'" +
                              std::string(draw(2) == 0 ? "aoi" : "aki") + "'}");
    case 13:
      return draw(2) == 0 ? j("{'kind':'emergency.review','by':'kan','emergency':'" + emergency_ +
                              "','upheld':" + (draw(2) == 0 ? "true}" : "false}"))
                          : j("{'kind':'emergency.invoke','by':'nita','emergency':'" + (emergency_ = fresh("e")) +
                              "','case':'c1','person':'" + person +
                              "','categories':['HOU','MED','FAM'],'ground':'body','minutes':50,'protective':false}");
    case 14:
      return draw(2) == 0 ? j("{'kind':'notice.publish','by':'kiri','basis':'" +
                              std::string(draw(2) == 0 ? "SWA106_6" : "LAYERED") +
                              "','version':" + std::to_string(1 + draw(3)) + "}")
                          : j("{'kind':'disclosure.oral','by':'aki','case':'c1','ground':'life'}");
    case 15:
      return j("{'kind':'item.open','by':'aki','item':'" + std::string(draw(2) == 0 ? "g1'}" : "g2'}"));
    case 16:
    case 17:
      return j("{'kind':'task.assign','by':'aki','task':'" + fresh("t") + "','item':'" + item + "','person':'" +
               (draw(3) == 0   ? "dan"
                : draw(2) == 0 ? "sawa"
                               : "nita") +
               "','records':['" + record + "']}");
    default:
      return j("{'kind':'consent.record','by':'doi','consent':'" + fresh("d") + "','case':'c1','subject':'s" +
               std::to_string(1 + draw(2)) + "','giver':'a" + std::to_string(3 + draw(3)) + "','state':'" +
               (draw(3) == 0 ? "refused" : "granted") + "','categories':" + (draw(2) == 0 ? "'*'" : "['HOU']") +
               ",'recipients':['" + one_of(agencies) + "','care','home'],'purpose':'" +
               (draw(5) == 0 ? "survey" : "support") + "','method':'oral','witness':'" + one_of(persons) + "'}");
  }
}

}  // namespace kasane::tests
