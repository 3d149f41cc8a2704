#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "policy/codes.hpp"
#include "policy/decision.hpp"
#include "policy/instant.hpp"

/// The words of `kasane explain`: a sentence, or part of one, for every code of policy.md, in Japanese and English.
namespace kasane::commands::explain {

enum class Language : std::uint8_t { ja, en };

/// Why it is denied, or why a statement is rejected. Whole sentences.
std::string reason_sentence(policy::Reason reason, Language language);
/// Why it is permitted. Whole sentences.
std::string_view ground_sentence(policy::Ground ground, Language language);
/// What the viewer has to bear with. Whole sentences.
std::string_view obligation_sentence(policy::Obligation obligation, Language language);
/// How long the answer holds, if nothing is said meanwhile. A whole sentence.
std::string until_sentence(const std::optional<policy::Instant>& until, Language language);
/// What was said, e.g. "a consent was recorded".
std::string_view kind_words(policy::Kind kind, Language language);
std::string_view seat_words(policy::Seat seat, Language language);
std::string_view category_words(policy::Category category, Language language);
/// What stands in a consent cell.
std::string_view cell_words(policy::CellState state, Language language);
/// In Japan's time, since that is where the conferences are.
std::string time_words(policy::Instant at, Language language);

}  // namespace kasane::commands::explain
