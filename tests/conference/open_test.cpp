#include "crypto/sha256.hpp"
#include "crypto/wraps_root.hpp"
#include "server/wire/payload.hpp"
#include "tests/conference/town.hpp"

using namespace kasane;
using given::Said;
using given::Town;

namespace {

void share(Town& town, const std::vector<std::string>& persons = {"doi", "chiba"}) {
  const auto sealed = town.record("r-1", "a-clinic", persons);
  town.does("doi", sealed.statement, sealed.blobs, sealed.wraps);
}
/// The kind of the entry at `index`, as stored.
wire::Payload stored(Town& town, std::int64_t index) {
  const auto envelope = crypto::parse_envelope(town.store->envelope(index).value());
  return wire::parse_payload(envelope->payload).value();
}
void wait_for_wants(Town& town) {
  town.clock.pass(600);
  town.run();
}
bool was_asked(Town& town, conference::Connection connection, const std::string& device) {
  bool asked = false;
  while (!town.silent(connection)) {
    const Said said = town.next(connection);
    if (said.has({"method"}) && said.text({"method"}) == "wanted")
      asked = asked || said.text({"params", "device"}) == device;
  }
  return asked;
}

}  // namespace

TEST_CASE("a record needs its ciphertext and wraps: inline or staged, else BLOB_MISSING") {
  Town town;
  town.convene();
  town.open_item();
  const auto doi = town.connect("doi");
  const auto sealed = town.record("r-1", "a-clinic", {"doi", "chiba"});
  CHECK(town.append(doi, {town.sign("doi", sealed.statement)}).reason() == "BLOB_MISSING");
  CHECK(town.append(doi, {town.sign("doi", sealed.statement)}, sealed.blobs).reason() == "BLOB_MISSING");
  town.ask(doi, wire::PutRequest{sealed.blobs, sealed.wraps, {}});
  CHECK(town.answer(doi).at({"result", "staged"}).elements().size() == 2);
  SECTION("staged for ten minutes") { CHECK(town.append(doi, {town.sign("doi", sealed.statement)}).has({"result"})); }
  SECTION("and not longer") {
    town.clock.pass(10 * 60 * 1000 + 1);
    town.ask(doi, wire::PutRequest{});
    town.answer(doi);
    CHECK(town.append(doi, {town.sign("doi", sealed.statement)}).reason() == "BLOB_MISSING");
  }
  SECTION("and for that device alone") {
    const auto chiba = town.connect("chiba");
    CHECK(town.append(chiba, {town.sign("doi", sealed.statement)}).reason() == "BLOB_MISSING");
  }
}

TEST_CASE("a wrap beyond the server's own answer is refused RECIPIENTS_CHANGED with the difference") {
  Town town;
  town.convene();
  town.open_item();
  const auto doi = town.connect("doi");
  const auto sealed = town.record("r-1", "a-clinic", {"doi", "chiba", "mori"});
  const auto before = town.size();
  const auto said = town.append(doi, {town.sign("doi", sealed.statement)}, sealed.blobs, sealed.wraps);
  REQUIRE(said.reason() == "RECIPIENTS_CHANGED");
  const auto& beyond = said.at({"error", "data", "beyond"}).elements();
  REQUIRE(beyond.size() == 1);
  CHECK(*beyond[0].text() == town.devices["mori"][0].id);
  CHECK(town.size() == before);
  const auto fewer = town.record("r-1", "a-clinic", {"doi"});
  CHECK(town.append(doi, {town.sign("doi", fewer.statement)}, fewer.blobs, fewer.wraps).has({"result"}));
}

TEST_CASE(
    "a record opens with the reader's own wrap, proven in the signed list, and the release stands in the ledger") {
  Town town;
  town.convene();
  town.open_item();
  share(town);
  const auto chiba = town.connect("chiba");
  const auto request = town.request("chiba", "r-1");
  town.ask(chiba, wire::OpenRequest{request});
  const auto said = town.answer(chiba);
  REQUIRE(said.has({"result"}));
  CHECK(said.text({"result", "ciphertext"}) == given::b64("ciphertext of r-1"));
  const auto wrap = crypto::unbase64(said.text({"result", "wrap"}));
  CHECK(crypto::text(*wrap) == "a key for " + town.devices["chiba"][0].id);
  crypto::WrapPath path{static_cast<std::uint64_t>(said.number({"result", "position"})),
                        static_cast<std::uint64_t>(said.number({"result", "leaves"})),
                        {}};
  for (const auto& step : said.at({"result", "path"}).elements())
    path.path.push_back(*crypto::from_base64<crypto::Hash>(*step.text()));
  const auto share_payload = stored(town, said.number({"result", "request", "index"}) - 1);
  const auto root = crypto::from_hex<crypto::Hash>(*share_payload.body.find("wraps_root")->text());
  CHECK(crypto::verify_wrap(*root, {town.devices["chiba"][0].id, crypto::sha256(*wrap)}, path));
  const auto release = stored(town, said.number({"result", "release", "index"}));
  CHECK(release.statement.kind == policy::Kind::key_release);
  CHECK(release.statement.person == "chiba");
  CHECK(*release.body.find("request")->text() == crypto::hex(crypto::sha256(request)));
  CHECK(said.text({"result", "decision", "ground"}) == *release.body.find("decision")->find("ground")->text());
}

