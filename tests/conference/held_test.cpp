#include "policy/action.hpp"
#include "server/wire/payload.hpp"
#include "tests/conference/town.hpp"

// Law 12 of policy.md §11 on what the server sends: what a device holds, however it came, is what its person may read
// now, and folds to the same answers.
namespace {

using namespace kasane;
using given::Said;
using given::Town;

policy::Statement statement_in(std::string_view envelope, std::int64_t time_ms) {
  const auto read = crypto::parse_envelope(envelope);
  REQUIRE(read);
  auto payload = wire::parse_payload(read->payload);
  REQUIRE(payload);
  payload->statement.at_ms = time_ms;
  return payload->statement;
}

/// The whole ledger, as it stands in the store.
policy::World whole_of(const Town& town) {
  std::vector<std::int64_t> times;
  town.store->each_leaf([&](const conference::LeafRow& row) { times.push_back(row.time_ms); });
  policy::World world;
  town.store->each_envelope(0, [&](std::int64_t index, std::string_view envelope) {
    const auto statement = statement_in(envelope, times.at(static_cast<std::size_t>(index)));
    REQUIRE_FALSE(world.accept(statement, index));
  });
  return world;
}

/// A device that does with the server's messages what a client does.
class Holder {
 public:
  Holder(Town& town, std::string of) : person(std::move(of)), town_(town) {
    connection_ = town.connect(person, false);
    town.ask(connection_, wire::FeedRequest{});
    const Said feed = town.answer(connection_);
    REQUIRE(*feed.at({"result", "live"}).boolean());
    take(feed, "result");
  }

  /// Takes in what has come since.
  void listen() {
    while (!town_.silent(connection_))
      if (const Said said = town_.next(connection_); said.is_batch()) take(said, "params");
  }
  std::vector<policy::Index> indices() const {
    std::vector<policy::Index> found;
    for (const auto& [index, entry] : held_) found.push_back(index);
    return found;
  }
  bool holds(std::string_view unit) const {
    return std::ranges::any_of(held_, [&](const auto& one) { return one.second.unit == unit; });
  }
  /// What is held, folded anew.
  policy::World fold() const {
    policy::World world;
    world.set_reader(person);
    for (const auto& [index, entry] : held_) world.fold(entry.statement, index);
    return world;
  }

  const std::string person;

 private:
  struct Entry {
    std::string unit;
    policy::Statement statement;
  };
  void take(const Said& message, std::string_view where) {
    if (message.has({where, "closed"}))
      for (const auto& one : message.at({where, "closed"}).elements()) {
        REQUIRE(one.is_object());
        std::erase_if(held_, [&](const auto& held) { return held.second.unit == *one.find("unit")->text(); });
      }
    for (const auto& entry : message.at({where, "entries"}).elements())
      held_[*entry.find("i")->integer()] = {*entry.find("u")->text(),
                                            statement_in(*entry.find("e")->text(), *entry.find("t")->integer())};
  }

  Town& town_;
  conference::Connection connection_ = 0;
  std::map<policy::Index, Entry> held_;
};

/// Every device holds exactly what its person may read, and says of its person what the whole says.
void check(Town& town, std::vector<Holder>& holders, const std::vector<std::string>& records) {
  const policy::World whole = whole_of(town);
  const policy::Instant now = town.clock.wall;
  for (auto& holder : holders) {
    holder.listen();
    INFO("held by " << holder.person);
    CHECK(holder.indices() == policy::entries(whole, holder.person, now));
    const policy::World part = holder.fold();
    for (const auto& record : records)
      for (const auto& other : holders) {
        INFO("about " << other.person << " and " << record);
        const policy::Ask ask{record, other.person, {}, "i-1"};
        const auto held = policy::see(part, ask, now), says = policy::see(whole, ask, now);
        if (held.permit) CHECK(says.permit);  // never more than the whole
        // Promised to who sits professionally at an item that is not closed; the others extend nothing.
        const auto item = whole.items.find_defined("i-1");
        const auto* seated = whole.seat(item, whole.persons.find_defined(holder.person));
        if (other.person != holder.person || whole.items[item].closed()) continue;
        if (seated == nullptr || !policy::is_professional(seated->seat)) continue;
        if (says.hidden)
          CHECK(held.hidden);
        else
          CHECK(held.same_verdict(says));
      }
  }
}

}  // namespace

