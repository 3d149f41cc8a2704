#include "server/commands/decide.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "server/commands/scenario_file.hpp"
#include "server/wire/scenario.hpp"

namespace kasane::commands {
namespace {

int refuse(const std::string& path, const std::string& why) {
  std::fprintf(stderr, "kasane decide: %s: %s\n", path.c_str(), why.c_str());
  return no_scenario;
}

}  // namespace

int decide(const std::string& path, bool pretty) {
  std::string text, why;
  if (!read_scenario_file(path, text)) return refuse(path, "cannot be read");
  const auto answers = wire::decide_scenario(text, pretty, &why);
  if (!answers) return refuse(path, why);
  return std::fwrite(answers->data(), 1, answers->size(), stdout) == answers->size() && std::fflush(stdout) == 0
             ? 0
             : refuse(path, "the answers cannot be written");
}

void add_decide(CLI::App& program) {
  struct Wish {
    std::string path;
    bool pretty = false;
  };
  auto wish = std::make_shared<Wish>();
  auto* command =
      program.add_subcommand("decide", "Answer the queries of a scenario file (policy.md §10); 2: no scenario");
  command->add_option("file", wish->path, "The scenario, a JSON file")->required();
  command->add_flag("--pretty", wish->pretty, "Print over several lines");
  command->callback([wish] {
    const int status = decide(wish->path, wish->pretty);
    if (status != 0) throw CLI::RuntimeError(status);
  });
}

}  // namespace kasane::commands
