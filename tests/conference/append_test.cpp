#include "tests/conference/town.hpp"

using namespace kasane;
using given::SignOptions;
using given::Town;

namespace {
given::Statement agency(const std::string& name) {
  return {"directory", R"({"kind":"agency.add","agency":")" + name + R"(","agency_type":"child"})"};
}
}  // namespace

TEST_CASE("a statement is acknowledged with its place, its time and a checkpoint that covers it") {
  Town town;
  const auto mori = town.connect("mori");
  const auto said = town.append(mori, {town.sign("mori", agency("a-1"))});
  CHECK(said.number({"result", "size"}) == 3);
  CHECK(said.at({"result", "receipts"}).elements().at(0).find("index")->integer()[0] == 2);
  const auto checkpoint = crypto::verify_checkpoint(said.text({"result", "checkpoint"}), "town/0123456789abcdef",
                                                    town.keys().log.public_key);
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 3);
}

TEST_CASE("a repeat gets the first receipt however late, and is not appended again") {
  Town town;
  const auto mori = town.connect("mori");
  const auto envelope = town.sign("mori", agency("a-1"));
  const auto first = town.append(mori, {envelope});
  town.clock.pass(60 * 60 * 1000);
  const auto second = town.append(mori, {envelope});
  CHECK(wire::print_json(first.at({"result", "receipts"})) == wire::print_json(second.at({"result", "receipts"})));
  CHECK(town.size() == 3);
}

TEST_CASE("a repeat within the same batch gets the same receipt") {
  Town town;
  const auto mori = town.connect("mori");
  const auto envelope = town.sign("mori", agency("a-1"));
  town.engine->request(mori, {"1", wire::AppendRequest{{envelope}, {}, {}}});
  town.engine->request(mori, {"2", wire::AppendRequest{{envelope}, {}, {}}});
  town.run();
  const auto first = town.answer(mori), second = town.answer(mori);
  CHECK(wire::print_json(first.at({"result", "receipts"})) == wire::print_json(second.at({"result", "receipts"})));
  CHECK(town.size() == 3);
}

TEST_CASE("a nonce used for other bytes is refused REPEATED") {
  Town town;
  const auto mori = town.connect("mori");
  SignOptions same;
  same.nonce = std::string(32, 'a');
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"), same)}).has({"result"}));
  CHECK(town.append(mori, {town.sign("mori", agency("a-2"), same)}).reason() == "REPEATED");
  CHECK(town.append(mori, {town.sign("mori", agency("a-3")), town.sign("mori", agency("a-3"), same)}).reason() ==
        "REPEATED");
  CHECK(town.size() == 3);
}

TEST_CASE("several envelopes are appended all or none") {
  Town town;
  const auto mori = town.connect("mori");
  const auto refused = town.append(
      mori, {town.sign("mori", agency("a-1")), town.sign("mori", agency("a-2")), town.sign("mori", agency("a-1"))});
  CHECK(refused.reason() == "DUPLICATE");
  CHECK(refused.number({"error", "data", "index"}) == 2);
  CHECK(town.size() == 2);
  const auto taken = town.append(mori, {town.sign("mori", agency("a-1")), town.sign("mori", agency("a-2"))});
  CHECK(taken.at({"result", "receipts"}).elements().size() == 2);
  CHECK(town.size() == 4);
}

TEST_CASE("a signature is refused that is another's, altered, or of an unknown device") {
  Town town;
  town.convene();
  const auto mori = town.connect("mori");
  const auto before = town.size();
  SECTION("altered") {
    auto envelope = town.sign("mori", agency("a-1"));
    const auto at = envelope.find("\"sig\":\"") + 10;
    envelope[at] = envelope[at] == 'A' ? 'B' : 'A';
    CHECK(town.append(mori, {envelope}).reason() == "SIGNATURE");
  }
  SECTION("of a device that nobody added") {
    town.devices["stranger"].push_back(crypto::device_generate());
    CHECK(town.append(mori, {town.sign("stranger", agency("a-1"))}).reason() == "SIGNATURE");
  }
  SECTION("in another's name") {
    std::swap(town.devices["aoki"], town.devices["doi"]);
    CHECK(town.append(mori, {town.sign("aoki", {"conference/k-2", R"({"kind":"conference.convene","conference":"k-2",)"
                                                                  R"("starts_at":"2027-01-01T00:00:00Z"})"})})
              .reason() == "NOT_AUTHORISED");
  }
  SECTION("without the second one that it names") {
    auto statement = given::Statement{"case/c-1", R"({"kind":"conflict.lift","case":"c-1","person":"doi"})"};
    statement.second = "doi";
    auto envelope = crypto::parse_envelope(town.sign("aoki", statement));
    REQUIRE(envelope);
    envelope->signatures.pop_back();
    CHECK(town.append(mori, {crypto::print(*envelope)}).reason() == "SIGNATURE");
  }
  CHECK(town.size() == before);
}

TEST_CASE("no envelope, and none of ours, is refused MALFORMED") {
  Town town;
  const auto mori = town.connect("mori");
  CHECK(town.append(mori, {"{}"}).reason() == "MALFORMED");
  CHECK(town.append(mori, {town.sign("mori", agency("a-1")) + " "}).reason() == "MALFORMED");
}

TEST_CASE("a signature that is too old or ahead of the ledger is refused CLOCK") {
  Town town;
  const auto mori = town.connect("mori");
  SignOptions old, ahead, fresh;
  old.age_ms = 2 * 60 * 1000 + 1;
  ahead.age_ms = -(2 * 60 * 1000 + 1);
  fresh.age_ms = 2 * 60 * 1000;
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"), old)}).reason() == "CLOCK");
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"), ahead)}).reason() == "CLOCK");
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"), fresh)}).has({"result"}));
}

