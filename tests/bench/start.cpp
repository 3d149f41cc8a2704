// A large ledger that the real engine has written, started and verified. From exec to the first line that says
// `listening`; beside it: reading the same rows with SQLite and doing nothing with them. Once without the extract of an
// earlier run, and once with it.
#include <map>
#include <thread>

#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "crypto/wraps_root.hpp"
#include "server/native/wrapping.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/town.hpp"

namespace kasane::bench {
namespace {

constexpr int a_request = 64;  // envelopes, wire/limits
constexpr int case_count = 200;

/// Sixty of a hundred are messages, thirty consents, ten records. What the server does not look into is random bytes.
class Author {
 public:
  explicit Author(Town& town) : town_(town), me_(town.members().front()) {}

  void write(int statements) {
    for (int i = 0; i < case_count; ++i) {
      policy::Statement open;
      open.kind = policy::Kind::case_open;
      open.case_id = "h-" + std::to_string(i);
      open.subjects = {{"t-" + std::to_string(i), {}}};
      town_.append(me_, {town_.draft(me_, std::move(open), "case/h-" + std::to_string(i))});
    }
    for (int written = 0; written < statements;) {
      std::vector<native::Draft> drafts;
      for (int i = 0; i < a_request && written < statements; ++i, ++written) drafts.push_back(one(written));
      town_.append(me_, std::move(drafts), std::exchange(blobs_, {}), std::exchange(wraps_, {}));
    }
  }

 private:
  native::Draft one(int number) {
    const auto household = std::to_string(number / 10 % case_count);
    const int kind = number % 10;
    return kind < 6 ? message() : kind < 9 ? consent(household) : record(household);
  }

  crypto::Hash blob(std::size_t bytes) {
    crypto::Bytes content(bytes);
    crypto::random_fill(content);
    const auto digest = crypto::sha256(crypto::View(content));
    blobs_.push_back(std::move(content));
    return digest;
  }
  native::Draft message() {
    policy::Statement post;
    post.kind = policy::Kind::message_post;
    post.item = the_item;
    post.message = crypto::random_id('m');
    wire::Json body = wire::Json::object();
    constexpr std::size_t frame_bytes = 706;
    body.add("digest", crypto::hex(blob(frame_bytes)));
    body.add("length", static_cast<std::int64_t>(frame_bytes));
    body.add("epoch", 1);
    return town_.draft(me_, std::move(post), std::string("item/") + the_item, std::move(body));
  }
  native::Draft consent(const std::string& household) {
    policy::Statement record;
    record.kind = policy::Kind::consent_record;
    record.consent = crypto::random_id('n');
    record.case_id = "h-" + household;
    record.subject = "t-" + household;
    record.giver = policy::self_giver;
    record.state = policy::ConsentState::asked_no_answer;
    record.categories.named = {policy::Category::MED};
    record.recipients.named = {"a-1"};
    record.purpose = policy::support_purpose;
    record.method = policy::ConsentMethod::electronic;
    record.evidence = "form-1";
    return town_.draft(me_, std::move(record), "case/h-" + household);
  }
  native::Draft record(const std::string& household) {
    policy::Statement share;
    share.kind = policy::Kind::record_share;
    share.record = crypto::random_id('r');
    share.case_id = "h-" + household;
    policy::Label label;
    label.subjects = {"t-" + household};
    label.categories = {policy::Category::BEN};
    label.agency = me_.agency;
    label.origin = policy::intake_origin;
    share.label = std::move(label);
    crypto::Bytes key(80);
    crypto::random_fill(key);
    std::vector<native::NamedWrap> wraps{{me_.device.id, std::move(key)}};
    constexpr std::size_t record_bytes = 1'024;
    const std::string zeros(64, '0');
    wire::Json body = wire::Json::object();
    body.add("core", "e30=").add("kc", zeros).add("pc", zeros).add("digest", crypto::hex(blob(record_bytes)));
    body.add("length", static_cast<std::int64_t>(record_bytes));
    body.add("wraps_root", crypto::hex(native::root_of(wraps).value()));
    wraps_.push_back(std::move(wraps));
    const auto unit = "record/" + share.record;
    return town_.draft(me_, std::move(share), unit, std::move(body));
  }

