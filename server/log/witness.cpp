#include "server/log/witness.hpp"

#include <algorithm>

#include "crypto/cosignature.hpp"
#include "crypto/merkle.hpp"
#include "server/log/add_checkpoint.hpp"

namespace kasane::log {

Witness::Witness(std::string name, crypto::SigningKeyPair key, std::vector<crypto::VerifierKey> logs,
                 WitnessMemory& memory)
    : name_(std::move(name)), key_(std::move(key)), logs_(std::move(logs)), memory_(memory) {}

std::string Witness::verifier_key() const {
  return crypto::note_verifier_key(name_, key_.public_key, crypto::NoteKeyType::cosigner);
}

// The order of the checks and their statuses: C2SP tlog-witness "add-checkpoint".
WitnessAnswer Witness::add_checkpoint(std::string_view body, std::uint64_t now_s) {
  const auto refuse = [](unsigned status, std::string why) {
    return WitnessAnswer{status, "text/plain; charset=utf-8", std::move(why) + "\n"};
  };
  const auto request = parse_add_checkpoint(body);
  const auto note = request ? crypto::parse_checkpoint(request->checkpoint) : std::nullopt;
  if (!note) return refuse(400, "this is no add-checkpoint request");
  const auto log = std::ranges::find(logs_, note->checkpoint.origin, &crypto::VerifierKey::name);
  if (log == logs_.end()) return refuse(404, "this witness does not watch that log");
  const auto checkpoint = crypto::verify_checkpoint(request->checkpoint, log->name, log->key);
  if (!checkpoint) return refuse(403, "the log has not signed that");
  if (request->old_size > checkpoint->size) return refuse(400, "the old size is beyond the new one");
  if (checkpoint->size == 0 && checkpoint->root != crypto::empty_root())
    return refuse(422, "an empty tree has another root");

  const std::scoped_lock lock(mutex_);
  const auto newest = memory_.newest(checkpoint->origin);
  const std::uint64_t known = newest ? newest->size : 0;
  if (request->old_size != known) return {409, "text/x.tlog.size", std::to_string(known) + "\n"};
  const bool consistent =
      known == 0 ? request->proof.empty()
                 : crypto::verify_consistency(known, newest->root, checkpoint->size, checkpoint->root, request->proof);
  if (!consistent) return refuse(422, "that does not extend what this witness has cosigned");
  if (!memory_.keep(*checkpoint)) return refuse(503, "what was cosigned cannot be kept; nothing was signed");
  return {200, "text/plain; charset=utf-8", crypto::print(crypto::cosign(*checkpoint, now_s, name_, key_.private_key))};
}

}  // namespace kasane::log
