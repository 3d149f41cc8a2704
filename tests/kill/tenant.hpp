#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crypto/device.hpp"

namespace kasane::kill_loop {

struct Member {
  std::string person, agency;
  crypto::Seed seed;
  crypto::Device device() const { return crypto::device_from_seed(seed); }
};

/// A folder that `kasane init` founded, with a sitting in it: eight members at an open item, the notice acknowledged by
/// each, the talk's first epoch drawn. Written by the native client's writers through the ledger itself, before the
/// program serves it. Errors: throws.
class Tenant {
 public:
  Tenant();
  ~Tenant();
  Tenant(const Tenant&) = delete;
  Tenant& operator=(const Tenant&) = delete;

  std::filesystem::path folder, data, web;
  std::string log;  ///< the log's name
  crypto::PublicKey log_key;
  std::vector<Member> members;
  std::string case_id, subject, conference, item;
  std::string basis = "SWA106_6";

 private:
  void sit_down(const std::string& registrar_seed);
};

inline constexpr std::size_t members_at_the_table = 8;

}  // namespace kasane::kill_loop
