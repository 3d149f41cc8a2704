#include "server/session/session.hpp"

#include <utility>
#include <variant>

#include "crypto/random.hpp"
#include "crypto/signed_input.hpp"
#include "server/wire/limits.hpp"

namespace kasane::session {
namespace {

/// The device's key, if the request is signed by it (design.md §5). Errors: null without detail: who guesses learns
/// nothing.
const conference::Keyring::Key* signer(const conference::Keyring& keyring, const wire::AuthenticateRequest& ask,
                                       std::string_view log, std::string_view origin,
                                       const crypto::Nonce& server_nonce) {
  const auto* key = keyring.find(ask.device);
  const auto nonce = crypto::from_hex<crypto::Nonce>(ask.nonce);
  const auto signature = crypto::from_base64<crypto::Signature>(ask.signature);
  if (key == nullptr || !key->live || !nonce || !signature) return nullptr;
  return crypto::verify(key->sign, crypto::auth_input(log, origin, server_nonce, *nonce), *signature) ? key : nullptr;
}

}  // namespace

Session::Session(Channel& channel, Conference& conference, Devices& devices, conference::Connection id,
                 std::string origin)
    : channel_(channel),
      conference_(conference),
      devices_(devices),
      id_(id),
      origin_(std::move(origin)),
      nonce_(crypto::random_value<crypto::Nonce>()) {}

Session::~Session() {
  if (authenticated()) conference_.detach(id_);
}

void Session::open(Clock::time_point now) {
  opened_ = now;
  channel_.send(std::make_shared<const std::string>(wire::print_hello(conference_.hello(), crypto::hex(nonce_))));
}

void Session::receive(std::string_view message, Clock::time_point now) {
  if (authenticated() && !place_.take(now)) return channel_.close(Close::budget);
  auto read = wire::read_request(message);
  auto* request = std::get_if<wire::Request>(&read);
  if (!authenticated()) {
    // Nothing else is answered before: what strangers can reach stays small.
    if (request == nullptr || !std::holds_alternative<wire::AuthenticateRequest>(request->ask)) {
      return channel_.close(Close::unauthenticated);
    }
    return authenticate(*request, now);
  }
  if (request == nullptr) {
    const auto& unread = std::get<wire::Unread>(read);
    return refuse(unread.id, unread.refusal);
  }
  if (std::holds_alternative<wire::AuthenticateRequest>(request->ask)) {
    return refuse(request->id, {wire::Fault::invalid, {}, {}});
  }
  if (in_flight_ >= wire::limits::requests_in_flight) return channel_.close(Close::budget);
  const std::string id = request->id;
  if (!conference_.request(id_, std::move(*request))) return refuse(id, {wire::Fault::busy, {}, {}});
  ++in_flight_;
}

void Session::authenticate(const wire::Request& request, Clock::time_point now) {
  const auto& ask = std::get<wire::AuthenticateRequest>(request.ask);
  const auto keyring = conference_.keyring();
  const auto* key = signer(*keyring, ask, conference_.hello().log, origin_, nonce_);
  if (key == nullptr) return channel_.close(Close::refused);
  place_ = devices_.join(ask.device, now);
  if (!place_) return channel_.close(Close::crowded);
  language_ = ask.lang;
  ++in_flight_;
  conference_.attach(id_, {ask.device, key->person, ask.lang, *crypto::from_hex<crypto::Nonce>(ask.nonce), request.id});
}

void Session::tick(Clock::time_point now) {
  if (!authenticated() && now - opened_ >= wire::limits::unauthenticated_time) channel_.close(Close::unauthenticated);
}

void Session::delivering(std::string_view message) {
  // `print_result` and `print_error` begin so, and notifications do not: an answer ends a request in flight.
  if (in_flight_ > 0 && message.starts_with(R"({"jsonrpc":"2.0","id":)")) --in_flight_;
}

void Session::refuse(const std::string& id, const wire::Refusal& refusal) {
  channel_.send(std::make_shared<const std::string>(wire::print_error(id, refusal, language_)));
}

}  // namespace kasane::session
