// One decision and a whole list, with reason and citations, beside the bare probe of a hash table and the same policy
// in SQLite. Leaves the ledger and the questions for tests/bench/decisions.mjs, which asks policy.wasm and two engines
// of others in the same round.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <random>

#include "policy/action.hpp"
#include "server/wire/answer.hpp"
#include "server/wire/payload.hpp"
#include "server/wire/query.hpp"
#include "server/wire/unit.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/join.hpp"

namespace kasane::bench {
namespace {

struct Question {
  std::string record, person, item;
  std::size_t number = 0;
  int who = 0;
};

std::vector<Question> draw(const Municipality& town, std::size_t count) {
  std::mt19937 draw(7);
  std::vector<Question> out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto record = draw() % town.records().size();
    const auto person = static_cast<int>(draw() % static_cast<unsigned>(town.size().persons));
    out.push_back({Municipality::record(record), Municipality::person(person),
                   Municipality::item(town.records()[record].household), record, person});
  }
  return out;
}

/// The cells that are granted, as keys in open addressing: what any index must at least do, one probe.
class Probe {
 public:
  explicit Probe(const Municipality& town) : town_(town) {
    while (slots_.size() < town.consents().size() * 2) slots_.resize(std::max<std::size_t>(1'024, slots_.size() * 2));
    for (const auto& consent : town.consents()) {
      auto& slot = find(key(consent.subject, consent.category, consent.agency));
      slot = {key(consent.subject, consent.category, consent.agency), consent.granted};
    }
  }
  bool see(const Question& question) {
    const auto& record = town_.records()[question.number];
    const int agency = Municipality::agency_of(question.who);
    return agency == record.agency || find(key(record.subject, record.category, agency)).granted;
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    bool granted = false;
  };
  static std::uint64_t key(int subject, policy::Category category, int agency) {
    return (static_cast<std::uint64_t>(subject) << 16U | static_cast<std::uint64_t>(category) << 8U |
            static_cast<std::uint64_t>(agency)) +
           1;
  }
  Slot& find(std::uint64_t wanted) {
    auto at = (wanted * 0x9e3779b97f4a7c15U >> 20U) & (slots_.size() - 1);
    while (slots_[at].key != 0 && slots_[at].key != wanted) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  const Municipality& town_;
  std::vector<Slot> slots_;
};

/// One read of which the next one's address comes, over more memory than any cache of a core holds: the wait that a
/// decision on a large ledger is made of. In ns.
double one_wait(std::size_t reads) {
  struct alignas(64) Line {
    std::uint32_t next = 0;
  };
  constexpr std::uint32_t lines = 1U << 19U;  // 32 MiB
  std::vector<Line> all(lines);
  std::vector<std::uint32_t> order(lines);
  std::iota(order.begin(), order.end(), 0U);
  std::shuffle(order.begin(), order.end(), std::mt19937(7));
  for (std::uint32_t i = 0; i < lines; ++i) all[order[i]].next = order[(i + 1) % lines];
  std::uint32_t at = 0;
  const double before = own_cpu_us();
  for (std::size_t i = 0; i < reads; ++i) at = all[at].next;
  const double ns = (own_cpu_us() - before) * 1e3 / static_cast<double>(reads);
  if (at >= lines) fail("the chase left its memory");  // so that it is made at all
  return ns;
}

template <class Decide>
double each_ns(const std::vector<Question>& questions, std::vector<bool>& permits, Decide decide) {
  permits.assign(questions.size(), false);
  const double before = own_cpu_us();
  for (std::size_t i = 0; i < questions.size(); ++i) permits[i] = decide(questions[i]);
  return (own_cpu_us() - before) * 1e3 / static_cast<double>(questions.size());
}

void must_agree(const std::vector<bool>& ours, const std::vector<bool>& theirs, const char* whose) {
  if (ours != theirs) fail(std::string("the policy and ") + whose + " do not agree");
}

std::string query_text(const Question& question, policy::Instant at) {
  return R"({"see":")" + question.record + R"(","who":")" + question.person + R"(","item":")" + question.item +
         R"(","at":")" + policy::print_instant(at) + "\"}";
}

/// As policy.wasm's door does it: text in, text out.
std::string through_the_door(const policy::World& world, std::string_view text) {
  const auto json = wire::read_json(text);
  const auto query = json ? wire::read_query(*json) : std::nullopt;
  if (!query) fail("a query is malformed");
  return wire::print_json(wire::answer(world, *query));
}

void keep_for_others(const std::filesystem::path& folder, const Municipality& town, const std::vector<Question>& asked,
                     const std::vector<bool>& permits) {
  if (std::filesystem::exists(folder / "questions.txt")) return;  // the same in every round
  std::ofstream ledger(folder / "ledger.txt"), questions(folder / "questions.txt"), consents(folder / "consents.txt");
  policy::World world;
  town.each([&](const policy::Statement& statement, policy::Index index) {
    wire::Payload payload;
    payload.v = 1;
    payload.log = "bench/0123456789abcdef#" + std::string(64, '0');
    payload.unit = wire::unit_name(world, statement);
    payload.seen = {1, std::string(64, '0')};
    payload.signed_at_ms = statement.at_ms;
    payload.nonce = std::string(32, '0');
    payload.device = "d-" + std::string(26, 'a');
    payload.statement = statement;
    ledger << index << '\t' << statement.at_ms << '\t' << wire::print_payload(payload) << '\n';
    world.replay(statement, index);
  });
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto& record = town.records()[asked[i].number];
    questions << permits[i] << '\t' << query_text(asked[i], town.now()) << '\t' << record.subject << '\t'
              << policy::name_of(record.category) << '\t' << Municipality::agency(record.agency) << '\t'
              << Municipality::agency(Municipality::agency_of(asked[i].who)) << '\t' << asked[i].person << '\n';
  }
  for (const auto& consent : town.consents())
    consents << consent.subject << '\t' << policy::name_of(consent.category) << '\t'
             << Municipality::agency(consent.agency) << '\t' << consent.granted << '\n';
}

void one_decision(const Settings& settings, int round) {
  for (const int consents : {1'000, 10'000, 100'000}) {
    const Municipality town({settings.sized(consents / 20, 3)});
    const auto questions = draw(town, static_cast<std::size_t>(settings.sized(65'536, 50)));
    const auto world = town.world();
    const auto at = town.now();
    const auto size = "-" + std::to_string(consents);
    std::vector<bool> ours, theirs;
    const auto see = [&](const Question& one) {
      return policy::see(world, {one.record, one.person, {}, one.item}, at).permit;
    };
    (void)each_ns(questions, ours, see);  // the caches are warm for all
    figure(round, "see", "see" + size, each_ns(questions, ours, see));
    Probe probe(town);
    (void)each_ns(questions, theirs, [&](const Question& one) { return probe.see(one); });
    figure(round, "see", "probe" + size,
           each_ns(questions, theirs, [&](const Question& one) { return probe.see(one); }));
    must_agree(ours, theirs, "the probe");
    Join join(town);
    figure(round, "see", "sqlite" + size,
           each_ns(questions, theirs, [&](const Question& one) { return join.see(one.record, one.person); }));
    must_agree(ours, theirs, "SQLite");
    if (consents != 10'000) continue;
    std::vector<std::string> texts;
    for (const auto& one : questions) texts.push_back(query_text(one, at));
    std::size_t next = 0, bytes = 0;
    figure(round, "see-door", "native", each_ns(questions, theirs, [&](const Question&) {
             bytes += through_the_door(world, texts[next++]).size();
             return bytes > 0;
           }));
    keep_for_others(settings.scratch, town, questions, ours);
  }
}

void whole_list(const Settings& settings, int round) {
  // One household with very many records: 50 subjects, 20 consents and 200 records each, 30 members.
  const Municipality town({1, settings.sized(50, 3), 30, 20, settings.sized(200, 4)});
  const auto world = town.world();
  const auto item = Municipality::item(0);
  std::vector<std::pair<std::size_t, std::size_t>> ours, theirs;
  double before = own_cpu_us();
  for (int person = 0; person < town.size().persons; ++person) {
    const auto listed = policy::list(world, Municipality::person(person), item, {}, town.now());
    ours.emplace_back(listed.size(),
                      std::ranges::count_if(listed, [](const auto& one) { return one.decision.permit; }));
  }
  figure(round, "list", "list", (own_cpu_us() - before) / 1e3);
  Join join(town);
  (void)join.list(item, Municipality::person(0));
  before = own_cpu_us();
  for (int person = 0; person < town.size().persons; ++person) {
    const auto counts = join.list(item, Municipality::person(person));
    theirs.emplace_back(counts.records, counts.permitted);
  }
  figure(round, "list", "sqlite", (own_cpu_us() - before) / 1e3);
  if (ours != theirs) fail("the policy and SQLite do not list the same");
}

void run(const Settings& settings) {
  pin(Core::generator);
  for (int round = settings.first; round < settings.first + settings.rounds; ++round) {
    figure(round, "see", "wait", one_wait(static_cast<std::size_t>(settings.sized(1'000'000, 1'000))));
    one_decision(settings, round);
    whole_list(settings, round);
  }
}

}  // namespace
}  // namespace kasane::bench

int main(int count, char** words) {
  kasane::bench::run(kasane::bench::settings(count, words));
  return 0;
}
