#include "server/wire/json.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <random>

#include "server/wire/limits.hpp"

using namespace kasane::wire;

namespace {

std::string why_not(std::string_view text, const ReadLimits& limits = {}) {
  std::string why;
  return read_json(text, limits, &why) ? "" : why;
}
bool same(const Json& a, const Json& b) {
  if (a.type() != b.type()) return false;
  if (a.boolean() != nullptr) return *a.boolean() == *b.boolean();
  if (a.integer() != nullptr) return *a.integer() == *b.integer();
  if (a.text() != nullptr) return *a.text() == *b.text();
  if (a.elements().size() != b.elements().size() || a.members().size() != b.members().size()) return false;
  for (std::size_t i = 0; i < a.elements().size(); ++i)
    if (!same(a.elements()[i], b.elements()[i])) return false;
  for (std::size_t i = 0; i < a.members().size(); ++i)
    if (a.members()[i].first != b.members()[i].first || !same(a.members()[i].second, b.members()[i].second))
      return false;
  return true;
}
/// Do both readers take the text for the same value, or both refuse it? An unfit number is refused by one, kept by the
/// other.
bool agree(std::string_view text) {
  const auto ours = read_json(text), theirs = read_document(text);
  if (!theirs || theirs->has_unfit_number()) return !ours;
  return ours && same(*ours, *theirs);
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

const std::vector<std::string> texts = {
    "null",
    " true ",
    "\t\r\nfalse",
    "0",
    "-0",
    "-1",
    "9007199254740991",
    "-9007199254740991",
    "9007199254740992",
    "-9007199254740992",
    "18446744073709551616",
    "123456789012345678901234567890",
    "00",
    "01",
    "-",
    "+1",
    "1.",
    "1.0",
    ".5",
    "1e3",
    "1E+3",
    "1e",
    "0x10",
    "NaN",
    "tru",
    "nullx",
    "\"\"",
    "\"plain text of more than eight bytes\"",
    R"("\"\\\/\b\f\n\r\t")",
    R"("\u0041\u00e9\u30b1\uD83D\uDE00\u0000")",
    R"("\ud83d")",
    R"("\ude00")",
    R"("\ud83d\u0041")",
    R"("\ud83dx")",
    R"("\u12g4")",
    R"("\u12")",
    R"("\x41")",
    R"("\)",
    "\"open",
    "\"line\nbreak\"",
    "\"\x7f\"",
    "\"\x1f\"",
    "\"重ね é 😀\"",
    "\"重ね\"x",
    "\"\xc0\xaf\"",
    "\"\xc1\xbf\"",
    "\"\xe0\x9f\xbf\"",
    "\"\xe0\xa0\x80\"",
    "\"\xed\x9f\xbf\"",
    "\"\xed\xa0\x80\"",
    "\"\xee\x80\x80\"",
    "\"\xf0\x8f\xbf\xbf\"",
    "\"\xf0\x90\x80\x80\"",
    "\"\xf4\x8f\xbf\xbf\"",
    "\"\xf4\x90\x80\x80\"",
    "\"\xf5\x80\x80\x80\"",
    "\"\x80\"",
    "\"\xe3\x81\"",
    "\"\xff\"",
    "\"seven77\x80 and on\"",
    "[]",
    "[ ]",
    "[1,2 , 3]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1",
    "[1}",
    "]",
    "{}",
    "{ }",
    R"({"a":1})",
    R"( { "a" : 1 , "b" : [ { } ] } )",
    R"({"a":1,})",
    R"({,"a":1})",
    R"({"a"})",
    R"({"a":})",
    R"({"a" 1})",
    R"({a:1})",
    R"({1:1})",
    R"({"a":1]})",
    R"({"a":1,"a":2})",
    R"({"a":1,"\u0061":2})",
    R"({"a":{"a":1},"b":{"a":2}})",
    R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11,"l":12,"m":13,"n":14})",
    R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11,"l":12,"m":13,"c":14})",
    R"({"":0})",
    "",
    " ",
    "1 1",
    "{}{}",
    "// comment\n1",
    "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
    "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]",
    "\xef\xbb\xbf{}",
    R"({"jsonrpc":"2.0","id":7,"method":"append","params":{"envelopes":["{\"payload\":\"eyJ2IjoxfQ==\"}"],"blobs":[]}})",
    R"({"v":1,"log":"town/0123456789abcdef#00","unit":"item/i-1","seen":{"size":12,"root":"00ff"},"nonce":"0a0b",)"
    R"("statement":{"kind":"message.post","by":"doi","item":"i-1","message":"m-1","body":{"length":560,"epoch":1}}})",
};

}  // namespace

TEST_CASE("the reader of the wire and nlohmann take every text for the same value, or both refuse it") {
  for (const auto& text : texts) {
    INFO(text);
    CHECK(agree(text));
  }
}

