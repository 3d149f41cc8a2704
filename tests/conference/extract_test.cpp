// FORMAT.md "The extract": it shortens a start, and nothing else.
#include "server/conference/extract.hpp"

#include "server/conference/extract_reader.hpp"
#include "tests/conference/town.hpp"

using namespace kasane;
using given::Town;

namespace {

/// Keeps the segments where a test can reach them.
struct KeepingStore final : given::PassingStore {
  std::vector<std::string> segments;
  std::size_t fails_after = std::string::npos;  ///< segments
  std::int64_t late = -1;                       ///< the entry whose row another time was written into
  void commit(const conference::Commit& commit) override { inner.commit(commit); }
  void each_extract(const std::function<bool(std::string_view)>& visit) override {
    std::size_t visited = 0;
    for (const auto& segment : segments) {
      if (visited++ == fails_after) throw conference::StoreError("the extract cannot be read");
      if (!visit(segment)) return;
    }
  }
  void each_leaf(const std::function<void(const conference::LeafRow&)>& visit) override {
    inner.each_leaf([&](conference::LeafRow row) {
      if (row.index == late) ++row.time_ms;
      visit(row);
    });
  }
  void keep_extract(std::size_t good) override { segments.resize(good); }
  void add_extract(std::string_view segment) override { segments.emplace_back(segment); }
  std::int64_t least = 0;
  std::int64_t least_extracted() const override { return least; }
};

/// A town in which something of each sort has happened, with several segments.
struct Lived {
  std::shared_ptr<KeepingStore> store = std::make_shared<KeepingStore>();
  Town town{store};
  Lived() {
    town.restart();
    town.convene();
    town.open_item();
    town.restart();
    const auto sealed = town.record("r-1", "a-clinic", {"doi", "chiba"});
    town.does("doi", sealed.statement, sealed.blobs, sealed.wraps);
    town.restart();
  }
  /// Everything that a reader is told, and what a device may open.
  std::string answers() {
    std::string all = crypto::hex(town.root());
    for (const char* person : {"doi", "chiba", "mori"}) {
      const auto line = town.connect(person, false);
      town.ask(line, wire::FeedRequest{});
      all += wire::print_json(town.answer(line).at({"result", "entries"}));
    }
    return all;
  }
  bool opens(const char* person) {
    const auto line = town.connect(person);
    town.ask(line, wire::OpenRequest{town.request(person, "r-1")});
    return town.answer(line).has({"result", "ciphertext"});
  }
  const conference::StartReport& start() { return town.engine->start_report(); }
  std::int64_t size() { return town.engine->health().size; }
};

}  // namespace

TEST_CASE("a start with the extract reads no envelope again and answers as one without") {
  Lived lived;
  REQUIRE(lived.store->segments.size() >= 3);
  const auto before = lived.answers();
  lived.town.restart();
  CHECK(lived.start().extracted == lived.size());
  CHECK(lived.start().doubt.empty());
  CHECK(lived.answers() == before);
  lived.store->segments.clear();
  lived.town.restart();
  CHECK(lived.start().extracted == 0);
  CHECK(lived.start().doubt.empty());
  CHECK(lived.answers() == before);
  lived.town.restart();
  CHECK(lived.start().extracted == lived.size());
  CHECK(lived.opens("chiba"));
}

TEST_CASE("a short ledger is read whole at every start") {
  Lived lived;
  lived.store->least = lived.size() + 100;
  lived.store->segments.clear();
  lived.town.restart();
  lived.town.restart();
  CHECK(lived.start().extracted == 0);
  CHECK(lived.store->segments.empty());
}

TEST_CASE("a stale extract is gone on from where it ends") {
  Lived lived;
  const auto before = lived.answers();
  lived.town.restart();
  lived.store->segments.pop_back();
  lived.town.restart();
  CHECK(lived.start().extracted > 0);
  CHECK(lived.start().extracted < lived.size());
  CHECK(lived.start().doubt.empty());
  CHECK(lived.answers() == before);
  lived.town.restart();
  CHECK(lived.start().extracted == lived.size());
  CHECK(lived.opens("chiba"));
}

TEST_CASE("every byte of a damaged extract is noticed, and costs a longer start alone") {
  Lived lived;
  const auto before = lived.answers();
  lived.town.restart();
  const auto whole = lived.store->segments;
  const std::size_t step = whole[1].size() / 7;
  for (std::size_t at = 0; at < whole[1].size(); at += step) {
    lived.store->segments = whole;
    lived.store->segments[1][at] = static_cast<char>(lived.store->segments[1][at] ^ 1);
    lived.town.restart();
    CHECK(lived.start().doubt == "it is damaged, of another log or of another version");
    CHECK(lived.start().extracted < lived.size());
    CHECK(lived.answers() == before);
  }
  lived.store->segments = whole;
  std::swap(lived.store->segments[0], lived.store->segments[1]);
  lived.town.restart();
  CHECK(lived.start().doubt == "it does not go on where it ended, or beyond the ledger");
  CHECK(lived.answers() == before);
  CHECK(lived.opens("chiba"));
}

