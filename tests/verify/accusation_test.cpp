// What a client saved against its server: what such a file proves, and what it does not.
#include "server/commands/verify/accusation.hpp"

#include "crypto/cosignature.hpp"
#include "crypto/merkle.hpp"
#include "crypto/note.hpp"
#include "crypto/sha256.hpp"
#include "server/native/statement_writer.hpp"
#include "server/wire/json.hpp"
#include "tests/verify/given_ledger.hpp"

using namespace kasane;
using commands::verify::judge_accusation;

namespace {

const given::SmallLedger& ledger() {
  static const given::SmallLedger one;
  return one;
}

/// The tree of the ledger's first entries, and of others after them.
crypto::Tree tree_of(std::uint64_t common, std::uint64_t others, char which) {
  crypto::Tree tree;
  store::LedgerReader reader(ledger().path());
  reader.each_entry([&](const conference::LeafRow& row, const auto&) {
    if (tree.size() < common) tree.append(row.leaf);
  });
  for (std::uint64_t i = 0; i < others; ++i) tree.append(crypto::sha256(std::string(1, which) + std::to_string(i)));
  return tree;
}

struct Founded {
  std::string envelope, origin, log;
  Founded() {
    store::LedgerReader reader(ledger().path());
    reader.each_entry([&](const conference::LeafRow& row, const std::optional<std::string_view>& text) {
      if (row.index == 0) envelope = std::string(*text);
    });
    const auto note = crypto::parse_checkpoint(ledger().newest_checkpoint());
    origin = note->checkpoint.origin;
    log = crypto::log_name(origin, envelope);
  }
};
const Founded& founded() {
  static const Founded one;
  return one;
}

std::string head(const crypto::Tree& tree, std::uint64_t size) {
  return crypto::sign_checkpoint({founded().origin, size, tree.root(size)}, ledger().keys.log.private_key);
}
wire::Json hex_list(const std::vector<crypto::Hash>& hashes) {
  wire::Json out = wire::Json::array();
  for (const auto& hash : hashes) out.push(crypto::hex(hash));
  return out;
}
wire::Json fork(const crypto::Tree& tree, std::uint64_t at, std::uint64_t size) {
  return wire::Json::object({{"size", static_cast<std::int64_t>(at)},
                             {"root", crypto::hex(tree.root(at))},
                             {"path", hex_list(tree.consistency(at, size).value())}});
}
std::string file(const std::string& code, const std::vector<std::string>& heads, wire::Json fork = {},
                 wire::Json entry = {}) {
  wire::Json notes = wire::Json::array();
  for (const auto& note : heads) notes.push(note);
  return wire::print_json(wire::Json::object({{"v", 1},
                                              {"type", "kasane-evidence"},
                                              {"code", code},
                                              {"log", founded().log},
                                              {"founding", founded().envelope},
                                              {"heads", std::move(notes)},
                                              {"fork", std::move(fork)},
                                              {"entry", std::move(entry)}}),
                          true) +
         "\n";
}

/// The ledger's tree with this envelope after it, and the entry as a client shows it.
struct Added {
  crypto::Tree tree = tree_of(100, 0, 'a');
  wire::Json entry;
  Added(const std::string& unit, const std::string& envelope) {
    const crypto::Salt salt;
    const auto index = tree.size();
    tree.append(crypto::hash_of({5, crypto::unit_tag(salt, unit), 0, {}, crypto::sha256(envelope)}));
    entry = wire::Json::object({{"i", static_cast<std::int64_t>(index)},
                                {"t", 5},
                                {"u", unit},
                                {"p", 0},
                                {"v", crypto::hex(crypto::Hash{})},
                                {"e", envelope},
                                {"salt", crypto::hex(salt)},
                                {"path", hex_list(tree.inclusion(index, tree.size()).value())}});
  }
  std::string accused(wire::Json fork = {}) const {
    return file("SEEN", {head(tree, tree.size())}, std::move(fork), entry);
  }
};

std::string written(const std::string& log, const std::string& unit, const wire::Payload::Seen& seen) {
  native::Draft draft;
  draft.statement.kind = policy::Kind::person_end;
  draft.statement.by = "kirino";
  draft.statement.person = "aoki";
  draft.unit = unit;
  return native::write_envelope({log, seen, 5}, std::move(draft), crypto::device_from_seed(crypto::Seed())).value();
}

bool says(const commands::verify::Verdict& verdict, const std::string& words) {
  INFO(verdict.line);
  CHECK(verdict.line.find('\n') == std::string::npos);
  const bool so = verdict.line.find(words) != std::string::npos;
  CHECK(so);
  return so;
}

}  // namespace

TEST_CASE("two signed heads of one size with different roots are a fork, proven by themselves") {
  const auto a = tree_of(5, 3, 'a');
  const auto b = tree_of(5, 3, 'b');
  const auto verdict = judge_accusation(file("ROOT", {head(a, 8), head(b, 8)}));
  CHECK(verdict.proven);
  CHECK(says(verdict, "two histories of one log (fork)"));
  CHECK(verdict.log == founded().log);
  CHECK(verdict.heads.size() == 2);
}

TEST_CASE("a longer head that does not continue the shorter is a fork, where its tree shows its own beginning") {
  const auto a = tree_of(5, 3, 'a');
  const auto b = tree_of(5, 9, 'b');
  for (const bool turned : {false, true}) {
    const std::vector<std::string> heads =
        turned ? std::vector{head(b, 14), head(a, 8)} : std::vector{head(a, 8), head(b, 14)};
    CHECK(judge_accusation(file("ROOT", heads, fork(b, 8, 14))).proven);
    CHECK_FALSE(judge_accusation(file("ROOT", heads)).proven);
    CHECK_FALSE(judge_accusation(file("ROOT", heads, fork(b, 7, 14))).proven);  // of another size
    CHECK_FALSE(judge_accusation(file("ROOT", heads, fork(a, 7, 8))).proven);   // of another tree
  }
}