TEST_CASE("a device holds what its person may read now, as units open and close in a sitting") {
  Town town;
  town.convene();
  town.add_person("fuji", "a-city", R"(["compliance"])");
  town.open_item();
  std::vector<Holder> holders;
  for (const char* person : {"mori", "aoki", "chiba", "doi", "endo", "fuji"}) holders.emplace_back(town, person);
  Holder &doi = holders[3], &endo = holders[4];
  const std::vector<std::string> records{"r-1", "r-2", "r-3"};
  const auto share = [&](const char* record, const char* agency, const char* author) {
    // The keys are made ready for whom the policy names; nobody reads them here.
    policy::World then = whole_of(town);
    auto made = town.record(record, agency, {});
    auto json = *wire::read_json(made.statement.json);
    json.add("by", author);
    auto statement = *wire::read_statement(json, wire::StatementForm::ledger);
    statement.at_ms = town.clock.wall;
    REQUIRE_FALSE(then.accept(statement, then.next_index()));
    made = town.record(record, agency, policy::wrap(then, record, town.clock.wall));
    town.does(author, made.statement, made.blobs, made.wraps);
  };
  share("r-1", "a-elder", "chiba");
  check(town, holders, records);
  CHECK(doi.holds("record/r-1"));
  CHECK_FALSE(endo.holds("record/r-1"));

  SECTION("who is seated in the middle of it gets the past, and who is unseated loses it") {
    town.does("aoki", {"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"endo","seat":"member"})"});
    check(town, holders, records);
    CHECK(endo.holds("case/c-1"));
    CHECK(endo.holds("item/i-1"));
    CHECK(endo.holds("record/r-1"));
    share("r-2", "a-clinic", "endo");
    check(town, holders, records);
    town.does("aoki", {"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"endo","seat":"none"})"});
    check(town, holders, records);
    CHECK_FALSE(endo.holds("case/c-1"));
    CHECK_FALSE(endo.holds("record/r-1"));
    CHECK(endo.holds("record/r-2"));  // an author's own
  }
  SECTION("who is found in conflict loses the household at once, and gets it back when that is lifted") {
    town.does("chiba", {"case/c-1", R"({"kind":"conflict.declare","case":"c-1","person":"doi"})"});
    check(town, holders, records);
    CHECK_FALSE(doi.holds("case/c-1"));
    CHECK_FALSE(doi.holds("record/r-1"));
    CHECK_FALSE(doi.holds("item/i-1"));
    town.does("aoki", {"case/c-1", R"({"kind":"conflict.lift","case":"c-1","person":"doi"})", {}, "fuji"});
    check(town, holders, records);
    CHECK(doi.holds("record/r-1"));
  }
  SECTION("an opponent of a protection loses the household, and an emergency opens no more than it says") {
    town.does("aoki", {"subject/s-1", R"({"kind":"protect.set","case":"c-1","subject":"s-1","opponents":["doi"]})"});
    check(town, holders, records);
    CHECK_FALSE(doi.holds("case/c-1"));
    town.does("chiba",
              {"emergency/e-1",
               R"({"kind":"emergency.invoke","emergency":"e-1","case":"c-1","person":"endo","records":["r-1"],)"
               R"("ground":"life","minutes":30,"protective":false})"});
    town.does("fuji", {"emergency/e-1", R"({"kind":"emergency.approve","emergency":"e-1"})"});
    check(town, holders, records);
    CHECK(endo.holds("record/r-1"));
    CHECK_FALSE(endo.holds("case/c-1"));
    town.clock.pass(31 * policy::minute_ms);
    town.run();
    check(town, holders, records);
    CHECK_FALSE(endo.holds("record/r-1"));  // time alone has closed it
  }
  SECTION("a member of a closed item keeps the household for an unended task, until its end comes") {
    town.does("chiba",
              {"work/i-1", R"({"kind":"task.assign","task":"t-1","item":"i-1","person":"doi","records":["r-1"],)"
                           R"("to":")" +
                               policy::print_instant(town.clock.wall + 20 * policy::minute_ms) + R"("})"});
    town.does("chiba", {"item/i-1", R"({"kind":"item.close","item":"i-1"})"});
    check(town, holders, records);
    CHECK(doi.holds("case/c-1"));
    town.clock.pass(21 * policy::minute_ms);
    town.run();
    check(town, holders, records);
    CHECK_FALSE(doi.holds("case/c-1"));
  }
  SECTION("a change of the law in the middle of a sitting hides what it shuts out") {
    town.does(
        "mori",
        {"directory", R"({"kind":"basis.register","code":"SWA106_6","consent":"required","duty":true,"statutory":true,)"
                      R"("subject_may_attend":false,"reading":"in_session","cross_links":[],"to":")" +
                          policy::print_instant(town.clock.wall + 5 * policy::minute_ms) + R"("})"});
    check(town, holders, records);
    town.clock.pass(6 * policy::minute_ms);
    town.run();
    check(town, holders, records);
    CHECK_FALSE(doi.holds("record/r-1"));
  }
}
