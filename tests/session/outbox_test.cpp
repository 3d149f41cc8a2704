#include "server/session/outbox.hpp"

#include <catch2/catch.hpp>

using kasane::session::Outbox;

namespace {
kasane::session::Text text(std::size_t bytes) { return std::make_shared<const std::string>(bytes, 'x'); }
}  // namespace

TEST_CASE("a queue of 256 messages takes no more, and takes again once one has gone") {
  Outbox outbox(256, 1'000'000);
  for (int i = 0; i < 256; ++i) CHECK(outbox.push(text(1)));
  CHECK_FALSE(outbox.push(text(1)));
  outbox.pop();
  CHECK(outbox.push(text(1)));
}

TEST_CASE("a queue is bounded in bytes too, but one message always fits") {
  Outbox outbox(256, 100);
  CHECK(outbox.push(text(500)));
  CHECK_FALSE(outbox.push(text(1)));
  outbox.pop();
  CHECK(outbox.push(text(60)));
  CHECK(outbox.push(text(40)));
  CHECK_FALSE(outbox.push(text(1)));
  CHECK(outbox.bytes() == 100);
}

TEST_CASE("what is being written stays when the rest is forgotten") {
  Outbox outbox(10, 100);
  const auto first = text(7);
  CHECK(outbox.push(first));
  CHECK(outbox.push(text(8)));
  CHECK(outbox.push(text(9)));
  outbox.keep_front();
  CHECK(outbox.front() == first);
  CHECK(outbox.bytes() == 7);
  outbox.pop();
  CHECK(outbox.empty());
  CHECK(outbox.bytes() == 0);
}
