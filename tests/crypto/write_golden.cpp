// Writes tests/vectors/golden.json anew: after a deliberate change of a format, and never else.
#include <fstream>
#include <iostream>

#include "tests/crypto/golden.hpp"

int main() {
  std::ofstream file(kasane::crypto::golden::file_path(), std::ios::binary);
  file << kasane::crypto::golden::file_text();
  file.flush();
  if (!file) {
    std::cerr << "write_golden: cannot write " << kasane::crypto::golden::file_path() << "\n";
    return 1;
  }
  return 0;
}
