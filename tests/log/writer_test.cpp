#include "server/log/writer.hpp"

#include <catch2/catch.hpp>

#include "crypto/envelope.hpp"
#include "crypto/sha256.hpp"
#include "crypto/signed_input.hpp"

using namespace kasane;

namespace {
log::Writer founded() {
  log::Writer writer(log::generate_keys());
  writer.found("test/0123456789abcdef", "an envelope");
  return writer;
}
const crypto::Salt salt_a{{1}}, salt_b{{2}};
}  // namespace

TEST_CASE("the log's name holds the hash of its founding envelope") {
  const auto writer = founded();
  CHECK(writer.log() == "test/0123456789abcdef#" + crypto::hex(crypto::sha256("an envelope")));
}

TEST_CASE("a unit's entries are chained by their leaf hashes and counted from 0") {
  auto writer = founded();
  const auto unit = writer.create_unit("item/i-1", salt_a);
  const auto other = writer.create_unit("item/i-2", salt_b);
  const auto first = writer.append(unit, 1'000, crypto::sha256("one"));
  writer.append(other, 1'000, crypto::sha256("between"));
  const auto second = writer.append(unit, 1'001, crypto::sha256("two"));
  CHECK(first.previous == crypto::Hash{});
  CHECK(second.previous == first.leaf_hash);
  CHECK(second.position == 1);
  CHECK(second.index == 2);
  const crypto::Leaf leaf{1'001, crypto::unit_tag(salt_a, "item/i-1"), 1, first.leaf_hash, crypto::sha256("two")};
  CHECK(second.leaf_hash == crypto::hash_of(leaf));
  CHECK(writer.tree().leaf(2) == second.leaf_hash);
}

TEST_CASE("a checkpoint is signed by the log key over the tree as it stands") {
  auto writer = founded();
  const auto unit = writer.create_unit("directory", salt_a);
  writer.append(unit, 5, crypto::sha256("one"));
  const auto checkpoint = crypto::verify_checkpoint(writer.checkpoint(), writer.origin(), writer.log_key());
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 1);
  CHECK(checkpoint->root == writer.tree().root());
  CHECK_FALSE(crypto::verify_checkpoint(writer.checkpoint(), writer.origin(), writer.server_key()));
}

TEST_CASE("the server speaks with its statement key, never with the log key") {
  const auto writer = founded();
  const crypto::Nonce nonce{{7}};
  CHECK(crypto::verify(writer.server_key(), crypto::time_input(writer.log(), nonce, 12), writer.sign_time(nonce, 12)));
  CHECK(crypto::verify(writer.server_key(), crypto::closed_input(writer.log(), "p", "item/i", 3),
                       writer.sign_closed("p", "item/i", 3)));
  CHECK(
      crypto::verify(writer.server_key(), crypto::wanted_input(writer.log(), "r", "d"), writer.sign_wanted("r", "d")));
  const auto envelope = crypto::parse_envelope(writer.sign_statement("{}"));
  REQUIRE(envelope);
  CHECK(envelope->signatures[0].keyid == "server");
  CHECK(crypto::verify(*envelope, 0, writer.server_key()));
  CHECK_FALSE(crypto::verify(*envelope, 0, writer.log_key()));
}

TEST_CASE("units are found by name and by tag") {
  log::Units units;
  const auto first = units.create("directory", salt_a);
  const auto second = units.create("item/i", salt_b);
  CHECK(units.find("item/i") == second);
  CHECK(units.find(units[first].tag) == first);
  CHECK_FALSE(units.find("item/j"));
  CHECK_FALSE(units.find(crypto::UnitTag{}));
}
