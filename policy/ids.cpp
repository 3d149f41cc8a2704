#include "policy/ids.hpp"

#include <algorithm>

namespace kasane::policy {
namespace {
bool digit(char c) { return c >= '0' && c <= '9'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
}  // namespace

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > 64 || !(digit(text[0]) || lower(text[0]))) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return digit(c) || lower(c) || c == '.' || c == '_' || c == ':' || c == '-'; });
}

bool is_basis_code(std::string_view text) {
  if (text.empty() || text.size() > 32 || text[0] == '_') return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return digit(c) || upper(c) || c == '_'; });
}

}  // namespace kasane::policy
