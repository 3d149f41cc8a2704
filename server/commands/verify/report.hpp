#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/note.hpp"

namespace kasane::commands::verify {

/// Something that does not hold.
struct Finding {
  std::optional<std::int64_t> index;  ///< the entry it stands at
  std::string what;
};

/// Text out of what is verified, to be shown: control characters, which may begin a line of their own or speak to the
/// terminal, are `?`.
std::string one_line(std::string text);

/// What a verification found, and what it looked at. Bounded: beyond `findings_max` findings are only counted.
struct Report {
  static constexpr std::size_t findings_max = 1'000;
  std::vector<Finding> findings;
  std::size_t found = 0;  ///< in all

  std::string log;
  std::optional<crypto::VerifierKey> log_key;  ///< of the founding entry
  std::optional<crypto::Checkpoint> head;      ///< the one over every entry
  std::int64_t entries = 0, envelopes = 0, signatures = 0, units = 0, checkpoints = 0, proofs = 0;
  std::int64_t releases = 0, refusals = 0, opened = 0;  ///< re-run, or counted against their release
  std::int64_t erased = 0;                              ///< envelopes of recording kinds that are gone
  std::int64_t elsewhere = 0;                           ///< envelopes that a part of the ledger does not hold
  std::int64_t from_ms = 0, to_ms = 0;                  ///< ledger times of the first and last entry
  /// Of the head that a quorum of witnesses has cosigned.
  struct Witnessed {
    std::size_t of = 0, needed = 0;
    std::int64_t size = 0, at_ms = 0;
    bool founded = false;  ///< the witnesses that entry 0 names; else those of the service's own policy
  };
  std::optional<Witnessed> witnessed;  ///< none: no such head is shown
  /// Of the head that the log itself has cosigned.
  struct Own {
    std::int64_t size = 0, at_ms = 0;
  };
  std::optional<Own> own;
  bool part = false;                   ///< of the ledger, so that acceptance was not asked again
  std::vector<std::string> not_rerun;  ///< and why, a line each

  void find(std::string what) { find(std::nullopt, std::move(what)); }
  void find(std::optional<std::int64_t> index, std::string what) {
    ++found;
    if (findings.size() < findings_max) findings.push_back({index, one_line(std::move(what))});
  }
  bool holds() const { return found == 0; }
};

/// One line a finding, then a summary in words. `name`: of the file or folder.
std::string print_report(const Report& report, const std::string& name);
/// In Japanese; times are those of Japan.
std::string print_report_ja(const Report& report, const std::string& name);

}  // namespace kasane::commands::verify
