#include "server/commands/explain/words.hpp"

namespace kasane::commands::explain {
namespace {

struct Words {
  std::string_view ja, en;
};

// In the order of policy::Ground, policy::Obligation and policy::CellState.
constexpr Words grounds[] = {
    {"本人の同意があります。", "There is consent."},
    {"議題の根拠となる法により、同意なしに見られます。", "The item's law lets it be seen without consent."},
    {"自分の、または自分の機関の記録です。", "It is the person's own record, or of the person's own agency."},
    {"見る人自身のことです。", "It is about the viewer alone."},
    {"その人に指定された、匿名の資料です。", "It is de-identified and ordered for this person."},
    {"会長・記録者・担当推進員の職務です。", "It is the office of chair, recorder or coordinator."},
    {"同意を要する議題へ移し替えられる立場にあります。",
     "The person could now carry it over to an item that needs consent."},
    {"割り当てられた課題のためです。", "A task that is assigned to the person names it."},
    {"承認された緊急提供です。", "An approved emergency covers it."},
};
constexpr Words obligations[] = {
    {"議題が終わると閉じます。", "It closes when the item does."},
    {"閲覧は記録されます。", "Viewing is recorded."},
    {"後日、確認を受けます。", "It will be reviewed afterwards."},
    {"画面で見るだけで、持ち出せません。", "It may be viewed on the screen only."},
    {"透かしが入ります。", "It carries a watermark."},
};
constexpr Words cells[] = {
    {"同意あり", "granted"},
    {"同意しない", "refused"},
    {"撤回", "revoked"},
    {"期限切れ", "expired"},
    {"成年に達し、親権者の同意は終了", "ended with majority"},
    {"代理権の期間外", "outside the authority's period"},
    {"死亡", "ended with death"},
    {"返事なし", "asked, no answer"},
    {"判断が難しい", "unable to judge"},
    {"代理人と利益相反", "representative in conflict"},
    {"同意の範囲外", "consent does not cover it"},
    {"同意なし", "no consent"},
};

constexpr std::string_view of(const Words& words, Language language) {
  return language == Language::ja ? words.ja : words.en;
}

/// `05` as `5`.
std::string_view bare(std::string_view two_digits) { return two_digits[0] == '0' ? two_digits.substr(1) : two_digits; }

}  // namespace

std::string_view ground_sentence(policy::Ground ground, Language language) {
  return of(grounds[static_cast<std::size_t>(ground)], language);
}
std::string_view obligation_sentence(policy::Obligation obligation, Language language) {
  return of(obligations[static_cast<std::size_t>(obligation)], language);
}
std::string_view cell_words(policy::CellState state, Language language) {
  return of(cells[static_cast<std::size_t>(state)], language);
}

std::string time_words(policy::Instant at, Language language) {
  // yyyy-mm-ddThh:mm:ss.mmmZ, moved to Japan, which has no summer time.
  const std::string text = policy::print_instant(at + 9 * 60 * policy::minute_ms);
  if (text.size() != 24) return policy::print_instant(at);
  const std::string_view all(text);
  std::string_view seconds = all.substr(17, 6);
  if (seconds.ends_with(".000")) seconds = seconds.substr(0, 2);
  if (language == Language::en) {
    std::string out(all.substr(0, 10));
    out.append(" ").append(all.substr(11, 5));
    if (seconds != "00") out.append(":").append(seconds);
    return out + " in Japan";
  }
  std::string out(all.substr(0, 4));
  out.append("年").append(bare(all.substr(5, 2))).append("月").append(bare(all.substr(8, 2))).append("日 ");
  out.append(bare(all.substr(11, 2))).append("時").append(all.substr(14, 2)).append("分");
  if (seconds != "00") out.append(seconds).append("秒");
  return out;
}

std::string until_sentence(const std::optional<policy::Instant>& until, Language language) {
  if (language == Language::ja)
    return until ? "ほかに何も記載されなければ、" + time_words(*until, language) + "に変わります。"
                 : "時がたつだけでは変わりません。";
  return until ? "If nothing else is said, this changes at " + time_words(*until, language) + "."
               : "Time alone does not change this.";
}

}  // namespace kasane::commands::explain
