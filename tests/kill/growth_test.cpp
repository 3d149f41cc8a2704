#include "tests/kill/growth.hpp"

#include <catch2/catch.hpp>

#include "crypto/envelope.hpp"
#include "crypto/sha256.hpp"
#include "server/log/keys.hpp"
#include "server/wire/payload.hpp"
#include "tests/kill/tenant.hpp"

using namespace kasane;
using namespace kasane::kill_loop;
using Catch::Contains;

// The judge of the kill loop is judged first: every kind of broken promise is planted once, and must be found.
namespace {

struct Kept {
  Kept() : history(tenant.log.substr(0, tenant.log.find('#')), tenant.log_key), growth(tenant.log, tenant.log_key) {
    held = read_folder(tenant.data, tenant.folder / "copy", 0);
    std::string why;
    log_key = std::move(log::read_keys(tenant.data, why).value().log.private_key);
  }
  void take() { growth.take(held, history); }
  std::string see(std::uint64_t size, const crypto::Hash& root) {
    const auto note = crypto::sign_checkpoint({tenant.log.substr(0, tenant.log.find('#')), size, root}, log_key);
    history.see(note);
    return note;
  }
  Acknowledged receipt(std::size_t index) const {
    const auto payload = wire::parse_payload(crypto::parse_envelope(held.envelopes.at(index))->payload);
    return {{payload->device, payload->nonce}, static_cast<std::int64_t>(index), crypto::sha256(held.envelopes[index])};
  }
  /// One more entry that is well made and signed for, with the bytes of an old one.
  void double_last() {
    auto row = held.leaves.back();
    const auto& unit = held.units.at(static_cast<std::size_t>(row.unit));
    const auto previous = row.leaf;
    ++row.index;
    ++row.position;
    row.leaf =
        crypto::hash_of({static_cast<std::uint64_t>(row.time_ms), crypto::unit_tag(unit.salt, unit.name),
                         static_cast<std::uint64_t>(row.position), previous, crypto::sha256(held.envelopes.back())});
    held.leaves.push_back(row);
    held.envelopes.push_back(held.envelopes.back());
  }

  Tenant tenant;
  History history;
  Growth growth;
  Held held;
  crypto::SigningKey log_key;
};

}  // namespace

TEST_CASE("an honest folder is taken, and so is what it acknowledged") {
  Kept kept;
  kept.history.acknowledge(kept.receipt(5));
  kept.history.sent_together({kept.receipt(3).what, kept.receipt(4).what});
  REQUIRE_NOTHROW(kept.take());
  REQUIRE(kept.growth.size() == kept.held.leaves.size());
  REQUIRE_NOTHROW(kept.take());
}

TEST_CASE("a lost, moved or changed acknowledgement is found") {
  Kept kept;
  auto receipt = kept.receipt(5);
  SECTION("lost") {
    receipt.what.nonce = std::string(32, '0');
    kept.history.acknowledge(receipt);
    CHECK_THROWS_WITH(kept.take(), Contains("not there"));
  }
  SECTION("elsewhere") {
    receipt.index = 6;
    kept.history.acknowledge(receipt);
    CHECK_THROWS_WITH(kept.take(), Contains("something else"));
  }
  SECTION("other bytes") {
    receipt.envelope = {};
    kept.history.acknowledge(receipt);
    CHECK_THROWS_WITH(kept.take(), Contains("something else"));
  }
  SECTION("a second receipt for another place") {
    kept.history.acknowledge(receipt);
    receipt.index = 6;
    CHECK_THROWS_WITH(kept.history.acknowledge(receipt), Contains("first one's"));
  }
}

TEST_CASE("a log that shrank, forked, doubled or has a gap is found") {
  Kept kept;
  SECTION("it shrank") {
    kept.take();
    kept.held.leaves.pop_back();
    CHECK_THROWS_WITH(kept.take(), Contains("shrank"));
  }
  SECTION("an old entry is another") {
    kept.take();
    kept.held.leaves[4].leaf.bytes[0] ^= 1;
    CHECK_THROWS_WITH(kept.take(), Contains("another than before"));
  }
  SECTION("a new entry is not what its leaf says") {
    kept.held.envelopes[4][40] ^= 1;
    CHECK_THROWS_WITH(kept.take(), Contains("leaf"));
  }
  SECTION("an index is missing") {
    kept.held.leaves.erase(kept.held.leaves.begin() + 4);
    CHECK_THROWS_WITH(kept.take(), Contains("gap in the log"));
  }
  SECTION("a position is missing") {
    kept.held.leaves.back().position += 1;
    CHECK_THROWS_WITH(kept.take(), Contains("chain"));
  }
  SECTION("one statement is there twice") {
    kept.double_last();
    CHECK_THROWS_WITH(kept.take(), Contains("twice"));
  }
  SECTION("ledger time ran back") {
    kept.held.leaves.back().time_ms -= 100'000'000;
    CHECK_THROWS_WITH(kept.take(), Contains("ran back"));
  }
  SECTION("the newest checkpoint does not cover the entries") {
    kept.held.leaves.pop_back();
    CHECK_THROWS_WITH(kept.take(), Contains("newest checkpoint"));
  }
  SECTION("SQLite finds the file damaged") {
    kept.held.integrity = "row 3 missing from index";
    CHECK_THROWS_WITH(kept.take(), Contains("damaged"));
  }
}

TEST_CASE("a checkpoint that was shown too early, or of another log, is found") {
  Kept kept;
  SECTION("before its entries were kept") {
    kept.see(kept.held.leaves.size() + 1, {});
    CHECK_THROWS_WITH(kept.take(), Contains("went out before"));
  }
  SECTION("with another root") {
    kept.see(5, {});
    CHECK_THROWS_WITH(kept.take(), Contains("no proof"));
  }
  SECTION("two of one size") {
    kept.see(5, {});
    CHECK_THROWS_WITH(kept.see(5, crypto::empty_root()), Contains("forked"));
  }
  SECTION("not signed by the log") {
    const auto note = kept.see(5, {});
    History other("elsewhere/0123456789abcdef", kept.tenant.log_key);
    CHECK_THROWS_WITH(other.see(note), Contains("did not sign"));
  }
}

TEST_CASE("half an append is found") {
  Kept kept;
  auto missing = kept.receipt(4).what;
  missing.nonce = std::string(32, '0');
  SECTION("only the first") { kept.history.sent_together({kept.receipt(3).what, missing}); }
  SECTION("only the second") { kept.history.sent_together({missing, kept.receipt(3).what}); }
  SECTION("apart") { kept.history.sent_together({kept.receipt(3).what, kept.receipt(6).what}); }
  CHECK_THROWS_AS(kept.take(), Broken);
}
