#include "crypto/cosigners.hpp"

#include <algorithm>
#include <functional>

#include "crypto/cosignature.hpp"

namespace kasane::crypto {

bool sound(const Cosigners& cosigners) {
  const auto& [least, keys] = cosigners;
  if (least == 0) return keys.empty();
  if (least > keys.size() || least * 2 <= keys.size() || keys.size() > cosigners_max) return false;
  // A key under two names would count twice.
  for (auto one = keys.begin(); one != keys.end(); ++one) {
    if (one->type != NoteKeyType::cosigner) return false;
    if (std::find_if(keys.begin(), one, [&](const VerifierKey& other) { return other.key == one->key; }) != one)
      return false;
  }
  return true;
}

std::optional<std::uint64_t> quorum_at(const Cosigners& cosigners, const SignedCheckpoint& note) {
  std::vector<std::uint64_t> times;
  for (const auto& key : cosigners.keys)
    if (const auto at_s = cosigned_at(note, key.name, key.key)) times.push_back(*at_s);
  if (times.size() < cosigners.least) return std::nullopt;
  std::ranges::sort(times, std::greater<>());
  return times[cosigners.least - 1];
}

}  // namespace kasane::crypto
