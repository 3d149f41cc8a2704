#include "crypto/sha256.hpp"
#include "server/wire/payload.hpp"
#include "tests/conference/town.hpp"

using namespace kasane;
using given::Said;
using given::Town;

namespace {

const crypto::Nonce session{{1, 2, 3}};

wire::EnterRequest entering(Town& town, const std::string& person, const crypto::Nonce& with = session) {
  return {"i-1", crypto::hex(with), crypto::base64(town.presence(person, true, "i-1", with))};
}
std::string commit_epoch(Town& town, std::int64_t number, const crypto::Hash& previous,
                         const std::vector<std::string>& persons, crypto::Hash* hash = nullptr) {
  const auto epoch = town.epoch(number, previous, persons);
  const auto chiba = town.connect("chiba", false);
  const auto envelope = town.sign("chiba", epoch.statement);
  if (hash != nullptr) *hash = crypto::sha256(envelope);
  const auto said = town.append(chiba, {envelope}, epoch.blobs, epoch.wraps);
  return said.has({"result"}) ? "" : said.reason();
}
policy::Kind last_kind(Town& town) {
  const auto envelope = crypto::parse_envelope(town.store->envelope(town.size() - 1).value());
  return wire::parse_payload(envelope->payload)->statement.kind;
}

}  // namespace

TEST_CASE("entering is signed, written, and answered with who is there") {
  Town town;
  town.convene();
  town.open_item();
  const auto doi = town.connect("doi");
  town.ask(doi, entering(town, "doi"));
  const auto said = town.answer(doi);
  REQUIRE(said.has({"result"}));
  const auto& there = said.at({"result", "attending"}).elements();
  REQUIRE(there.size() == 1);
  CHECK(*there[0].find("person")->text() == "doi");
  CHECK(last_kind(town) == policy::Kind::attendance_join);
  auto forged = entering(town, "doi", crypto::Nonce{{9}});
  forged.item = "i-2";
  town.ask(doi, forged);
  CHECK(town.answer(doi).reason() == "SIGNATURE");
}

TEST_CASE("who has no seat does not enter") {
  Town town;
  town.convene();
  const auto endo = town.connect("endo");
  town.ask(endo, entering(town, "endo"));
  CHECK(town.answer(endo).reason() == "SEAT_NOT_ALLOWED");
}

