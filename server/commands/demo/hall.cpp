#include "server/commands/demo/hall.hpp"

#include "crypto/random.hpp"
#include "crypto/signed_input.hpp"

namespace kasane::commands::demo {

Hall::Hall(conference::Store& store, log::Writer writer, TownClock& clock)
    : clock_(clock), engine_(store, std::move(writer), *this, clock, random_) {}

void Hall::deliver(std::vector<conference::Delivery> messages) {
  for (const auto& [to, message] : messages) {
    const auto json = wire::read_json(*message, {.bytes = 16u << 20});
    if (!json) throw CommandError(Exit::internal, "the ledger sent what is no JSON");
    for (const auto connection : to) inbox_[connection].push_back(*json);
  }
}

void Hall::close(conference::Connection connection, std::uint16_t code) {
  throw CommandError(Exit::internal,
                     "the ledger closed connection " + std::to_string(connection) + " with " + std::to_string(code));
}

Hall::Welcome Hall::admit(const crypto::Device& device) {
  const auto server_nonce = crypto::random_value<crypto::Nonce>();
  const auto client_nonce = crypto::random_value<crypto::Nonce>();
  const auto input = crypto::auth_input(log(), "", server_nonce, client_nonce);
  const auto signature = crypto::sign(device.signing.private_key, input);
  const auto* key = engine_.keyring()->find(device.id);
  if (key == nullptr || !key->live || !crypto::verify(key->sign, input, signature)) {
    throw CommandError(Exit::broken_data, "the ledger does not know the device " + device.id);
  }
  const auto connection = ++last_connection_;
  const auto id = std::to_string(++last_id_);
  engine_.attach(connection, {device.id, key->person, wire::Language::ja, client_nonce, id});
  engine_.run_until_idle();
  return {connection, client_nonce, answer_to(connection, id)};
}

wire::Json Hall::ask(conference::Connection from, wire::Ask ask) {
  const auto id = std::to_string(++last_id_);
  const auto text = wire::print_request({id, std::move(ask)});
  auto read = wire::read_request(text);
  auto* request = std::get_if<wire::Request>(&read);
  if (request == nullptr) throw CommandError(Exit::internal, "a request of the demonstration is malformed");
  engine_.request(from, std::move(*request));
  engine_.run_until_idle();
  return answer_to(from, id);
}

wire::Json Hall::answer_to(conference::Connection connection, const std::string& id) {
  auto& inbox = inbox_[connection];
  for (auto message = inbox.begin(); message != inbox.end(); ++message) {
    const auto* named = message->find("id");
    if (named == nullptr || wire::print_json(*named) != id) continue;
    const wire::Json found = std::move(*message);
    inbox.erase(message);
    if (const auto* result = found.find("result")) return *result;
    const auto* error = found.find("error");
    const auto* data = error == nullptr ? nullptr : error->find("data");
    const auto* reason = data == nullptr ? nullptr : data->find("reason");
    throw Refused(reason == nullptr || reason->text() == nullptr ? "" : *reason->text(), wire::print_json(found));
  }
  throw CommandError(Exit::internal, "the ledger did not answer");
}

std::vector<wire::Json> Hall::heard(conference::Connection connection) {
  auto& inbox = inbox_[connection];
  std::vector<wire::Json> messages(std::make_move_iterator(inbox.begin()), std::make_move_iterator(inbox.end()));
  inbox.clear();
  return messages;
}

void Hall::leave(conference::Connection connection) {
  engine_.detach(connection);
  engine_.run_until_idle();
  inbox_.erase(connection);
}

void Hall::move_to(std::int64_t wall_ms) {
  clock_.move_to(wall_ms);
  engine_.run_until_idle();
}

}  // namespace kasane::commands::demo
