#pragma once

#include <catch2/catch.hpp>
#include <deque>
#include <map>
#include <memory>

#include "crypto/device.hpp"
#include "crypto/envelope.hpp"
#include "crypto/note.hpp"
#include "crypto/random.hpp"
#include "server/conference/engine.hpp"
#include "server/store/sqlite_store.hpp"

/// A small town to hold conferences in: the real engine over SQLite in memory, without threads; a clock moved by hand;
/// connections that keep what they were sent.
namespace kasane::given {

struct HandClock final : conference::Clock {
  std::int64_t wall = 1'795'000'000'000, steady = 5'000'000;
  std::int64_t wall_ms() override { return wall; }
  std::int64_t steady_ms() override { return steady; }
  void pass(std::int64_t ms) {
    wall += ms;
    steady += ms;
  }
};
struct SystemRandom final : conference::Random {
  void fill(std::span<std::uint8_t> out) override { crypto::random_fill(out); }
};
struct Desk final : conference::Outlet {
  std::map<conference::Connection, std::deque<std::string>> inbox;
  std::map<conference::Connection, std::uint16_t> closed;
  std::map<conference::Connection, std::string> head;  ///< the newest `head`, which comes between all else
  std::size_t messages = 0;                            ///< one a reader set
  void deliver(std::vector<conference::Delivery> given) override {
    for (const auto& [to, message] : given) {
      const bool is_head = message->starts_with(R"({"jsonrpc":"2.0","method":"head")");
      messages += is_head ? 0 : 1;
      for (const auto connection : to) {
        if (is_head)
          head[connection] = *message;
        else
          inbox[connection].push_back(*message);
      }
    }
  }
  void close(conference::Connection connection, std::uint16_t code) override { closed[connection] = code; }
};

/// A real store behind; what derives from it watches or breaks the commit.
struct PassingStore : conference::Store {
  store::SqliteStore inner;
  std::int64_t size() override { return inner.size(); }
  void each_leaf(const std::function<void(const conference::LeafRow&)>& visit) override { inner.each_leaf(visit); }
  void each_unit(const std::function<void(const conference::UnitRow&)>& visit) override { inner.each_unit(visit); }
  void each_envelope(std::int64_t from, const std::function<void(std::int64_t, std::string_view)>& visit) override {
    inner.each_envelope(from, visit);
  }
  std::optional<std::string> last_checkpoint() override { return inner.last_checkpoint(); }
  std::optional<conference::CosignedRow> cosigned(conference::CosignedRow::Which which) override {
    return inner.cosigned(which);
  }
  std::optional<std::string> envelope(std::int64_t index) override { return inner.envelope(index); }
  std::optional<std::string> blob(const crypto::Hash& digest) override { return inner.blob(digest); }
  std::optional<std::string> frame(std::int64_t index) override { return inner.frame(index); }
  std::vector<conference::Wrap> wraps(const crypto::Hash& root) override { return inner.wraps(root); }
  std::optional<conference::Grant> grant(std::string_view record, std::string_view device) override {
    return inner.grant(record, device);
  }
  std::vector<conference::HalfSigned> half_signed(std::string_view person, std::int64_t now_ms) override {
    return inner.half_signed(person, now_ms);
  }
  std::uint64_t free_bytes() override { return inner.free_bytes(); }
};

/// What a message says, with `at("result", "size")` to look into it.
struct Said {
  wire::Json json;
  const wire::Json& at(std::initializer_list<std::string_view> path) const;
  bool has(std::initializer_list<std::string_view> path) const;
  std::string text(std::initializer_list<std::string_view> path) const;
  std::int64_t number(std::initializer_list<std::string_view> path) const;
  std::string reason() const { return text({"error", "data", "reason"}); }  ///< fails the test where it is no error
  bool is_batch() const;
};

struct Statement {
  std::string unit, json;   ///< of the statement: `kind` and its fields, without `by`
  std::string body = {};    ///< JSON, or none
  std::string second = {};  ///< the person who signs beside the author
};
struct SignOptions {
  std::int64_t age_ms = 0;
  std::optional<std::int64_t> seen_size = {};
  std::optional<std::string> seen_root = {}, log = {}, nonce = {};
};

/// What the founding entry does not name yet.
enum class Before : std::uint8_t { nothing, cosigners };

class Town {
 public:
  explicit Town(std::shared_ptr<conference::Store> store = std::make_shared<store::SqliteStore>(),
                Before before = Before::nothing);

