#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "tests/kill/client.hpp"

namespace kasane::kill_loop {

/// Eight clients at their work, on threads of their own, for as long as this lives.
class Table {
 public:
  Table(const Tenant& tenant, History& history, Gate& gate, std::uint64_t seed) : gate_(gate) {
    for (const auto& member : tenant.members)
      clients_.emplace_back(std::make_unique<Client>(tenant, member, history, ++seed));
    for (const auto& client : clients_) threads_.emplace_back([&gate, one = client.get()] { one->run(gate); });
  }
  ~Table() {
    gate_.finish();
    for (auto& thread : threads_) thread.join();
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

 private:
  Gate& gate_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<std::thread> threads_;
};

}  // namespace kasane::kill_loop
