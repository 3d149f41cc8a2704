#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "crypto/device.hpp"
#include "server/server.hpp"
#include "server/wire/json.hpp"
#include "tests/net/raw_client.hpp"

namespace kasane::given {

/// A founded folder with a web client beside it, and the registrar Mori with a device.
struct Founded {
  Founded();
  ~Founded();
  Founded(const Founded&) = delete;
  Founded& operator=(const Founded&) = delete;
  /// The parts as `serve` puts them together, on free ports.
  [[nodiscard]] std::unique_ptr<Server> serve() const;

  std::filesystem::path folder;
  crypto::Device mori = crypto::device_generate();
};

/// Mori's client: a real socket, hand-made frames, real signatures.
class Registrar {
 public:
  Registrar(const Server& server, const crypto::Device& device, const std::string& origin = {});

  /// The answer, passing over notifications, which are kept.
  wire::Json ask(const std::string& method, const std::string& params);
  /// The next notification of this kind.
  wire::Json notified(const std::string& method);
  /// Feeds until live.
  void feed();
  /// A statement of the directory, signed over the newest checkpoint seen.
  [[nodiscard]] std::string sign(const std::string& statement, const std::string& body = {}) const;
  wire::Json append(const std::string& envelope) {
    return ask("append", R"({"envelopes":[)" + quoted(envelope) + "]}");
  }

  static std::string quoted(std::string_view text);
  net::RawClient socket;
  wire::Json hello, welcome;

 private:
  wire::Json read();
  const crypto::Device& device_;
  std::vector<wire::Json> kept_;
  std::string log_, checkpoint_;
  std::int64_t size_ = 0;
  int last_id_ = 0;
};

/// The value at a path of names; fails the test where there is none.
const wire::Json& at(const wire::Json& json, std::initializer_list<std::string_view> path);
std::string text_at(const wire::Json& json, std::initializer_list<std::string_view> path);
std::int64_t number_at(const wire::Json& json, std::initializer_list<std::string_view> path);

}  // namespace kasane::given
