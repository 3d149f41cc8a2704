#include "tests/bench/sitting.hpp"

#include <time.h>

#include <algorithm>
#include <charconv>

#include "crypto/random.hpp"
#include "crypto/signed_input.hpp"
#include "server/machine.hpp"
#include "server/native/member.hpp"
#include "server/wire/limits.hpp"
#include "server/wire/messages.hpp"
#include "tests/bench/figures.hpp"

namespace kasane::bench {
namespace {

constexpr std::string_view answer_head = R"({"jsonrpc":"2.0","id":)";
constexpr std::string_view batch_head = R"({"jsonrpc":"2.0","method":"batch","params":{"size":)";
constexpr std::size_t text_bytes = 512;
/// Left to the device beside its messages: `authenticate`, `feed` and `enter` are requests too.
constexpr double spare_requests = 20;

wire::Json read(std::string_view text) {
  auto json = wire::read_json(text, {.bytes = 16U << 20U});
  if (!json) fail("the server sent what is no JSON");
  return std::move(*json);
}

/// The result of a request, passing over notifications.
wire::Json ask(Line& line, std::int64_t id, wire::Ask what) {
  line.send(frame(wire::print_request({std::to_string(id), std::move(what)}), true));
  while (true) {
    const auto text = line.next();
    if (!text.starts_with(answer_head)) continue;
    const auto json = read(text);
    const auto* result = json.find("result");
    if (result == nullptr) fail("refused: " + text);
    return *result;
  }
}

void must_be_good(std::string_view message) {
  if (message.starts_with(answer_head) && message.substr(0, 80).find("\"error\"") != std::string_view::npos)
    fail("refused: " + std::string(message.substr(0, 400)));
}

std::int64_t count_answers(std::int64_t before, std::string_view message) {
  must_be_good(message);
  return before + (message.starts_with(answer_head) ? 1 : 0);
}

/// A batch says how far the ledger has come.
std::int64_t count_deliveries(std::int64_t before, std::string_view message) {
  must_be_good(message);
  if (message.starts_with(batch_head)) {
    std::int64_t size = before;
    std::from_chars(message.data() + batch_head.size(), message.data() + message.size(), size);
    return std::max(before, size);
  }
  return before;
}

}  // namespace

std::unique_ptr<Line> join(std::uint16_t port, const Person& person, bool live, wire::Payload::Seen& seen) {
  auto line = std::make_unique<Line>(port, "kasane.v1");
  const auto hello = read(line->next());
  const auto* params = hello.find("params");
  const auto nonce = params == nullptr ? std::nullopt : native::hex_member<crypto::Nonce>(*params, "nonce");
  const auto log = params == nullptr ? std::nullopt : native::text_member(*params, "log");
  if (!nonce || !log) fail("the server did not greet");
  const auto own = crypto::random_value<crypto::Nonce>();
  const auto signature = crypto::sign(person.device.signing.private_key, crypto::auth_input(*log, "", *nonce, own));
  const auto welcome =
      ask(*line, 1,
          wire::AuthenticateRequest{person.device.id, crypto::hex(own), crypto::base64(signature), wire::Language::en});
  if (auto at = seen_in(welcome)) seen = std::move(*at);
  if (!live) return line;
  auto part = ask(*line, 2, wire::FeedRequest{});
  for (std::int64_t id = 3; !*part.find("live")->boolean(); ++id) part = ask(*line, id, wire::FeedRequest{true, 0, {}});
  return line;
}

Sitting::Sitting(const Town& town, std::uint16_t port, bool live)
    : town_(town),
      port_(port),
      allowance_(wire::limits::requests_a_second, wire::limits::requests_burst - spare_requests) {
  std::vector<std::unique_ptr<Line>> lines;
  for (const auto& person : town.members()) {
    lines.push_back(join(port, person, live, seen_));
    const auto session = crypto::random_value<crypto::Nonce>();
    sealers_.emplace_back(town.epoch_secret(), crypto::FramePlace{town.log(), the_item, 1, person.device.id}, session);
    if (!live) continue;
    const auto signature =
        crypto::sign(person.device.signing.private_key, crypto::enter_input(town.log(), the_item, session));
    ask(*lines.back(), 500, wire::EnterRequest{the_item, crypto::hex(session), crypto::base64(signature)});
  }
  crowd_ = std::make_unique<Crowd>(std::move(lines), live ? count_deliveries : count_answers);
}

void Sitting::wait_for_allowance(std::size_t each) {
  if (each + 1 > static_cast<std::size_t>(wire::limits::requests_burst - spare_requests))
    fail("more messages a member than the server allows at once");
  while (!allowance_.take(session::Clock::now(), static_cast<double>(each))) {
    const timespec nap{0, 20'000'000};
    nanosleep(&nap, nullptr);
  }
}

wire::AppendRequest Sitting::request(std::size_t member, std::size_t messages, const native::Standpoint& standpoint) {
  const auto& person = town_.members()[member];
  wire::AppendRequest append;
  for (std::size_t i = 0; i < messages; ++i) {
    auto message = native::write_message(sealers_[member], 1, person.id, the_item, crypto::random_id('m'),
                                         std::string(text_bytes, 'x'), person.device);
    if (!message) fail("a message does not seal");
    native::Draft draft{std::move(message->statement), std::move(message->body), std::string("item/") + the_item};
    auto envelope = native::write_envelope(standpoint, std::move(draft), person.device);
    auto parsed = envelope ? crypto::parse_envelope(*envelope) : std::nullopt;
    if (!parsed) fail("a message does not sign");
    envelopes_.push_back(std::move(*parsed));
    append.envelopes.push_back(std::move(*envelope));
    append.blobs.push_back(crypto::base64(message->frame));
  }
  return append;
}

std::vector<std::string> Sitting::prepare(std::size_t requests, std::size_t messages_each) {
  const auto count = town_.members().size();
  join(port_, town_.members().front(), false,
       seen_);  // what has been seen is the present, as with a client that is live
  const native::Standpoint standpoint{town_.log(), seen_, MachineClock().wall_ms()};
  std::vector<std::string> frames;
  frames.reserve(requests);
  envelopes_.clear();
  for (std::size_t i = 0; i < requests; ++i) {
    auto append = request(i % count, messages_each, standpoint);
    frames.push_back(frame(wire::print_request({std::to_string(++last_id_), std::move(append)}), true));
  }
  wait_for_allowance((requests + count - 1) / count);
  return frames;
}

const crypto::PublicKey& Sitting::signer(const crypto::Envelope& envelope) const {
  const auto& keyid = envelope.signatures.front().keyid;
  for (const auto& member : town_.members())
    if (member.device.id == keyid) return member.device.signing.public_key;
  fail("an envelope of nobody");
}

}  // namespace kasane::bench