  Town& town_;
  const Person& me_;
  std::vector<crypto::Bytes> blobs_;
  std::vector<std::vector<native::NamedWrap>> wraps_;
};

/// Every row that a start reads, read and no more.
double rows_alone_ms(const std::filesystem::path& folder) {
  const double began = now_us();
  store::SqliteStore store(folder);
  std::size_t bytes = 0;
  store.each_unit([&](const conference::UnitRow& row) { bytes += row.name.size(); });
  store.each_leaf([&](const conference::LeafRow&) { ++bytes; });
  store.each_envelope(0, [&](std::int64_t, std::string_view envelope) { bytes += envelope.size(); });
  if (bytes == 0) fail("nothing was read");
  return (now_us() - began) / 1e3;
}

/// Every author's signature of the ledger, verified and nothing else, on both cores.
class Signatures {
 public:
  Signatures(const std::filesystem::path& folder, const Town& town) {
    std::map<std::string, crypto::PublicKey> keys{{town.registrar().device.id, key_of(town.registrar())}};
    for (const auto& member : town.members()) keys.emplace(member.device.id, key_of(member));
    store::SqliteStore store(folder);
    store.each_envelope(0, [&](std::int64_t, std::string_view text) {
      const auto envelope = crypto::parse_envelope(text);
      if (!envelope) fail("an envelope does not parse");
      const auto key = keys.find(envelope->signatures[0].keyid);
      if (key == keys.end()) return;  // the server's own statements are few
      signed_.push_back({crypto::pre_authentication(envelope->payload), envelope->signatures[0].sig, key->second});
    });
  }
  [[nodiscard]] double verify_ms() const {
    const double began = now_us();
    {
      const std::jthread other([this] { verify(1); });
      verify(0);
    }
    return (now_us() - began) / 1e3;
  }

 private:
  struct Signed {
    crypto::Bytes bytes;
    crypto::Signature signature;
    crypto::PublicKey key;
  };
  static crypto::PublicKey key_of(const Person& person) { return person.device.signing.public_key; }
  void verify(std::size_t from) const {
    for (auto i = from; i < signed_.size(); i += 2)
      if (!crypto::verify(signed_[i].key, signed_[i].bytes, signed_[i].signature)) fail("a signature does not verify");
  }
  std::vector<Signed> signed_;
};

void run(const Settings& settings) {
  const std::filesystem::path scratch = settings.scratch, folder = scratch / "start";
  Town town(folder, 2);
  town.convene();
  town.draw_epoch();
  Author(town).write(settings.sized(settings.statements, 300));
  town.close();
  const auto web = bare_page(scratch);
  const Signatures signatures(folder, town);
  for (int round = settings.first; round < settings.first + settings.rounds; ++round) {
    figure(round, "start", "rows", rows_alone_ms(folder));
    figure(round, "verify", "bare", signatures.verify_ms());
    figure(round, "verify", "verify", run_ms({settings.program, "verify", folder.string()}, Core::any));
    const std::vector<std::string> serve{settings.program, "serve", "--data", folder.string(),
                                         "--port",         "0",     "--web",  web.string()};
    std::filesystem::remove(folder / "ledger.extract");
    figure(round, "start", "anew", Child(serve, Core::any).started_us() / 1e3);
    const Child kasane(serve, Core::any);
    figure(round, "start", "kasane", kasane.started_us() / 1e3);
    figure(round, "start-memory", "kasane", resident_kib(kasane.process()) / 1024);
  }
}

}  // namespace
}  // namespace kasane::bench

int main(int count, char** words) {
  kasane::bench::run(kasane::bench::settings(count, words));
  return 0;
}
