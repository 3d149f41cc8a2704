#include "server/operator_pages.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "server/net/origin.hpp"

namespace kasane {
namespace {

net::Reply state(bool fine, const std::string& why) {
  auto reply = net::plain(
      fine ? 200 : 503, R"({"ok":)" + std::string(fine ? "true" : "false") + R"(,"why":)" + wire::quoted(why) + "}\n");
  reply.type = "application/json";
  return reply;
}

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double total = 0, resident = 0;
  statm >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_files() {
  std::error_code error;
  double count = 0;
  for (std::filesystem::directory_iterator at("/proc/self/fd", error), end; !error && at != end; at.increment(error)) {
    ++count;
  }
  return count;
}

std::int64_t head_age_s(const conference::Health& health) {
  const std::int64_t at_ms = health.witnesses.quorum_at_ms;
  return at_ms == 0 ? -1 : std::max<std::int64_t>(0, (std::int64_t{std::time(nullptr)} * 1'000 - at_ms) / 1'000);
}

/// Ready while reading and narrowing go on; that access is not extended is said beside.
net::Reply readiness(const conference::Health& health, const Witnesses* witnesses) {
  const auto& state = health.witnesses;
  std::string text = R"({"ok":)" + std::string(health.appends ? "true" : "false") + R"(,"why":)" +
                     wire::quoted(health.why) + R"(,"extends":)" + (state.extends ? "true" : "false") +
                     R"(,"witnesses":)";
  if (witnesses == nullptr) {
    text += "null";
  } else {
    text += R"({"of":)" + std::to_string(state.of) + R"(,"needed":)" + std::to_string(state.needed) +
            R"(,"answering":)" + std::to_string(state.answering) + R"(,"quorum_size":)" +
            std::to_string(state.quorum_size) + R"(,"quorum_age_s":)" + std::to_string(head_age_s(health)) +
            R"(,"each":[)";
    for (const auto& one : witnesses->states()) {
      if (!text.ends_with('[')) text += ',';
      text += R"({"name":)" + wire::quoted(one.name) + R"(,"trouble":)" + wire::quoted(log::name_of(one.trouble)) +
              R"(,"size":)" + std::to_string(one.size) + '}';
    }
    text += "]}";
  }
  auto reply = net::plain(health.appends ? 200 : 503, text + "}\n");
  reply.type = "application/json";
  return reply;
}

net::Reply metrics(const conference::Health& health, const net::Front& front) {
  auto text = front.metrics().text();
  const auto add = [&](const char* name, const char* type, const char* help, auto value) {
    net::append_metric(text, name, type, help, static_cast<double>(value));
  };
  add("kasane_ledger_size", "gauge", "Entries in the ledger.", health.size);
  add("kasane_appends_open", "gauge", "1 while statements are taken.", health.appends);
  add("kasane_commits_total", "counter", "Transactions.", health.commits);
  add("kasane_batches_total", "counter", "Batch messages, one a commit and reader set.", health.batches);
  add("kasane_deliveries_total", "counter", "Batch messages times their readers.", health.deliveries);
  add("kasane_queued_requests", "gauge", "Requests before the ledger thread.", health.queued);
  add("kasane_members", "gauge", "Authenticated connections.", health.connections);
  add("kasane_access_extends", "gauge", "1 while access may be extended.", health.witnesses.extends);
  if (health.witnesses.of > 0) {
    add("kasane_witnesses", "gauge", "Witnesses of the policy file.", health.witnesses.of);
    add("kasane_witnesses_answering", "gauge", "Those whose last answer was a cosignature.",
        health.witnesses.answering);
    add("kasane_quorum_size", "gauge", "Entries under the newest head with a quorum.", health.witnesses.quorum_size);
    add("kasane_quorum_age_seconds", "gauge", "Age of that head; -1: there is none.", head_age_s(health));
  }
  add("process_cpu_seconds_total", "counter", "User and system time.",
      static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC));
  add("process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes());
  add("process_open_fds", "gauge", "Open file descriptors.", open_files());
  auto reply = net::plain(200, std::move(text));
  reply.type = "text/plain; version=0.0.4; charset=utf-8";
  return reply;
}

}  // namespace

net::Reply operator_page(const net::Head& head, const conference::Engine& engine, const net::Front& front,
                         const Witnesses* witnesses) {
  if (auto refusal = net::refuse_writing(head)) return std::move(*refusal);
  // A page of elsewhere whose name was turned to 127.0.0.1 asks under its own name: it reads nothing here.
  if (!net::is_loopback_host(head.host)) return net::plain(403, "Ask for this by a name of loopback.\n");
  if (head.target == "/livez") {
    const bool alive = front.alive();
    return state(alive, alive ? "" : "a connection loop has not turned for 5 s");
  }
  if (head.target == "/readyz") return readiness(engine.health(), witnesses);
  if (head.target == "/metrics") return metrics(engine.health(), front);
  return net::nothing_here();
}

}  // namespace kasane
