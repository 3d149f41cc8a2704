#include "server/commands/demo/cast.hpp"

#include <algorithm>

namespace kasane::commands::demo {
namespace {

using policy::AgencyType;

constexpr AgencyRow agency_rows[] = {
    {"shiyakusho", AgencyType::secretariat, "架空市役所 重層支援係"},
    {"houkatsu", AgencyType::elderly, "架空市 東地域包括支援センター"},
    {"kikan", AgencyType::disability, "架空市 基幹相談支援センター"},
    {"jiritsu", AgencyType::livelihood, "架空市 自立相談支援室"},
    {"byouin", AgencyType::medical, "架空みどり病院"},
    {"gakkou", AgencyType::school, "架空市立みどり高校"},
};

constexpr PersonaRow persona_rows[] = {
    {"kirino", "桐野 正和", "登録管理者", "shiyakusho", "registrar", "office",
     "機関・職員・端末を登録します。世帯の内容は見えません"},
    {"asakura", "朝倉 由美", "包括化推進員", "shiyakusho", "coordinator", "office",
     "会議を招集し、議長として議題を開き、決定に署名します"},
    {"dobashi", "土橋 健", "同意管理担当", "shiyakusho", "consent_officer", "office",
     "第2議題の世帯で、長女の同意（収入・家計）を登録し、撤回します"},
    {"mamiya", "間宮 玲子", "保護情報管理者", "shiyakusho", "protection", "office",
     "第3議題で、ほかの人に見えない秘匿居所を確認します"},
    {"kano", "狩野 浩", "個人情報保護・監査担当", "shiyakusho", "compliance", "office",
     "だれが・いつ・どの根拠で開いたかを調べます。内容は見えません"},
    {"dan", "団 真由子", "主任ケアマネジャー", "houkatsu", "", "entrustment",
     "記録者として決定を確認し、会議録を残します"},
    {"nitta", "新田 悟", "相談支援専門員", "kikan", "", "entrustment",
     "守秘義務を確認し、記録を共有します。会議と会議の間の役割もあります"},
    {"ueki", "植木 香織", "家計改善支援員", "jiritsu", "", "entrustment",
     "第2議題で、自分が共有した家計の記録がだれに開くかを見ます"},
    {"hara", "原 智子", "医療ソーシャルワーカー", "byouin", "", "profession",
     "第2議題で、同意の範囲外の記録がどう表示されるかを見ます"},
    {"sawa", "沢 直人", "スクールソーシャルワーカー", "gakkou", "", "office",
     "第4議題で、学校の役割に必要な範囲だけが見えることを確かめます"},
};

}  // namespace

std::span<const AgencyRow> agencies() { return agency_rows; }
std::span<const PersonaRow> personas() { return persona_rows; }

const AgencyRow& agency_of(std::string_view id) { return *std::ranges::find(agency_rows, id, &AgencyRow::id); }

}  // namespace kasane::commands::demo
