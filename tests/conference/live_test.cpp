#include <algorithm>

#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"
#include "crypto/note.hpp"
#include "crypto/sha256.hpp"
#include "crypto/signed_input.hpp"
#include "tests/conference/town.hpp"

using namespace kasane;
using given::Said;
using given::Town;

namespace {

std::vector<std::string> units_in(const Said& message, std::string_view where = "params") {
  std::vector<std::string> units;
  for (const auto& entry : message.at({where, "entries"}).elements()) units.push_back(*entry.find("u")->text());
  return units;
}
bool in(const std::vector<std::string>& units, std::string_view unit) {
  return std::ranges::find(units, unit) != units.end();
}
/// Does the message's root follow from its leaves, and each entry's leaf from the entry?
void verify(const Said& message, std::string_view where, crypto::Frontier frontier, const Town& town) {
  const auto leaves = crypto::unbase64(message.text({where, "leaves"}));
  REQUIRE(leaves);
  std::vector<crypto::Hash> hashes;
  for (std::size_t i = 0; i < leaves->size(); i += 32) {
    hashes.push_back(*crypto::fixed<crypto::Hash>(crypto::View(*leaves).subspan(i, 32)));
    frontier.append(hashes.back());
  }
  const auto note = crypto::verify_checkpoint(message.text({where, "checkpoint"}), "town/0123456789abcdef",
                                              town.keys().log.public_key);
  REQUIRE(note);
  CHECK(note->size == frontier.size());
  CHECK(note->root == frontier.root());
  const auto first = static_cast<std::int64_t>(frontier.size() - hashes.size());
  for (const auto& entry : message.at({where, "entries"}).elements()) {
    const auto index = *entry.find("i")->integer();
    if (index < first) continue;
    const auto* salt = message.at({where, "salts"}).find(*entry.find("u")->text());
    if (salt == nullptr) continue;  // came with an earlier message
    const auto tag = crypto::unit_tag(*crypto::from_hex<crypto::Salt>(*salt->text()), *entry.find("u")->text());
    const crypto::Leaf leaf{static_cast<std::uint64_t>(*entry.find("t")->integer()), tag,
                            static_cast<std::uint64_t>(*entry.find("p")->integer()),
                            *crypto::from_hex<crypto::Hash>(*entry.find("v")->text()),
                            crypto::sha256(*entry.find("e")->text())};
    CHECK(crypto::hash_of(leaf) == hashes[static_cast<std::size_t>(index - first)]);
  }
}

}  // namespace

TEST_CASE("a feed gives what a person may read, and nothing else, with a root that follows from its leaves") {
  Town town;
  town.convene();
  const auto doi = town.connect("doi", false);
  town.ask(doi, wire::FeedRequest{});
  const auto feed = town.answer(doi);
  verify(feed, "result", {}, town);
  const auto units = units_in(feed, "result");
  CHECK(in(units, "directory"));
  CHECK(in(units, "item/i-1"));
  CHECK(in(units, "case/c-1"));
  CHECK(feed.has({"result", "salts", "subject/s-1"}));  // a unit without entries is there all the same
  const auto endo = town.connect("endo", false);
  town.ask(endo, wire::FeedRequest{});
  const auto less = units_in(town.answer(endo), "result");
  CHECK(in(less, "directory"));
  CHECK_FALSE(in(less, "item/i-1"));
  CHECK_FALSE(in(less, "case/c-1"));
}

TEST_CASE("a feed resumes where the client stands: nothing lost, nothing doubled") {
  Town town;
  town.convene();
  auto doi = town.connect("doi", false);
  town.ask(doi, wire::FeedRequest{});
  const auto all = town.answer(doi);
  std::map<std::string, std::int64_t> counts;
  for (const auto& unit : units_in(all, "result")) ++counts[unit];
  town.engine->detach(doi);
  town.open_item();
  wire::FeedRequest resume;
  resume.size = all.number({"result", "size"});
  for (const auto& [unit, count] : counts) {
    const auto salt = crypto::from_hex<crypto::Salt>(all.text({"result", "salts", unit}));
    resume.units.emplace_back(crypto::hex(crypto::unit_tag(*salt, unit)), count);
  }
  resume.units.emplace_back(std::string(64, 'e'), 1);  // something that the server does not know
  doi = town.connect("doi", false);
  town.ask(doi, resume);
  const auto rest = town.answer(doi);
  CHECK(units_in(rest, "result") == std::vector<std::string>{"item/i-1"});
  CHECK(rest.number({"result", "from"}) == resume.size);
  REQUIRE(rest.at({"result", "closed"}).elements().size() == 1);
  CHECK(*rest.at({"result", "closed"}).elements()[0].text() == std::string(64, 'e'));
}

