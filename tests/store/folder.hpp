#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "server/store/sqlite_store.hpp"

/// A folder of its own, gone with the test.
struct Folder {
  std::filesystem::path path;
  explicit Folder(const std::filesystem::path& within = std::filesystem::temp_directory_path()) {
    std::string name = (within / "kasane-store-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};
