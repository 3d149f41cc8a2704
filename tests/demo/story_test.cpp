#include "tests/demo/given_town.hpp"

using namespace kasane;
namespace demo = commands::demo;
using policy::Ground;
using policy::Reason;

namespace {

/// The whole ledger folded by the rules alone: each entry must be accepted, in order.
policy::World replay(const given::TownFolder& town, std::int64_t* statements = nullptr) {
  store::SqliteStore store(town.path);
  policy::World world;
  std::vector<std::int64_t> times;
  store.each_leaf([&](const conference::LeafRow& row) { times.push_back(row.time_ms); });
  store.each_envelope(0, [&](std::int64_t index, std::string_view text) {
    const auto envelope = crypto::parse_envelope(text);
    REQUIRE(envelope);
    auto payload = wire::parse_payload(envelope->payload);
    REQUIRE(payload);
    payload->statement.at_ms = times.at(static_cast<std::size_t>(index));
    const auto refused = world.accept(payload->statement, index);
    INFO(index << ' ' << policy::name_of(payload->statement.kind) << ' ' << (refused ? policy::name_of(*refused) : ""));
    CHECK_FALSE(refused);
  });
  if (statements != nullptr) *statements = static_cast<std::int64_t>(times.size());
  return world;
}

struct Story {
  given::TownFolder town;
  policy::World world = replay(town);
  std::vector<std::string> items = given::agenda(world);
  std::int64_t at = town.made_ms + 1'000;

  /// As it will be once the item is open and everybody has acknowledged.
  policy::Decision once_open(const std::string& record, std::string_view person, std::size_t item) const {
    for (const auto& one : policy::who(world, record, items.at(item), true, at))
      if (one.person == person) return one.decision;
    FAIL("not seated: " << person);
    return {};
  }
  std::string record(std::string_view household, std::string_view author, std::string_view categories,
                     std::size_t subjects) const {
    return given::record(world, household, author, categories, subjects);
  }
  void permits(const std::string& record, std::string_view person, std::size_t item, Ground ground) const {
    const auto decision = once_open(record, person, item);
    INFO(person << ' ' << (decision.reason ? policy::name_of(*decision.reason) : ""));
    CHECK(decision.permit);
    CHECK(decision.ground == ground);
  }
  void denies(const std::string& record, std::string_view person, std::size_t item, Reason reason,
              bool hidden = false) const {
    const auto decision = once_open(record, person, item);
    INFO(person << ' ' << (decision.reason ? policy::name_of(*decision.reason) : "permitted"));
    CHECK_FALSE(decision.permit);
    CHECK(decision.reason == reason);
    CHECK(decision.hidden == hidden);
  }
};

policy::Statement daughters_answer(const Story& story, policy::ConsentState state) {
  const auto debt = story.world.records.find_defined(story.record("hb", "ueki", "FIN", 3));
  policy::Statement consent;
  consent.kind = policy::Kind::consent_record;
  consent.by = "dobashi";
  consent.consent = crypto::random_id('n');
  consent.case_id = story.world.cases.name(story.world.records[debt].in_case);
  consent.subject = story.world.subjects.name(story.world.records[debt].subjects[2]);
  consent.giver = "self";
  consent.state = state;
  consent.categories.named = {policy::Category::FIN};
  consent.recipients.all = true;
  consent.purpose = "support";
  consent.method = policy::ConsentMethod::written;
  consent.evidence = "paper 12";
  return consent;
}

}  // namespace

TEST_CASE("every statement of the town is accepted when the ledger is replayed") {
  const given::TownFolder town;
  std::int64_t statements = 0;
  replay(town, &statements);
  CHECK(statements > 150);
}

TEST_CASE("the founding entry says that this is a demonstration") {
  const given::TownFolder town;
  given::Reopened again(town);
  const auto kirino = again.person("kirino");
  CHECK(kirino->replica().founding().demonstration);
}

TEST_CASE("every persona verifies and folds what they may read, and reads the names of colleagues") {
  const given::TownFolder town;
  given::Reopened again(town);
  for (const auto& persona : demo::personas()) {
    INFO(persona.id);
    const auto one = again.person(persona.id);  // throws where a leaf, chain, root, signature or unit does not hold
    CHECK(one->person() == persona.id);
    std::size_t names = 0;
    for (const auto& [index, entry] : one->replica().entries()) {
      if (entry.payload.statement.kind != policy::Kind::person_add) continue;
      const auto name =
          native::open_name(one->directory_key(), again.hall.log(), entry.payload.statement.person, entry.payload.body);
      REQUIRE(name);
      CHECK_FALSE(name->name.empty());
      ++names;
    }
    CHECK(names == demo::personas().size() - 1);
  }
}

