#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "crypto/device.hpp"

namespace kasane::conference {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// The signing keys of every device in the ledger, as of one commit; never changed once published.
/// Thread: any.
class Keyring {
 public:
  struct Key {
    crypto::PublicKey sign;
    std::string person;
    bool live = true;  ///< neither revoked nor of an ended person
  };
  /// Null: no such device.
  const Key* find(std::string_view device) const {
    const auto at = keys_.find(device);
    return at == keys_.end() ? nullptr : &at->second;
  }
  std::unordered_map<std::string, Key, TextHash, std::equal_to<>>& keys() { return keys_; }
  const std::unordered_map<std::string, Key, TextHash, std::equal_to<>>& keys() const { return keys_; }

 private:
  std::unordered_map<std::string, Key, TextHash, std::equal_to<>> keys_;
};

}  // namespace kasane::conference
