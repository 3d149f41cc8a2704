#include "server/log/keys.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "server/log/key_file.hpp"

using namespace kasane;

namespace {
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "kasane-keys-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
};
}  // namespace

TEST_CASE("keys that are written are read back, readable by their owner alone") {
  const Folder folder;
  const auto keys = log::generate_keys();
  REQUIRE_FALSE(log::write_keys(folder.path, keys));
  struct stat status{};
  REQUIRE(::stat((folder.path / "log.key").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  std::string why;
  const auto read = log::read_keys(folder.path, why);
  REQUIRE(read);
  CHECK(read->log.public_key == keys.log.public_key);
  CHECK(read->statement.public_key == keys.statement.public_key);
  REQUIRE(read->cosigner);
  CHECK(read->cosigner->public_key == keys.cosigner->public_key);
}

TEST_CASE("a folder of before there was a cosigner's key is read without one, and a damaged one is none") {
  const Folder folder;
  REQUIRE_FALSE(log::write_keys(folder.path, log::generate_keys()));
  std::string why;
  std::filesystem::remove(folder.path / "cosigner.key");
  const auto read = log::read_keys(folder.path, why);
  REQUIRE(read);
  CHECK_FALSE(read->cosigner);
  REQUIRE_FALSE(log::write_key(folder.path / "cosigner.key", crypto::signing_generate()));
  REQUIRE(::chmod((folder.path / "cosigner.key").c_str(), 0604) == 0);
  CHECK_FALSE(log::read_keys(folder.path, why));
  CHECK(why.find("cosigner.key") != std::string::npos);
}

TEST_CASE("existing keys are never written over") {
  const Folder folder;
  REQUIRE_FALSE(log::write_keys(folder.path, log::generate_keys()));
  CHECK(log::write_keys(folder.path, log::generate_keys()));
}

TEST_CASE("a key that others may read is refused") {
  const Folder folder;
  REQUIRE_FALSE(log::write_keys(folder.path, log::generate_keys()));
  REQUIRE(::chmod((folder.path / "statement.key").c_str(), 0640) == 0);
  std::string why;
  CHECK_FALSE(log::read_keys(folder.path, why));
  CHECK(why.find("0600") != std::string::npos);
}

TEST_CASE("a missing key and a damaged one are told apart") {
  const Folder folder;
  std::string why;
  CHECK_FALSE(log::read_keys(folder.path, why));
  CHECK(why.find("cannot open") != std::string::npos);
  REQUIRE_FALSE(log::write_keys(folder.path, log::generate_keys()));
  std::ofstream(folder.path / "log.key") << "not a key\n";
  CHECK_FALSE(log::read_keys(folder.path, why));
  CHECK(why.find("not a signing key") != std::string::npos);
}
