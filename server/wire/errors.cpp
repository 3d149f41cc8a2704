#include "server/wire/errors.hpp"

#include <array>

namespace kasane::wire {

namespace {

struct FaultRow {
  int code;
  std::string_view reason, ja, en;
};
constexpr std::array<FaultRow, fault_count> faults{{
    {-32700, "PARSE", "読み取れない通信でした。何も変わっていません。",
     "The message is not JSON. Nothing has changed."},
    {-32600, "INVALID", "要求の形が正しくありません。何も変わっていません。",
     "The message is not a request. Nothing has changed."},
    {-32601, "METHOD", "サーバーの知らない要求です。画面を読み込み直してください。",
     "The server does not know this request. Load the page again."},
    {-32602, "MALFORMED", "内容の形が正しくないため受け付けませんでした。何も変わっていません。",
     "The content has the wrong shape and was not taken. Nothing has changed."},
    {1, "", "", ""},
    {2, "SIGNATURE", "署名を確かめられませんでした。何も記録されていません。端末の登録を確認してください。",
     "The signature does not verify. Nothing was recorded. Check that this device is registered."},
    {3, "STALE", "ご覧の後に状況が変わりました。変わった点を確認して、もう一度署名してください。",
     "Something changed after what you saw. Look at what changed and sign again."},
    {4, "CLOCK", "署名の時刻が合いません。何も記録されていません。時刻を取り直して、もう一度署名してください。",
     "The time of the signature does not fit. Nothing was recorded. Fetch the time and sign again."},
    {5, "REPEATED", "同じ番号が別の内容に使われました。最初の記録はそのままです。もう一度署名してください。",
     "This nonce was used for other content. The first entry stands. Sign again."},
    {6, "SEEN", "この台帳にない時点を見ていることになっています。記録を止め、管理者に知らせてください。",
     "What you have seen is not a checkpoint of this ledger. Stop and tell the administrator."},
    {7, "UNIT", "記録先が内容と合いません。何も記録されていません。",
     "The unit is not that of the statement. Nothing "
     "was recorded."},
    {8, "LOG", "別の台帳、または別の版の規則に宛てた署名です。何も記録されていません。",
     "Signed for another ledger or another version of the rules. Nothing was recorded."},
    {9, "RECIPIENTS_CHANGED",
     "読める人が変わりました。宛先を確かめて、もう一度封をしてください。まだ誰にも渡っていません。",
     "Who may read has changed. Check the recipients and seal again. Nobody has received it."},
    {10, "EPOCH_CHANGED", "会話の鍵が新しくなりました。送り直します。まだ送られていません。",
     "The key of the talk has changed. It will be sent again; it has not been sent yet."},
    {11, "KEY_PENDING", "読めますが、鍵を持つ人の接続待ちです。届きしだい開けます。",
     "You may read this. It waits for someone who holds the key to connect."},
    {12, "BLOB_MISSING", "本文が届いていません。何も記録されていません。もう一度送ってください。",
     "The content itself did not arrive. Nothing was recorded. Send it again."},
    {13, "TOO_LARGE", "大きすぎるため受け付けませんでした。何も変わっていません。分けて送ってください。",
     "Too large; nothing has changed. Send it in parts."},
    {14, "BUSY", "いまは記録を受け付けられません。書いた内容は手元に残ります。読むことはできます。",
     "The server takes no entries at the moment. What you wrote stays with you. Reading goes on."},
    {15, "QUORUM_STALE",
     "台帳の立会い（証人）の確認が10分以上取れていません。読める範囲を広げる操作は、確認が戻るまで止まります。"
     "読むことと、範囲を狭める操作はできます。何も記録されていません。",
     "The ledger's witnesses have not confirmed it for 10 minutes. Nothing that gives access is taken until they do. "
     "Reading goes on, and what takes access away is taken. Nothing was recorded."},
}};
static_assert(faults.back().code == 15);

struct ReasonRow {
  std::string_view ja, en;
};
/// What a refusal of the policy means to a person. A reason without a row of its own falls to the general sentence.
ReasonRow words(policy::Reason reason) {
  using R = policy::Reason;
  switch (reason) {
    case R::MALFORMED:
      return {"内容の形が正しくありません。", "The content has the wrong shape."};
    case R::UNKNOWN:
      return {"指定されたものが見つかりません。", "What it names does not exist."};
    case R::PERSON_ENDED:
      return {"この方の利用は終了しています。", "This person's access has ended."};
    case R::DEVICE_REVOKED:
      return {"この端末の登録は取り消されています。", "This device has been revoked."};
    case R::WRONG_CASE:
      return {"別の世帯のものです。", "It belongs to another case."};
    case R::WITHDRAWN:
      return {"取り下げられた記録です。", "The record has been withdrawn."};
    case R::ITEM_NOT_OPEN:
      return {"この議題は開かれていません。", "This agenda item is not open."};
    case R::NOT_ACKNOWLEDGED:
      return {"守秘の説明をまだ確認していません。確認すると続けられます。",
              "The notice of confidentiality has not been acknowledged yet; acknowledge it to go on."};
    case R::FLOW:
      return {"この根拠で得た情報は、この議題には出せません。",
              "What was learned under that legal basis may not come to this item."};
    case R::TIME_REVERSED:
      return {"時刻が前後しています。", "The time goes backwards."};
    case R::NOT_AUTHORISED:
      return {"この操作をする役割ではありません。", "Your role does not allow this."};
    case R::DUPLICATE:
      return {"すでに記録されています。", "It has already been recorded."};
    case R::INCOMPATIBLE_ROLES:
      return {"兼ねられない役割です。", "These roles cannot be held together."};
    case R::SEAT_NOT_ALLOWED:
      return {"この席には着けません。", "This seat is not allowed."};
    case R::SUBJECT_MISSING:
      return {"誰のための席かが書かれていません。", "The seat does not say for whom."};
    case R::STALE_NOTICE:
      return {"説明の版が最新ではありません。", "It is not the newest version of the notice."};
    case R::EVIDENCE_MISSING:
      return {"同意の証拠または立会人が必要です。", "Evidence or a witness is needed."};
    case R::SECOND_PERSON:
      return {"別の方の確認が必要です。", "Another person has to confirm it."};
    case R::TOO_LATE:
      return {"期限を過ぎています。", "It is too late for this."};
    case R::CHAIR_MISSING:
      return {"司会者が一人必要です。", "There must be one chair."};
    case R::ITEM_CLOSED:
      return {"この議題は終わっています。", "It has been closed."};
    case R::TOO_EARLY:
      return {"まだ開けません。開始の60分前からです。", "Too early: from 60 minutes before the start."};
    case R::OTHER_ITEM_OPEN:
      return {"ほかの議題が開いています。", "Another item is open."};
    case R::PROTECTED_PARENT:
      return {"元の記録の保護を引き継いでいません。", "It drops what protects its source."};
    case R::REASON_MISSING:
      return {"理由を選んでください。", "A reason must be chosen."};
    case R::REVIEW_OVERDUE:
      return {"前回の緊急閲覧の検証が済んでいません。", "An earlier emergency awaits review."};
    case R::REBASE_NOT_NEEDED:
      return {"移し替えなくてもこの議題で読めます。", "It may come to this item as it is."};
    case R::REBASE_PROTECTED:
      return {"保護された情報を含むため移せません。", "It holds protected data and stays."};
    case R::REBASE_ORIGINATOR_HOLD:
      return {"提供元の機関が留保しています。", "Its agency holds it back."};
    case R::NOT_MEMBER:
      return {"この議題の参加者ではありません。", "You have no seat at this item."};
    case R::BASIS_NOT_IN_FORCE:
      return {"根拠が施行されていません。", "The legal basis is not in force."};
    case R::RECUSED:
      return {"利害関係があるため閲覧できません。", "You are recused."};
    case R::PROTECTED:
      return {"保護されている情報です。", "It is protected."};
    case R::SOURCE_PROTECTED:
      return {"情報提供者を守るため閲覧できません。", "It would show who reported."};
    case R::ORIGINATOR_HOLD:
      return {"提供元の機関が留保しています。", "Its agency holds it back."};
    case R::WITHHELD:
      return {"ご本人への開示が留保されています。", "It is withheld from the subject."};
    case R::OBSERVER:
      return {"この席では指定された記録だけ読めます。", "This seat reads only what was ordered."};
    case R::NOT_NEEDED:
      return {"この機関の役割では必要とされない情報です。", "Your agency does not need this."};
    case R::REFUSED:
    case R::REBASE_REFUSED:
      return {"ご本人が共有を断っています。", "Consent was refused."};
    case R::REVOKED:
    case R::REBASE_REVOKED:
      return {"同意が撤回されています。", "Consent was revoked."};
    case R::EXPIRED:
    case R::REBASE_EXPIRED:
      return {"同意の期限が過ぎています。", "The consent has expired."};
    case R::ENDED_MAJORITY:
    case R::REBASE_ENDED_MAJORITY:
      return {"成年に達したため、親の同意は終わっています。", "The parent's consent ended at majority."};
    case R::ENDED_AUTHORITY:
    case R::REBASE_ENDED_AUTHORITY:
      return {"代理権が終わっています。", "The authority that consented has ended."};
    case R::ENDED_DEATH:
    case R::REBASE_ENDED_DEATH:
      return {"ご本人が亡くなり、同意は終わっています。", "The consent ended with the person's death."};
    case R::ASKED_NO_ANSWER:
    case R::REBASE_ASKED_NO_ANSWER:
      return {"同意を尋ねましたが、返事がありません。", "Consent was asked for; there is no answer."};
    case R::UNABLE_TO_JUDGE:
    case R::REBASE_UNABLE_TO_JUDGE:
      return {"ご本人が判断できる状態にありません。", "The person is unable to judge."};
    case R::AUTHORITY_CONFLICT:
    case R::REBASE_AUTHORITY_CONFLICT:
      return {"代理人に利益相反があります。", "The authority is in conflict."};
    case R::CONSENT_NOT_COVERING:
    case R::REBASE_CONSENT_NOT_COVERING:
      return {"この情報または機関は同意の範囲外です。", "The consent does not cover this."};
    case R::NO_CONSENT:
    case R::REBASE_NO_CONSENT:
      return {"同意がまだありません。", "There is no consent yet."};
  }
  return {"規則により受け付けられません。", "The rules do not allow this."};
}

}  // namespace

int code_of(Fault fault) { return faults[static_cast<std::size_t>(fault)].code; }
std::string_view reason_of(Fault fault) { return faults[static_cast<std::size_t>(fault)].reason; }

std::string_view Refusal::name() const { return fault == Fault::policy ? policy::name_of(reason) : reason_of(fault); }

std::string_view sentence(Fault fault, Language language) {
  const FaultRow& row = faults[static_cast<std::size_t>(fault)];
  return language == Language::ja ? row.ja : row.en;
}
std::string_view sentence(policy::Reason reason, Language language) {
  const ReasonRow row = words(reason);
  return language == Language::ja ? row.ja : row.en;
}

std::string print_error(std::string_view id, const Refusal& refusal, Language language) {
  Json data = Json::object();
  data.add("reason", refusal.name());
  for (const auto& [name, value] : refusal.data.members()) data.add(name, value);
  std::string out = R"({"jsonrpc":"2.0","id":)";
  out.append(id);
  out += R"(,"error":{"code":)" + std::to_string(code_of(refusal.fault)) + R"(,"message":)";
  print_text(out,
             refusal.fault == Fault::policy ? sentence(refusal.reason, language) : sentence(refusal.fault, language));
  out += R"(,"data":)" + print_json(data) + "}}";
  return out;
}

}  // namespace kasane::wire
