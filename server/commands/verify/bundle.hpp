#pragma once

#include <set>
#include <string>

#include "server/commands/verify/check.hpp"
#include "server/commands/verify/zip.hpp"
#include "server/store/ledger_reader.hpp"

/// FORMAT.md "Bundles": a ledger, or the part of it that somebody asked for, to be verified without its server.
namespace kasane::commands::verify {

struct Scope {
  std::string conference, subject;             ///< at most one of them
  std::optional<std::int64_t> from_ms, to_ms;  ///< or a time: both or none; from ≤ time < to
  bool whole() const { return conference.empty() && subject.empty() && !from_ms; }
};
/// As it stands in the body of `export.made` and in `bundle.json`; `{}` is the whole ledger.
wire::Json write_scope(const Scope& scope);
std::optional<Scope> read_scope(const wire::Json& json);

/// The units of the scope: those of its cases, the directory, and the export's own. `entries`: of the period, by index,
/// the units of what was written in it. Requires: the World is that of the whole ledger.
std::set<std::string> units_in(const policy::World& world, const Scope& scope, const std::set<std::string>& of_period);

struct Export {
  Scope scope;
  std::int64_t made = 0;  ///< index of the `export.made`
  std::string policy;     ///< the witness policy file
  std::string cosigned;   ///< the newest head with its quorum; empty: there is none
  std::string own;        ///< likewise with the log's own cosignature
};
/// Errors: `CommandError` where the folder does not hold what `verify` asks of it.
Files make_bundle(store::LedgerReader& reader, const Export& what);

/// Errors: `CommandError` where it is no archive of ours.
Report verify_bundle(const std::filesystem::path& path, const Knowledge& knowledge);
Report verify_files(const Files& files, const Knowledge& knowledge);

}  // namespace kasane::commands::verify