TEST_CASE("the release is committed before the bytes leave") {
  Town town;
  town.convene();
  town.open_item();
  share(town);
  const auto chiba = town.connect("chiba");
  const auto before = town.size();
  town.ask(chiba, wire::OpenRequest{town.request("chiba", "r-1")});
  const auto said = town.answer(chiba);
  CHECK(town.store->size() == before + 2);
  CHECK(said.number({"result", "size"}) == before + 2);
}

TEST_CASE("who may not see a record is refused, and that is written once an hour") {
  Town town;
  town.convene();
  town.open_item();
  share(town);
  const auto endo = town.connect("endo");
  const auto before = town.size();
  town.ask(endo, wire::OpenRequest{town.request("endo", "r-1")});
  CHECK(town.answer(endo).reason() == "UNKNOWN");  // not even that it exists
  const auto once = town.size();
  CHECK(once > before);
  CHECK(stored(town, once - 1).statement.kind == policy::Kind::access_denied);
  town.ask(endo, wire::OpenRequest{town.request("endo", "r-1")});
  CHECK(town.answer(endo).reason() == "UNKNOWN");
  std::int64_t denied = 0;
  for (std::int64_t i = before; i < town.size(); ++i)
    denied += stored(town, i).statement.kind == policy::Kind::access_denied ? 1 : 0;
  CHECK(denied == 1);
  town.clock.pass(60 * 60 * 1000);
  town.ask(endo, wire::OpenRequest{town.request("endo", "r-1")});
  town.answer(endo);
  CHECK(stored(town, town.size() - 1).statement.kind == policy::Kind::access_denied);
}

TEST_CASE("a reader without a wrap waits: one holder is asked, grants, and the record opens") {
  Town town;
  town.convene();
  town.open_item();
  share(town, {"doi"});
  const auto doi = town.connect("doi"), chiba = town.connect("chiba");
  town.ask(chiba, wire::OpenRequest{town.request("chiba", "r-1")});
  const auto pending = town.answer(chiba);
  REQUIRE(pending.reason() == "KEY_PENDING");
  CHECK(*pending.at({"error", "data", "holders"}).elements().at(0).text() == "doi");
  CHECK(was_asked(town, doi, town.devices["chiba"][0].id));
  const auto grant = town.grant("r-1", town.devices["chiba"][0].id);
  const auto granted = town.append(doi, {town.sign("doi", grant.statement)}, grant.blobs);
  REQUIRE(granted.has({"result"}));
  town.ask(chiba, wire::OpenRequest{town.request("chiba", "r-1")});
  const auto said = town.answer(chiba);
  REQUIRE(said.has({"result"}));
  CHECK(crypto::text(*crypto::unbase64(said.text({"result", "wrap"}))) ==
        "a granted key for " + town.devices["chiba"][0].id);
  CHECK(said.number({"result", "grant", "index"}) ==
        *granted.at({"result", "receipts"}).elements()[0].find("index")->integer());
}

TEST_CASE("after a change a holder is asked for the devices that may have a key and have none") {
  Town town;
  town.convene();
  town.open_item();
  share(town);
  const auto doi = town.connect("doi");
  wait_for_wants(town);
  CHECK_FALSE(was_asked(town, doi, town.devices["chiba"][0].id));
  town.does("aoki", {"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"endo","seat":"member"})"});
  wait_for_wants(town);
  wait_for_wants(town);
  CHECK(was_asked(town, doi, town.devices["endo"][0].id));
}

TEST_CASE("an opening is asked for by the device that is connected, with a key.request and nothing else") {
  Town town;
  town.convene();
  town.open_item();
  share(town);
  const auto chiba = town.connect("chiba");
  town.ask(chiba, wire::OpenRequest{town.request("doi", "r-1")});
  CHECK(town.answer(chiba).reason() == "MALFORMED");
  town.ask(chiba, wire::OpenRequest{town.sign("chiba", {"item/i-1", R"({"kind":"item.close","item":"i-1"})"})});
  CHECK(town.answer(chiba).reason() == "MALFORMED");
}

TEST_CASE("a what-if says who would see less, naming neither items nor records") {
  Town town;
  town.convene();
  town.open_item();
  share(town);
  const auto aoki = town.connect("aoki");
  const auto withdraw = wire::read_json(R"({"kind":"record.withdraw","record":"r-1","by":"aoki"})");
  wire::WhatIfRequest ask;
  ask.statements.push_back(wire::read_statement(*withdraw, wire::StatementForm::hypothetical));
  town.ask(aoki, ask);
  const auto said = town.answer(aoki);
  REQUIRE(said.has({"result", "flips"}));
  CHECK(said.at({"result", "rejected"}).elements().empty());
  CHECK_FALSE(said.at({"result", "flips"}).elements().empty());
  const auto text = wire::print_json(said.json);
  CHECK(text.find("r-1") == std::string::npos);
  CHECK(text.find("i-1") == std::string::npos);
  wire::WhatIfRequest others;
  others.statements.push_back(wire::read_statement(
      *wire::read_json(R"({"kind":"record.withdraw","record":"r-1","by":"doi"})"), wire::StatementForm::hypothetical));
  town.ask(aoki, others);
  const auto refused = town.answer(aoki);
  CHECK(refused.at({"result", "flips"}).elements().empty());
  CHECK(refused.at({"result", "rejected"}).elements().size() == 1);
}
