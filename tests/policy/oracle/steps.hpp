#pragma once

#include "tests/policy/oracle/facts.hpp"

/// The tests of policy.md §5, each by itself.
namespace kasane::oracle {

struct Denial {
  std::string reason;
  bool hidden = true;
};
using Step = std::optional<Denial>;  ///< none: it does not deny

/// What the steps are asked about. At an item `item` is its `item.add`; at the desk it is null.
struct Scene {
  const Ledger& ledger;
  Instant at;
  std::string who;
  Record record;
  const Statement* item = nullptr;
  bool as_if_open = false, as_if_acknowledged = false;

  std::optional<Seat> seat() const;    ///< at the item
  std::optional<Basis> basis() const;  ///< of the item, in force now
  bool of_the_records_agency() const;  ///< the viewer
  bool is_professional() const;        ///< the viewer's seat at the item
};

Step identity(const Ledger&, const Question&);
Step wrong_case(const Scene&);
Step seated_now(const Scene&);  ///< the seat and the basis, without wrong_case, withdrawn and the window
Step withdrawn(const Scene&);
Step window(const Scene&);
Step notice(const Scene&);
Step conflict(const Scene&);
Step whereabouts(const Scene&);   ///< 5a
Step reporter(const Scene&);      ///< 5b
Step held(const Scene&);          ///< 5c
Step private_seat(const Scene&);  ///< 5d
Step onlooker(const Scene&);      ///< 5e
Step flow(const Scene&);
Step consent(const Scene&);
Step need_to_know(const Scene&);

/// Whether the record may flow to an item of a basis, of which this version is in force.
bool flows(const Ledger&, const Record&, const std::string& basis, const std::optional<Basis>& version);

/// The ground of a claim at the desk (policy.md §5); empty: none.
std::string claim(const Scene&);

/// policy.md §6: the categories that this type of agency needs by default.
std::set<Category> needed_by(const Ledger&, const std::string& agency_type);

}  // namespace kasane::oracle
