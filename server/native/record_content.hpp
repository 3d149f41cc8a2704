#pragma once
// What stands inside a record: UTF-8 JSON. crypto/FORMATS.md §8.
#include <string>
#include <string_view>
#include <vector>

namespace kasane::native {

std::string record_content(std::string_view title, std::string_view text);

struct DecisionTask {
  std::string who, what, by;
};
/// Of kind DEC: 方針, できていること, だれが・何を・いつまでに, 次回.
std::string decision_content(std::string_view title, std::string_view policy, std::string_view done,
                             const std::vector<DecisionTask>& tasks, std::string_view next);

}  // namespace kasane::native