TEST_CASE("a long feed comes in parts of at most 512 KiB, in ledger order, and then goes live") {
  Town town;
  std::vector<std::string> envelopes;
  const auto mori = town.connect("mori");
  for (int i = 0; i < 10; ++i) {
    envelopes.clear();
    for (int j = 0; j < 60; ++j)
      envelopes.push_back(town.sign(
          "mori", {"directory", R"({"kind":"agency.add","agency":"a-)" + std::to_string(i * 60 + j) +
                                    R"(","agency_type":"child","name":")" + std::string(400, 'x') + R"("})"}));
    REQUIRE(town.append(mori, envelopes).has({"result"}));
  }
  const auto reader = town.connect("mori", false);
  town.ask(reader, wire::FeedRequest{});
  std::int64_t last = -1, parts = 0, entries = 0;
  while (true) {
    town.desk.inbox[reader].erase(town.desk.inbox[reader].begin(), town.desk.inbox[reader].end() - 1);
    CHECK(town.desk.inbox[reader].front().size() <= wire::limits::part_bytes + 64'000);
    const auto part = town.answer(reader);
    ++parts;
    for (const auto& entry : part.at({"result", "entries"}).elements()) {
      CHECK(*entry.find("i")->integer() > last);
      last = *entry.find("i")->integer();
      ++entries;
    }
    if (*part.at({"result", "live"}).boolean()) break;
    town.ask(reader, wire::FeedRequest{true, 0, {}});
  }
  CHECK(parts > 1);
  CHECK(entries == town.size());
}

TEST_CASE("a batch is one message for all who read the same, and another for who does not") {
  Town town;
  town.convene();
  const auto chiba = town.connect("chiba"), doi = town.connect("doi"), aoki = town.connect("aoki"),
             endo = town.connect("endo");
  town.desk.messages = 0;
  const crypto::Frontier before;
  town.engine->request(
      chiba,
      {"9", wire::AppendRequest{{town.sign("chiba", {"item/i-1", R"({"kind":"item.open","item":"i-1"})"})}, {}, {}}});
  town.engine->request(
      aoki,
      {"9", wire::AppendRequest{
                {town.sign("aoki", {"directory", R"({"kind":"agency.add","agency":"a-9","agency_type":"child"})"})},
                {},
                {}}});
  town.run();
  const auto for_chiba = town.batch(chiba), for_doi = town.batch(doi), for_aoki = town.batch(aoki),
             for_endo = town.batch(endo);
  CHECK(wire::print_json(for_chiba.json) == wire::print_json(for_doi.json));
  CHECK(in(units_in(for_doi), "item/i-1"));
  CHECK_FALSE(in(units_in(for_endo), "item/i-1"));
  CHECK(for_endo.number({"params", "size"}) == for_doi.number({"params", "size"}));
  CHECK(for_endo.text({"params", "leaves"}) == for_doi.text({"params", "leaves"}));
  CHECK(town.desk.messages == 2 + 2);  // a receipt, a refusal, two reader sets
}

TEST_CASE("nothing is acknowledged or announced before it is on disk") {
  struct Watching final : given::PassingStore {
    std::size_t commits = 0;
    std::function<void()> at_commit;
    void commit(const conference::Commit& commit) override {
      if (at_commit) at_commit();
      inner.commit(commit);
      ++commits;
    }
  };
  const auto store = std::make_shared<Watching>();
  Town town(store);
  const auto mori = town.connect("mori");
  bool silent_until_then = false;
  store->commits = 0;
  store->at_commit = [&] { silent_until_then = town.silent(mori); };
  for (int i = 0; i < 20; ++i)
    town.engine->request(
        mori,
        {std::to_string(i),
         wire::AppendRequest{{town.sign("mori", {"directory", R"({"kind":"agency.add","agency":"a-)" +
                                                                  std::to_string(i) + R"(","agency_type":"child"})"})},
                             {},
                             {}}});
  town.run();
  CHECK(silent_until_then);
  CHECK(store->commits == 1);  // what has queued goes in one transaction
  std::size_t receipts = 0;
  while (!town.silent(mori)) receipts += town.next(mori).has({"result"}) ? 1 : 0;
  CHECK(receipts == 20);
}

TEST_CASE("what opens brings its past, and what closes is signed and dropped") {
  Town town;
  town.convene();
  const auto endo = town.connect("endo");
  town.does("aoki", {"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"endo","seat":"member"})"});
  const auto opened = town.batch(endo);
  const auto units = units_in(opened);
  CHECK(std::ranges::count(units, "item/i-1") == 2);
  CHECK(in(units, "case/c-1"));
  CHECK(opened.has({"params", "salts", "item/i-1"}));
  CHECK(opened.has({"params", "salts", "subject/s-1"}));
  std::int64_t last = -1;
  for (const auto& entry : opened.at({"params", "entries"}).elements()) {
    CHECK(*entry.find("i")->integer() > last);
    last = *entry.find("i")->integer();
  }
  town.does("aoki", {"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"endo","seat":"none"})"});
  const auto closed = town.batch(endo);
  CHECK(units_in(closed).empty());
  bool item = false;
  for (const auto& one : closed.at({"params", "closed"}).elements()) {
    const auto unit = *one.find("unit")->text();
    item = item || unit == "item/i-1";
    const auto signature = crypto::from_base64<crypto::Signature>(*one.find("signature")->text());
    CHECK(crypto::verify(town.keys().statement.public_key,
                         crypto::closed_input(town.engine->log(), "endo", unit,
                                              static_cast<std::uint64_t>(closed.number({"params", "size"}))),
                         *signature));
  }
  CHECK(item);
}

TEST_CASE("a connection is silent until its feed is live") {
  Town town;
  town.convene();
  const auto doi = town.connect("doi", false);
  town.desk.inbox[doi].clear();
  town.open_item();
  CHECK(town.silent(doi));
}

TEST_CASE("a revoked device and an ended person are disconnected with the commit that says so") {
  Town town;
  town.convene();
  const auto doi = town.connect("doi"), endo = town.connect("endo");
  town.does("mori", {"directory", R"({"kind":"device.revoke","device":")" + town.devices["doi"][0].id + R"("})"});
  CHECK(town.desk.closed.at(doi) == 4004);
  CHECK_FALSE(town.desk.closed.contains(endo));
  town.does("mori", {"directory", R"({"kind":"person.end","person":"endo"})"});
  CHECK(town.desk.closed.at(endo) == 4004);
  CHECK_FALSE(town.engine->keyring()->find(town.devices["doi"][0].id)->live);
}

TEST_CASE("a unit is read with inclusion proofs, by who may read it") {
  Town town;
  town.convene();
  const auto doi = town.connect("doi"), endo = town.connect("endo");
  town.ask(doi, wire::ReadRequest{"item/i-1", 0});
  const auto unit = town.answer(doi);
  const auto& entries = unit.at({"result", "entries"}).elements();
  REQUIRE(entries.size() == 1);
  const auto tag = crypto::unit_tag(*crypto::from_hex<crypto::Salt>(unit.text({"result", "salt"})), "item/i-1");
  const crypto::Leaf leaf{static_cast<std::uint64_t>(*entries[0].find("t")->integer()),
                          tag,
                          0,
                          {},
                          crypto::sha256(*entries[0].find("e")->text())};
  std::vector<crypto::Hash> proof;
  for (const auto& hash : unit.at({"result", "proofs"}).elements().at(0).elements())
    proof.push_back(*crypto::from_hex<crypto::Hash>(*hash.text()));
  CHECK(crypto::verify_inclusion(crypto::hash_of(leaf), static_cast<std::uint64_t>(*entries[0].find("i")->integer()),
                                 static_cast<std::uint64_t>(unit.number({"result", "size"})), town.root(), proof));
  town.ask(endo, wire::ReadRequest{"item/i-1", 0});
  CHECK(town.answer(endo).reason() == "UNKNOWN");
  town.ask(endo, wire::ReadRequest{"item/i-99", 0});
  CHECK(town.answer(endo).reason() == "UNKNOWN");
}
