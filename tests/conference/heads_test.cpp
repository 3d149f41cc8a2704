// PROTOCOL.md heads (design.md §3 "Tail hiding"): where each unit ends, said in the log.
#include "crypto/moving_tree.hpp"
#include "crypto/sha256.hpp"
#include "server/wire/payload.hpp"
#include "tests/conference/town.hpp"

using namespace kasane;
using given::Said;
using given::Town;

namespace {

struct Held {
  std::string name;
  crypto::UnitTag tag;
  std::vector<wire::Json> entries;
};

/// The units of a person, as their feed gives them.
std::map<std::string, Held> units_of(Town& town, const std::string& person) {
  const auto connection = town.connect(person, false);
  town.ask(connection, wire::FeedRequest{});
  const auto feed = town.answer(connection);
  std::map<std::string, Held> units;
  for (const auto& [name, salt] : feed.at({"result", "salts"}).members())
    units[name] = {name, crypto::unit_tag(*crypto::from_hex<crypto::Salt>(*salt.text()), name), {}};
  for (const auto& entry : feed.at({"result", "entries"}).elements())
    units.at(*entry.find("u")->text()).entries.push_back(entry);
  return units;
}

Said heads(Town& town, conference::Connection from, const std::vector<crypto::UnitTag>& tags) {
  wire::HeadsRequest ask;
  for (const auto& tag : tags) ask.units.push_back(crypto::hex(tag));
  town.ask(from, ask);
  return town.answer(from);
}

wire::Payload statement_of(const Said& said) {
  return wire::parse_payload(crypto::parse_envelope(said.text({"result", "entry", "e"}))->payload).value();
}

/// Does each row stand in the tree that the statement signs?
void check_rows(const Said& said) {
  const auto payload = statement_of(said);
  const auto root = crypto::from_hex<crypto::Hash>(*payload.body.find("root")->text()).value();
  const auto units = static_cast<std::uint64_t>(*payload.body.find("units")->integer());
  for (const auto& row : said.at({"result", "units"}).elements()) {
    std::vector<crypto::Hash> path;
    for (const auto& step : row.find("path")->elements()) path.push_back(*crypto::from_hex<crypto::Hash>(*step.text()));
    const auto leaf = crypto::unit_head(*crypto::from_hex<crypto::UnitTag>(*row.find("tag")->text()),
                                        static_cast<std::uint64_t>(*row.find("count")->integer()),
                                        *crypto::from_hex<crypto::Hash>(*row.find("last")->text()));
    CHECK(crypto::verify_inclusion(leaf, static_cast<std::uint64_t>(*row.find("place")->integer()), units, root, path));
  }
}

}  // namespace

TEST_CASE("the server says in the log where every unit ends, and proves it for those that the asker reads") {
  Town town;
  town.convene();
  const auto mine = units_of(town, "doi");
  std::vector<crypto::UnitTag> tags;
  for (const auto& [name, unit] : mine) tags.push_back(unit.tag);
  const auto doi = town.connect("doi");
  const auto before = town.size();
  const auto said = heads(town, doi, tags);
  CHECK(town.size() == before + 1);
  const auto payload = statement_of(said);
  CHECK(payload.statement.kind == policy::Kind::ledger_heads);
  CHECK(payload.device == "server");
  CHECK(crypto::verify(*crypto::parse_envelope(said.text({"result", "entry", "e"})), 0,
                       town.keys().statement.public_key));
  CHECK(said.number({"result", "entry", "i"}) == before);
  CHECK(*payload.body.find("size")->integer() == before);
  CHECK(said.number({"result", "size"}) == town.size());
  REQUIRE(said.at({"result", "units"}).elements().size() == mine.size());
  check_rows(said);
  for (const auto& row : said.at({"result", "units"}).elements())
    for (const auto& [name, unit] : mine)
      if (crypto::hex(unit.tag) == *row.find("tag")->text())
        CHECK(*row.find("count")->integer() == static_cast<std::int64_t>(unit.entries.size()));
}

