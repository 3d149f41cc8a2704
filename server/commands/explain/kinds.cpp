#include <array>

#include "server/commands/explain/words.hpp"

namespace kasane::commands::explain {
namespace {

struct Words {
  std::string_view ja, en;
};

// In the order of policy::Kind.
constexpr std::array<Words, policy::kind_count> kinds = {{
    {"自治体の登録", "the tenant was founded"},
    {"機関の登録", "an agency was added"},
    {"人の登録", "a person was added"},
    {"役割の変更", "a person's roles were set"},
    {"在任の終了", "a person's term ended"},
    {"端末の登録", "a device was added"},
    {"端末の無効化", "a device was revoked"},
    {"根拠の登録", "a legal basis was registered"},
    {"必要範囲の設定", "an agency type's needs were set"},
    {"告知の公表", "a notice was published"},
    {"世帯の受付", "a case was opened"},
    {"対象者の登録", "a subject of the case was set"},
    {"担当推進員の指定", "the case's coordinator was named"},
    {"代理権の登録", "an authority was added"},
    {"代理人の利益相反", "an authority's conflict was set"},
    {"同意の記録", "a consent was recorded"},
    {"保護の設定", "a protection was set"},
    {"保護の解除", "the protections were lifted"},
    {"利益相反の申告", "a conflict of interest was declared"},
    {"利益相反の解除", "the conflicts of interest were lifted"},
    {"会議の招集", "a conference was convened"},
    {"会議の日時の変更", "a conference was moved"},
    {"議題の追加", "an agenda item was added"},
    {"席の変更", "a seat was given or taken"},
    {"議題の開始", "an item was opened"},
    {"議題の休憩", "an item was suspended"},
    {"議題の終了", "an item was closed"},
    {"会議の終了", "a conference was closed"},
    {"告知の確認", "the notice was acknowledged"},
    {"告知の確認の証明", "somebody's acknowledgement was attested"},
    {"記録の共有", "a record was shared"},
    {"記録の取り下げ", "a record was withdrawn"},
    {"記録の廃棄", "a record was destroyed"},
    {"記録の移し替え", "a record was carried over"},
    {"閲覧の指定", "an order was made"},
    {"課題の割り当て", "a task was assigned"},
    {"課題の終了", "a task ended"},
    {"決定の記録", "a decision was recorded"},
    {"決定の確認", "a decision was confirmed"},
    {"緊急提供の申し出", "an emergency was invoked"},
    {"緊急提供の承認", "an emergency was approved"},
    {"緊急提供の事後確認", "an emergency was reviewed"},
    {"発言", "a message was posted"},
    {"話し合いの鍵の更新", "a new key of the talk was made"},
    {"依頼", "a request was made"},
    {"依頼への返答", "a request was answered"},
    {"発言の取り下げ", "a message was withdrawn"},
    {"鍵の請求", "a key was requested"},
    {"記録を開いた", "a record was opened"},
    {"記録を消した", "a record was purged"},
    {"鍵の交付", "a key was granted"},
    {"端末の保証", "a device was vouched for"},
    {"口頭での提供", "an oral disclosure was made"},
    {"鍵の回復", "a recovery was opened"},
    {"書き出し", "an export was made"},
    {"監査の照会", "the audit was queried"},
    {"鍵の引き渡し", "a key was released"},
    {"閲覧の拒否", "access was denied"},
    {"入室", "somebody joined"},
    {"退室", "somebody left"},
    {"台帳の先頭", "the ledger's heads"},
}};

constexpr Words seats[] = {{"会長", "chair"},
                           {"記録者", "recorder"},
                           {"構成員", "member"},
                           {"この議題の招へい者", "called for this item"},
                           {"助言者", "advisor"},
                           {"傍聴者", "observer"},
                           {"本人", "the person"},
                           {"家族", "family"},
                           {"代理人", "representative"},
                           {"付き添い", "aide"}};

constexpr std::array<Words, policy::category_count> categories = {{{"基本属性", "identity"},
                                                                   {"秘匿居所・連絡先", "protected whereabouts"},
                                                                   {"世帯・家族関係", "household and relations"},
                                                                   {"健康・病歴・受診", "health"},
                                                                   {"障害・手帳", "disability"},
                                                                   {"介護・認知機能", "care and cognition"},
                                                                   {"収入・債務・家計", "money and debts"},
                                                                   {"公的給付・納付", "benefits and arrears"},
                                                                   {"住まい", "housing"},
                                                                   {"就労・社会参加", "work and participation"},
                                                                   {"就学・養育", "school and upbringing"},
                                                                   {"虐待・被害", "abuse and harm suffered"},
                                                                   {"非行・刑事手続", "offences"},
                                                                   {"権利擁護・後見", "guardianship and rights"},
                                                                   {"国籍・信条など", "origin and creed"},
                                                                   {"通報者・情報提供者", "who reported"}}};

constexpr std::string_view of(const Words& words, Language language) {
  return language == Language::ja ? words.ja : words.en;
}

}  // namespace

std::string_view kind_words(policy::Kind kind, Language language) {
  return of(kinds[static_cast<std::size_t>(kind)], language);
}
std::string_view seat_words(policy::Seat seat, Language language) {
  return of(seats[static_cast<std::size_t>(seat)], language);
}
std::string_view category_words(policy::Category category, Language language) {
  return of(categories[static_cast<std::size_t>(category)], language);
}

}  // namespace kasane::commands::explain
