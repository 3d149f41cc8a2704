#include "server/commands/demo/seeds.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "crypto/random.hpp"
#include "server/commands/demo/cast.hpp"
#include "server/exit_status.hpp"
#include "server/native/keys.hpp"
#include "server/native/member.hpp"

namespace kasane::commands::demo {

namespace {
constexpr std::size_t seeds_bytes_max = 16'384;
}

const crypto::Seed& Seeds::of(std::string_view person) const {
  return std::ranges::find(personas, person, &PersonaSeed::person)->seed;
}

Seeds draw_seeds() {
  Seeds seeds;
  for (const auto& persona : personas())
    seeds.personas.push_back({std::string(persona.id), crypto::random_secret<crypto::Seed>()});
  return seeds;
}

void write_seeds(const std::filesystem::path& folder, const Seeds& seeds) {
  auto list = wire::Json::array();
  for (const auto& persona : seeds.personas)
    list.push(wire::Json::object({{"person", persona.person}, {"seed", native::print_seed(persona.seed)}}));
  const auto text =
      wire::print_json(wire::Json::object({{"log", seeds.log}, {"personas", std::move(list)}}), true) + '\n';
  const auto path = folder / seeds_file;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written =
      file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!written) throw CommandError(Exit::cannot_write, "cannot write " + path.string());
}

Seeds read_seeds(const std::filesystem::path& folder) {
  const auto path = folder / seeds_file;
  std::ifstream file(path, std::ios::binary);
  std::string text(seeds_bytes_max + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  const auto fail = [&] {
    return CommandError(Exit::broken_data, path.string() + " is not the seeds of a demonstration");
  };
  const auto json = wire::read_json(text);
  if (!file.is_open() || text.size() > seeds_bytes_max || !json || !native::has_only(*json, {"log", "personas"}))
    throw fail();
  Seeds seeds;
  seeds.log = native::text_member(*json, "log").value_or("");
  const auto* list = json->find("personas");
  if (list == nullptr || seeds.log.find('#') == std::string::npos) throw fail();
  for (const auto& one : list->elements()) {
    auto person = native::text_member(one, "person");
    auto seed = native::parse_seed(native::text_member(one, "seed").value_or(""));
    if (!person || !seed) throw fail();
    seeds.personas.push_back({std::move(*person), std::move(*seed)});
  }
  for (const auto& persona : personas())
    if (std::ranges::find(seeds.personas, persona.id, &PersonaSeed::person) == seeds.personas.end()) throw fail();
  return seeds;
}

}  // namespace kasane::commands::demo
