// What witnesses do to the service: design.md §3 "Freshness".
#include "crypto/cosignature.hpp"
#include "server/log/add_checkpoint.hpp"
#include "tests/conference/town.hpp"

using namespace kasane;
using given::Said;
using given::Town;

namespace {

constexpr std::int64_t minute_ms = 60'000;

/// A town whose log is to be cosigned by two of two, and the two.
struct Watched : Town {
  crypto::SigningKeyPair keys[2] = {crypto::signing_generate(), crypto::signing_generate()};
  conference::Options options;

  Watched() {
    convene();
    open_item();
    std::string why, text = "log " + crypto::note_verifier_key(engine->log_key().name, engine->log_key().key) + "\n";
    for (int i = 0; i < 2; ++i)
      text += "witness w" + std::to_string(i) + " " +
              crypto::note_verifier_key(name(i), keys[i].public_key, crypto::NoteKeyType::cosigner) +
              " http://127.0.0.1:1\n";
    options.witnesses = log::parse_policy(text + "group both all w0 w1\nquorum both\n", why);
    REQUIRE(options.witnesses);
    restart(options);
  }
  static std::string name(int i) { return "w.example/" + std::to_string(i); }

  log::QuorumHead cosigned() {
    auto note = *crypto::parse_checkpoint(engine->hello().checkpoint);
    const auto at_s = static_cast<std::uint64_t>(clock.wall / 1'000);
    for (int i = 0; i < 2; ++i)
      note.signatures.push_back(crypto::cosign(note.checkpoint, at_s, name(i), keys[i].private_key));
    return {print(note), static_cast<std::int64_t>(note.checkpoint.size), static_cast<std::int64_t>(at_s) * 1'000};
  }
  void cosign() {
    engine->witnessed(2, cosigned());
    run();
  }
  std::string refused(const std::string& person, const Sealed& what) {
    const auto connection = connect(person, false);
    const Said said = append(connection, {sign(person, what.statement)}, what.blobs, what.wraps);
    engine->detach(connection);
    run();
    return said.has({"result"}) ? "" : said.text({"error", "data", "reason"});
  }
  std::string refused(const std::string& person, const given::Statement& statement) {
    return refused(person, Sealed{statement, {}, {}});
  }
};

const given::Statement agency{"directory", R"({"kind":"agency.add","agency":"a-9","agency_type":"child"})"};
const given::Statement person{"directory", R"({"kind":"person.add","person":"fujii","agency":"a-city","roles":[]})"};
const given::Statement seat{"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"endo","seat":"member"})"};
const given::Statement unseat{"item/i-1", R"({"kind":"item.seat","item":"i-1","person":"doi","seat":"none"})"};

}  // namespace

TEST_CASE("until a quorum of witnesses has cosigned, nobody is given access, and everything else goes on") {
  Watched town;
  CHECK(town.refused("mori", person) == "QUORUM_STALE");
  CHECK(town.refused("mori", agency).empty());
  CHECK(town.refused("aoki", unseat).empty());
  CHECK_FALSE(town.engine->health().witnesses.extends);
  town.cosign();
  CHECK(town.engine->health().witnesses.extends);
  CHECK(town.refused("mori", person).empty());
}

TEST_CASE("ten minutes after the last quorum nothing is extended, and it is said since when") {
  Watched town;
  town.cosign();
  town.clock.pass(10 * minute_ms);
  CHECK(town.refused("aoki", seat).empty());
  town.clock.pass(1'000);
  const auto mori = town.connect("mori", false);
  const Said said = town.append(mori, {town.sign("mori", person)});
  CHECK(said.number({"error", "code"}) == 15);
  CHECK(said.text({"error", "data", "since"}) == policy::print_instant(town.engine->health().witnesses.quorum_at_ms));
  CHECK(said.text({"error", "message"}).find("witnesses") != std::string::npos);
  CHECK(town.refused("doi", town.record("r-1", "a-clinic", {"doi"})) == "QUORUM_STALE");
  CHECK(town.refused("chiba", town.epoch(1, {}, {"chiba", "doi"})) == "QUORUM_STALE");
  CHECK(town.refused("aoki", unseat).empty());
  town.cosign();
  CHECK(town.refused("mori", person).empty());
}

TEST_CASE("a key that one has is released again under an old head, and no new one is") {
  Watched town;
  town.cosign();
  CHECK(town.refused("doi", town.record("r-1", "a-clinic", {"chiba", "doi"})).empty());
  const auto doi = town.connect("doi", false), chiba = town.connect("chiba", false);
  town.clock.pass(10 * minute_ms + 1'000);
  const auto before = town.size();
  town.ask(chiba, wire::OpenRequest{town.request("chiba", "r-1")});
  CHECK(town.answer(chiba).reason() == "QUORUM_STALE");
  CHECK(town.size() == before);  // nothing half done: not even the request is written
  town.ask(doi, wire::OpenRequest{town.request("doi", "r-1")});
  CHECK(town.answer(doi).has({"result", "ciphertext"}));  // the author's own
  town.cosign();
  town.ask(chiba, wire::OpenRequest{town.request("chiba", "r-1")});
  CHECK(town.answer(chiba).has({"result", "ciphertext"}));
  town.clock.pass(10 * minute_ms + 1'000);
  town.ask(chiba, wire::OpenRequest{town.request("chiba", "r-1")});
  CHECK(town.answer(chiba).has({"result", "ciphertext"}));
}

TEST_CASE("a grant under an old head is refused") {
  Watched town;
  town.cosign();
  CHECK(town.refused("doi", town.record("r-1", "a-clinic", {"doi"})).empty());
  town.clock.pass(10 * minute_ms + 1'000);
  CHECK(town.refused("doi", town.grant("r-1", town.devices["chiba"].front().id)) == "QUORUM_STALE");
}

TEST_CASE("a repeat of what was taken gets its receipt, however old the head is by then") {
  Watched town;
  town.cosign();
  const auto mori = town.connect("mori", false);
  const auto envelope = town.sign("mori", person);
  REQUIRE(town.append(mori, {envelope}).has({"result"}));
  town.clock.pass(11 * minute_ms);
  CHECK(town.append(mori, {envelope}).has({"result"}));
}

TEST_CASE("the newest quorum head is on disk before it counts, and counts after a restart") {
  Watched town;
  town.cosign();
  const auto note = town.engine->public_checkpoint();
  CHECK(crypto::parse_checkpoint(note)->signatures.size() == 3);
  CHECK(town.store->cosigned(conference::CosignedRow::Which::quorum)->note == note);
  town.clock.pass(5 * minute_ms);
  town.restart(town.options);
  CHECK(town.engine->public_checkpoint() == note);
  CHECK(town.refused("mori", person).empty());
  town.clock.pass(6 * minute_ms);
  town.restart(town.options);
  CHECK(town.refused("aoki", seat) == "QUORUM_STALE");
}

TEST_CASE("what was cosigned for another policy does not count for this one") {
  Watched town;
  town.cosign();
  auto other = town.options;
  other.witnesses->witnesses[1].key.key = crypto::signing_generate().public_key;
  town.restart(other);
  CHECK(town.refused("mori", person) == "QUORUM_STALE");
  CHECK(crypto::parse_checkpoint(town.engine->public_checkpoint())->signatures.size() == 1);
}

TEST_CASE("every live member is told the head and how its witnesses stand") {
  Watched town;
  town.cosign();
  const auto doi = town.connect("doi");
  Said head = town.head(doi);
  CHECK(head.text({"params", "quorum"}) == town.engine->public_checkpoint());
  CHECK(head.text({"params", "checkpoint"}) == town.engine->hello().checkpoint);
  CHECK(head.number({"params", "witnesses", "of"}) == 2);
  CHECK(head.number({"params", "witnesses", "needed"}) == 2);
  CHECK(head.number({"params", "witnesses", "answering"}) == 2);
  CHECK(head.text({"params", "witnesses", "policy"}).find("http") == std::string::npos);
  town.engine->witnessed(1, std::nullopt);
  town.run();
  CHECK(town.head(doi).number({"params", "witnesses", "answering"}) == 1);
  town.clock.pass(30'000);
  const auto newer = town.cosigned();
  town.engine->witnessed(2, newer);
  town.run();
  CHECK(town.head(doi).text({"params", "quorum"}) == newer.note);
}

TEST_CASE("where no witnesses are configured it is said, and nothing is refused for their absence") {
  Town town;
  town.convene();
  const auto doi = town.connect("doi");
  CHECK(town.head(doi).at({"params", "witnesses"}).is_null());
  CHECK(town.head(doi).at({"params", "quorum"}).is_null());
  town.clock.pass(60 * minute_ms);
  town.does("mori", person);
  CHECK(town.engine->health().witnesses.extends);
}

TEST_CASE("consistency is proven of the committed tree alone") {
  Watched town;
  const auto size = static_cast<std::uint64_t>(town.size());
  CHECK(town.engine->consistency(1, size));
  CHECK_FALSE(town.engine->consistency(1, size + 1));
  CHECK_FALSE(town.engine->consistency(0, size));
}