  HandClock clock;
  SystemRandom random;
  Desk desk;
  std::shared_ptr<conference::Store> store;
  std::unique_ptr<conference::Engine> engine;
  std::map<std::string, std::vector<crypto::Device>> devices;  ///< by person

  /// The same folder, a new process.
  void restart(conference::Options options = {});
  void run() { engine->run_until_idle(); }

  std::string sign(const std::string& person, const Statement& statement, const SignOptions& options = {});
  /// Authenticated, and with `live` also fed; the messages so far are read.
  conference::Connection connect(const std::string& person, bool live = true, std::size_t device = 0);
  void ask(conference::Connection from, wire::Ask ask, const std::string& id = "1");
  /// The next message to this connection; fails the test where there is none.
  Said next(conference::Connection connection);
  bool silent(conference::Connection connection) { return desk.inbox[connection].empty(); }
  /// The next answer (`result` or `error`), passing over notifications.
  Said answer(conference::Connection connection);
  /// The next batch, passing over answers.
  Said batch(conference::Connection connection);
  /// The newest `head` that it was told; none after the last `restart` fails the test.
  Said head(conference::Connection connection) const;
  void forget() { desk.inbox.clear(); }
  Said append(conference::Connection from, std::vector<std::string> envelopes, std::vector<std::string> blobs = {},
              std::vector<std::vector<wire::WrapEntry>> wraps = {});
  /// Appended by this person over a connection of their own; fails the test where it is refused. Returns the index.
  std::int64_t does(const std::string& person, const Statement& statement, std::vector<std::string> blobs = {},
                    std::vector<std::vector<wire::WrapEntry>> wraps = {});
  crypto::Device& new_device(const std::string& person);  ///< made, not added
  void add_device(const std::string& person);
  void add_person(const std::string& person, const std::string& agency, const std::string& roles = "[]");
  /// Mori (registrar), Aoki (coordinator), Chiba (chair), Doi (member), Endo (no seat); case c-1 of subject s-1,
  /// conference k-1, item i-1 under SWA106_6.
  void convene();
  void open_item() { does("chiba", {"item/i-1", R"({"kind":"item.open","item":"i-1"})"}); }

  // Records, as far as the server looks at them: bytes beside statements.
  struct Sealed {
    Statement statement;
    std::vector<std::string> blobs;
    std::vector<std::vector<wire::WrapEntry>> wraps;
  };
  Sealed record(const std::string& record, const std::string& agency, const std::vector<std::string>& persons,
                const std::string& item = "i-1");
  Sealed grant(const std::string& record, const std::string& device);
  Sealed epoch(std::int64_t number, const crypto::Hash& previous, const std::vector<std::string>& persons);
  Sealed message(const std::string& message, std::int64_t epoch, const std::string& frame);
  std::string request(const std::string& person, const std::string& record, const std::string& item = "i-1",
                      const SignOptions& options = {});
  crypto::Signature presence(const std::string& person, bool enter, const std::string& item,
                             const crypto::Nonce& session);
  std::int64_t size() const { return engine->hello().size; }
  crypto::Hash root() const;
  const log::Keys& keys() const { return keys_; }
  log::Keys& keys() { return keys_; }  ///< of the next `restart`

 private:
  log::Writer writer() const;
  log::Keys keys_;
  std::string origin_ = "town/0123456789abcdef";
  conference::Connection last_ = 0;
};

std::string b64(std::string_view bytes);

}  // namespace kasane::given
