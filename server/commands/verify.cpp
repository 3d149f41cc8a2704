#include "server/commands/verify.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>

#include "crypto/note.hpp"
#include "server/commands/verify/accusation.hpp"
#include "server/commands/verify/bundle.hpp"
#include "server/commands/verify/folder_evidence.hpp"
#include "server/exit_status.hpp"

namespace kasane::commands {
namespace {

/// As the reader's shell speaks.
std::string language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("ja") ? "ja" : "en";
  return "en";
}

struct Wish {
  std::filesystem::path what;
  std::string log, language = language_of_environment();
  std::vector<std::filesystem::path> heads;
  std::filesystem::path evidence;
};

std::string read_head(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string note(crypto::note_bytes_max + 1, '\0');
  file.read(note.data(), static_cast<std::streamsize>(note.size()));
  if (!file.is_open()) throw CommandError(Exit::no_data, "cannot read " + path.string());
  note.resize(static_cast<std::size_t>(file.gcount()));
  if (!crypto::parse_checkpoint(note)) throw CommandError(Exit::usage, path.string() + " is no checkpoint");
  return note;
}

void verify_it(const Wish& wish) {
  verify::Knowledge knowledge{wish.log, {}};
  if (!wish.evidence.empty()) {
    const auto verdict = verify::read_accusation(wish.evidence);
    std::printf("%s: %s\n", wish.evidence.c_str(), verdict.line.c_str());
    if (wish.what.empty()) {
      if (!verdict.proven) throw CLI::RuntimeError(static_cast<int>(Exit::broken_data));
      return;
    }
    if (knowledge.log.empty()) knowledge.log = verdict.log;
    knowledge.heads = verdict.heads;
  }
  if (wish.what.empty()) throw CommandError(Exit::usage, "name a data folder, a bundle, or --evidence FILE");
  for (const auto& head : wish.heads) knowledge.heads.push_back(read_head(head));
  const auto report = std::filesystem::is_directory(wish.what) ? verify::verify_folder(wish.what, knowledge)
                                                               : verify::verify_bundle(wish.what, knowledge);
  const auto print = wish.language == "ja" ? verify::print_report_ja : verify::print_report;
  std::fputs(print(report, wish.what.string()).c_str(), stdout);
  if (!report.holds()) throw CLI::RuntimeError(static_cast<int>(Exit::broken_data));
}

}  // namespace

void add_verify(CLI::App& program) {
  auto wish = std::make_shared<Wish>();
  auto* command =
      program.add_subcommand("verify", "Check a data folder or a bundle: every entry, signature, rule and release");
  command->add_option("what", wish->what, "A data folder, or a bundle of kasane export");
  command->add_option("--log", wish->log, "The log's name that it must have (origin#founding hash)");
  command->add_option("--head", wish->heads, "A checkpoint of this log, seen elsewhere, that it must contain");
  command->add_option(
      "--evidence", wish->evidence,
      "A file that a client saved against its server: says in one line what it proves (status 0 where it "
      "does), and holds its heads against the folder or bundle, where one is named");
  command->add_option("--lang", wish->language, "Of the summary: ja or en; by default that of the environment")
      ->check(CLI::IsMember({"ja", "en"}));
  command->callback([wish] { verify_it(*wish); });
}

}  // namespace kasane::commands
