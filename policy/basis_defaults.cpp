#include "policy/basis_defaults.hpp"

namespace kasane::policy {

const std::vector<ShippedBasis>& shipped_bases() {
  // In force since 1970 (policy.md §2). Wording of the law as of 2026-04; source: domain.md §1.3, §1.4, §3.
  static const std::vector<ShippedBasis> bases = [] {
    ShippedBasis support{"SWA106_6", {"PAA27_3", "NPA9"}, {}};
    support.version.consent_required = false;
    support.version.duty = true;
    support.version.statutory = true;
    support.version.subject_may_attend = false;
    support.version.reading = Reading::in_session;
    support.version.texts = {{{"ja", "支援会議"}, {"en", "Support conference"}},
                             {{"ja", "社会福祉法"}, {"en", "Social Welfare Act"}},
                             {{"ja", "第106条の6"}, {"en", "Art. 106-6"}},
                             {{"ja", "第6項"}, {"en", "(6)"}},
                             {{"ja", "一年以下の拘禁刑又は百万円以下の罰金（第159条第2号）"},
                              {"en", "up to one year's imprisonment or a fine up to 1,000,000 yen (Art. 159(ii))"}}};
    ShippedBasis layered{"LAYERED", {}, {}};
    layered.version.consent_required = true;
    layered.version.duty = false;
    layered.version.statutory = false;
    layered.version.subject_may_attend = true;
    layered.version.reading = Reading::from_convening;
    layered.version.texts = {
        {{"ja", "重層的支援会議"}, {"en", "Layered support conference"}},
        {{"ja", "重層的支援体制整備事業実施要綱"}, {"en", "Guidelines of the layered support programme"}},
        {},
        {},
        {}};
    return std::vector<ShippedBasis>{support, layered};
  }();
  return bases;
}

Categories shipped_needs(AgencyType type) {
  using C = Category;
  const auto set = [](std::initializer_list<C> list) { return Categories::of(list); };
  switch (type) {
    case AgencyType::secretariat:
      return set({C::ID, C::FAM, C::MED, C::DIS, C::LTC, C::FIN, C::BEN, C::HOU, C::WRK, C::EDU, C::VIC, C::RIG});
    case AgencyType::elderly:
      return set({C::ID, C::FAM, C::MED, C::DIS, C::LTC, C::HOU, C::WRK, C::VIC, C::RIG});
    case AgencyType::disability:
      return set({C::ID, C::FAM, C::MED, C::DIS, C::HOU, C::WRK, C::VIC, C::RIG});
    case AgencyType::child:
      return set({C::ID, C::FAM, C::DIS, C::HOU, C::EDU, C::VIC, C::RIG});
    case AgencyType::livelihood:
    case AgencyType::public_assistance:
      return set({C::ID, C::FAM, C::FIN, C::BEN, C::HOU, C::WRK});
    case AgencyType::medical:
      return set({C::ID, C::FAM, C::MED, C::DIS, C::LTC, C::VIC});
    case AgencyType::school:
      return set({C::ID, C::FAM, C::EDU});
    case AgencyType::police:
      return set({C::ID, C::FAM, C::VIC, C::OFF});
    case AgencyType::advocacy:
      return set({C::ID, C::FAM, C::DIS, C::LTC, C::FIN, C::BEN, C::HOU, C::VIC, C::RIG});
    case AgencyType::housing:
      return set({C::ID, C::FAM, C::HOU, C::RIG});
    case AgencyType::employment:
      return set({C::ID, C::WRK});
    case AgencyType::outreach:
      return set({C::ID, C::FAM, C::HOU, C::WRK});
    case AgencyType::commissioner:
      return set({C::ID, C::FAM, C::HOU, C::WRK});
    case AgencyType::watch_group:
      return set({C::ID});
    case AgencyType::abuse_desk:
      return set({C::ID, C::FAM, C::VIC, C::HOU});
  }
  return {};
}

}  // namespace kasane::policy
