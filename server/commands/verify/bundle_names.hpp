#pragma once

#include <cstdint>
#include <string>

#include "crypto/tile.hpp"

namespace kasane::commands::verify {

inline constexpr const char* about_file = "README.txt";
inline constexpr const char* bundle_file = "bundle.json";
inline constexpr const char* checkpoint_file = "checkpoint";
inline constexpr const char* cosigned_file = "cosigned";
inline constexpr const char* own_file = "own";
inline constexpr const char* policy_file = "policy";
inline constexpr const char* units_file = "units.jsonl";
inline constexpr const char* decisions_file = "decisions.jsonl";

/// `tile/entries/…`: the leaves. The envelopes of the same 256 entries: `envelopes/…`, a line each.
inline std::string leaves_name(std::uint64_t tile, unsigned width) {
  return crypto::print(crypto::TileName{true, 0, tile, width});
}
inline std::string envelopes_name(std::uint64_t tile) {
  return "envelopes/" + leaves_name(tile, 256).substr(std::string("tile/entries/").size());
}
inline std::string proof_name(std::int64_t index) { return "proofs/" + std::to_string(index) + ".tlog-proof"; }

inline constexpr const char* about_text =
    "A bundle of a Kasane ledger. `kasane verify FILE.zip` checks it without the server that it came from.\n"
    "\n"
    "bundle.json      what it is of, and the entry that recorded this export\n"
    "checkpoint       the signed note over the whole ledger (C2SP tlog-checkpoint)\n"
    "cosigned         where the log has witnesses: the newest note with the cosignatures of their quorum\n"
    "own              the newest note that the log itself cosigned, with the time: all that came later is later\n"
    "policy           the log's key and its witnesses (C2SP tlog-policy)\n"
    "units.jsonl      the units shown, with their salts\n"
    "tile/entries/    every leaf of the ledger (C2SP tlog-tiles)\n"
    "envelopes/       the signed entries of the units shown: index, a space, the exact text\n"
    "decisions.jsonl  every release and refusal among them: who, what, why, on which prefix of the ledger\n"
    "proofs/          for each of these that it is in the log (C2SP tlog-proof)\n"
    "\n"
    "Compare the log's name with the one that your office was given: the rest follows from it.\n";

}  // namespace kasane::commands::verify
