#pragma once

#include <filesystem>
#include <vector>

#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"
#include "server/conference/commit.hpp"
#include "tests/kill/history.hpp"

namespace kasane::kill_loop {

/// What a data folder holds.
struct Held {
  std::vector<conference::LeafRow> leaves;
  std::vector<conference::UnitRow> units;
  std::int64_t envelopes_from = 0;
  std::vector<std::string> envelopes;  ///< of the entries from `envelopes_from` on
  std::string checkpoint;
  std::string integrity;  ///< what SQLite says of the file: `ok`
};

/// Reads a copy, so that the folder stays as the kill left it for the program itself to recover.
Held read_folder(const std::filesystem::path& data, const std::filesystem::path& scratch, std::int64_t envelopes_from);

/// The ledger as it grows from one kill to the next, held against all that was promised meanwhile.
class Growth {
 public:
  Growth(std::string log, crypto::PublicKey log_key)
      : log_(std::move(log)), origin_(log_.substr(0, log_.find('#'))), log_key_(log_key) {}

  /// Errors: `Broken` for a lost or changed entry, a gap or a double, a receipt without its entry, a checkpoint that
  /// does not lead on from the one before, half an append.
  void take(const Held& held, const History& history);
  std::uint64_t size() const { return tree_.size(); }

 private:
  void take_entry(const Held& held, const conference::LeafRow& row);
  void hold_receipts(const History& history);
  void hold_roots(const History& history);
  void hold_groups(const History& history) const;
  const std::int64_t* place(const Signed& what) const;

  struct Chain {
    std::int64_t next = 0;
    crypto::Hash last;
  };
  std::string log_, origin_;
  crypto::PublicKey log_key_;
  crypto::Tree tree_;
  std::vector<Chain> chains_;  // by unit number
  std::vector<crypto::Hash> envelopes_;
  std::map<Signed, std::int64_t> places_;
  std::int64_t last_time_ms_ = 0;
  std::size_t receipts_held_ = 0;
  SeenRoot proven_;  // the largest checkpoint that the proofs reach
};

}  // namespace kasane::kill_loop
