#include "policy/instant.hpp"
#include "server/commands/verify/report.hpp"

// The same summary for a compliance officer in Japan: words of the officer's screen (client-web text/proof_ja), and the
// time of their wall. What a finding says of formats stays in the words of FORMAT.md.
namespace kasane::commands::verify {

namespace {

void line(std::string& out, const char* label, const std::string& text) {
  out.append("  ").append(label).append("　").append(one_line(text)).append("\n");
}
std::string number(std::int64_t count) { return std::to_string(count); }
/// 2026-11-28 20:58:17（日本時間）
std::string when(std::int64_t at_ms) {
  constexpr std::int64_t tokyo_ms = 9 * 60 * policy::minute_ms;
  std::string text = policy::print_instant(at_ms + tokyo_ms).substr(0, 19);
  text[10] = ' ';
  return text + "（日本時間）";
}

std::string witnesses(const Report& report) {
  if (!report.witnessed) return "だれも、ここに示された台帳に署名していません";
  const auto& by = *report.witnessed;
  return number(static_cast<std::int64_t>(by.of)) + "者のうち" + number(static_cast<std::int64_t>(by.needed)) +
         "者の署名が要り、揃っています。はじめの" + number(by.size) + "件を" + when(by.at_ms) +
         "までに確かめています（" +
         (by.founded ? "台帳の最初の記録が定めた立会い" : "運用者が選んだ立会い。台帳の最初の記録は定めていません") +
         "）";
}

}  // namespace

std::string print_report_ja(const Report& report, const std::string& name) {
  std::string out;
  for (const Finding& finding : report.findings)
    out += "成り立たないところ　" + (finding.index ? "記録" + number(*finding.index) + "：" : std::string()) +
           finding.what + "\n";
  if (report.found > report.findings.size())
    out += "成り立たないところ　ほかに" + number(static_cast<std::int64_t>(report.found - report.findings.size())) +
           "件\n";
  for (const auto& what : report.not_rerun) out += "もう一度確かめられなかったもの　" + one_line(what) + "\n";
  out += name + "\n";
  line(out, "台帳の名前", report.log.empty() ? "読めませんでした" : report.log);
  if (report.log_key) line(out, "台帳の鍵　", crypto::note_verifier_key(report.log_key->name, report.log_key->key));
  line(out, "記録　　　",
       number(report.entries) + "件" +
           (report.entries == 0 ? "" : "、" + when(report.from_ms) + "から" + when(report.to_ms) + "まで"));
  line(out, "台帳の署名",
       "先頭の署名" + number(report.checkpoints) + "件が、記録と合っています" +
           (report.proofs == 0 ? "" : "。含まれることの証明" + number(report.proofs) + "件も合っています"));
  line(out, "立会い　　", witnesses(report));
  if (report.own)
    line(out, "台帳の時刻",
         when(report.own->at_ms) + "に、記録は" + number(report.own->size) +
             "件ですべてであり、後に続く記録はすべて後の時刻になると、台帳が署名しています");
  line(out, "綴り　　　", number(report.units) + "本に、抜けも重なりもありません");
  line(out, "記録の本体",
       number(report.envelopes) + "件と、その署名" + number(report.signatures) + "件を確かめました" +
           (report.part ? "。ほかの" + number(report.elsewhere) + "件は、この一部の写しにありません" : ""));
  line(out, "規則　　　",
       report.part ? "もう一度たどりました。受け入れてよかったかは、一部の写しからは分かりません"
                   : "どの記録も、規則がもう一度受け入れました");
  line(out, "鍵の提供　", number(report.releases) + "件を、一つずつもう一度判断しました");
  line(out, "拒否　　　", number(report.refusals) + "件を、一つずつもう一度判断しました");
  line(out, "開封　　　", number(report.opened) + "件。どれも、鍵の提供の後です");
  line(out, "消去　　　", number(report.erased) + "件の本体が、消してよい種類のものとして消されています");
  out += report.holds() ? "すべて成り立っています\n"
                        : "成り立たないところが" + number(static_cast<std::int64_t>(report.found)) + "件あります\n";
  return out;
}

}  // namespace kasane::commands::verify
