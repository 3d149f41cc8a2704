#include "server/config.hpp"

#include <arpa/inet.h>

#include <fstream>
#include <system_error>

#include "server/net/origin.hpp"

namespace kasane {
namespace {

bool is_loopback(const std::string& address) {
  in_addr v4{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127;
  return address == "::1";
}

bool is_address(const std::string& address) {
  in6_addr any{};
  return inet_pton(AF_INET, address.c_str(), &any) == 1 || inet_pton(AF_INET6, address.c_str(), &any) == 1;
}

}  // namespace

std::optional<std::string> complaint(const ServeConfig& config) {
  if (!is_address(config.listen)) return "--listen takes an IP address, not \"" + config.listen + "\"";
  for (const auto& origin : config.origins) {
    if (!net::is_origin(origin)) return "--origin takes https://host or https://host:port, not \"" + origin + "\"";
  }
  if (!is_loopback(config.listen) && !config.behind_proxy) {
    return "refusing to listen beyond loopback on " + config.listen +
           " without TLS: put a proxy with TLS in front and say --behind-proxy";
  }
  if (config.behind_proxy && config.origins.empty()) {
    return "--behind-proxy needs --origin, the address that browsers show (https://…)";
  }
  return std::nullopt;
}

std::optional<log::WitnessPolicy> read_witness_policy(const std::filesystem::path& file, std::string& why) {
  std::ifstream in(file, std::ios::binary);
  std::string text(log::policy_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) {
    why = "cannot read " + file.string();
    return std::nullopt;
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  auto policy = log::parse_policy(text, why);
  if (!policy) why = file.string() + ": " + why;
  return policy;
}

std::filesystem::path web_folder(const ServeConfig& config) {
  if (!config.web.empty()) return config.web;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const auto beside = program.parent_path().parent_path().parent_path() / "client-web" / "dist";
    if (std::filesystem::is_regular_file(beside / "index.html", error)) return beside;
  }
  return "/usr/share/kasane/web";
}

}  // namespace kasane