// ASVS 1.5.3: client-web/tests/wire/json.test.ts reads the same file.
TEST_CASE("the reader of the wire takes and refuses what the browser client's reader does") {
  std::ifstream file(std::string(KASANE_SOURCE_DIR) + "/tests/vectors/json_texts.json");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto shared = read_json(text);
  REQUIRE(shared);
  const auto& taken = shared->find("taken")->elements();
  const auto& refused = shared->find("refused")->elements();
  CHECK(taken.size() >= 20);
  CHECK(refused.size() >= 100);
  for (const auto& one : taken) {
    INFO(*one.find("text")->text());
    const auto read = read_json(*one.find("text")->text()), prints = read_json(*one.find("prints")->text());
    REQUIRE(read);
    REQUIRE(prints);
    CHECK(same(*read, *prints));
  }
  for (const auto& one : refused) {
    INFO(*one.find("what")->text());
    const auto* plain = one.find("text");
    CHECK_FALSE(read_json(plain != nullptr ? *plain->text() : from_hex(*one.find("hex")->text())));
  }
}

TEST_CASE("the readers agree on texts with bytes changed, doubled, dropped and mixed") {
  std::mt19937 random(20'261'128);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::string_view likely = "\"\\{}[],:0123456789-.eEu/ \n\t\x01\x7f\x80\xbf\xc3\xe3\xed\xf0\xf4tfnabc";
  std::size_t accepted = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text = texts[below(texts.size())];
    for (std::size_t change = below(4) + 1; change > 0; --change) {
      const std::size_t at = below(text.size() + 1);
      const char byte = below(4) == 0 ? static_cast<char>(random()) : likely[below(likely.size())];
      switch (below(5)) {
        case 0:
          if (at < text.size()) text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        case 2:
          text.erase(at, below(3) + 1);
          break;
        case 3:
          text.insert(at, texts[below(texts.size())]);
          break;
        default:
          text.insert(at, text.substr(below(text.size() + 1), below(12)));
      }
    }
    accepted += read_json(text).has_value() ? 1U : 0U;
    if (agree(text)) continue;
    INFO(text);
    FAIL("the readers differ");
  }
  CHECK(accepted > 1'000);  // it is not only refusals that were compared
}

TEST_CASE("what is printed reads back to the same value") {
  std::size_t read = 0;
  for (const auto& text : texts) {
    const auto value = read_json(text);
    if (!value) continue;
    ++read;
    for (const bool pretty : {false, true}) {
      const auto again = read_json(print_json(*value, pretty));
      REQUIRE(again);
      CHECK(same(*value, *again));
    }
  }
  CHECK(read > 20);
}

TEST_CASE(
    "a text is refused with the reason: too large, too deep, a name twice, no integer, too many values, or where") {
  CHECK(why_not("[]", {.bytes = 1}) == "too large");
  CHECK(why_not("[[]]", {.depth = 1}) == "nested too deeply");
  CHECK(why_not("[[]]", {.depth = 2}).empty());
  CHECK(why_not(R"({"a":1,"b":2,"a":3})") == "duplicate member");
  CHECK(why_not("1.5") == "a number that is no integer within 2^53");
  CHECK(why_not("[1,2]", {.values = 2}) == "too many values");
  CHECK(why_not("[1,2]", {.values = 3}).empty());
  CHECK(why_not("[1;2]") == "not JSON at byte 2");
}

TEST_CASE("nothing follows the value, not even behind a NUL byte") {
  using namespace std::string_view_literals;
  CHECK(why_not("{} {}"sv) == "not JSON at byte 3");
  CHECK(why_not("{}\0{}"sv) == "not JSON at byte 2");
  std::string why;
  CHECK_FALSE(read_document("{}\0{}"sv, {}, &why));
  CHECK(why == "a NUL byte");
}

TEST_CASE("a message of a megabyte of names or of lists is read or refused in bounded time and memory") {
  std::string names = "{";
  for (int i = 0; names.size() + 16 < limits::message_bytes; ++i) names += '"' + std::to_string(i) + "\":0,";
  names.back() = '}';
  CHECK(read_json(names, {.values = limits::message_values}));
  names.back() = ',';
  CHECK(why_not(names + R"("77":0})") == "duplicate member");
  std::string lists = "[";
  while (lists.size() + 4 < limits::message_bytes) lists += "[],";
  lists.back() = ']';
  CHECK(why_not(lists, {.values = limits::message_values}) == "too many values");
  CHECK(why_not(std::string(limits::message_bytes, '[')) == "nested too deeply");
}

TEST_CASE("a file keeps a number that is no integer as unfit, so that the one statement with it can be refused") {
  const auto file =
      read_document(R"({"whole":1,"part":1.5,"large":9007199254740992,"low":-9007199254740992,"minus":-0})");
  REQUIRE(file);
  CHECK(file->find("whole")->integer() != nullptr);
  for (const auto* name : {"part", "large", "low", "minus"})
    CHECK(file->find(name)->type() == Json::Type::unfit_number);
}
