#include <sys/wait.h>
#include <unistd.h>

#include "tests/conference/town.hpp"

using namespace kasane;
using given::Town;

namespace {
/// A disk that fills up: SQLite's own limit of pages.
struct SmallDisk {
  std::filesystem::path path;
  SmallDisk() {
    std::string name = (std::filesystem::temp_directory_path() / "kasane-small-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~SmallDisk() { std::filesystem::remove_all(path); }
};
/// Fails the commit after `good` ones, as a full disk does.
struct FullDisk final : given::PassingStore {
  int good = 1'000;
  void commit(const conference::Commit& commit) override {
    if (--good < 0) throw conference::StoreError("database or disk is full (SQLite 13)");
    inner.commit(commit);
  }
};
}  // namespace

TEST_CASE("a restart replays to the same root and the same answers") {
  Town town;
  town.convene();
  town.open_item();
  const auto sealed = town.record("r-1", "a-clinic", {"doi", "chiba"});
  town.does("doi", sealed.statement, sealed.blobs, sealed.wraps);
  const auto before = town.connect("doi", false);
  town.ask(before, wire::FeedRequest{});
  const auto feed = town.answer(before);
  const auto root = town.root();
  town.restart();
  CHECK(town.root() == root);
  const auto after = town.connect("doi", false);
  town.ask(after, wire::FeedRequest{});
  CHECK(wire::print_json(town.answer(after).at({"result", "entries"})) ==
        wire::print_json(feed.at({"result", "entries"})));
  const auto chiba = town.connect("chiba");
  town.ask(chiba, wire::OpenRequest{town.request("chiba", "r-1")});
  CHECK(town.answer(chiba).has({"result", "ciphertext"}));
}

TEST_CASE("a repeat after a restart gets the first receipt") {
  Town town;
  auto mori = town.connect("mori");
  const auto envelope =
      town.sign("mori", {"directory", R"({"kind":"agency.add","agency":"a-1","agency_type":"child"})"});
  const auto first = town.append(mori, {envelope});
  town.restart();
  mori = town.connect("mori");
  const auto second = town.append(mori, {envelope});
  CHECK(wire::print_json(first.at({"result", "receipts"})) == wire::print_json(second.at({"result", "receipts"})));
}

TEST_CASE("a ledger that was tampered with does not start") {
  const SmallDisk disk;
  auto store = std::make_shared<store::SqliteStore>(disk.path);
  Town town(store);
  town.does("mori", {"directory", R"({"kind":"agency.add","agency":"a-1","agency_type":"child"})"});
  {
    store::Database other((disk.path / "ledger.db").string());
    other.run("UPDATE leaves SET at_ms = at_ms + 1 WHERE i = 2");
  }
  CHECK_THROWS_WITH(town.restart(), Catch::Contains("does not add up at entry 2"));
}

TEST_CASE("a start more than 60 seconds before the last entry takes no entries") {
  Town town;
  town.clock.wall -= 61'000;
  town.restart();
  const auto mori = town.connect("mori");
  CHECK(town.append(mori,
                    {town.sign("mori", {"directory", R"({"kind":"agency.add","agency":"a-1","agency_type":"child"})"})})
            .reason() == "BUSY");
  CHECK(town.engine->health().why.find("before the last entry") != std::string::npos);
}

TEST_CASE("a failing commit ends the process with one clear line and acknowledges nothing") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    const auto disk = std::make_shared<FullDisk>();
    Town town(disk);
    const auto mori = town.connect("mori");
    disk->good = 0;
    town.engine->request(
        mori,
        {"1", wire::AppendRequest{
                  {town.sign("mori", {"directory", R"({"kind":"agency.add","agency":"a-1","agency_type":"child"})"})},
                  {},
                  {}}});
    town.run();
    std::_Exit(town.silent(mori) ? 1 : 2);  // reached only if it went on
  }
  ::close(ends[1]);
  std::string line(4'096, '\0');
  const auto length = ::read(ends[0], line.data(), line.size());
  line.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 74);
  CHECK(line.find("database or disk is full") != std::string::npos);
  CHECK(std::count(line.begin(), line.end(), '\n') == 1);
}

TEST_CASE("with threads, what was taken before a stop is answered, and the order of a connection is kept") {
  Town town;
  struct Outlet final : conference::Outlet {
    std::mutex mutex;
    std::vector<std::string> texts;
    void deliver(std::vector<conference::Delivery> given) override {
      const std::scoped_lock lock(mutex);
      for (const auto& one : given) texts.push_back(*one.message);
    }
    void close(conference::Connection, std::uint16_t) override {}
  } outlet;
  auto keys = log::Keys{crypto::signing_from_seed(crypto::seed_of(town.keys().log.private_key)),
                        crypto::signing_from_seed(crypto::seed_of(town.keys().statement.private_key)),
                        crypto::signing_from_seed(crypto::seed_of(town.keys().cosigner->private_key))};
  std::vector<std::string> envelopes;
  for (int i = 0; i < 100; ++i)
    envelopes.push_back(town.sign("mori", {"directory", R"({"kind":"agency.add","agency":"a-)" + std::to_string(i) +
                                                            R"(","agency_type":"child"})"}));
  conference::Engine engine(*town.store, log::Writer(std::move(keys)), outlet, town.clock, town.random);
  engine.start();
  engine.attach(1, {town.devices["mori"][0].id, "mori", wire::Language::en, {}, "0"});
  for (int i = 0; i < 100; ++i)
    engine.request(1, {std::to_string(i + 1), wire::AppendRequest{{envelopes[static_cast<std::size_t>(i)]}, {}, {}}});
  engine.stop();
  REQUIRE(outlet.texts.size() == 101);
  for (int i = 0; i <= 100; ++i)
    CHECK(outlet.texts[static_cast<std::size_t>(i)].find("\"id\":" + std::to_string(i) + ",\"result\"") !=
          std::string::npos);
  CHECK(engine.health().size == 102);
}
