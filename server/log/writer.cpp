#include "server/log/writer.hpp"

#include <mutex>

#include "crypto/cosignature.hpp"
#include "crypto/envelope.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/sha256.hpp"
#include "crypto/signed_input.hpp"

namespace kasane::log {

void Writer::found(std::string_view origin, std::string_view founding_envelope) {
  origin_ = origin;
  log_ = crypto::log_name(origin, founding_envelope);
}

Place Writer::append(UnitNumber unit, std::int64_t time_ms, const crypto::Hash& envelope) {
  UnitChain& chain = units_.edit(unit);
  Place place;
  place.index = size();
  place.time_ms = time_ms;
  place.position = static_cast<std::int64_t>(chain.entries.size());
  place.unit = unit;
  place.previous = chain.last;
  place.leaf_hash =
      crypto::hash_of({static_cast<std::uint64_t>(time_ms), chain.tag, chain.entries.size(), chain.last, envelope});
  chain.entries.push_back(static_cast<std::uint32_t>(place.index));
  chain.last = place.leaf_hash;
  {
    const std::unique_lock lock(*tree_mutex_);
    tree_.append(place.leaf_hash);
  }
  times_ms_.push_back(time_ms);
  return place;
}

void Writer::restore(UnitNumber unit, std::int64_t time_ms, const crypto::Hash& leaf_hash) {
  UnitChain& chain = units_.edit(unit);
  chain.entries.push_back(static_cast<std::uint32_t>(times_ms_.size()));
  chain.last = leaf_hash;
  times_ms_.push_back(time_ms);
}

void Writer::restore_tree(crypto::Tree tree) {
  const std::unique_lock lock(*tree_mutex_);
  tree_ = std::move(tree);
}

// Over the hash: libsodium's HMAC hashes a few times slower than OpenSSL.
crypto::Hash Writer::extract_mac(crypto::View segment) const {
  const auto key =
      crypto::derive<crypto::SymmetricKey>(keys_.log.private_key.expose(), crypto::view("kasane/extract/v1"));
  crypto::Hash mac;
  crypto::hmac_sha256(key.expose(), {crypto::sha256(segment)}, mac.bytes);
  return mac;
}

std::string Writer::checkpoint() const {
  return crypto::sign_checkpoint({origin_, tree_.size(), tree_.root()}, keys_.log.private_key);
}

std::string Writer::timestamped(std::uint64_t at_s) const {
  auto note = crypto::parse_checkpoint(checkpoint()).value();
  note.signatures.push_back(crypto::cosign(note.checkpoint, at_s, origin_, keys_.cosigner->private_key));
  return print(note);
}

std::string Writer::sign_statement(std::string payload) const {
  return crypto::print(crypto::sign_envelope(std::move(payload), "server", keys_.statement.private_key));
}
crypto::Signature Writer::sign_time(const crypto::Nonce& client_nonce, std::int64_t time_ms) const {
  return crypto::sign(keys_.statement.private_key,
                      crypto::time_input(log_, client_nonce, static_cast<std::uint64_t>(time_ms)));
}
crypto::Signature Writer::sign_closed(std::string_view person, std::string_view unit, std::int64_t size) const {
  return crypto::sign(keys_.statement.private_key,
                      crypto::closed_input(log_, person, unit, static_cast<std::uint64_t>(size)));
}
crypto::Signature Writer::sign_wanted(std::string_view record, std::string_view device) const {
  return crypto::sign(keys_.statement.private_key, crypto::wanted_input(log_, record, device));
}

}  // namespace kasane::log
