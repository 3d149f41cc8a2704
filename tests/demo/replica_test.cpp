// What the native client asks of a ledger before it gives anybody a key (design.md §3).
#include "crypto/cosignature.hpp"
#include "server/native/member.hpp"
#include "tests/demo/given_town.hpp"

using namespace kasane;
using commands::demo::Replica;

namespace {

constexpr std::string_view reader = "dan";

/// A device of dan's at the reopened town: what it was sent, and the newest head that it was told.
struct Desk {
  given::TownFolder town;
  given::Reopened again{town};
  conference::Connection connection = again.hall.admit(crypto::device_from_seed(town.seeds.of(reader))).connection;
  wire::Json part = again.hall.ask(connection, wire::FeedRequest{});
  wire::Json head;

  Desk() {
    for (auto& message : again.hall.heard(connection))
      if (native::text_member(message, "method") == "head") head = *message.find("params");
    REQUIRE(head.is_object());
  }
  Replica replica(const wire::Json& sent) const {
    Replica made(std::string(reader), town.seeds.log);
    REQUIRE(made.take(sent));
    return made;
  }
  Replica replica() const { return replica(part); }
  /// The head with this member.
  wire::Json told(std::string_view member, wire::Json value) const {
    wire::Json out = wire::Json::object();
    for (const auto& [name, old] : head.members()) out.add(name, name == member ? value : old);
    return out;
  }
};

std::string origin_of(const Desk& desk) { return desk.town.seeds.log.substr(0, desk.town.seeds.log.find('#')); }

std::string changed(std::string text, std::size_t at) {
  text[at] = text[at] == 'A' ? 'B' : 'A';
  return text;
}

}  // namespace

TEST_CASE("a head with the log's own cosignature is heard, and says until when nothing was kept back") {
  const Desk desk;
  auto replica = desk.replica();
  CHECK_FALSE(replica.own_at_ms());
  replica.hear(desk.head);
  REQUIRE(replica.own_at_ms());
  CHECK(*replica.own_at_ms() > desk.town.made_ms - 60'000);
}

TEST_CASE("a head that the log did not sign, of another root or of entries that were not sent is not of this ledger") {
  const Desk desk;
  std::string why;
  const auto keys = *log::read_keys(desk.town.path, why);
  auto note = *crypto::parse_checkpoint(*desk.head.find("checkpoint")->text());
  for (const char* member : {"checkpoint", "own"}) {
    INFO(member);
    const std::string text = *desk.head.find(member)->text();
    CHECK_THROWS_AS(desk.replica().hear(desk.told(member, changed(text, text.size() - 20))), CommandError);
    CHECK_THROWS_AS(desk.replica().hear(desk.told(member, "")), CommandError);
    auto other = note.checkpoint;
    other.root.bytes[3] ^= 1;
    CHECK_THROWS_WITH(desk.replica().hear(desk.told(member, crypto::sign_checkpoint(other, keys.log.private_key))),
                      Catch::Contains("two histories of one log"));
    other = note.checkpoint;
    other.size += 1;
    CHECK_THROWS_WITH(desk.replica().hear(desk.told(member, crypto::sign_checkpoint(other, keys.log.private_key))),
                      Catch::Contains("ahead of what was sent"));
  }
}

TEST_CASE("an entry that is not later than the log promised ends the trust") {
  Desk desk;
  std::string why;
  const auto keys = *log::read_keys(desk.town.path, why);
  auto replica = desk.replica();
  crypto::Tree tree;
  desk.again.store.each_leaf([&](const conference::LeafRow& row) { tree.append(row.leaf); });
  const auto last = static_cast<std::uint64_t>(replica.entries().rbegin()->first);
  const auto own = [&](std::uint64_t size, std::int64_t at_ms) {
    const auto text = crypto::sign_checkpoint({origin_of(desk), size, tree.root(size)}, keys.log.private_key);
    auto note = *crypto::parse_checkpoint(text);
    note.signatures.push_back(crypto::cosign(note.checkpoint, static_cast<std::uint64_t>(at_ms / 1'000),
                                             note.checkpoint.origin, keys.cosigner->private_key));
    return desk.told("own", print(note));
  };
  const auto time_ms = replica.entries().rbegin()->second.time_ms;
  replica.hear(own(last + 1, time_ms + 60'000));  // it was among them
  replica.hear(own(last, time_ms - 60'000));      // it is later
  CHECK_THROWS_WITH(replica.hear(own(last, time_ms + 60'000)), Catch::Contains("not later than the log promised"));
}

TEST_CASE("a unit that was shown without its last entry is found by the server's own word on where it ends") {
  Desk desk;
  const std::vector<std::string> units{"directory"};
  auto whole = desk.replica();
  const auto tags = whole.tags(units);
  REQUIRE(tags.size() == 1);
  const auto answer = desk.again.hall.ask(desk.connection, wire::HeadsRequest{tags});
  // Leaves until the statement; the entries as they came, less the last one of the directory.
  auto part = desk.again.hall.ask(desk.connection, wire::FeedRequest{});
  whole = desk.replica(part);
  CHECK_NOTHROW(whole.check_ends(answer, tags));
  wire::Json entries = wire::Json::array(), hidden = wire::Json::object();
  const auto& shown = part.find("entries")->elements();
  std::size_t last = 0;
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (native::text_member(shown[i], "u") == "directory") last = i;
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (i != last) entries.push(shown[i]);
  for (const auto& [name, value] : part.members()) hidden.add(name, name == "entries" ? entries : value);
  CHECK_THROWS_WITH(desk.replica(hidden).check_ends(answer, tags), Catch::Contains("hidden tail"));
  // And the word has to be the server's, of this unit, in the log.
  const auto text = wire::print_json(answer);
  for (const std::string_view member : {"e", "salt", "last", "root", "v"}) {
    INFO(member);
    const auto at = text.find('"' + std::string(member) + "\":\"");
    if (at == std::string::npos) continue;
    auto other = text;
    auto& letter = other[at + member.size() + 5];
    letter = letter == 'a' ? 'b' : 'a';
    CHECK_THROWS_AS(whole.check_ends(*wire::read_json(other), tags), CommandError);
  }
  CHECK_THROWS_AS(whole.check_ends(wire::Json::object(), tags), CommandError);
}
