#include <algorithm>

#include "crypto/sha256.hpp"
#include "crypto/wraps_root.hpp"
#include "policy/action.hpp"
#include "server/conference/inside.hpp"
#include "server/conference/permit.hpp"

namespace kasane::conference {

namespace {

constexpr std::int64_t denial_pause_ms = 60 * policy::minute_ms;

policy::Statement about(policy::Kind kind, const policy::Statement& asked) {
  policy::Statement statement;
  statement.kind = kind;
  statement.record = asked.record;
  statement.person = asked.by;
  statement.device = asked.device;
  statement.item = asked.item;
  return statement;
}

std::vector<crypto::WrapDigest> digests_of(const std::vector<Wrap>& wraps) {
  std::vector<crypto::WrapDigest> digests;
  digests.reserve(wraps.size());
  for (const Wrap& wrap : wraps) digests.push_back({wrap.device, crypto::sha256(wrap.bytes)});
  return digests;
}

}  // namespace

bool Engine::Inside::has_wrap(std::string_view record, std::string_view device) {
  const RecordKeys* keys = ledger.record(record);
  if (keys == nullptr) return false;
  if (store.grant(record, device)) return true;
  return std::ranges::any_of(store.wraps(keys->wraps_root), [&](const Wrap& wrap) { return wrap.device == device; });
}

/// Has this person the record's key already, by writing it or by an earlier release?
bool Engine::Inside::held(const policy::Statement& asked) const {
  const policy::World& world = ledger.world();
  const auto record = world.records.find_defined(asked.record);
  const auto person = world.persons.find_defined(asked.by);
  if (!record.known() || !person.known()) return false;
  const auto& row = world.records[record];
  return row.author == person || std::ranges::find(row.released_to, person) != row.released_to.end();
}

// design.md §4 "Release": key.request, see, key.release; and only after the commit the bytes.
void Engine::Inside::open(Connection from, const std::string& id, std::vector<Checked>& request) {
  if (!appends_allowed()) return refuse(from, id, wire::Refusal{wire::Fault::busy});
  settle();  // wraps and ciphertexts are looked for in the store
  if (request.front().refusal) return refuse(from, id, *request.front().refusal);
  const policy::Statement asked = request.front().payload.statement;
  const crypto::Hash hash = request.front().hash;
  const std::string& device = members.at(from).who.device;
  if (asked.kind != policy::Kind::key_request || asked.device != device || request.front().payload.device != device)
    return refuse(from, id, wire::Refusal{wire::Fault::malformed});
  const std::int64_t now = now_ms();
  if (!ledger.extends(now) && !held(asked)) return refuse(from, id, ledger.quorum_stale());
  const Attachments nothing;
  auto appended = ledger.append(request, Supply{nothing, staging, device}, now);
  const auto decision =
      policy::see(ledger.world(), {asked.record, asked.by, asked.device, asked.item}, ledger.time_at(now));
  if (auto* refusal = std::get_if<AppendRefusal>(&appended)) {
    // A hidden record is `UNKNOWN` to whoever asks for it; that somebody asked is still compliance's to know.
    if (refusal->why.fault == wire::Fault::policy && refusal->why.reason == policy::Reason::UNKNOWN &&
        ledger.world().records.find_defined(asked.record).known() && !decision.permit)
      return deny(from, id, asked, decision.reason.value_or(policy::Reason::UNKNOWN), true, hash);
    return refuse(from, id, std::move(*refusal));
  }
  if (!decision.permit)
    return deny(from, id, asked, decision.reason.value_or(policy::Reason::UNKNOWN), decision.hidden, hash);
  if (!has_wrap(asked.record, device)) {
    want(asked.record, device);
    wire::Json list = wire::Json::array();
    for (const auto& person : holders(asked.record)) list.push(person);
    const wire::Refusal pending{wire::Fault::key_pending, {}, wire::Json::object({{"holders", std::move(list)}})};
    after_commit.emplace_back([this, from, id, pending] { refuse(from, id, pending); });
    return;
  }
  release(from, id, asked, decision, std::get<std::vector<Receipt>>(appended).front(), hash);
}

void Engine::Inside::release(Connection from, const std::string& id, const policy::Statement& asked,
                             const policy::Decision& decision, Receipt request, const crypto::Hash& request_hash) {
  wire::Json permit = write_permit(decision, ledger.writer().size());
  const std::string permit_text = wire::print_json(permit);
  wire::Json body = wire::Json::object();
  body.add("request", crypto::hex(request_hash)).add("decision", std::move(permit));
  const auto written = ledger.append_own(about(policy::Kind::key_release, asked), std::move(body), now_ms());
  if (const auto* reason = std::get_if<policy::Reason>(&written))
    return refuse(from, id, wire::Refusal::by_policy(*reason));
  const Receipt release = std::get<Receipt>(written);
  after_commit.emplace_back([this, from, id, record = asked.record, device = asked.device, request, release,
                             permit_text] {
    const RecordKeys* keys = ledger.record(record);
    const auto ciphertext = keys != nullptr ? store.blob(keys->digest) : std::nullopt;
    if (!ciphertext) return refuse(from, id, wire::Refusal{wire::Fault::blob_missing});
    const auto wraps = store.wraps(keys->wraps_root);
    const auto own = std::ranges::find(wraps, device, &Wrap::device);
    std::string wrap, path = "[]", position = "0", leaves = "0", grant;
    if (const auto given = store.grant(record, device)) {
      wrap = given->wrap;
      grant = R"({"index":)" + std::to_string(given->index) + '}';
    } else if (own != wraps.end()) {
      wrap = own->bytes;
      const auto proof = crypto::wrap_path(digests_of(wraps), device);
      std::vector<std::string> hashes;
      for (const auto& step : proof->path) hashes.push_back(crypto::base64(step));
      path = wire::text_array(hashes);
      position = std::to_string(proof->position);
      leaves = std::to_string(proof->leaves);
    } else {
      return refuse(from, id, wire::Refusal{wire::Fault::blob_missing});  // destroyed within this very batch
    }
    const auto receipt = [](const Receipt& one) {
      return R"({"index":)" + std::to_string(one.index) + R"(,"at":)" + wire::quoted_time(one.at_ms) + '}';
    };
    const std::string record_text = wire::quoted(record), bytes = '"' + crypto::base64(crypto::view(*ciphertext)) + '"',
                      wrap_text = '"' + crypto::base64(crypto::view(wrap)) + '"', request_text = receipt(request),
                      release_text = receipt(release), size = std::to_string(ledger.committed_size());
    std::vector<wire::Part> parts = {
        {"record", record_text},   {"ciphertext", bytes}, {"wrap", wrap_text},       {"path", path},
        {"position", position},    {"leaves", leaves},    {"request", request_text}, {"release", release_text},
        {"decision", permit_text}, {"size", size}};
    if (!grant.empty()) parts.push_back({"grant", grant});
    answer(from, id, parts);
  });
}

void Engine::Inside::deny(Connection from, const std::string& id, const policy::Statement& asked, policy::Reason reason,
                          bool hidden, const crypto::Hash& request) {
  const std::int64_t at = ledger.time_at(now_ms());
  if (denials.size() > 16'384)
    std::erase_if(denials, [&](const auto& one) { return one.second + denial_pause_ms <= at; });
  const std::string key = asked.by + ' ' + asked.record + ' ' + std::string(policy::name_of(reason));
  const auto last = denials.find(key);
  if (last == denials.end() || last->second + denial_pause_ms <= at) {
    wire::Json body = wire::Json::object();
    body.add("reason", policy::name_of(reason)).add("request", crypto::hex(request));
    if (std::holds_alternative<Receipt>(
            ledger.append_own(about(policy::Kind::access_denied, asked), std::move(body), now_ms())))
      denials[key] = at;
  }
  after_commit.emplace_back([this, from, id, shown = hidden ? policy::Reason::UNKNOWN : reason] {
    refuse(from, id, wire::Refusal::by_policy(shown));
  });
}

// PROTOCOL.md open {item, epoch}.
void Engine::Inside::open_epoch(Connection from, const std::string& id, const wire::OpenEpochRequest& ask) {
  settle();
  const auto& who = members.at(from).who;
  const auto persons = policy::epoch(ledger.world(), ask.item, ledger.time_at(now_ms()));
  const auto* epochs = ledger.epochs(ask.item);
  if (!std::ranges::binary_search(persons, who.person))
    return refuse(from, id, wire::Refusal::by_policy(policy::Reason::NOT_AUTHORISED));
  if (epochs == nullptr || ask.epoch < 1 || static_cast<std::size_t>(ask.epoch) > epochs->size())
    return refuse(from, id, wire::Refusal::by_policy(policy::Reason::UNKNOWN));
  const auto wraps = store.wraps((*epochs)[static_cast<std::size_t>(ask.epoch) - 1].wraps_root);
  const auto own = std::ranges::find(wraps, who.device, &Wrap::device);
  std::string list = "[";
  for (const auto& one : digests_of(wraps)) {
    if (list.size() > 1) list += ',';
    list += '[' + wire::quoted(one.device) + ",\"" + crypto::hex(one.digest) + "\"]";
  }
  list += ']';
  const std::string item = wire::quoted(ask.item), epoch = std::to_string(ask.epoch),
                    wrap = own == wraps.end() ? "null" : '"' + crypto::base64(crypto::view(own->bytes)) + '"',
                    size = std::to_string(ledger.committed_size());
  const wire::Part parts[] = {{"item", item}, {"epoch", epoch}, {"wrap", wrap}, {"list", list}, {"size", size}};
  answer(from, id, parts);
}

}  // namespace kasane::conference