TEST_CASE("the combined sitting has its four items, switches basis between them and may be opened now") {
  const Story story;
  REQUIRE(story.items.size() == 4);
  const char* bases[] = {"SWA106_6", "LAYERED", "SWA106_6", "LAYERED"};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& item = story.world.items[story.world.items.find_defined(story.items[i])];
    CHECK(story.world.bases.name(item.basis) == bases[i]);
    CHECK(story.world.is_chair(story.world.items.find_defined(story.items[i]),
                               story.world.persons.find_defined("asakura")));
    policy::Statement open;
    open.kind = policy::Kind::item_open;
    open.by = "asakura";
    open.item = story.items[i];
    CHECK_FALSE(policy::may(story.world, open, story.at));
  }
}

TEST_CASE("each rule of the story is visible at an item of today") {
  const Story story;
  story.permits(story.record("ha", "hara", "MED", 1), "nitta", 0, Ground::LAW);
  story.permits(story.record("hb", "dan", "LTC", 1), "hara", 1, Ground::CONSENT);
  story.permits(story.record("hb", "ueki", "FIN", 3), "ueki", 1, Ground::OWN);
  story.denies(story.record("hb", "asakura", "ID", 1), "dan", 1, Reason::NO_CONSENT);
  story.denies(story.record("hb", "nitta", "DIS", 1), "hara", 1, Reason::CONSENT_NOT_COVERING);
  // The son refused `HOU` alone; the daughter was asked about her health and has not answered.
  story.denies(story.record("hb", "dan", "HOU", 1), "asakura", 1, Reason::REFUSED);
  story.denies(story.record("hb", "ueki", "HOU", 2), "asakura", 1, Reason::FLOW, true);
  story.denies(story.record("hc", "nitta", "PADR", 1), "asakura", 2, Reason::PROTECTED);
  story.permits(story.record("hc", "nitta", "PADR", 1), "mamiya", 2, Ground::LAW);
  story.denies(story.record("hc", "dan", "SRC", 1), "asakura", 2, Reason::SOURCE_PROTECTED, true);
  story.permits(story.record("hc", "dan", "SRC", 1), "mamiya", 2, Ground::LAW);
  story.denies(story.record("hc", "hara", "MED", 1), "asakura", 2, Reason::ORIGINATOR_HOLD);
  story.denies(story.record("hd", "dan", "LTC", 1), "sawa", 3, Reason::NOT_NEEDED);
  story.denies(story.record("hd", "hara", "MED", 1), "asakura", 3, Reason::REFUSED);
}

TEST_CASE("an agreement that ran out and a question without an answer are placeholders of their own") {
  const Story story;
  std::vector<Reason> reasons;
  for (std::uint32_t row = 0; row < story.world.records.size(); ++row) {
    const policy::RecordId id{row};
    const auto& one = story.world.records[id];
    if (one.defined && story.world.persons.name(one.author) == "dan" &&
        one.categories == policy::Categories::of(demo::categories("MED").named) &&
        story.world.cases.name(one.in_case).starts_with("c-hb"))
      reasons.push_back(story.once_open(std::string(story.world.records.name(id)), "asakura", 1).reason.value());
  }
  CHECK(reasons == std::vector{Reason::EXPIRED, Reason::ASKED_NO_ANSWER});
}

TEST_CASE("the agreement of a mandate holder in conflict counts for nothing") {
  const Story story;
  const auto record = story.world.records.find_defined(story.record("ha", "hara", "MED", 1));
  const auto& row = story.world.records[record];
  std::size_t conflicts = 0;
  for (const auto& cell : policy::consents(story.world, story.world.cases.name(row.in_case),
                                           story.world.subjects.name(row.subjects[0]), "support", story.at))
    conflicts += cell.state == policy::CellState::AUTHORITY_CONFLICT ? 1 : 0;
  CHECK(conflicts == 12);  // four categories for three agencies
}

TEST_CASE("what the parent agreed to ends when the child comes of age") {
  const Story story;
  const auto school = story.once_open(story.record("hd", "sawa", "EDU", 1), "asakura", 3);
  REQUIRE(school.permit);
  REQUIRE(school.until);
  const auto days = (*school.until - story.at) / policy::day_ms;
  CHECK(days >= 22);
  CHECK(days <= 24);
}

