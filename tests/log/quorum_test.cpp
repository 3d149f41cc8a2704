#include "server/log/quorum.hpp"

#include <catch2/catch.hpp>

#include "server/log/witness.hpp"
#include "server/log/witness_url.hpp"
#include "tests/log/example.hpp"

using namespace kasane;
using log::Trouble;

namespace {

struct Memory final : log::WitnessMemory {
  std::map<std::string, crypto::Checkpoint> kept;
  std::optional<crypto::Checkpoint> newest(const std::string& origin) override {
    const auto at = kept.find(origin);
    return at == kept.end() ? std::nullopt : std::optional(at->second);
  }
  bool keep(const crypto::Checkpoint& checkpoint) override {
    kept[checkpoint.origin] = checkpoint;
    return true;
  }
};

struct Stand {
  Stand(const std::string& name, const crypto::VerifierKey& log)
      : judge(name, given::ExampleLog::key_of(name), {log}, memory) {}
  Memory memory;
  log::Witness judge;
  bool down = false;
  std::int64_t off_s = 0;  ///< its clock
};

/// A log of 20 entries that is shown as far as `size`, and real witnesses, asked without sockets.
struct Watched {
  given::ExampleLog town{20};
  std::uint64_t size = 7;
  log::Now now{1'700'000'500'000, 1'000};
  std::vector<std::unique_ptr<Stand>> witnesses;
  std::optional<log::Quorum> quorum;

  explicit Watched(std::size_t count, std::size_t least) {
    std::string policy = "log " + vkey() + "\n", members;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = "w.example/" + std::to_string(i);
      witnesses.push_back(std::make_unique<Stand>(name, log()));
      auto& one = *witnesses.back();
      policy += "witness w" + std::to_string(i) + " " + one.judge.verifier_key() + " http://127.0.0.1:1\n";
      members += " w" + std::to_string(i);
    }
    policy += "group g " + std::to_string(least) + members + "\nquorum g\n";
    std::string why;
    auto parsed = log::parse_policy(policy, why);
    INFO(why);
    REQUIRE(parsed);
    CHECK_FALSE(log::complaint(*parsed, log()));
    quorum.emplace(std::move(*parsed),
                   [this](std::uint64_t from, std::uint64_t to) { return town.tree.consistency(from, to); });
  }
  crypto::VerifierKey log() const { return {town.origin, town.key.public_key, crypto::NoteKeyType::log}; }
  std::string vkey() const { return crypto::note_verifier_key(town.origin, town.key.public_key); }
  std::string note() const { return crypto::sign_checkpoint(town.checkpoint(size), town.key.private_key); }
  void pass(std::int64_t ms) {
    now.wall_ms += ms;
    now.steady_ms += ms;
  }
  /// Asks until nothing is left to ask now. Returns how many questions went out.
  std::size_t ask_all() {
    std::size_t asked = 0;
    for (;;) {
      const auto questions = quorum->questions(note(), now);
      if (questions.empty()) return asked;
      for (const auto& question : questions) {
        ++asked;
        REQUIRE(asked < 100);
        auto& one = *witnesses[question.witness];
        if (one.down) {
          quorum->failed(question.witness, Trouble::unreachable, now);
          continue;
        }
        const auto answer =
            one.judge.add_checkpoint(question.body, static_cast<std::uint64_t>(now.wall_ms / 1'000 + one.off_s));
        quorum->answered(question.witness, answer.status, answer.type, answer.text, now);
      }
    }
  }
  /// The one question to the one witness, answered by hand.
  Trouble answer_with(unsigned status, const std::string& type, const std::string& body) {
    const auto questions = quorum->questions(note(), now);
    REQUIRE(questions.size() == 1);
    CHECK_FALSE(quorum->answered(0, status, type, body, now));
    return quorum->states().at(0).trouble;
  }
  std::string cosigned(const crypto::Checkpoint& what, const std::string& name, const std::string& key) const {
    return print(crypto::cosign(what, static_cast<std::uint64_t>(now.wall_ms / 1'000), name,
                                given::ExampleLog::key_of(key).private_key));
  }
};

}  // namespace

TEST_CASE("a head stands when enough witnesses have cosigned one and the same checkpoint") {
  Watched given(2, 2);
  CHECK(given.ask_all() == 2);
  REQUIRE(given.quorum->head());
  const auto note = crypto::parse_checkpoint(given.quorum->head()->note);
  REQUIRE(note);
  CHECK(note->checkpoint == given.town.checkpoint(7));
  CHECK(note->signatures.size() == 3);
  CHECK(given.quorum->head()->at_ms == given.now.wall_ms);
  CHECK(given.quorum->answering() == 2);
  given.size = 20;
  CHECK(given.ask_all() == 0);  // half a second for what grows together
  given.pass(500);
  CHECK(given.ask_all() == 2);
  CHECK(given.quorum->head()->size == 20);
  CHECK(given.witnesses[1]->memory.kept.at(given.town.origin).size == 20);
}

TEST_CASE("a log that does not grow is cosigned again before its head is old") {
  Watched given(2, 2);
  given.ask_all();
  given.pass(log::Quorum::renew_ms - 1);
  CHECK(given.ask_all() == 0);
  given.pass(1);
  CHECK(given.ask_all() == 2);
  CHECK(given.quorum->head()->at_ms == given.now.wall_ms);
}

TEST_CASE("a witness that is down is named and asked more and more rarely, and its quorum grows old meanwhile") {
  Watched given(2, 2);
  given.ask_all();
  const auto before = given.quorum->head();
  given.witnesses[1]->down = true;
  std::size_t asked = 0;
  for (int i = 0; i < 600; ++i) {
    given.pass(1'000);
    asked += given.ask_all();
  }
  CHECK(given.quorum->head() == before);
  CHECK(given.quorum->states().at(1).trouble == Trouble::unreachable);
  CHECK(given.quorum->states().at(0).trouble == Trouble::none);
  CHECK(given.quorum->answering() == 1);
  CHECK(asked < 50);
  given.witnesses[1]->down = false;
  given.pass(log::Quorum::backoff_max_ms);
  given.ask_all();
  CHECK(given.quorum->head()->at_ms >= given.now.wall_ms - log::Quorum::renew_ms);
  CHECK(given.quorum->answering() == 2);
}

TEST_CASE("two of three are a quorum, and the third is not waited for") {
  Watched given(3, 2);
  given.witnesses[2]->down = true;
  given.ask_all();
  REQUIRE(given.quorum->head());
  given.size = 12;
  given.pass(500);
  given.ask_all();
  CHECK(given.quorum->head()->size == 12);
}

TEST_CASE("a witness that knows more than it was thought to is asked again from there") {
  Watched given(1, 1);
  given.ask_all();
  // Another life of the service has come further, and this one starts knowing nothing.
  Watched again(1, 1);
  again.witnesses[0]->memory.kept = given.witnesses[0]->memory.kept;
  again.size = 20;
  CHECK(again.ask_all() == 2);
  CHECK(again.quorum->head()->size == 20);
}

TEST_CASE("a witness that has cosigned more than there is says that the log was set back") {
  Watched given(1, 1);
  given.witnesses[0]->memory.kept[given.town.origin] = given.town.checkpoint(20);
  given.ask_all();
  CHECK(given.quorum->states().at(0).trouble == Trouble::ahead);
  CHECK_FALSE(given.quorum->head());
}

TEST_CASE("a witness that has cosigned another history says so") {
  Watched given(1, 1);
  crypto::Checkpoint other = given.town.checkpoint(5);
  other.root.bytes[0] ^= 1;
  given.witnesses[0]->memory.kept[given.town.origin] = other;
  given.ask_all();
  CHECK(given.quorum->states().at(0).trouble == Trouble::conflict);
  CHECK_FALSE(given.quorum->head());
}

TEST_CASE("an answer that lies, or is none, counts for nothing and is named") {
  Watched given(1, 1);
  const auto here = given.town.checkpoint(7);
  auto other = here;
  other.root.bytes[3] ^= 1;
  const std::string name = "w.example/0", text = "text/plain; charset=utf-8", size = "text/x.tlog.size";
  Trouble trouble = Trouble::none;
  SECTION("another key under its name") {
    trouble = Trouble::wrong_key;
    CHECK(given.answer_with(200, text, given.cosigned(here, name, "somebody")) == trouble);
  }
  SECTION("another name") {
    trouble = Trouble::wrong_key;
    CHECK(given.answer_with(200, text, given.cosigned(here, "w.example/9", name)) == trouble);
  }
  SECTION("its key over another root") {
    trouble = Trouble::bad_signature;
    CHECK(given.answer_with(200, text, given.cosigned(other, name, name)) == trouble);
  }
  SECTION("its key at another time than now") {
    trouble = Trouble::clock;
    const auto line = given.cosigned(here, name, name);
    given.pass(log::Quorum::clock_ms + 1'000);
    CHECK(given.answer_with(200, text, line) == trouble);
  }
  SECTION("words") {
    trouble = Trouble::malformed;
    CHECK(given.answer_with(200, text, "hello\n") == trouble);
  }
  SECTION("nothing") {
    trouble = Trouble::malformed;
    CHECK(given.answer_with(200, text, "") == trouble);
  }
  SECTION("a size that is none") {
    trouble = Trouble::malformed;
    CHECK(given.answer_with(409, size, "007\n") == trouble);
  }
  SECTION("a size without its type") {
    trouble = Trouble::refused;
    CHECK(given.answer_with(409, text, "3\n") == trouble);
  }
  SECTION("statuses") {
    const auto [status, expected] = GENERATE(std::pair{403U, Trouble::not_signed}, std::pair{404U, Trouble::unwatched},
                                             std::pair{422U, Trouble::conflict}, std::pair{500U, Trouble::refused},
                                             std::pair{302U, Trouble::refused});
    trouble = expected;
    CHECK(given.answer_with(status, text, "no\n") == trouble);
  }
  SECTION("409 without end") {
    trouble = Trouble::conflict;
    CHECK(given.answer_with(409, size, "3\n") != trouble);
    CHECK(given.answer_with(409, size, "4\n") != trouble);
    CHECK(given.answer_with(409, size, "5\n") == trouble);
  }
  CHECK_FALSE(given.quorum->head());
  CHECK(given.quorum->answering() == 0);
  CHECK(given.quorum->questions(given.note(), given.now).empty());  // not at once again
  CHECK_FALSE(log::name_of(trouble).empty());
}

TEST_CASE("a policy that two histories could satisfy, or whose witnesses cannot be asked, is refused in words") {
  const given::ExampleLog town(1);
  const crypto::VerifierKey log{town.origin, town.key.public_key, crypto::NoteKeyType::log};
  const std::string head = "log " + crypto::note_verifier_key(log.name, log.key) + "\n";
  const auto witness = [](int i, const std::string& url) {
    const std::string name = "w" + std::to_string(i);
    return "witness " + name + " " +
           crypto::note_verifier_key(name, given::ExampleLog::key_of(name).public_key, crypto::NoteKeyType::cosigner) +
           " " + url + "\n";
  };
  const auto complaint = [&](const std::string& text) {
    std::string why;
    const auto policy = log::parse_policy(text, why);
    INFO(why);
    REQUIRE(policy);
    return log::complaint(*policy, log).value_or("");
  };
  const std::string at = "http://127.0.0.1:9001", two = witness(0, at) + witness(1, at);
  CHECK(complaint(head + two + "group g all w0 w1\nquorum g\n").empty());
  CHECK(complaint(head + two + "group g any w0 w1\nquorum g\n") ==
        "its quorum is 1 of 2 witnesses; it must be more than half, or two histories could find a quorum each");
  CHECK(complaint(head + two + "quorum w0\n") ==
        "its quorum is 1 of 2 witnesses; it must be more than half, or two histories could find a quorum each");
  CHECK(complaint(head + two + "quorum none\n").starts_with("it asks for no quorum"));
  CHECK(complaint(two + "group g all w0 w1\nquorum g\n") ==
        "it must name this log and no other: " + head.substr(0, head.size() - 1));
  for (const auto& [url, why] :
       {std::pair{"https://127.0.0.1", "its URL must begin with http:// (a proxy may stand in front of https)"},
        {"http://192.0.2.1", "its URL is neither on loopback nor in a private network"},
        {"http://[2001:db8::1]:1", "its URL is neither on loopback nor in a private network"},
        {"http://0.0.0.0:1", "its URL is neither on loopback nor in a private network"},
        {"http://witness.example", "its URL must name an IP address or localhost"},
        {"http://127.0.0.1:0", "its URL has no port from 1 to 65535"},
        {"http://127.0.0.1:080", "its URL has no port from 1 to 65535"},
        {"http://127.1:80", "its URL must name an IP address or localhost"},
        {"http://user@127.0.0.1", "its URL must name an IP address or localhost"},
        {"http://127.0.0.1/a?b", "its URL has a letter that may not stand in a path here"}})
    CHECK(complaint(head + witness(0, url) + "quorum w0\n") == std::string("witness w0: ") + why);
  CHECK(complaint(head + witness(0, "") + "quorum w0\n") == "witness w0: it has no URL to ask at");
}

TEST_CASE("a witness's URL is an address near by, a port and a path") {
  std::string why;
  CHECK(log::parse_witness_url("http://127.0.0.1:9001", why) ==
        log::WitnessUrl{"127.0.0.1", 9001, "127.0.0.1:9001", "/add-checkpoint"});
  CHECK(log::parse_witness_url("http://localhost/w/one/", why) ==
        log::WitnessUrl{"127.0.0.1", 80, "localhost", "/w/one/add-checkpoint"});
  CHECK(log::parse_witness_url("http://[::1]:9002/", why) ==
        log::WitnessUrl{"::1", 9002, "[::1]:9002", "/add-checkpoint"});
  for (const auto* url : {"http://10.1.2.3", "http://172.31.0.1", "http://192.168.1.1:8", "http://[fd00::1]"})
    CHECK(log::parse_witness_url(url, why));
  for (const auto* url : {"http://172.32.0.1", "http://[::ffff:127.0.0.1]", "http://", "http:///x", "http://[::1"})
    CHECK_FALSE(log::parse_witness_url(url, why));
}
