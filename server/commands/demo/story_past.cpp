#include "crypto/random.hpp"
#include "server/commands/demo/town.hpp"
#include "server/native/record_content.hpp"

namespace kasane::commands::demo {

using policy::Seat;

void Town::convene(const std::string& conference, std::int64_t starts_at) {
  policy::Statement convene;
  convene.kind = policy::Kind::conference_convene;
  convene.conference = conference;
  convene.starts_at = starts_at;
  person("asakura").state(std::move(convene));
}

void Town::add_item(const std::string& item, const std::string& conference, const char* household, const char* basis,
                    std::vector<SeatRow> seats) {
  policy::Statement add;
  add.kind = policy::Kind::item_add;
  add.item = item;
  add.conference = conference;
  add.case_id = id(std::string("case-") + household);
  add.basis = basis;
  for (const auto& seat : seats) add.seats.push_back({seat.person, seat.seat, {}});
  person("asakura").state(std::move(add));
}

/// The chair opens, everybody acknowledges and enters, the chair draws the epoch.
void Town::sit_down(const std::string& conference, const std::string& item, const char* basis,
                    const std::vector<const char*>& people) {
  policy::Statement open;
  open.kind = policy::Kind::item_open;
  open.item = item;
  person("asakura").state(std::move(open));
  for (const char* one : people) {
    auto& who = person(one);
    who.catch_up();
    if (!who.world().acknowledged(who.world().items.find_defined(item), who.world().persons.find_defined(one))) {
      policy::Statement read;
      read.kind = policy::Kind::notice_acknowledge;
      read.conference = conference;
      read.basis = basis;
      read.version = 1;
      who.state(std::move(read));
    }
    who.enter(item);
  }
  person("asakura").draw_epoch(item);
}

void Town::rise(const std::string& item, const std::vector<const char*>& people) {
  for (const char* one : people) person(one).leave(item);
  policy::Statement close;
  close.kind = policy::Kind::item_close;
  close.item = item;
  person("asakura").state(std::move(close));
}

/// The chair signs the decision with its text in one append; the recorder confirms.
void Town::decide(const std::string& item, std::string_view key, const std::string& content, policy::DecisionKind kind,
                  const std::vector<const char*>& rests_on) {
  auto& chair = person("asakura");
  chair.catch_up();
  Parcel parcel;
  const auto text = record_draft(key, item, content);
  chair.share_in(parcel, text);
  policy::Statement decision;
  decision.kind = policy::Kind::decision_record;
  decision.decision = crypto::random_id('v');
  decision.item = item;
  decision.decision_kind = kind;
  decision.record = text.record;
  for (const char* record : rests_on) decision.rests_on.push_back(id(std::string("r-") + record));
  const auto name = decision.decision;
  parcel.drafts.push_back(chair.draft(std::move(decision)));
  chair.append(std::move(parcel));
  policy::Statement confirm;
  confirm.kind = policy::Kind::decision_confirm;
  confirm.decision = name;
  person("dan").state(std::move(confirm));
}

void Town::support_conference() {
  const auto conference = id("k-support"), a = id("i-support-a"), b = id("i-support-b");
  const std::vector<const char*> table_a{"asakura", "dan", "nitta", "hara"}, table_b{"asakura", "dan", "nitta", "ueki"};
  go_to(50, 16);
  convene(conference, calendar_.at(42, 14));
  add_item(a, conference, "a", "SWA106_6",
           {{"asakura", Seat::chair}, {"dan", Seat::recorder}, {"nitta", Seat::member}, {"hara", Seat::member}});
  add_item(b, conference, "b", "SWA106_6",
           {{"asakura", Seat::chair}, {"dan", Seat::recorder}, {"nitta", Seat::member}, {"ueki", Seat::member}});
  go_to(45, 10);
  for (const char* key : {"a-id", "a-care", "a-wish", "a-med", "a-dis", "a-right"}) share(key);

  go_to(42, 14);
  sit_down(conference, a, "SWA106_6", table_a);
  person("asakura").say(a, "ただいまから支援会議を始めます。資料は画面のみです。");
  go_to(42, 14, 5);
  person("nitta").open(id("r-a-med"), a);
  person("hara").open(id("r-a-wish"), a);
  person("asakura").open(id("r-a-right"), a);
  person("dan").say(a, "お母さんは、玄関先でなら話をしてくれます。");
  share("a-door", a);
  person("nitta").say(a, "長男さんの通院が一度飛んでいます。次の予約に同行できます。");
  go_to(42, 14, 30);
  decide(a, "a-dec",
         native::decision_content("支援会議の決定", "母の受診のきっかけをつくり、長男の通院が途切れないようにする。",
                                  "母と長男は家事を分け合い、近所の声かけも続いている。",
                                  {{"団", "民生委員と一緒に母を訪ね、もの忘れ外来の話をする", "2週間後"},
                                   {"新田", "長男の次の受診に同行し、通帳のことを本人から聞く", "次の予約日"}},
                                  "1か月後の支援会議で様子を確かめる。"),
         policy::DecisionKind::resume, {"a-care", "a-right"});
  policy::Statement task;
  task.kind = policy::Kind::task_assign;
  task.task = crypto::random_id('t');
  task.item = a;
  task.person = "nitta";
  task.records = {id("r-a-med")};
  task.to = calendar_.midnight_in(14);
  person("asakura").state(std::move(task));
  rise(a, table_a);

  go_to(42, 15);
  sit_down(conference, b, "SWA106_6", table_b);
  person("nitta").say(b, "長男さんは作業所に休まず通っています。");
  share("b-work", b);
  share("b-near", b);
  person("asakura").open(id("r-b-work"), b);
  go_to(42, 15, 20);
  rise(b, table_b);
  share("a-min", a);
  policy::Statement close;
  close.kind = policy::Kind::conference_close;
  close.conference = conference;
  person("asakura").state(std::move(close));
}

void Town::layered_conference() {
  const auto conference = id("k-layered"), item = id("i-layered-b");
  const std::vector<const char*> table{"asakura", "dan", "nitta", "ueki"};
  go_to(37, 10);
  convene(conference, calendar_.at(28, 10));
  add_item(item, conference, "b", "LAYERED",
           {{"asakura", Seat::chair}, {"dan", Seat::recorder}, {"nitta", Seat::member}, {"ueki", Seat::member}});
  go_to(30, 10);
  for (const char* key :
       {"b-id", "b-id2", "b-care", "b-drug", "b-dis", "b-house", "b-pay", "b-debt", "b-purse", "b-back"})
    share(key);
  go_to(28, 10);
  sit_down(conference, item, "LAYERED", table);
  person("asakura").say(item, "ここから重層的支援会議です。ご本人の同意の範囲で進めます。");
  person("asakura").open(id("r-b-care"), item);
  person("ueki").open(id("r-b-id"), item);
  person("dan").open(id("r-b-dis"), item);
  try {
    person("nitta").open(id("r-b-debt"), item);
    throw CommandError(Exit::internal, "a record opened without consent");
  } catch (const Refused& refused) {  // the placeholder stays, and compliance sees that it was tried
    if (refused.reason != "NO_CONSENT") throw;
  }
  person("ueki").say(item, "家計の相談は、長女さんに説明してから始めたいです。");
  go_to(28, 10, 30);
  share("b-plan", item);
  decide(item, "b-dec",
         native::decision_content(
             "重層的支援会議の決定", "プランのとおり、母の介護と長男の通所を先に支える。",
             "長男は休まず通い、母の服薬も続いている。",
             {{"団", "訪問介護の回数を見直す", "2週間後"}, {"植木", "長女に家計相談の説明をする", "1か月後"}},
             "同意の状況を確かめて、次の重層的支援会議で見直す。"),
         policy::DecisionKind::new_plan, {"b-care", "b-dis"});
  rise(item, table);
  share("b-min", item);
  policy::Statement close;
  close.kind = policy::Kind::conference_close;
  close.conference = conference;
  person("asakura").state(std::move(close));
}

}  // namespace kasane::commands::demo