TEST_CASE("the daughter's consent opens her money at the layered item, and its revocation closes it") {
  const Story story;
  const auto& item = story.world.items[story.world.items.find_defined(story.items[1])];
  std::vector<policy::Supposed> read;
  for (const auto* person : {"asakura", "dan", "nitta", "ueki", "hara"}) {
    policy::Statement notice;
    notice.kind = policy::Kind::notice_acknowledge;
    notice.by = person;
    notice.conference = story.world.conferences.name(item.conference);
    notice.basis = "LAYERED";
    notice.version = 1;
    read.emplace_back(std::move(notice));
  }
  const auto there = policy::suppose(story.world, read, story.at, nullptr);
  const policy::Supposed granted[] = {daughters_answer(story, policy::ConsentState::granted)};
  const auto opened = policy::what_if(there, granted, story.items[1], story.at);
  CHECK(opened.rejected.empty());
  std::set<std::string> persons, records;
  for (const auto& flip : opened.flips) {
    if (!flip.after.permit) continue;
    CHECK(flip.before.reason == Reason::NO_CONSENT);
    persons.insert(flip.person);
    records.insert(flip.record);
  }
  CHECK(persons == std::set<std::string>{"asakura", "dan"});
  CHECK(records.size() == 2);  // hers, and that of the three together
  const auto after = policy::suppose(there, granted, story.at, nullptr);
  const policy::Supposed revoked[] = {daughters_answer(story, policy::ConsentState::revoked)};
  std::size_t closed = 0;
  for (const auto& flip : policy::what_if(after, revoked, story.items[1], story.at).flips) {
    CHECK_FALSE(flip.after.permit);
    closed += flip.before.permit && flip.after.reason == Reason::REVOKED ? 1 : 0;
  }
  CHECK(closed == 4);
}

TEST_CASE("the chair has carried one record across the border, and hara reads it on consent") {
  const Story story;
  std::size_t rebased = 0;
  for (std::uint32_t row = 0; row < story.world.records.size(); ++row) {
    const policy::RecordId id{row};
    if (!story.world.records[id].rebased()) continue;
    ++rebased;
    const auto& author = story.world.records[id];
    CHECK(story.world.persons.name(author.author) == "asakura");
    story.permits(std::string(story.world.records.name(id)), "ueki", 1, Ground::CONSENT);
  }
  CHECK(rebased == 1);
}

TEST_CASE("a decision is signed and confirmed for each past conference, and a task runs between sittings") {
  const Story story;
  std::size_t confirmed = 0;
  for (std::uint32_t row = 0; row < story.world.decisions.size(); ++row)
    confirmed += story.world.decisions[policy::DecisionId{row}].confirmed_index != policy::no_index ? 1 : 0;
  CHECK(confirmed == 2);
  const auto& nitta = story.world.persons[story.world.persons.find_defined("nitta")];
  REQUIRE(nitta.tasks.size() == 1);
  const auto seen = policy::see(story.world, {story.record("ha", "hara", "MED", 1), "nitta", {}, {}}, story.at);
  CHECK(seen.permit);
  CHECK(seen.ground == Ground::TASK);
}

TEST_CASE("a key is ready for everyone whom the policy lists, and the record opens with it") {
  const given::TownFolder town;
  given::Reopened again(town);
  const auto hara = again.person("hara");
  const auto rebase_item = given::agenda(hara->world());
  policy::Statement read;
  read.kind = policy::Kind::notice_acknowledge;
  const auto item = [&] {
    for (const auto& one : rebase_item) {
      const auto& row = hara->world().items[hara->world().items.find_defined(one)];
      if (hara->world().bases.name(row.basis) == "LAYERED" && hara->world().cases.name(row.in_case).starts_with("c-hb"))
        return one;
    }
    return std::string();
  }();
  const auto& row = hara->world().items[hara->world().items.find_defined(item)];
  read.conference = hara->world().conferences.name(row.conference);
  read.basis = "LAYERED";
  read.version = 1;
  hara->state(std::move(read));
  const auto care = given::record(hara->world(), "hb", "dan", "LTC", 1);
  CHECK(hara->open(care, item).find("要介護3") != std::string::npos);  // shared before hara had a seat: by key.grant
}

TEST_CASE("a leaf, signature or checkpoint that was tampered with does not verify") {
  const given::TownFolder town;
  given::Reopened again(town);
  const auto admitted = again.hall.admit(crypto::device_from_seed(town.seeds.of("dan")));
  const auto part = again.hall.ask(admitted.connection, wire::FeedRequest{});
  const auto text = wire::print_json(part);
  REQUIRE(demo::Replica("dan", again.hall.log()).take(part));
  const auto tampered = [&](std::string_view member, std::size_t offset) {
    auto changed = text;
    const auto at = changed.find('"' + std::string(member) + "\":\"") + member.size() + 4 + offset;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    return *wire::read_json(changed, {.bytes = 16u << 20});
  };
  for (const auto& [member, offset] : {std::pair{"leaves", 40}, {"e", 400}, {"checkpoint", 160}}) {
    INFO(member);
    demo::Replica replica("dan", again.hall.log());
    CHECK_THROWS_AS(replica.take(tampered(member, static_cast<std::size_t>(offset))), CommandError);
  }
  demo::Replica elsewhere("dan", "another/0123456789abcdef#" + std::string(64, '0'));
  CHECK_THROWS_AS(elsewhere.take(part), CommandError);
}