TEST_CASE("a subject of whom nothing was said yet is provably so") {
  Town town;
  town.convene();
  const auto mine = units_of(town, "aoki");
  REQUIRE(mine.contains("subject/s-1"));
  const auto aoki = town.connect("aoki");
  const auto said = heads(town, aoki, {mine.at("subject/s-1").tag});
  check_rows(said);
  const auto& row = said.at({"result", "units"}).elements().at(0);
  CHECK(*row.find("count")->integer() == 0);
  CHECK(*row.find("last")->text() == std::string(64, '0'));
}

TEST_CASE("a unit that the asker does not read, or that is not there, is left out alike") {
  Town town;
  town.convene();
  const auto item = units_of(town, "doi").at("item/i-1").tag;
  const auto endo = town.connect("endo");
  const auto said = heads(town, endo, {item, crypto::UnitTag{}});
  CHECK(said.at({"result", "units"}).elements().empty());
  CHECK(said.has({"result", "entry"}));
}

TEST_CASE("nothing is written where nothing came since the last statement, also after a restart") {
  Town town;
  town.convene();
  const auto tag = units_of(town, "doi").at("item/i-1").tag;
  auto doi = town.connect("doi");
  const auto first = heads(town, doi, {tag});
  const auto size = town.size();
  const auto again = heads(town, doi, {tag});
  CHECK(town.size() == size);
  CHECK(again.text({"result", "entry", "e"}) == first.text({"result", "entry", "e"}));
  town.restart();
  doi = town.connect("doi");
  const auto after = heads(town, doi, {tag});
  CHECK(town.size() == size);
  check_rows(after);
  town.open_item();
  const auto moved = heads(town, doi, {tag});
  CHECK(town.size() == size + 2);
  check_rows(moved);
  CHECK(*moved.at({"result", "units"}).elements().at(0).find("count")->integer() ==
        *after.at({"result", "units"}).elements().at(0).find("count")->integer() + 1);
}

TEST_CASE("several who ask at once share one statement, the last entry of its batch") {
  Town town;
  town.convene();
  const auto tag = units_of(town, "doi").at("item/i-1").tag;
  const auto doi = town.connect("doi"), chiba = town.connect("chiba");
  const auto before = town.size();
  for (const auto connection : {doi, chiba})
    town.engine->request(connection, {"7", wire::HeadsRequest{{crypto::hex(tag)}}});
  const auto open = town.sign("chiba", {"item/i-1", R"({"kind":"item.open","item":"i-1"})"});
  town.ask(chiba, wire::AppendRequest{{open}, {}, {}});
  CHECK(town.size() == before + 2);
  const auto said = town.answer(doi);
  CHECK(said.number({"result", "entry", "i"}) == before + 1);
  check_rows(said);
}

TEST_CASE("a tag that is none is refused, and while appends are stopped a new statement is not to be had") {
  Town town;
  town.convene();
  const auto tag = units_of(town, "doi").at("item/i-1").tag;
  const auto doi = town.connect("doi");
  town.ask(doi, wire::HeadsRequest{{"item/i-1"}});
  CHECK(town.answer(doi).reason() == "MALFORMED");
  town.clock.wall += 61'000;
  CHECK(heads(town, doi, {tag}).reason() == "BUSY");
}

TEST_CASE("the tree of the units' ends is RFC 6962's, whichever leaf moves") {
  std::vector<crypto::Hash> leaves;
  crypto::MovingTree tree;
  CHECK(tree.root() == crypto::empty_root());
  for (std::uint64_t n = 1; n <= 33; ++n) {
    leaves.push_back(crypto::sha256("new " + std::to_string(n)));
    tree.set(n - 1, leaves.back());
    const std::uint64_t moved = (n * 7) % n;
    leaves[moved] = crypto::sha256("moved " + std::to_string(n));
    tree.set(moved, leaves[moved]);
    crypto::Frontier frontier;
    for (const auto& leaf : leaves) frontier.append(leaf);
    REQUIRE(tree.root() == frontier.root());
    for (std::uint64_t i = 0; i < n; ++i) REQUIRE(crypto::verify_inclusion(leaves[i], i, n, tree.root(), tree.path(i)));
  }
}