TEST_CASE("what only narrows is good for 24 hours") {
  Town town;
  town.convene();
  const auto mori = town.connect("mori");
  SignOptions old;
  old.age_ms = 23 * 60 * 60 * 1000;
  CHECK(town.append(mori, {town.sign("mori", {"directory", R"({"kind":"person.end","person":"endo"})"}, old)})
            .has({"result"}));
}

TEST_CASE("what the author has seen must be a state of this ledger") {
  Town town;
  const auto mori = town.connect("mori");
  SignOptions other, future, none;
  other.seen_root = std::string(64, '0');
  future.seen_size = 99;
  none.seen_size = 0;
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"), other)}).reason() == "SEEN");
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"), future)}).reason() == "SEEN");
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"), none)}).reason() == "SEEN");
}

TEST_CASE("a statement for another unit or another log is refused UNIT and LOG") {
  Town town;
  const auto mori = town.connect("mori");
  auto elsewhere = agency("a-1");
  elsewhere.unit = "heads";
  SignOptions other;
  other.log = "town/0123456789abcdef";
  CHECK(town.append(mori, {town.sign("mori", elsewhere)}).reason() == "UNIT");
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"), other)}).reason() == "LOG");
}

TEST_CASE("what widens is STALE where something narrowing came since, and says what") {
  Town town;
  town.convene();
  SignOptions before;
  before.seen_size = town.size();
  before.seen_root = crypto::hex(town.root());
  town.does("aoki", {"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"doi","seat":"none"})"});
  const auto aoki = town.connect("aoki");
  const given::Statement seat{"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"endo","seat":"member"})"};
  const auto said = town.append(aoki, {town.sign("aoki", seat, before)});
  REQUIRE(said.reason() == "STALE");
  const auto& changed = said.at({"error", "data", "changed"}).elements();
  REQUIRE(changed.size() == 1);
  CHECK(*changed[0].find("index")->integer() == town.size() - 1);
  CHECK(*changed[0].find("unit")->text() == "item/i-1");
  CHECK(town.append(aoki, {town.sign("aoki", seat)}).has({"result"}));
}

TEST_CASE("the entries of one append do not make each other stale") {
  Town town;
  town.convene();
  const auto aoki = town.connect("aoki");
  CHECK(
      town.append(
              aoki,
              {town.sign("aoki", {"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"doi","seat":"none"})"}),
               town.sign("aoki", {"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"endo","seat":"member"})"})})
          .has({"result"}));
}

TEST_CASE("a server statement cannot be appended by a client") {
  Town town;
  town.convene();
  const auto mori = town.connect("mori");
  auto envelope = town.sign("mori", agency("a-1"));
  town.devices["server"].push_back(crypto::device_generate());
  CHECK(town.append(mori,
                    {town.sign("server", {"item/i-1", R"({"kind":"attendance.join","item":"i-1","person":"doi"})"})})
            .reason() == "SIGNATURE");
}

TEST_CASE("a queue that is full takes no further request until there is room") {
  Town town;
  town.restart({.queued_requests = 1});
  const auto mori = town.connect("mori");
  CHECK(town.engine->request(mori, {"1", wire::PingRequest{std::string(32, '0')}}));
  CHECK_FALSE(town.engine->request(mori, {"2", wire::PingRequest{std::string(32, '0')}}));
  town.run();
  CHECK(town.answer(mori).number({"id"}) == 1);
  CHECK(town.silent(mori));
  CHECK(town.engine->request(mori, {"3", wire::PingRequest{std::string(32, '0')}}));
}

TEST_CASE("while the clock has jumped nothing is appended and reading goes on") {
  Town town;
  const auto mori = town.connect("mori");
  town.clock.wall += 61'000;
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"))}).reason() == "BUSY");
  town.run();
  CHECK_FALSE(town.engine->health().appends);
  town.ask(mori, wire::ReadRequest{"directory", 0});
  CHECK(town.answer(mori).has({"result", "entries"}));
  town.clock.steady += 61'000;
  CHECK(town.append(mori, {town.sign("mori", agency("a-1"))}).has({"result"}));
}

TEST_CASE("a half-signed statement waits for its second person and is gone once they have signed") {
  Town town;
  town.convene();
  town.does("mori", {"directory", R"({"kind":"person.roles","person":"endo","roles":["protection"]})"});
  town.does("aoki", {"case/c-1", R"({"kind":"conflict.declare","case":"c-1","person":"doi"})"});
  const auto aoki = town.connect("aoki");
  given::Statement lift{"case/c-1", R"({"kind":"conflict.lift","case":"c-1","person":"doi"})"};
  lift.second = "endo";
  const std::string whole = town.sign("aoki", lift);
  auto half = crypto::parse_envelope(whole);
  half->signatures.pop_back();
  const std::string text = crypto::print(*half);
  town.ask(aoki, wire::PutRequest{{}, {}, {text}});
  CHECK(town.answer(aoki).has({"result", "until"}));
  auto endo = town.connect("endo", false);
  auto hello = town.next(endo);
  REQUIRE(hello.at({"result", "half_signed"}).elements().size() == 1);
  CHECK(*hello.at({"result", "half_signed"}).elements()[0].text() == text);
  CHECK(town.append(endo, {whole}).has({"result"}));
  endo = town.connect("endo", false);
  CHECK(town.next(endo).at({"result", "half_signed"}).elements().empty());
}
