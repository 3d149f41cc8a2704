#pragma once
// What stands inside a record: UTF-8 JSON. crypto/FORMATS.md §8.
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kasane::native {

/// How a subject of the label is called; stands in records of category ID alone.
struct SubjectName {
  std::string subject, name;
};
std::string record_content(std::string_view title, std::string_view text, std::span<const SubjectName> names = {});

struct DecisionTask {
  std::string who, what, by;
};
/// Of kind DEC: 方針, できていること, だれが・何を・いつまでに, 次回.
std::string decision_content(std::string_view title, std::string_view policy, std::string_view done,
                             const std::vector<DecisionTask>& tasks, std::string_view next);

}  // namespace kasane::native
