// The log's own timestamped cosignature: design.md §3 "Freshness".
#include "crypto/cosignature.hpp"
#include "tests/conference/town.hpp"

using namespace kasane;
using given::Town;
using Which = conference::CosignedRow::Which;

namespace {

const given::Statement agency{"directory", R"({"kind":"agency.add","agency":"a-9","agency_type":"child"})"};

/// When, in ms, the log's own key cosigned this note, which the log has signed too.
std::int64_t promised_ms(const Town& town, const std::string& note) {
  const std::string& origin = town.engine->log_key().name;
  REQUIRE(crypto::verify_checkpoint(note, origin, town.keys().log.public_key));
  const auto at_s = crypto::cosigned_at(*crypto::parse_checkpoint(note), origin, town.keys().cosigner->public_key);
  REQUIRE(at_s);
  return static_cast<std::int64_t>(*at_s) * 1'000;
}

/// A town with one member connected, so that heads are told.
struct Attended : Town {
  conference::Connection doi = 0;
  Attended() {
    convene();
    clock.pass(15'000);
    doi = connect("doi");
  }
  std::string own() const { return head(doi).text({"params", "own"}); }
  std::int64_t time_of(std::int64_t index) {
    std::int64_t time_ms = 0;
    store->each_leaf([&](const conference::LeafRow& row) { time_ms = row.index == index ? row.time_ms : time_ms; });
    return time_ms;
  }
};

struct FullDisk final : given::PassingStore {
  bool full = false;
  void commit(const conference::Commit& commit) override { inner.commit(commit); }
  std::uint64_t free_bytes() override { return full ? 0 : inner.free_bytes(); }
};

}  // namespace

TEST_CASE("whoever connects is told a head that the log cosigned in the last second, and it is on disk by then") {
  Attended town;
  const std::string own = town.own();
  CHECK(crypto::parse_checkpoint(own)->checkpoint.size == static_cast<std::uint64_t>(town.size()));
  CHECK(promised_ms(town, own) < town.clock.wall);
  CHECK(promised_ms(town, own) >= town.clock.wall - 1'000);
  CHECK(town.store->cosigned(Which::own)->note == own);
  CHECK(town.engine->public_checkpoint() == own);
}

TEST_CASE("while anyone is connected the log cosigns its newest head every 30 seconds, and while nobody is, never") {
  Attended town;
  for (int i = 0; i < 4; ++i) {
    const auto before = promised_ms(town, town.own());
    town.clock.pass(30'000);
    town.run();
    CHECK(promised_ms(town, town.own()) == before + 30'000);
  }
  const std::string last = town.own();
  town.engine->detach(town.doi);
  town.clock.pass(600'000);
  town.run();
  CHECK(town.store->cosigned(Which::own)->note == last);
}

TEST_CASE(
    "every later entry is later than what the log has promised, also where its clock stands still, and after a "
    "restart") {
  Attended town;
  town.clock.wall = town.clock.wall / 1'000 * 1'000 + 1;  // a promise of the millisecond before
  town.clock.steady += 30'000;
  town.run();
  const auto promised = promised_ms(town, town.own());
  REQUIRE(promised == town.clock.wall - 1);
  town.clock.wall -= 1;
  CHECK(town.time_of(town.does("mori", agency)) > promised);
  town.restart();
  CHECK(town.engine->hello().time_ms > promised);
  const auto index = town.does("mori", {"directory", R"({"kind":"agency.add","agency":"a-8","agency_type":"child"})"});
  CHECK(town.time_of(index) > promised);
}

TEST_CASE("two heads within one second are one promise") {
  Attended town;
  const std::string first = town.own();
  town.does("mori", agency);
  CHECK(promised_ms(town, town.head(town.connect("chiba")).text({"params", "own"})) == promised_ms(town, first));
  CHECK(town.store->cosigned(Which::own)->note == first);
  CHECK(town.engine->public_checkpoint() ==
        town.engine->hello().checkpoint);  // the newest, though nothing is promised of it
}

TEST_CASE("a log whose first entry names no cosigner promises nothing") {
  Town old(std::make_shared<store::SqliteStore>(), given::Before::cosigners);  // its folder holds a key nobody knows
  old.convene();
  CHECK(old.head(old.connect("doi")).at({"params", "own"}).is_null());
  CHECK_FALSE(old.store->cosigned(Which::own));
}

TEST_CASE("without the key that its first entry names a log is not served") {
  Town town;
  town.keys().cosigner.reset();
  CHECK_THROWS_WITH(town.restart(), Catch::Contains("cosigner.key is missing"));
  town.keys().cosigner = crypto::signing_generate();
  CHECK_THROWS_WITH(town.restart(), Catch::Contains("not the one that the founding entry names"));
}

TEST_CASE("a head that the log cosigned and that is of another history stops the start") {
  Attended town;
  auto note = *crypto::parse_checkpoint(town.own());
  note.checkpoint.root.bytes[0] ^= 1;
  note.signatures = {
      crypto::cosign(note.checkpoint, 1'795'000'100, note.checkpoint.origin, town.keys().cosigner->private_key)};
  conference::Commit commit;
  commit.cosigned.push_back({Which::own, town.size(), print(note), {}});
  town.store->commit(commit);
  CHECK_THROWS_WITH(town.restart(), Catch::Contains("is not of this ledger"));
}

TEST_CASE("where nothing can be written nothing is promised") {
  const auto disk = std::make_shared<FullDisk>();
  Town town(disk);
  town.convene();
  const auto doi = town.connect("doi");
  const std::string before = town.head(doi).text({"params", "own"});
  disk->full = true;
  town.clock.pass(60'000);
  town.run();
  CHECK(town.head(doi).text({"params", "own"}) == before);
}
