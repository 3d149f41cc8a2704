#include "server/commands/explain/explanation.hpp"

#include "policy/action.hpp"
#include "policy/fields.hpp"
#include "server/wire/query.hpp"
#include "server/wire/scenario.hpp"

namespace kasane::commands::explain {
namespace {

using namespace policy;

class Explanation {
 public:
  Explanation(const wire::Scenario& scenario, const World& world, Instant at, Language language)
      : scenario_(scenario), world_(world), at_(at), language_(language) {}

  void operator()(const wire::See& q) {
    head("この人はこの記録を見られるか", "May this person see this record");
    ask({{"人", "person", q.who},
         {"記録", "record", q.record},
         {"議題", "item", q.item},
         {"端末", "device", q.device}});
    decision(see(world_, {q.record, q.who, q.device, q.item}, at_));
  }
  void operator()(const wire::List& q) {
    head("この人に示される記録", "The records that are shown to this person");
    ask({{"人", "person", q.person}, {"議題", "item", q.item}, {"端末", "device", q.device}});
    for (const auto& one : list(world_, q.person, q.item, q.device, at_)) {
      line(say("記録 ", "Record ").append(one.record));
      decision(one.decision);
    }
  }
  void operator()(const wire::Who& q) {
    head("議題の席にいる人のうち、だれがこの記録を見られるか", "Who of those seated at the item may see the record");
    ask({{"記録", "record", q.record}, {"議題", "item", q.item}});
    const World then = suppose(world_, q.with, at_, nullptr);
    for (const auto& one : who(then, q.record, q.item, q.once_open, at_)) {
      line(one.person + say("（", " (") + std::string(seat_words(one.seat, language_)) + say("）", ")"));
      decision(one.decision);
    }
  }
  void operator()(const wire::Consents& q) {
    head("この人の同意", "The consents of this subject");
    ask({{"対象者", "subject", q.subject}, {"世帯", "case", q.in_case}, {"目的", "purpose", q.purpose}});
    for (const auto& cell : consents(world_, q.in_case, q.subject, q.purpose, at_)) {
      std::string text(category_words(cell.category, language_));
      text += say(" → ", " to ") + cell.recipient + say("：", ": ") + std::string(cell_words(cell.state, language_));
      if (cell.index) text += " [" + std::to_string(*cell.index) + "]";
      line(text);
    }
  }
  void operator()(const wire::WhatIf& q) {
    head("この記載を加えると変わること", "What changes once these statements are added");
    const auto result = what_if(world_, q.statements, q.item, at_);
    for (const auto& one : result.rejected)
      line(say("加えられない記載 ", "Cannot be added: ") + std::to_string(one.index) + say("：", ": ") +
           reason_sentence(one.reason, language_));
    for (const auto& flip : result.flips) {
      line(say("議題 ", "Item ") + flip.item + say("、", ", ") + flip.person + say("、記録 ", ", record ") +
           flip.record);
      line(say("いま：", "Now: "));
      decision(flip.before);
      line(say("加えると：", "Then: "));
      decision(flip.after);
      if (flip.opened) line(say("すでに開かれています。", "It has been opened already."));
    }
    if (result.flips.empty()) line(say("何も変わりません。", "Nothing changes."));
  }
  void operator()(const wire::May& q) {
    head("この記載はできるか", "May this be said");
    const auto reason = may(world_, q.statement, at_);
    line(reason ? say("できません。", "No. ") + reason_sentence(*reason, language_) + code(name_of(*reason))
                : say("できます。", "Yes."));
  }
  void operator()(const wire::Wrap& q) {
    head("この記録の鍵を用意してよい人", "For whom keys of this record may be made ready");
    ask({{"記録", "record", q.record}});
    names(wrap(suppose(world_, q.with, at_, nullptr), q.record, at_));
  }
  void operator()(const wire::Epoch& q) {
    head("この議題の話し合いの鍵を持てる人", "Who may hold the keys of the talk at this item");
    ask({{"議題", "item", q.item}});
    names(epoch(suppose(world_, q.with, at_, nullptr), q.item, at_));
  }
  void operator()(const wire::Room& q) {
    head("全員に見える画面に出せる記録", "The records that a screen which all can see may show");
    ask({{"議題", "item", q.item}});
    names(room(world_, q.item, q.present, at_));
  }
  void operator()(const wire::Entries& q) {
    head("この人が読める記載", "The statements that this person may read");
    ask({{"人", "person", q.person}});
    for (const auto index : entries(world_, q.person, at_)) cite(index);
  }
  void operator()(const wire::Snapshot& q) {
    head("この人の画面に出る全体", "All that this person's screen shows");
    ask({{"人", "person", q.person}});
  }
  std::string take() { return std::move(out_); }

