#include "server/commands/explain.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "server/commands/explain/explanation.hpp"
#include "server/commands/scenario_file.hpp"

namespace kasane::commands {
namespace {

struct Wish {
  std::string path, language = "ja";
  std::size_t query = 0;
};

int explain_file(const Wish& wish) {
  std::string text, why;
  std::optional<std::string> said;
  if (!read_scenario_file(wish.path, text)) {
    why = "cannot be read";
  } else {
    said = explain::explain_scenario(text, wish.query,
                                     wish.language == "en" ? explain::Language::en : explain::Language::ja, &why);
  }
  if (!said) {
    std::fprintf(stderr, "kasane explain: %s: %s\n", wish.path.c_str(), why.c_str());
    return no_scenario;
  }
  return std::fwrite(said->data(), 1, said->size(), stdout) == said->size() && std::fflush(stdout) == 0 ? 0
                                                                                                        : no_scenario;
}

}  // namespace

void add_explain(CLI::App& program) {
  auto wish = std::make_shared<Wish>();
  auto* command = program.add_subcommand(
      "explain", "Say the answer to one query of a scenario file in words, citing statements; 2: no scenario or query");
  command->add_option("file", wish->path, "The scenario, a JSON file")->required();
  command->add_option("--query", wish->query, "The place of the query, counted from 0")->required();
  command->add_option("--lang", wish->language, "ja or en")->check(CLI::IsMember({"ja", "en"}));
  command->callback([wish] {
    const int status = explain_file(*wish);
    if (status != 0) throw CLI::RuntimeError(status);
  });
}

}  // namespace kasane::commands
