#include "server/net/front.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace kasane::net {

Front::Front(FrontSettings settings, Responder site, Responder admin, ConversationMaker converse)
    : settings_(std::move(settings)),
      origins_(settings_.origins),
      peers_{std::move(converse), settings_.budget},
      door_{std::move(site), settings_.take ? nullptr : &origins_, settings_.take ? nullptr : &peers_, settings_.take,
            settings_.body_bytes},
      admin_door_{std::move(admin), nullptr, nullptr, {}, 0} {
  const auto count = settings_.shards != 0 ? settings_.shards : std::max(1U, std::thread::hardware_concurrency());
  std::vector<Shard*> all;
  for (std::size_t i = 0; i < count; ++i) {
    shards_.push_back(std::make_unique<Shard>(i, count, settings_.timing, metrics_));
    all.push_back(shards_.back().get());
  }
  listener_ = std::make_unique<Listener>(all, settings_.address, settings_.port, door_, settings_.budget.connections);
  if (settings_.admin_port) {
    admin_ = std::make_unique<Listener>(std::vector<Shard*>{all.front()}, "127.0.0.1", *settings_.admin_port,
                                        admin_door_, settings_.budget.connections + 64);
  }
}

Front::~Front() { stop(std::chrono::milliseconds(0)); }

void Front::start() {
  for (const auto& shard : shards_) shard->start();
  listener_->start();
  if (admin_) admin_->start();
}

void Front::stop_accepting() { listener_->stop(); }

void Front::stop(std::chrono::milliseconds patience) {
  listener_->stop();
  for (const auto& shard : shards_) {
    shard->post([&shard = *shard] { shard.close_all(session::Close::restart); });
  }
  const auto until = session::Clock::now() + patience;
  while (metrics_.connections.load() > 0 && session::Clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (admin_) admin_->stop();
  for (const auto& shard : shards_) shard->stop();
}

void Front::deliver(std::vector<Mail> mail) {
  std::vector<std::vector<Mail>> sorted(shards_.size());
  for (auto& [to, text] : mail) {
    if (to.size() == 1) {  // an answer
      auto& list = sorted[to.front() % shards_.size()];
      list.push_back({std::move(to), std::move(text)});
      continue;
    }
    std::vector<std::vector<Connection>> parts(shards_.size());
    for (const auto id : to) parts[id % shards_.size()].push_back(id);
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (!parts[i].empty()) sorted[i].push_back({std::move(parts[i]), text});
  }
  for (std::size_t i = 0; i < sorted.size(); ++i)
    if (!sorted[i].empty()) shards_[i]->deliver(std::move(sorted[i]));
}

void Front::close(Connection id, session::Close code) {
  auto& shard = *shards_[id % shards_.size()];
  shard.post([&shard, id, code] { shard.close(id, code); });
}

bool Front::alive() const {
  const auto oldest = session::Clock::now() - std::chrono::seconds(5);
  return std::all_of(shards_.begin(), shards_.end(), [&](const auto& shard) { return shard->last_turn() > oldest; });
}

}  // namespace kasane::net
