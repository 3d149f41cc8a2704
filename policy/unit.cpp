#include "policy/unit.hpp"

#include <array>

#include "policy/ids.hpp"

namespace kasane::policy {
namespace {

struct Form {
  std::string_view word;
  int parts;
};
constexpr std::array<Form, unit_kind_count> forms = {{{"directory", 0},
                                                      {"heads", 0},
                                                      {"subject", 1},
                                                      {"case", 1},
                                                      {"emergency", 1},
                                                      {"conference", 1},
                                                      {"notice", 3},
                                                      {"item", 1},
                                                      {"work", 1},
                                                      {"order", 2},
                                                      {"record", 1},
                                                      {"access", 2},
                                                      {"denial", 2},
                                                      {"audit", 1}}};

}  // namespace

std::string Unit::name() const {
  const Form& form = forms[static_cast<std::size_t>(kind)];
  std::string out(form.word);
  const std::string* parts[] = {&a, &b, &c};
  for (int i = 0; i < form.parts; ++i) out.append(1, '/').append(*parts[i]);
  return out;
}

std::optional<Unit> parse_unit(std::string_view name) {
  const auto word = name.substr(0, name.find('/'));
  for (std::size_t i = 0; i < forms.size(); ++i) {
    if (forms[i].word != word) continue;
    Unit unit;
    unit.kind = static_cast<UnitKind>(i);
    std::string* parts[] = {&unit.a, &unit.b, &unit.c};
    std::string_view rest = name.substr(word.size());
    for (int part = 0; part < forms[i].parts; ++part) {
      if (rest.empty()) return std::nullopt;
      rest.remove_prefix(1);
      const auto text = rest.substr(0, rest.find('/'));
      const bool code = unit.kind == UnitKind::notice && part == 1;  // basis codes are upper case
      if (!(code ? is_basis_code(text) : is_id(text))) return std::nullopt;
      *parts[part] = text;
      rest.remove_prefix(text.size());
    }
    return rest.empty() ? std::optional(unit) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace kasane::policy
