#include <catch2/catch.hpp>

#include "tests/policy/town.hpp"

using kasane::tests::Town;

// policy.md §8, the state of one cell after each history.
namespace {

struct Cells {
  Town town = Town::founded();
  int count = 0;
  Cells& consent(const std::string& giver, const std::string& state, const std::string& categories,
                 const std::string& recipients = "\"*\"", const std::string& more = {}) {
    town.says(R"({"kind":"consent.record","by":"doi","consent":"d)" + std::to_string(++count) +
              R"(","case":"c1","subject":"s2","giver":")" + giver + R"(","state":")" + state + R"(","categories":)" +
              categories + R"(,"recipients":)" + recipients +
              R"(,"purpose":"support","method":"written","evidence":"e")" + more + "}");
    return *this;
  }
  Cells& authority(const std::string& id, const std::string& type, const std::string& more = {}) {
    town.says(R"({"kind":"authority.add","by":"doi","authority":")" + id +
              R"(","case":"c1","subject":"s2","holder":"h-)" + id + R"(","type":")" + type + R"(","categories":"*")" +
              more + "}");
    return *this;
  }
  Cells& at(const char* instant) {
    town.at(instant);
    return *this;
  }
  std::string state(const std::string& category, const std::string& recipient = "care") const {
    const auto answer = town.ask(R"({"consents":"s2","case":"c1"})");
    for (const auto& cell : answer.find("cells")->elements())
      if (*cell.find("category")->text() == category && *cell.find("recipient")->text() == recipient)
        return *cell.find("state")->text();
    return "none";
  }
};

}  // namespace

TEST_CASE("silence is no consent, and an answer not given is none") {
  CHECK(Cells().state("HOU") == "NO_CONSENT");
  CHECK(Cells().consent("self", "asked_no_answer", "[\"HOU\"]").state("HOU") == "ASKED_NO_ANSWER");
  CHECK(Cells().consent("self", "unable", "\"*\"").state("HOU") == "UNABLE_TO_JUDGE");
}

TEST_CASE("a star in a grant leaves out whereabouts, reporters and persons; in a refusal it takes all") {
  Cells granted;
  granted.consent("self", "granted", "\"*\"");
  CHECK(granted.state("HOU") == "GRANTED");
  CHECK(granted.state("PADR") == "CONSENT_NOT_COVERING");
  CHECK(Cells().consent("self", "granted", "\"*\"").consent("self", "refused", "\"*\"").state("PADR") == "REFUSED");
  granted.consent("self", "granted", "[\"FAM\"]", R"(["person:kin"])");
  CHECK(granted.state("FAM", "person:kin") == "GRANTED");
  CHECK(granted.state("HOU", "person:kin") == "CONSENT_NOT_COVERING");
}

TEST_CASE("a refusal by name outlives a blanket grant, not a grant by name") {
  Cells cells;
  cells.consent("self", "refused", "[\"HOU\"]").consent("self", "granted", "\"*\"");
  CHECK(cells.state("HOU") == "REFUSED");
  CHECK(cells.state("FAM") == "GRANTED");
  CHECK(cells.consent("self", "granted", "[\"HOU\"]").state("HOU") == "GRANTED");
  CHECK(cells.consent("self", "revoked", "\"*\"").state("HOU") == "REVOKED");
}

TEST_CASE("a period ends a grant by itself") {
  Cells cells;
  cells.consent("self", "granted", "[\"HOU\"]", "\"*\"",
                R"(,"from":"2026-05-01T00:00:00Z","to":"2026-06-01T00:00:00Z")");
  CHECK(cells.state("HOU") == "NO_CONSENT");
  CHECK(cells.at("2026-05-01T00:00:00Z").state("HOU") == "GRANTED");
  CHECK(cells.at("2026-06-01T00:00:00Z").state("HOU") == "EXPIRED");
}

TEST_CASE("a parent's word ends at majority, an authority's with its period, a subject's with death") {
  CHECK(Cells().authority("p", "parent").consent("p", "granted", "[\"HOU\"]").at("2026-09-01T00:00:00Z").state("HOU") ==
        "ENDED_MAJORITY");
  CHECK(Cells().authority("p", "parent").consent("p", "refused", "[\"HOU\"]").at("2026-09-01T00:00:00Z").state("HOU") ==
        "NO_CONSENT");
  CHECK(Cells()
            .authority("g", "guardian", R"(,"to":"2026-05-01T00:00:00Z")")
            .consent("g", "granted", "[\"HOU\"]")
            .at("2026-05-01T00:00:00Z")
            .state("HOU") == "ENDED_AUTHORITY");
  Cells cells;
  cells.consent("self", "granted", "[\"HOU\"]");
  cells.town.says(
      R"({"kind":"case.subject","by":"aki","case":"c1","subject":"s2","deceased_at":"2026-04-01T00:00:00Z"})");
  CHECK(cells.state("HOU") == "ENDED_DEATH");
}

TEST_CASE("a guardian in conflict neither opens nor closes") {
  Cells cells;
  cells.authority("g", "guardian").consent("g", "granted", "[\"HOU\"]");
  CHECK(cells.state("HOU") == "GRANTED");
  cells.town.says(R"({"kind":"authority.conflict","by":"doi","authority":"g","conflict":true})");
  CHECK(cells.state("HOU") == "AUTHORITY_CONFLICT");
  cells.consent("self", "granted", "[\"HOU\"]").consent("g", "refused", "\"*\"");
  CHECK(cells.state("HOU") == "GRANTED");
}

TEST_CASE("a guardian lifts the subject's refusal only where the subject could not judge since") {
  Cells cells;
  cells.authority("g", "guardian").consent("self", "unable", "\"*\"").consent("self", "refused", "[\"HOU\"]");
  CHECK(cells.consent("g", "granted", "[\"HOU\"]").state("HOU") == "REFUSED");
  cells.consent("self", "unable", "\"*\"");
  CHECK(cells.consent("g", "granted", "\"*\"").state("HOU") == "REFUSED");
  CHECK(cells.consent("g", "granted", "[\"HOU\"]").state("HOU") == "GRANTED");
}

TEST_CASE("a parent never lifts another's refusal, a child of age does") {
  Cells cells;
  cells.authority("m", "parent").authority("f", "parent").consent("m", "refused", "[\"HOU\"]");
  CHECK(cells.consent("f", "granted", "[\"HOU\"]").state("HOU") == "REFUSED");
  CHECK(cells.consent("self", "granted", "[\"HOU\"]").state("HOU") == "GRANTED");
}

TEST_CASE("a parent's later refusal has no effect while the child's own grant is in force") {
  Cells cells;
  cells.town.says(
      R"({"kind":"case.subject","by":"aki","case":"c1","subject":"s2","own_consent_at":"2026-04-01T00:00:00Z"})");
  cells.authority("m", "parent");
  cells.consent("self", "granted", "[\"HOU\"]", "\"*\"", R"(,"to":"2026-05-01T00:00:00Z")");
  CHECK(cells.consent("m", "refused", "\"*\"").state("HOU") == "GRANTED");
  CHECK(cells.at("2026-05-01T00:00:00Z").state("HOU") == "REFUSED");
}
