#include "server/server.hpp"

#include <unistd.h>

#include <chrono>
#include <thread>
#include <utility>

#include "server/log/keys.hpp"
#include "server/log_pages.hpp"
#include "server/native/founding.hpp"
#include "server/operator_pages.hpp"
#include "server/session/session.hpp"
#include "server/wire/limits.hpp"

namespace kasane {
namespace {

log::Keys keys_in(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    throw CommandError(Exit::no_data, "no data folder " + folder.string() + " (make one with kasane init)");
  }
  if (!std::filesystem::exists(folder / "ledger.db", error)) {
    throw CommandError(Exit::no_data, "no ledger in " + folder.string() + " (found one with kasane init)");
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    throw CommandError(Exit::cannot_write, "the data folder " + folder.string() + " cannot be written");
  }
  std::string why;
  auto keys = log::read_keys(folder, why);
  if (!keys) throw CommandError(Exit::no_data, why);
  return std::move(*keys);
}

/// Errors: throws `StoreError`.
crypto::Cosigners founded_witnesses(conference::Store& store) {
  const auto envelope = crypto::parse_envelope(store.envelope(0).value_or(""));
  const auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
  auto witnesses = payload ? native::read_witnesses(payload->body) : std::nullopt;
  if (!witnesses) throw conference::StoreError("the witnesses that the founding entry names cannot be read");
  return std::move(*witnesses);
}

}  // namespace

void Server::Outlet::deliver(std::vector<conference::Delivery> messages) {
  std::vector<net::Mail> mail;
  mail.reserve(messages.size());
  for (auto& one : messages) mail.push_back({std::move(one.to), std::move(one.message)});
  front->deliver(std::move(mail));
}

void Server::Outlet::close(conference::Connection connection, std::uint16_t code) {
  front->close(connection, static_cast<session::Close>(code));
}

Server::Server(ServerSettings settings)
    : devices_({wire::limits::connections_a_device, wire::limits::requests_a_second, wire::limits::requests_burst}) {
  try {
    site_ = std::make_unique<net::Site>(settings.web);
    auto keys = keys_in(settings.data);
    store_ = std::make_unique<store::SqliteStore>(settings.data);
    engine_ = std::make_unique<conference::Engine>(*store_, log::Writer(std::move(keys)), outlet_, clock_, random_,
                                                   settings.conference);
    if (const auto why = log::complaint(settings.conference.witnesses, founded_witnesses(*store_)))
      throw std::invalid_argument(*why);
    door_ = std::make_unique<Door>(*engine_);
    front_ = std::make_unique<net::Front>(
        std::move(settings.front),
        [this](const net::Head& head) { return is_log_page(head) ? log_page(head, *engine_) : site_->answer(head); },
        [this](const net::Head& head) { return operator_page(head, *engine_, *front_, witnesses_.get()); },
        [this](session::Channel& channel, net::Connection id, std::string origin) {
          return std::make_unique<session::Session>(channel, *door_, devices_, id, std::move(origin));
        });
    outlet_.front = front_.get();
    if (settings.conference.witnesses)
      witnesses_ = std::make_unique<Witnesses>(*engine_, clock_, *settings.conference.witnesses);
  } catch (const net::SiteError& error) {
    throw CommandError(Exit::config, error.what());
  } catch (const net::ListenError& error) {
    throw CommandError(Exit::unavailable, error.what());
  } catch (const conference::StoreError& error) {
    throw CommandError(Exit::broken_data, error.what());
  } catch (const std::invalid_argument& error) {
    throw CommandError(Exit::config, std::string("the witness policy: ") + error.what());
  }
}

Server::~Server() { stop(); }

void Server::start() {
  engine_->start();
  if (witnesses_) {
    witnesses_->start();
    // Whoever connects first should not be refused for an answer that is under way.
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    while (!engine_->health().witnesses.extends && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  front_->start();
}

void Server::stop() {
  if (std::exchange(stopped_, true)) return;
  front_->stop_accepting();
  if (witnesses_) witnesses_->stop();
  door_->ending = true;
  engine_->stop();
  front_->stop(std::chrono::seconds(3));
}

}  // namespace kasane
