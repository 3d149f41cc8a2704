#include "server/store/extract_file.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/store/folder.hpp"

using namespace kasane;

namespace {
std::vector<std::string> segments_of(store::ExtractFile& file) {
  std::vector<std::string> segments;
  file.each([&](std::string_view segment) {
    segments.emplace_back(segment);
    return true;
  });
  return segments;
}
using Segments = std::vector<std::string>;
}  // namespace

TEST_CASE("the segments of an extract come back in order, and those that were not kept are gone") {
  const Folder folder;
  const auto path = folder.path / "ledger.extract";
  {
    store::ExtractFile file(path);
    CHECK(segments_of(file).empty());
    file.keep(0);
    for (const char* segment : {"one", "second", "third"}) file.add(segment);
    CHECK(segments_of(file) == Segments{"one", "second", "third"});
  }
  {
    store::ExtractFile file(path);
    CHECK(segments_of(file).size() == 3);
    file.keep(1);
    file.add("other");
    CHECK(segments_of(file) == Segments{"one", "other"});
  }
  store::ExtractFile file(path);
  std::size_t visited = 0;
  file.each([&](std::string_view) { return ++visited < 2; });
  CHECK(visited == 2);
  file.keep(9);  // no more than were visited to the end
  CHECK(segments_of(file) == Segments{"one"});
}

TEST_CASE("a segment that a crash has torn is left out, and the next one takes its place") {
  const Folder folder;
  const auto path = folder.path / "ledger.extract";
  {
    store::ExtractFile file(path);
    file.add("whole");
    file.add("torn in the middle");
  }
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 5);
  store::ExtractFile file(path);
  CHECK(segments_of(file) == Segments{"whole"});
  file.keep(1);
  file.add("new");
  CHECK(segments_of(file) == Segments{"whole", "new"});
}
