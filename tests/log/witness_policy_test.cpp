#include "server/log/witness_policy.hpp"

#include <catch2/catch.hpp>

#include "tests/log/example.hpp"

using namespace kasane;

namespace {

struct Cosigners {
  given::ExampleLog town{7};
  std::vector<crypto::SigningKeyPair> keys;
  std::string vkeys[4], log = crypto::note_verifier_key(town.origin, town.key.public_key);
  Cosigners() {
    for (int i = 0; i < 4; ++i) {
      keys.push_back(crypto::signing_generate());
      vkeys[i] = crypto::note_verifier_key(name(i), keys.back().public_key, crypto::NoteKeyType::cosigner);
    }
  }
  static std::string name(int i) { return "w.example/" + std::to_string(i); }
  std::string witness(int i) const { return "witness w" + std::to_string(i) + " " + vkeys[i] + "\n"; }
  std::string three() const { return witness(0) + witness(1) + witness(2); }
  crypto::SignedCheckpoint note(std::initializer_list<std::pair<int, std::uint64_t>> cosigned) const {
    auto note = *crypto::parse_checkpoint(crypto::sign_checkpoint(town.checkpoint(7), town.key.private_key));
    for (const auto& [i, at] : cosigned)
      note.signatures.push_back(
          crypto::cosign(note.checkpoint, at, name(i), keys[static_cast<std::size_t>(i)].private_key));
    return note;
  }
};

log::WitnessPolicy read(const std::string& text) {
  std::string why;
  auto policy = log::parse_policy(text, why);
  INFO(why);
  REQUIRE(policy);
  CHECK(log::parse_policy(log::print_policy(*policy), why) == policy);
  return *policy;
}
std::string wrong(const std::string& text) {
  std::string why;
  INFO(text);
  CHECK_FALSE(log::parse_policy(text, why));
  return why;
}

}  // namespace

TEST_CASE("a policy file with its log, witnesses, groups and quorum reads back") {
  const Cosigners given;
  const auto policy = read("# ours\n\n\tlog " + given.log + "  http://127.0.0.1:1/\n" + given.three() +
                           given.witness(3) + "group most 2 w0 w1 w2\ngroup both all most w3\nquorum both\n");
  CHECK(policy.logs.at(0).url == "http://127.0.0.1:1/");
  CHECK(policy.witnesses.size() == 4);
  CHECK(policy.groups.at(0).least == 2);
  CHECK(policy.groups.at(1).least == 2);
  CHECK(log::least_cosigners(policy) == 3);
  CHECK(log::least_cosigners(read("quorum none\n")) == 0);
  CHECK(log::least_cosigners(read(given.witness(0) + "quorum w0\n")) == 1);
}

TEST_CASE("a quorum stands by the time at which enough witnesses had cosigned, and no later") {
  const Cosigners given;
  const auto policy = read(given.three() + "group most 2 w0 w1 w2\nquorum most\n");
  CHECK_FALSE(log::quorum_at(policy, given.note({})));
  CHECK_FALSE(log::quorum_at(policy, given.note({{0, 100}})));
  CHECK_FALSE(log::quorum_at(policy, given.note({{0, 100}, {0, 200}})));
  CHECK_FALSE(log::quorum_at(policy, given.note({{0, 100}, {3, 200}})));
  CHECK(log::quorum_at(policy, given.note({{0, 100}, {1, 200}})) == 100U);
  CHECK(log::quorum_at(policy, given.note({{0, 100}, {1, 200}, {2, 300}})) == 200U);
  auto spoilt = given.note({{0, 100}, {1, 200}});
  spoilt.signatures.back().signature.back() ^= 1;
  CHECK_FALSE(log::quorum_at(policy, spoilt));
}

TEST_CASE("a policy file that is not one is refused with the line and what is wrong") {
  const Cosigners given;
  CHECK(wrong("") == "no quorum line stands in it");
  CHECK(wrong("quorum none") == "line 1: the last line does not end");
  CHECK(wrong("quorum none\nquorum none\n") == "line 2: a second quorum line");
  CHECK(wrong("quorum w0\n" + given.witness(0)) == "line 1: quorum takes a name defined above");
  CHECK(wrong("witness w0 " + given.log + "\nquorum w0\n") == "line 1: that is no witness's verifier key (type 4)");
  CHECK(wrong("log " + given.vkeys[0] + "\nquorum none\n") == "line 1: that is no log's verifier key");
  CHECK(wrong("log " + given.log + "\nlog " + given.log + "\n") == "line 2: that log's key stands there twice");
  CHECK(wrong(given.witness(0) + given.witness(0)) == "line 2: that name is taken");
  CHECK(wrong(given.witness(0) + "witness w1 " + given.vkeys[0] + "\n") ==
        "line 2: that witness's key stands there twice");
  CHECK(wrong("witness none " + given.vkeys[0] + "\n") == "line 1: that name is taken");
  CHECK(wrong(given.three() + "group g 4 w0 w1 w2\n") == "line 4: the number does not fit the members");
  CHECK(wrong(given.three() + "group g 0 w0\n") == "line 4: the number does not fit the members");
  CHECK(wrong(given.three() + "group g any w3\n") == "line 4: a member is not defined above");
  CHECK(wrong(given.three() + "group g any none\n") == "line 4: a member is not defined above");
  CHECK(wrong(given.three() + "group g any w0\ngroup h any w0\n") == "line 5: a member is in two groups");
  CHECK(wrong(given.three() + "group g any\n") == "line 4: group takes a name, all, any or a number, and its members");
  CHECK(wrong("trust me\n") == "line 1: it begins with no word of a policy file");
  CHECK(wrong("quorum none\r\n") == "line 1: an octet that may not stand there");
  CHECK(wrong(std::string(log::policy_bytes_max + 1, '\n')) == "it is larger than 16 KiB");
}

