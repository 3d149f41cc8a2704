#include "server/native/statement_writer.hpp"

#include <catch2/catch.hpp>

#include "tests/native/given.hpp"

using namespace kasane;
using namespace kasane::native;

namespace {

Draft move_of_conference() {
  Draft draft;
  draft.statement.kind = policy::Kind::conference_move;
  draft.statement.by = "p-1";
  draft.statement.conference = "k-1";
  draft.statement.starts_at = 1'790'000'000'000;
  draft.unit = "conference/k-1";
  return draft;
}

}  // namespace

TEST_CASE("a written envelope verifies and says what its author meant") {
  const auto device = crypto::device_generate();
  const std::string text = write_envelope(given::standpoint(), move_of_conference(), device).value();
  CHECK(crypto::verify(crypto::parse_envelope(text).value(), 0, device.signing.public_key));
  const auto payload = given::payload_of(text);
  CHECK(payload.log == given::log);
  CHECK(payload.unit == "conference/k-1");
  CHECK(payload.device == device.id);
  CHECK(payload.seen.size == 12);
  CHECK(payload.signed_at_ms == 1'790'000'000'123);
  CHECK(payload.statement.conference == "k-1");
  CHECK(payload.statement.by == "p-1");
  CHECK(payload.nonce.size() == 32);
}

TEST_CASE("each envelope has a nonce of its own unless one is given") {
  const auto device = crypto::device_generate();
  const auto nonce_of = [&](const Draft& draft) {
    return given::payload_of(write_envelope(given::standpoint(), draft, device).value()).nonce;
  };
  CHECK(nonce_of(move_of_conference()) != nonce_of(move_of_conference()));
  Draft with_nonce = move_of_conference();
  with_nonce.nonce.bytes.fill(7);
  CHECK(nonce_of(with_nonce) == crypto::hex(with_nonce.nonce));
}

TEST_CASE("a half-signed envelope is completed by the second device and by no third") {
  const auto first = crypto::device_generate();
  const auto second = crypto::device_generate();
  const std::string half = write_envelope(given::standpoint(), move_of_conference(), first).value();
  const std::string whole = add_signature(half, second).value();
  const auto envelope = crypto::parse_envelope(whole).value();
  CHECK(crypto::verify(envelope, 0, first.signing.public_key));
  CHECK(crypto::verify(envelope, 1, second.signing.public_key));
  CHECK_FALSE(add_signature(half, first));
  CHECK_FALSE(add_signature(whole, crypto::device_generate()));
  CHECK_FALSE(add_signature("{}", second));
}

TEST_CASE("both signatures at once are those of two devices") {
  const auto first = crypto::device_generate();
  const auto second = crypto::device_generate();
  const auto text = write_envelope(given::standpoint(), move_of_conference(), first, second).value();
  CHECK(crypto::parse_envelope(text).value().signatures.size() == 2);
  CHECK_FALSE(write_envelope(given::standpoint(), move_of_conference(), first, first));
}

TEST_CASE("a payload over its limit is not signed") {
  Draft draft = move_of_conference();
  draft.body = wire::Json::object();
  draft.body.add("long", std::string(crypto::payload_bytes_max, 'x'));
  CHECK_FALSE(write_envelope(given::standpoint(), draft, crypto::device_generate()));
}
