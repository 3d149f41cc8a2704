// FORMAT.md "The extract": it shortens a start, and nothing else.
#include "server/conference/extract.hpp"

#include "tests/conference/town.hpp"

using namespace kasane;
using given::Town;

namespace {

/// Keeps the segments where a test can reach them.
struct KeepingStore final : given::PassingStore {
  std::vector<std::string> segments;
  void commit(const conference::Commit& commit) override { inner.commit(commit); }
  void each_extract(const std::function<bool(std::string_view)>& visit) override {
    std::size_t good = 0;
    while (good < segments.size() && visit(segments[good])) ++good;
    segments.resize(good);
  }
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
