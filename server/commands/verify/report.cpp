#include "server/commands/verify/report.hpp"

#include "policy/instant.hpp"

namespace kasane::commands::verify {

namespace {

void line(std::string& out, const char* label, const std::string& text) {
  out.append("  ").append(label);
  out.append(one_line(text)).append("\n");
}
std::string number(std::int64_t count) { return std::to_string(count); }

}  // namespace

std::string one_line(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // U+0080 to U+009F are control characters too.
    const bool second = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (byte < ' ' || byte == 0x7f || second) text[i] = '?';
    if (second) text[i + 1] = '?';
  }
  return text;
}

std::string print_report(const Report& report, const std::string& name) {
  std::string out;
  for (const Finding& finding : report.findings)
    out +=
        "FINDING " + (finding.index ? "entry " + number(*finding.index) + ": " : std::string()) + finding.what + "\n";
  if (report.found > report.findings.size())
    out += "FINDING and " + number(static_cast<std::int64_t>(report.found - report.findings.size())) + " more\n";
  for (const auto& what : report.not_rerun) out += "could not be re-run: " + one_line(what) + "\n";
  out += name + "\n";
  line(out, "log          ", report.log.empty() ? "none that could be read" : report.log);
  if (report.log_key) line(out, "key          ", crypto::note_verifier_key(report.log_key->name, report.log_key->key));
  line(out, "entries      ",
       number(report.entries) + (report.entries == 0 ? ""
                                                     : ", from " + policy::print_instant(report.from_ms) + " to " +
                                                           policy::print_instant(report.to_ms)));
  line(out, "tree         ",
       number(report.checkpoints) + " checkpoints signed by the log and matched" +
           (report.proofs == 0 ? "" : "; " + number(report.proofs) + " proofs"));
  if (report.witnessed) {
    const auto& by = *report.witnessed;
    line(out, "witnesses    ",
         "a quorum (" + std::to_string(by.needed) + " of " + std::to_string(by.of) +
             " are enough) has cosigned the first " + number(by.size) + " entries, by " +
             policy::print_instant(by.at_ms));
    line(out, "             ",
         by.founded ? "the witnesses that entry 0 names" : "of the operators' own choice: entry 0 names no witnesses");
  } else {
    line(out, "witnesses    ", "none have cosigned what is shown");
  }
  if (report.own)
    line(out, "own head     ",
         "at " + policy::print_instant(report.own->at_ms) + " the log itself said that it held " +
             number(report.own->size) + " entries; all later ones are later");
  line(out, "units        ", number(report.units) + " chains without a gap");
  line(out, "envelopes    ",
       number(report.envelopes) + " with " + number(report.signatures) + " signatures" +
           (report.part ? "; " + number(report.elsewhere) + " more are not in this part" : ""));
  line(out, "rules        ",
       report.part ? "folded; what was accepted was not asked again of a part" : "every statement accepted again");
  line(out, "releases     ", number(report.releases) + " keys given, each decided again");
  line(out, "refusals     ", number(report.refusals) + " denied, each decided again");
  line(out, "opened       ", number(report.opened) + ", each after its release");
  line(out, "erased       ", number(report.erased) + " envelopes of recording kinds");
  out += report.holds() ? "everything holds\n"
                        : "it does not hold: " + number(static_cast<std::int64_t>(report.found)) + " findings\n";
  return out;
}

}  // namespace kasane::commands::verify