TEST_CASE("another log's extract is not believed") {
  Lived lived, other;
  const auto before = lived.answers();
  lived.town.restart();
  lived.store->segments = other.store->segments;
  lived.town.restart();
  CHECK(lived.start().extracted == 0);
  CHECK(lived.start().doubt == "it is damaged, of another log or of another version");
  CHECK(lived.answers() == before);
  CHECK(lived.opens("chiba"));
}

TEST_CASE("a row that the extract contradicts stops the start, and the extract is dropped from there") {
  Lived lived;
  lived.town.restart();
  const auto whole = lived.store->segments;
  REQUIRE(whole.size() >= 3);
  lived.store->late = lived.size() - 1;
  CHECK_THROWS_WITH(lived.town.restart(), Catch::Contains("does not add up at entry"));
  CHECK(lived.store->segments.size() < whole.size());
  lived.store->late = 0;
  lived.store->segments = whole;
  CHECK_THROWS_WITH(lived.town.restart(), Catch::Contains("does not add up at entry 0"));
  CHECK(lived.store->segments.empty());
  lived.store->late = -1;
  lived.store->segments = whole;
  lived.town.restart();
  CHECK(lived.start().extracted == lived.size());
}

TEST_CASE("what the reading of the extract fails with is what the start fails with") {
  Lived lived;
  lived.town.restart();
  const auto whole = lived.store->segments;
  lived.store->fails_after = 1;
  CHECK_THROWS_WITH(lived.town.restart(), "the extract cannot be read");
  CHECK(lived.store->segments == whole);
  lived.store->fails_after = std::string::npos;
  lived.town.restart();
  CHECK(lived.start().extracted == lived.size());
}

TEST_CASE("the extract is read ahead in order, with the tree of its rows, and no further than somebody wants it") {
  const auto mac = [](crypto::View) { return crypto::Hash{}; };
  constexpr std::int64_t count = 40, each = 4;
  std::vector<conference::LeafRow> leaves(count);
  crypto::Tree tree;
  KeepingStore store;
  for (std::int64_t i = 0; i < count; ++i) {
    auto& row = leaves[static_cast<std::size_t>(i)];
    row.leaf.bytes[0] = static_cast<std::uint8_t>(i);
    tree.append(row.leaf);
    if ((i + 1) % each == 0)
      store.segments.push_back(conference::seal({i + 1 - each, i + 1, tree.root(), std::to_string(i)}, mac));
  }
  {
    conference::ExtractReader reader(store, leaves, mac);
    for (std::int64_t from = 0; from < count; from += each) {
      const auto part = reader.next();
      REQUIRE(part);
      CHECK(part->from == from);
      CHECK(part->to == from + each);
      CHECK(part->entries == std::to_string(part->to - 1));
    }
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.next());
    reader.stop();
    CHECK(reader.doubt().empty());
    CHECK(reader.tree().size() == count);
    CHECK(reader.tree().root() == tree.root());
  }
  {
    conference::ExtractReader reader(store, leaves, mac);
    CHECK(reader.next());
  }
  conference::ExtractReader unasked(store, leaves, mac);
  unasked.stop();
  CHECK(unasked.tree().size() < count);
  leaves[9].leaf.bytes[1] = 1;
  conference::ExtractReader other(store, leaves, mac);
  CHECK(other.next());
  CHECK(other.next());
  CHECK_FALSE(other.next());
  other.stop();
  CHECK(other.doubt() == "the ledger has another root");
}

TEST_CASE("an entry of the extract reads back to the same, and cut short to none") {
  const auto mac = [](crypto::View bytes) {
    crypto::Hash sum;
    sum.bytes[0] = static_cast<std::uint8_t>(bytes.size());
    return sum;
  };
  conference::ExtractEntry entry;
  entry.unit = 3;
  entry.narrows = true;
  entry.statement.kind = policy::Kind::record_share;
  entry.statement.at_ms = 1'700'000'000'123;
  entry.statement.by = "doi";
  entry.statement.label = policy::Label{{"t-1"}, {policy::Category::MED}, {}, "a-1", "INTAKE", {{}}, true, false, {}};
  entry.facts.record = conference::RecordFacts{};
  entry.facts.record->digest.bytes[31] = 7;
  std::string entries;
  conference::append_entry(entries, entry);
  const auto sealed = conference::seal({5, 6, {}, entries}, mac);
  const auto opened = conference::open(sealed, mac);
  REQUIRE(opened);
  CHECK(opened->from == 5);
  CHECK(opened->to == 6);
  std::string_view rest = opened->entries;
  conference::ExtractEntry read;
  REQUIRE(conference::take_entry(rest, read));
  CHECK(rest.empty());
  CHECK(read.unit == 3);
  CHECK(read.narrows);
  CHECK(read.statement.at_ms == entry.statement.at_ms);
  CHECK(read.statement.label->hold.has_value());
  CHECK(read.statement.label->origin == "INTAKE");
  CHECK(read.facts.record->digest == entry.facts.record->digest);
  std::string again;
  conference::append_entry(again, read);
  CHECK(again == entries);
  for (std::size_t cut = 0; cut < entries.size(); ++cut) {
    std::string_view part = std::string_view(entries).substr(0, cut);
    CHECK_FALSE(conference::take_entry(part, read));
  }
  CHECK_FALSE(conference::open(conference::seal({6, 6, {}, entries}, mac), mac));
  CHECK_FALSE(conference::open("", mac));
}