TEST_CASE("two heads of one history prove nothing, in whichever order and with whichever proof") {
  const auto tree = tree_of(5, 9, 'a');
  CHECK_FALSE(judge_accusation(file("ROOT", {head(tree, 8), head(tree, 14)}, fork(tree, 8, 14))).proven);
  CHECK_FALSE(judge_accusation(file("ROOT", {head(tree, 8), head(tree, 8)})).proven);
  const auto back = judge_accusation(file("ROLLED_BACK", {head(tree, 14), head(tree, 8)}));
  CHECK_FALSE(back.proven);
  CHECK(says(back, "(rollback)"));
  CHECK(says(back, "has to show 14 entries"));
}

TEST_CASE("a head that the log did not sign binds nobody") {
  const auto tree = tree_of(5, 9, 'a');
  const auto forged = crypto::sign_checkpoint({founded().origin, 8, {}}, log::generate_keys().log.private_key);
  CHECK(says(judge_accusation(file("ROOT", {head(tree, 8), forged})), "not signed by the log"));
  CHECK(says(judge_accusation(file("ROOT", {})), "holds no head"));
}

TEST_CASE("an entry that an honest server takes into no log is shown to be in it") {
  const auto& log = founded().log;
  const wire::Payload::Seen seen{1, std::string(64, '0')};
  CHECK(says(judge_accusation(Added("directory", "no envelope").accused()), "is no statement"));
  CHECK(says(judge_accusation(Added("directory", written(founded().origin, "directory", seen)).accused()),
             "is of another log"));
  CHECK(says(judge_accusation(Added("directory", written(log, "audit/x", seen)).accused()), "stands in another unit"));
  CHECK(says(judge_accusation(Added("directory", written(log, "directory", {900, seen.root})).accused()),
             "saw entries after itself"));
}

TEST_CASE("an author who had seen another history is a fork, where the tree shows its own beginning") {
  const Added added("directory", written(founded().log, "directory", {3, std::string(64, 'a')}));
  CHECK_FALSE(judge_accusation(added.accused()).proven);
  const auto verdict = judge_accusation(added.accused(fork(added.tree, 3, added.tree.size())));
  CHECK(verdict.proven);
  CHECK(says(verdict, "had seen another history over 3 entries (fork)"));
  const Added honest("directory", written(founded().log, "directory", {3, crypto::hex(added.tree.root(3))}));
  CHECK_FALSE(judge_accusation(honest.accused(fork(honest.tree, 3, honest.tree.size()))).proven);
}

TEST_CASE("an entry of before the log promised only later ones, at a place after that, is proven by both signatures") {
  const Added added("directory", written(founded().log, "directory", {3, std::string(64, 'a')}));  // its time is 5 ms
  const auto own = [&](std::uint64_t size, std::uint64_t at_s, const crypto::SigningKey& key) {
    auto note = *crypto::parse_checkpoint(head(added.tree, size));
    note.signatures.push_back(crypto::cosign(note.checkpoint, at_s, founded().origin, key));
    return print(note);
  };
  const auto size = added.tree.size();
  const auto& key = ledger().keys.cosigner->private_key;
  const auto judged = [&](const std::string& note) {
    return judge_accusation(file("PROMISE", {head(added.tree, size), note}, {}, added.entry));
  };
  const auto verdict = judged(own(size - 1, 1, key));
  CHECK(verdict.proven);
  CHECK(says(verdict, "that all others would be later"));
  CHECK_FALSE(judged(own(size, 1, key)).proven);                                      // it was among them
  CHECK_FALSE(judged(own(size - 1, 0, key)).proven);                                  // it is later
  CHECK_FALSE(judged(own(size - 1, 1, ledger().keys.statement.private_key)).proven);  // another key
  CHECK_FALSE(judged(head(added.tree, size - 1)).proven);                             // nothing was promised
}

TEST_CASE("an entry that is not shown to be in the tree proves nothing") {
  Added added("directory", "no envelope");
  const Added other("directory", "another");
  CHECK(says(judge_accusation(file("LEAF", {head(other.tree, other.tree.size())}, {}, added.entry)),
             "not shown to be in"));
}

TEST_CASE("a file that is none, or of another log, proves nothing and says so in one line") {
  const auto tree = tree_of(5, 3, 'a');
  for (const std::string& text : {std::string(), std::string("{}"), std::string("[1]"),
                                  std::string("{\"v\":1,\"type\":\"kasane-evidence\"}"), std::string(2 << 20, ' ')})
    CHECK_FALSE(judge_accusation(text).proven);
  auto other = file("ROOT", {head(tree, 8), head(tree_of(5, 3, 'b'), 8)});
  other.replace(other.find("\"log\"") + 8, 1, "X");
  CHECK(says(judge_accusation(other), "not that of the log that it names"));
}

TEST_CASE("no byte of a proven file can be changed so that it proves something else") {
  const auto b = tree_of(5, 9, 'b');
  const auto text = file("ROOT", {head(tree_of(5, 3, 'a'), 8), head(b, 14)}, fork(b, 8, 14));
  const auto line = judge_accusation(text).line;
  for (std::size_t at = 0; at < text.size(); at += 7) {
    auto changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto verdict = judge_accusation(changed);
    if (verdict.proven) CHECK(verdict.line == line);
  }
}
