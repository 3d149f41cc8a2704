#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/log/witness_policy.hpp"

namespace kasane {

/// What `kasane serve` is told on its command line.
struct ServeConfig {
  std::filesystem::path data;
  std::filesystem::path web;  // empty: the usual places
  std::string listen = "127.0.0.1";
  std::uint16_t port = 8080;
  std::optional<std::uint16_t> admin_port;
  std::vector<std::string> origins;
  bool behind_proxy = false;
  std::filesystem::path witness_policy;  // empty: nobody is asked, but for these:
  std::optional<log::WitnessPolicy> witnesses;
};

/// A sentence that says why this cannot be served so, or nothing. Content stays sealed either way, but a page that came
/// over plain HTTP could have been changed on the way: beyond loopback, TLS in front is said out loud.
[[nodiscard]] std::optional<std::string> complaint(const ServeConfig& config);

/// The policy file of `--witness-policy`. Errors: none, with a sentence in `why`. Whether it fits the log is asked
/// later.
[[nodiscard]] std::optional<log::WitnessPolicy> read_witness_policy(const std::filesystem::path& file,
                                                                    std::string& why);

/// The folder of the web client: as named, or beside a build tree, or as packaged.
[[nodiscard]] std::filesystem::path web_folder(const ServeConfig& config);

}  // namespace kasane