TEST_CASE("a connection gone for 15 seconds is written as lost, one that comes back is not") {
  Town town;
  town.convene();
  town.open_item();
  auto doi = town.connect("doi");
  town.ask(doi, entering(town, "doi"));
  const auto joined = town.size();
  town.engine->detach(doi);
  town.run();
  SECTION("lost") {
    town.clock.pass(14'999);
    town.run();
    CHECK(town.size() == joined);
    town.clock.pass(1);
    town.run();
    CHECK(town.size() == joined + 1);
    CHECK(last_kind(town) == policy::Kind::attendance_leave);
  }
  SECTION("back with the same session") {
    doi = town.connect("doi");
    town.ask(doi, entering(town, "doi"));
    CHECK(town.answer(doi).at({"result", "attending"}).elements().size() == 1);
    town.clock.pass(20'000);
    town.run();
    CHECK(town.size() == joined);
  }
  SECTION("lost in a restart") {
    town.restart();
    town.clock.pass(15'000);
    town.run();
    CHECK(last_kind(town) == policy::Kind::attendance_leave);
  }
}

TEST_CASE("leaving is signed and written once") {
  Town town;
  town.convene();
  town.open_item();
  const auto doi = town.connect("doi");
  town.ask(doi, entering(town, "doi"));
  town.answer(doi);
  const wire::LeaveRequest leave{"i-1", crypto::hex(session),
                                 crypto::base64(town.presence("doi", false, "i-1", session))};
  town.ask(doi, leave);
  CHECK(town.answer(doi).at({"result", "attending"}).elements().empty());
  const auto size = town.size();
  town.ask(doi, leave);
  CHECK(town.answer(doi).has({"result"}));
  CHECK(town.size() == size);
}

TEST_CASE("an epoch goes to whom the policy lists and no further; the first commit of a number wins") {
  Town town;
  town.convene();
  town.open_item();
  crypto::Hash first;
  CHECK(commit_epoch(town, 1, {}, {"chiba", "doi", "endo"}) == "RECIPIENTS_CHANGED");
  CHECK(commit_epoch(town, 1, {}, {"chiba", "doi"}, &first).empty());
  CHECK(commit_epoch(town, 1, {}, {"chiba", "doi"}) == "DUPLICATE");
  CHECK(commit_epoch(town, 2, {}, {"chiba"}) == "EPOCH_CHANGED");  // it does not follow the first
  CHECK(commit_epoch(town, 2, first, {"chiba"}).empty());          // one too few is no error
  const auto doi = town.connect("doi");
  town.ask(doi, wire::OpenEpochRequest{"i-1", 1});
  const auto own = town.answer(doi);
  CHECK(crypto::text(*crypto::unbase64(own.text({"result", "wrap"}))) == "a key for " + town.devices["doi"][0].id);
  CHECK(own.at({"result", "list"}).elements().size() == 2);
  town.ask(doi, wire::OpenEpochRequest{"i-1", 2});
  CHECK(town.answer(doi).at({"result", "wrap"}).is_null());
  const auto endo = town.connect("endo");
  town.ask(endo, wire::OpenEpochRequest{"i-1", 1});
  CHECK(endo != doi);
  CHECK(town.answer(endo).reason() == "NOT_AUTHORISED");
}

TEST_CASE("a message under an old epoch is refused EPOCH_CHANGED with the item's last") {
  Town town;
  town.convene();
  town.open_item();
  crypto::Hash first;
  REQUIRE(commit_epoch(town, 1, {}, {"chiba", "doi"}, &first).empty());
  REQUIRE(commit_epoch(town, 2, first, {"chiba", "doi"}).empty());
  const auto doi = town.connect("doi");
  const auto late = town.message("m-1", 1, "a frame");
  const auto said = town.append(doi, {town.sign("doi", late.statement)}, late.blobs);
  CHECK(said.reason() == "EPOCH_CHANGED");
  CHECK(said.number({"error", "data", "epoch"}) == 2);
}

TEST_CASE("a message's ciphertext goes to whom the epoch lists, and its entry to all who read the item") {
  Town town;
  town.convene();
  town.open_item();
  REQUIRE(commit_epoch(town, 1, {}, {"chiba", "doi"}).empty());
  const auto chiba = town.connect("chiba"), aoki = town.connect("aoki");
  const auto sealed = town.message("m-1", 1, "a frame");
  town.does("doi", sealed.statement, sealed.blobs);
  const auto heard = town.batch(chiba), read = town.batch(aoki);
  CHECK(*heard.at({"params", "entries"}).elements().at(0).find("c")->text() == given::b64("a frame"));
  CHECK(read.at({"params", "entries"}).elements().at(0).find("c") == nullptr);
  const auto again = town.connect("chiba", false);
  town.ask(again, wire::FeedRequest{});
  const auto feed = town.answer(again);
  bool with_ciphertext = false;
  for (const auto& entry : feed.at({"result", "entries"}).elements())
    with_ciphertext = with_ciphertext || entry.find("c") != nullptr;
  CHECK(with_ciphertext);
}

TEST_CASE("the talk's ciphertexts are deleted when the conference is closed; the entries stay") {
  Town town;
  town.convene();
  town.open_item();
  REQUIRE(commit_epoch(town, 1, {}, {"chiba", "doi"}).empty());
  const auto sealed = town.message("m-1", 1, "a frame");
  const auto index = town.does("doi", sealed.statement, sealed.blobs);
  CHECK(town.store->frame(index) == "a frame");
  town.does("chiba", {"item/i-1", R"({"kind":"item.close","item":"i-1"})"});
  town.does("chiba", {"conference/k-1", R"({"kind":"conference.close","conference":"k-1"})"});
  CHECK_FALSE(town.store->frame(index));
  CHECK(town.store->envelope(index));
}

TEST_CASE("a signal reaches those attending whom the epoch lists, and is not stored") {
  Town town;
  town.convene();
  town.open_item();
  const auto doi = town.connect("doi"), chiba = town.connect("chiba"), aoki = town.connect("aoki");
  town.ask(chiba, entering(town, "chiba", crypto::Nonce{{5}}));
  town.ask(doi, entering(town, "doi"));
  town.forget();
  const auto size = town.size();
  town.ask(doi, wire::SignalRequest{"i-1", given::b64("typing")});
  const auto said = town.next(chiba);
  CHECK(said.text({"method"}) == "signal");
  CHECK(said.text({"params", "person"}) == "doi");
  CHECK(town.silent(aoki));
  CHECK(town.size() == size);
  town.forget();
  town.ask(aoki, wire::SignalRequest{"i-1", given::b64("typing")});
  CHECK(town.answer(aoki).reason() == "NOT_AUTHORISED");
  CHECK(town.silent(chiba));
}

namespace {
/// A disk with no room left, as it says itself.
struct NearlyFullDisk final : given::PassingStore {
  bool full = false;
  std::uint64_t free_bytes() override { return full ? 0 : inner.free_bytes(); }
  void commit(const conference::Commit& commit) override { inner.commit(commit); }
};
}  // namespace

// The ledger thread spun on a timer that was due and could not be served: a core burnt until there was room again.
TEST_CASE("while nothing can be written, who is lost waits a second at a time, and is written once there is room") {
  const auto disk = std::make_shared<NearlyFullDisk>();
  Town town(disk);
  town.convene();
  town.open_item();
  const auto doi = town.connect("doi");
  town.ask(doi, entering(town, "doi"));
  const auto joined = town.size();
  town.engine->detach(doi);
  town.run();
  disk->full = true;
  town.clock.pass(15'000);
  town.run();
  CHECK(town.size() == joined);
  REQUIRE(town.engine->next_timer().has_value());
  CHECK(*town.engine->next_timer() > town.clock.steady_ms());
  disk->full = false;
  town.clock.pass(1'000);
  town.run();
  CHECK(town.size() == joined + 1);
  CHECK(last_kind(town) == policy::Kind::attendance_leave);
}
