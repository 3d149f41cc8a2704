#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "crypto/leaf.hpp"

/// The rows that one transaction of the ledger adds or takes away.
namespace kasane::conference {

struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An entry without its envelope: all that the tree, the unit chains and the nonces need.
struct LeafRow {
  std::int64_t index = 0, time_ms = 0, unit = 0, position = 0;
  crypto::Nonce nonce;
  crypto::Hash leaf;  ///< leaf hash
};
struct EntryRow {
  LeafRow leaf;
  std::string envelope;
};
struct UnitRow {
  std::int64_t unit = 0;  ///< number, in order of creation from 0
  std::string name;
  crypto::Salt salt;
};
struct CheckpointRow {
  std::int64_t size = 0;
  std::string note;
};
/// The newest head of its sort; a later one takes its place.
struct CosignedRow {
  enum class Which : std::int64_t { own = 0, quorum = 1 };  ///< by the log's own clock; by the quorum of witnesses
  Which which = Which::own;
  std::int64_t size = 0;
  std::string note, policy;  ///< `policy`: of `quorum`, the file that asked for it, without URLs
};
struct Blob {
  crypto::Hash digest;
  std::string bytes;
};
struct Wrap {
  std::string device, bytes;
};
struct WrapList {
  crypto::Hash root;
  std::vector<Wrap> wraps;
};
/// A record's key for a later reader. `index`: the entry that gave it.
struct Grant {
  std::string record, device;
  std::int64_t index = 0;
  std::string wrap;
};
/// The ciphertext of a `message.post`, deleted with its conference.
struct Frame {
  std::int64_t index = 0;
  std::string item, bytes;
};
struct HalfSigned {
  crypto::Hash payload;  ///< SHA-256 of the payload: the same before and after the second signature
  std::string person, envelope;
  std::int64_t until_ms = 0;
};

struct Commit {
  std::vector<EntryRow> entries;
  std::vector<UnitRow> units;
  std::vector<CheckpointRow> checkpoints;
  std::vector<CosignedRow> cosigned;
  std::vector<Blob> blobs;
  std::vector<WrapList> wraps;
  std::vector<Grant> grants;
  std::vector<Frame> frames;
  std::vector<HalfSigned> half_signed;
  std::vector<crypto::Hash> completed;         ///< half-signed payloads that are no longer wanted
  std::vector<std::string> forgotten_items;    ///< items whose frames go
  std::vector<std::string> destroyed_records;  ///< records whose grants go
  std::vector<crypto::Hash> dropped_blobs, dropped_wraps;
  bool empty() const {
    return entries.empty() && units.empty() && checkpoints.empty() && cosigned.empty() && blobs.empty() &&
           wraps.empty() && grants.empty() && frames.empty() && half_signed.empty() && completed.empty() &&
           forgotten_items.empty() && destroyed_records.empty() && dropped_blobs.empty() && dropped_wraps.empty();
  }
};

}  // namespace kasane::conference