 private:
  struct Named {
    std::string_view ja, en;
    const std::string& name;
  };
  std::string say(std::string_view ja, std::string_view en) const {
    return std::string(language_ == Language::ja ? ja : en);
  }
  static std::string code(std::string_view name) { return " (" + std::string(name) + ")"; }
  void line(const std::string& text) { out_ += text + "\n"; }
  void head(std::string_view ja, std::string_view en) {
    line(say(ja, en) + say("（", " (") + time_words(at_, language_) + say("）", ")"));
  }
  void ask(std::initializer_list<Named> things) {
    for (const auto& one : things)
      if (!one.name.empty()) line("  " + say(one.ja, one.en) + say("：", ": ") + one.name);
  }
  void names(const std::vector<std::string>& list) {
    for (const auto& one : list) line("  " + one);
    if (list.empty()) line(say("  ありません。", "  None."));
  }

  void decision(const Decision& d) {
    if (d.ground)
      line(say("見られます。", "Yes. ") + std::string(ground_sentence(*d.ground, language_)) +
           code(name_of(*d.ground)));
    if (d.reason) {
      line(say("見られません。", "No. ") + reason_sentence(*d.reason, language_) + code(name_of(*d.reason)));
      line(d.hidden ? say("記録があることも示されません。", "That the record exists is not shown either.")
                    : say("記録があることは示されます。", "That a record exists is shown, with this reason."));
    }
    for (std::size_t i = 0; i < obligation_count; ++i)
      if (d.obliges(static_cast<Obligation>(i)))
        line("  " + std::string(obligation_sentence(static_cast<Obligation>(i), language_)));
    line(until_sentence(d.until, language_));
    line(d.cites.empty() ? say("もとになった記載はありません。", "No statement brought this about.")
                         : say("もとになった記載：", "This rests on:"));
    for (const auto index : d.cites) cite(index);
  }

  /// `[12] a consent was recorded: d1 c1 s1, by doi, 2026-…`.
  void cite(Index index) {
    const auto statement = scenario_.statement(index);
    std::string text = "  [" + std::to_string(index) + "] ";
    if (statement) {
      text += std::string(kind_words(statement->kind, language_)) + say("：", ":");
      for (const auto& rule : fields_of(statement->kind))
        if (const auto member = id_member(rule.field); member != nullptr && !((*statement).*member).empty())
          text += " " + (*statement).*member;
      text +=
          say("（", " (") + statement->by + say("、", ", ") + time_words(statement->at_ms, language_) + say("）", ")");
    }
    line(text);
  }

  const wire::Scenario& scenario_;
  const World& world_;
  Instant at_;
  Language language_;
  std::string out_;
};

}  // namespace

std::optional<std::string> explain_scenario(std::string_view text, std::size_t query, Language language,
                                            std::string* why) {
  const auto scenario = wire::Scenario::read(text, why);
  if (!scenario) return std::nullopt;
  const auto count = scenario->queries().elements().size();
  if (query >= count) {
    if (why != nullptr)
      *why = "no query " + std::to_string(query) + ": there are " + std::to_string(count) + ", counted from 0";
    return std::nullopt;
  }
  const auto asked = wire::read_query(scenario->queries().elements()[query]);
  if (!asked) return reason_sentence(Reason::MALFORMED, language) + " (MALFORMED)\n";
  World world;
  std::size_t next = 0;
  scenario->fold(world, asked->at, next);
  Explanation explanation(*scenario, world, asked->at, language);
  std::visit(explanation, asked->ask);
  return explanation.take();
}

}  // namespace kasane::commands::explain
