#include <sys/stat.h>

#include "server/commands/demo/witnesses.hpp"
#include "server/native/founding.hpp"
#include "tests/demo/given_town.hpp"

using namespace kasane;
namespace demo = commands::demo;

namespace {
std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
std::int64_t entries(const given::TownFolder& town) { return store::SqliteStore(town.path).size(); }
}  // namespace

TEST_CASE("a folder with something else in it is left as it is") {
  const given::TownFolder town;
  std::ofstream(town.outer / "note.txt") << "not ours";
  CHECK_THROWS_AS(demo::holds_town(town.outer), CommandError);
  CHECK(bytes_of(town.outer / "note.txt") == "not ours");
}

TEST_CASE("the seeds are readable to nobody else, and nothing stays beside the folder") {
  const given::TownFolder town;
  struct stat info{};
  REQUIRE(stat((town.path / demo::seeds_file).c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0600U);
  std::size_t beside = 0;
  for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator(town.outer)) ++beside;
  CHECK(beside == 1);
}

TEST_CASE("a town that cannot be put in its place leaves nothing behind") {
  const given::TownFolder town;
  CHECK_THROWS_AS(demo::create_town(town.path, town.made_ms), CommandError);  // it is there, and not empty
  std::size_t beside = 0;
  for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator(town.outer)) ++beside;
  CHECK(beside == 1);
  CHECK(demo::read_seeds(town.path).log == town.seeds.log);
}

TEST_CASE("broken seeds are refused with a line, and the ledger stays") {
  const given::TownFolder town;
  const auto before = entries(town);
  std::ofstream(town.path / demo::seeds_file, std::ios::trunc) << "{}";
  CHECK_THROWS_AS(demo::read_seeds(town.path), CommandError);
  CHECK(entries(town) == before);
}

TEST_CASE("a second start adds nothing while a sitting is open, and one sitting where none is") {
  const given::TownFolder town;
  const auto seeds = demo::read_seeds(town.path);
  const auto before = entries(town);
  CHECK_FALSE(demo::freshen_town(town.path, seeds, town.made_ms + 60'000));
  CHECK(entries(town) == before);
  {
    given::Reopened again(town, 120'000);
    auto asakura = again.person("asakura");
    policy::Statement close;
    close.kind = policy::Kind::conference_close;
    const auto& world = asakura->world();
    const auto item = given::agenda(world).at(0);
    close.conference = world.conferences.name(world.items[world.items.find_defined(item)].conference);
    asakura->state(std::move(close));
  }
  CHECK(demo::freshen_town(town.path, seeds, town.made_ms + 180'000));
  CHECK(entries(town) == before + 1 + 1 + 4);  // closed; convened, with four items
  CHECK_FALSE(demo::freshen_town(town.path, seeds, town.made_ms + 240'000));
  given::Reopened again(town, 300'000);
  CHECK(given::agenda(again.person("asakura")->world()).size() == 4);
}

TEST_CASE("the town is founded with its two witnesses, which have cosigned it before anybody serves it") {
  const given::TownFolder town;
  store::SqliteStore store(town.path);
  const auto payload = wire::parse_payload(crypto::parse_envelope(store.envelope(0).value()).value().payload).value();
  const auto witnesses = native::read_founding_body(payload.body).value().witnesses;
  CHECK(witnesses.least == 2);
  REQUIRE(witnesses.keys.size() == 2);
  CHECK(witnesses == demo::town_cosigners(town.path));
  const auto row = store.cosigned(conference::CosignedRow::Which::quorum);
  REQUIRE(row);
  CHECK(row->size == store.size());
  CHECK(quorum_at(witnesses, crypto::parse_checkpoint(row->note).value()));
}

TEST_CASE("seeds of another town do not open this one") {
  const given::TownFolder town, other;
  CHECK_THROWS_AS(demo::freshen_town(town.path, other.seeds, town.made_ms + 1'000), CommandError);
}

TEST_CASE("no name, post or text of the town stands in the bytes of its folder") {
  const given::TownFolder town;
  std::string bytes;
  for (const auto& file : std::filesystem::recursive_directory_iterator(town.path))
    if (file.is_regular_file()) bytes += bytes_of(file.path());
  REQUIRE(bytes.size() > 100'000);
  CHECK(bytes.find("kasane.statement") != std::string::npos);  // the search itself works
  std::vector<std::string> planted;
  for (const auto& member : demo::household_members()) planted.emplace_back(member.name);
  for (const auto& persona : demo::personas()) {
    planted.emplace_back(persona.name);
    planted.emplace_back(persona.post);
  }
  for (const auto& row : demo::record_rows()) {
    planted.emplace_back(row.title);
    if (!row.text.empty()) planted.emplace_back(row.text.substr(0, 30));
  }
  for (const auto& text : planted) {
    INFO(text);
    // In clear, and inside base64 wherever it begins.
    CHECK(bytes.find(text) == std::string::npos);
    for (std::size_t shift = 0; shift < 3; ++shift) {
      const auto encoded = crypto::base64(crypto::view(std::string(shift, ' ') + text));
      CHECK(bytes.find(encoded.substr(4, (text.size() + shift) / 3 * 4 - 4)) == std::string::npos);
    }
  }
}

TEST_CASE("names of household members stand in records of category ID alone") {
  for (const auto& row : demo::record_rows()) {
    if (row.categories == "ID") continue;
    for (const auto& [subject, name] : demo::household_members()) {
      CHECK(row.text.find(name) == std::string_view::npos);
      CHECK(row.title.find(name) == std::string_view::npos);
      const auto family = name.substr(0, name.find(' '));
      CHECK(row.text.find(family) == std::string_view::npos);
    }
  }
}
