#include "server/net/metrics.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iterator>

namespace kasane::net {
namespace {

constexpr std::array<session::Close, 8> closes{
    session::Close::unsupported,     session::Close::budget,  session::Close::restart, session::Close::too_slow,
    session::Close::unauthenticated, session::Close::refused, session::Close::crowded, session::Close::revoked,
};

void head(std::string& out, const char* name, const char* type, const char* help) {
  fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

}  // namespace

void append_metric(std::string& out, const char* name, const char* type, const char* help, double value) {
  head(out, name, type, help);
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

void Metrics::replied(unsigned status) {
  if (const auto hundreds = status / 100; hundreds < replies_.size()) ++replies_[hundreds];
}

void Metrics::closed(session::Close code) {
  const auto at = std::find(closes.begin(), closes.end(), code);
  if (at != closes.end()) ++closes_[static_cast<std::size_t>(at - closes.begin())];
}

std::string Metrics::text() const {
  std::string out;
  const auto whole = [](auto& value) { return static_cast<double>(value.load(std::memory_order_relaxed)); };
  append_metric(out, "kasane_connections", "gauge", "Open sockets.", whole(connections));
  append_metric(out, "kasane_ws_connections", "gauge", "Open WebSocket connections.", whole(websockets));
  append_metric(out, "kasane_accepted_total", "counter", "Sockets accepted.", whole(accepted));
  append_metric(out, "kasane_turned_away_total", "counter", "Sockets beyond the limit.", whole(turned_away));
  head(out, "kasane_ws_messages_total", "counter", "Messages, by direction.");
  fmt::format_to(std::back_inserter(out), "kasane_ws_messages_total{{dir=\"in\"}} {}\n", messages_in.load());
  fmt::format_to(std::back_inserter(out), "kasane_ws_messages_total{{dir=\"out\"}} {}\n", messages_out.load());
  head(out, "kasane_ws_bytes_total", "counter", "Payload bytes, by direction.");
  fmt::format_to(std::back_inserter(out), "kasane_ws_bytes_total{{dir=\"in\"}} {}\n", bytes_in.load());
  fmt::format_to(std::back_inserter(out), "kasane_ws_bytes_total{{dir=\"out\"}} {}\n", bytes_out.load());
  head(out, "kasane_http_replies_total", "counter", "HTTP answers, by class of status.");
  for (std::size_t hundreds = 1; hundreds < replies_.size(); ++hundreds) {
    fmt::format_to(std::back_inserter(out), "kasane_http_replies_total{{class=\"{}xx\"}} {}\n", hundreds,
                   replies_[hundreds].load());
  }
  head(out, "kasane_ws_closed_total", "counter", "Connections that the server ended, by close code.");
  for (std::size_t i = 0; i < closes.size(); ++i) {
    fmt::format_to(std::back_inserter(out), "kasane_ws_closed_total{{code=\"{}\"}} {}\n",
                   static_cast<unsigned>(closes[i]), closes_[i].load());
  }
  return out;
}

}  // namespace kasane::net
