#include "server/conference/permit.hpp"

#include "policy/instant.hpp"

namespace kasane::conference {

wire::Json write_permit(const policy::Decision& decision, std::int64_t size) {
  wire::Json cites = wire::Json::array(), obligations = wire::Json::array();
  for (const auto index : decision.cites) cites.push(index);
  for (std::size_t i = 0; i < policy::obligation_count; ++i)
    if (decision.obliges(static_cast<policy::Obligation>(i)))
      obligations.push(policy::name_of(static_cast<policy::Obligation>(i)));
  wire::Json out = wire::Json::object();
  out.add("ground", decision.ground ? wire::Json(policy::name_of(*decision.ground)) : wire::Json());
  out.add("until", decision.until ? wire::Json(policy::print_instant(*decision.until)) : wire::Json());
  out.add("cites", std::move(cites)).add("obligations", std::move(obligations)).add("size", size);
  return out;
}

}  // namespace kasane::conference