TEST_CASE("a log is founded with one group of witnesses, so many of them, and no other policy") {
  const Cosigners given;
  std::string why;
  const auto founded = [&](const std::string& text) { return log::cosigners_of(read(text), why); };
  const auto three = founded(given.three() + "group most 2 w0 w1 w2\nquorum most\n");
  REQUIRE(three);
  CHECK(three->least == 2);
  REQUIRE(three->keys.size() == 3);
  CHECK(three->keys[2] == crypto::parse_verifier_key(given.vkeys[2]));
  CHECK(founded(given.witness(0) + "quorum w0\n"));
  CHECK_FALSE(founded("log " + given.log + "\n" + given.witness(0) + "quorum w0\n"));
  CHECK(why == "it must name no log: this one is only being made, and serve asks for its line later");
  CHECK_FALSE(founded("quorum none\n"));
  CHECK(why == "it asks for no quorum (leave --witness-policy away where there are no witnesses)");
  const std::string one_group = "its quorum must be one group of all of its witnesses, and of no other group";
  CHECK_FALSE(founded(given.three() + "group most 2 w0 w1\nquorum most\n"));
  CHECK(why == one_group);
  CHECK_FALSE(founded(given.three() + "group two all w0 w1\ngroup all all two w2\nquorum all\n"));
  CHECK(why == one_group);
  CHECK_FALSE(founded(given.three() + "group any any w0 w1 w2\nquorum any\n"));
  CHECK(why == "its quorum is 1 of 3 witnesses; it must be more than half, and of at most 14");
}

TEST_CASE("a service runs under the witnesses that its log was founded with, no others and no fewer") {
  const Cosigners given;
  std::string why;
  const auto most = read(given.three() + "group most 2 w0 w1 w2\nquorum most\n");
  const auto founded = log::cosigners_of(most, why).value();
  const auto refused = [&](const std::string& text) { return log::complaint(read(text), founded).value_or(""); };
  CHECK_FALSE(log::complaint(most, founded));
  CHECK(refused(given.witness(2) + given.witness(1) + given.witness(0) + "group g all w0 w1 w2\nquorum g\n").empty());
  CHECK(log::complaint(std::nullopt, founded) ==
        "this log was founded with witnesses, 2 of 3: --witness-policy must say where to ask them");
  const std::string others = "it names other witnesses than the 3 that the log was founded with";
  CHECK(refused(given.witness(0) + given.witness(1) + "group g all w0 w1\nquorum g\n") == others);
  CHECK(refused(given.three() + given.witness(3) + "group g 3 w0 w1 w2 w3\nquorum g\n") == others);
  CHECK(refused(given.witness(0) + given.witness(1) + given.witness(3) + "group g all w0 w1 w3\nquorum g\n") == others);
  CHECK(refused(given.three() + "group g any w0 w1 w2\nquorum g\n") ==
        "its quorum is 1, and the log was founded with 2 of 3");
  CHECK_FALSE(log::complaint(std::nullopt, crypto::Cosigners{}));  // founded without: the operators' own business
  CHECK_FALSE(log::complaint(most, crypto::Cosigners{}));
}

TEST_CASE("a quorum of what a log was founded with stands by the same time as its policy's") {
  const Cosigners given;
  std::string why;
  const auto policy = read(given.three() + "group most 2 w0 w1 w2\nquorum most\n");
  const auto founded = log::cosigners_of(policy, why).value();
  using Times = std::initializer_list<std::pair<int, std::uint64_t>>;
  for (const auto& times : {Times{},
                            {{0, 100}},
                            {{0, 100}, {0, 200}},
                            {{0, 100}, {3, 200}},
                            {{0, 100}, {1, 200}},
                            {{0, 100}, {1, 200}, {2, 300}}})
    CHECK(quorum_at(founded, given.note(times)) == log::quorum_at(policy, given.note(times)));
  CHECK(quorum_at(founded, given.note({{0, 100}, {1, 200}, {2, 300}})) == 200U);
  auto spoilt = given.note({{0, 100}, {1, 200}});
  spoilt.signatures.back().signature.back() ^= 1;
  CHECK_FALSE(quorum_at(founded, spoilt));
}
