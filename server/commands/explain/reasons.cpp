#include <array>

#include "server/commands/explain/words.hpp"

namespace kasane::commands::explain {
namespace {

using policy::CellState;
using policy::Reason;

struct Row {
  Reason reason;
  std::string_view ja, en;
};

// All but the REBASE_ reasons that carry a consent cell's state: those are made of that state's sentence.
constexpr Row rows[] = {
    {Reason::MALFORMED, "書式が正しくありません。", "It is not in the right form."},
    {Reason::UNKNOWN, "挙げられた人・記録・議題・端末などのどれかが、ここにはありません。",
     "Somebody or something that is named is not known here."},
    {Reason::PERSON_ENDED, "その人の在任は終わっています。", "That person's term has ended."},
    {Reason::DEVICE_REVOKED, "その端末は無効にされています。", "That device has been revoked."},
    {Reason::WRONG_CASE, "記録と議題の世帯が違います。", "The record and the item are of different households."},
    {Reason::WITHDRAWN, "その記録は取り下げられています。", "The record has been withdrawn."},
    {Reason::ITEM_NOT_OPEN, "議題が開いていません。", "The agenda item is not open."},
    {Reason::NOT_ACKNOWLEDGED, "守秘の告知が、まだ確認されていません。",
     "The notice of confidentiality has not been acknowledged yet."},
    {Reason::FLOW, "同意なしに知った情報は、この議題に出せません。",
     "What was learned without consent may not flow to this item."},
    {Reason::TIME_REVERSED, "前の記載より前の時刻です。", "Its time lies before that of an earlier statement."},
    {Reason::NOT_AUTHORISED, "その人には、これを記載する権限がありません。", "That person may not say this."},
    {Reason::DUPLICATE, "すでに行われています。", "It has been done already."},
    {Reason::INCOMPATIBLE_ROLES, "ひとりで兼ねられない役割の組み合わせです。",
     "One person may not hold these roles together."},
    {Reason::SEAT_NOT_ALLOWED, "その人は、その席に着けないか、着いていません。",
     "That person may not take that seat, or does not hold one."},
    {Reason::SUBJECT_MISSING, "だれの立場の席かが書かれていません。", "It is missing for whom the seat stands."},
    {Reason::STALE_NOTICE, "告知の最新の版ではありません。", "It is not the newest version of the notice."},
    {Reason::EVIDENCE_MISSING, "同意の証拠が足りません。書面・電子には証拠、口頭には別の立会人が要ります。",
     "The proof of consent is missing: evidence, or for oral consent another person as witness."},
    {Reason::SECOND_PERSON, "権限のある別の人が要ります。", "A second person with the right role is needed."},
    {Reason::TOO_LATE, "時間が過ぎています。", "It is too late for that."},
    {Reason::CHAIR_MISSING, "議題には会長がひとり要ります。", "An item needs exactly one chair."},
    {Reason::ITEM_CLOSED, "議題または会議は終わっています。", "The item or the conference is closed."},
    {Reason::TOO_EARLY, "議題は、開始の60分前より早くは開けません。",
     "An item cannot be opened earlier than 60 minutes before the start."},
    {Reason::OTHER_ITEM_OPEN, "同じ会議の議題が開いているか、終わっていません。",
     "An item of the same conference is open, or not closed."},
    {Reason::PROTECTED_PARENT, "元の記録にある保護が、新しい記録に足りません。",
     "The new record protects less than the records that it rests on."},
    {Reason::REASON_MISSING, "理由が書かれていません。", "The reason is missing."},
    {Reason::REVIEW_OVERDUE, "確認を7日より長く受けていない、前の緊急提供があります。",
     "An earlier emergency has gone without review for more than seven days."},
    {Reason::REBASE_NOT_NEEDED, "移し替えなくても、そのままこの議題に出せます。",
     "It need not be carried over: it may come to this item as it is, or the item needs no consent."},
    {Reason::REBASE_PROTECTED, "居所または通報者の情報は、移し替えられません。",
     "Whereabouts and reporters cannot be carried over."},
    {Reason::REBASE_ORIGINATOR_HOLD, "提供元が限定しているため、移し替えられません。",
     "Its source restricts it, so it cannot be carried over."},
    {Reason::NOT_MEMBER, "この記録を見る席も、職務も、課題もありません。",
     "There is no seat, office or task for which this person would see the record."},
    {Reason::BASIS_NOT_IN_FORCE, "議題の根拠が、この時に効力をもっていません。",
     "The item's legal basis is not in force at that time."},
    {Reason::RECUSED, "利益相反のため、除外されています。", "The person is recused for a conflict of interest."},
    {Reason::PROTECTED, "居所が保護されています。", "Whereabouts are protected."},
    {Reason::SOURCE_PROTECTED, "通報者が保護されています。", "The reporter is protected."},
    {Reason::ORIGINATOR_HOLD, "提供元が、見せる機関を限定しています。",
     "The source has restricted the record to certain agencies."},
    {Reason::WITHHELD, "本人・家族などの席には示さない記録です。", "The record is withheld from private seats."},
    {Reason::OBSERVER, "傍聴・助言の席には、その人に指定された匿名の資料だけが示されます。",
     "Observers and advisors see only de-identified records that are ordered for them."},
    {Reason::NOT_NEEDED, "その機関の役割に必要な範囲の外です。", "It is beyond what that agency's role needs."},
    {Reason::REFUSED, "本人側が同意していません。", "The person refuses."},
    {Reason::REVOKED, "同意が撤回されています。", "The consent has been revoked."},
    {Reason::EXPIRED, "同意の期限が切れています。", "The consent has expired."},
    {Reason::ENDED_MAJORITY, "成年に達したため、親権者の同意は終わっています。",
     "The person has come of age, so the parent's consent has ended."},
    {Reason::ENDED_AUTHORITY, "代理権の期間の外です。", "The representative's authority is outside its period."},
    {Reason::ENDED_DEATH, "本人が亡くなっています。", "The person has died."},
    {Reason::ASKED_NO_ANSWER, "同意を求めましたが、返事がありません。", "The person was asked and has not answered."},
    {Reason::UNABLE_TO_JUDGE, "本人は、いま判断することが難しい状態です。",
     "The person is unable to judge at present."},
    {Reason::AUTHORITY_CONFLICT, "同意した代理人と本人の利益が対立しています。",
     "The representative who consented has a conflict of interest."},
    {Reason::CONSENT_NOT_COVERING, "同意はありますが、この分野・提供先・目的に及びません。",
     "There is consent, but not for this category, recipient or purpose."},
    {Reason::NO_CONSENT, "本人の同意がありません。", "The person has not consented."},
};

}  // namespace

std::string reason_sentence(Reason reason, Language language) {
  const auto place = static_cast<int>(reason);
  const int first = static_cast<int>(Reason::REBASE_REFUSED);
  if (place >= first && reason <= Reason::REBASE_NO_CONSENT) {
    const auto state = static_cast<CellState>(place - first + static_cast<int>(CellState::REFUSED));
    return (language == Language::ja ? "移し替えられません。" : "It cannot be carried over. ") +
           reason_sentence(policy::reason_of(state), language);
  }
  for (const auto& row : rows)
    if (row.reason == reason) return std::string(language == Language::ja ? row.ja : row.en);
  return {};
}

}  // namespace kasane::commands::explain
