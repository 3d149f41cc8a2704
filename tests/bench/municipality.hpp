#pragma once
// A ledger for measuring the policy: statements of a municipality, drawn from a fixed seed, and the World that they add
// up to. The same thirty sit at an open item of every household's layered conference; all turns on consent.
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "policy/world.hpp"

namespace kasane::bench {

inline constexpr int agency_count = 6;
/// The categories that records and consents are about: none is protected, and the matrix gives each to every agency.
inline constexpr std::size_t category_count = 8;

/// How much there is. A household is a case with subjects and one open item.
struct Size {
  int households = 0, subjects = 1;  ///< subjects a household
  int persons = 30;
  int consents = 20;  ///< statements a subject: four grants, then a revocation, and again
  int records = 4;    ///< a subject
  int seated = 30;    ///< of the persons, the first so many, at every item; person 0 is chair and coordinator
};

/// What a peer needs of a statement, in plain numbers.
struct Consent {
  int subject = 0, agency = 0;
  policy::Category category = policy::Category::ID;
  bool granted = false;
};
struct Record {
  int household = 0, subject = 0, agency = 0;
  policy::Category category = policy::Category::ID;
};

class Municipality {
 public:
  explicit Municipality(const Size& size);

  /// Every statement in ledger order, with its ledger index; made anew at each call, none is kept.
  using Visit = std::function<void(const policy::Statement&, policy::Index)>;
  void each(const Visit& visit) const;
  [[nodiscard]] policy::World world() const;

  [[nodiscard]] const Size& size() const { return size_; }
  [[nodiscard]] const std::vector<Consent>& consents() const { return consents_; }
  [[nodiscard]] const std::vector<Record>& records() const { return records_; }
  [[nodiscard]] int subjects() const { return size_.households * size_.subjects; }
  /// After the last entry.
  [[nodiscard]] policy::Instant now() const;

  static std::string person(int index) { return "p-" + std::to_string(index); }
  static int agency_of(int person) { return person % agency_count; }
  static std::string agency(int index) { return "a-" + std::to_string(index); }
  static std::string subject(int index) { return "s-" + std::to_string(index); }
  static std::string household(int index) { return "c-" + std::to_string(index); }
  static std::string item(int index) { return "i-" + std::to_string(index); }
  static std::string record(std::size_t index) { return "r-" + std::to_string(index); }

 private:
  Size size_;
  std::vector<Consent> consents_;
  std::vector<Record> records_;
};

/// A consent as the office records it.
policy::Statement consent_statement(const Consent& consent, int household, std::size_t number);

}  // namespace kasane::bench
