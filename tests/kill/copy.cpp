#include "tests/kill/copy.hpp"

#include <utility>

#include "crypto/sha256.hpp"
#include "server/native/member.hpp"

namespace kasane::kill_loop {
namespace {

const wire::Json& member(const wire::Json& object, std::string_view name) {
  const auto* value = object.find(name);
  if (value == nullptr) throw Broken("no " + std::string(name) + " in " + wire::print_json(object).substr(0, 200));
  return *value;
}
template <class T>
T need(std::optional<T> value, const char* what) {
  if (!value) throw Broken(std::string("no ") + what);
  return std::move(*value);
}

}  // namespace

void Copy::see(const wire::Json& with_checkpoint) {
  const auto seen = history_.see(need(native::text_member(with_checkpoint, "checkpoint"), "checkpoint"));
  if (seen.size > tree_.size()) return;  // its leaves are still to come
  if (tree_.root(seen.size) != seen.root) throw Broken("a checkpoint that is not that of the leaves announced before");
  if (static_cast<std::int64_t>(seen.size) > seen_.size)
    seen_ = {static_cast<std::int64_t>(seen.size), crypto::hex(seen.root)};
}

void Copy::take_leaves(const wire::Json& message) {
  const auto from = static_cast<std::uint64_t>(need(native::count_member(message, "from"), "from"));
  const auto bytes = need(native::bytes_member(message, "leaves"), "leaves");
  if (from > tree_.size()) throw Broken("leaves after a gap");
  for (std::size_t at = 0; at + 32 <= bytes.size(); at += 32) {
    const auto leaf = *crypto::fixed<crypto::Hash>(crypto::View(bytes).subspan(at, 32));
    const auto index = from + at / 32;
    if (index >= tree_.size())
      tree_.append(leaf);
    else if (tree_.leaf(index) != leaf)
      throw Broken("leaf " + std::to_string(index) + " is another than was announced before");
  }
}

void Copy::take_salts(const wire::Json& message) {
  for (const auto& [name, salt] : member(message, "salts").members())
    tags_.insert_or_assign(name, crypto::unit_tag(need(crypto::from_hex<crypto::Salt>(*salt.text()), "salt"), name));
}

void Copy::take_entries(const wire::Json& message) {
  for (const auto& entry : member(message, "entries").elements()) take_entry(entry);
}

void Copy::take_entry(const wire::Json& entry) {
  const auto index = need(native::count_member(entry, "i"), "index");
  const auto text = need(native::text_member(entry, "e"), "envelope");
  const auto tag = tags_.find(need(native::text_member(entry, "u"), "unit"));
  if (tag == tags_.end()) throw Broken("an entry of a unit without a salt");
  const crypto::Leaf leaf{static_cast<std::uint64_t>(need(native::count_member(entry, "t"), "time")), tag->second,
                          static_cast<std::uint64_t>(need(native::count_member(entry, "p"), "position")),
                          need(native::hex_member<crypto::Hash>(entry, "v"), "previous"), crypto::sha256(text)};
  const auto at = static_cast<std::uint64_t>(index);
  if (at >= tree_.size() || tree_.leaf(at) != crypto::hash_of(leaf))
    throw Broken("entry " + std::to_string(index) + " is not its leaf");
  const auto envelope = need(crypto::parse_envelope(text), "envelope");
  auto payload = need(wire::parse_payload(envelope.payload), "payload");
  const auto [place, is_new] = places_.try_emplace({payload.device, payload.nonce}, index);
  if (!is_new && place->second != index)
    throw Broken("one statement twice: " + std::to_string(place->second) + " and " + std::to_string(index));
  if (is_new && payload.statement.kind == policy::Kind::record_share)
    shares_.emplace_back(payload.statement.record, std::move(payload));
}

wire::FeedRequest Copy::begin_feed() {
  parts_.clear();
  return replica_.held();
}

bool Copy::take_part(const wire::Json& part) {
  take_leaves(part);
  take_salts(part);
  take_entries(part);
  parts_.push_back(part);
  const auto* live = member(part, "live").boolean();
  if (live == nullptr || !*live) return false;
  for (const auto& one : std::exchange(parts_, {})) replica_.take(one);
  if (replica_.seen().size < static_cast<std::int64_t>(tree_.size()))
    throw Broken("entries that were announced are gone");
  see(part);
  return true;
}

bool Copy::take_batch(const wire::Json& batch) {
  if (batch.find("refeed") != nullptr) return false;
  const auto size = need(native::count_member(batch, "size"), "size");
  take_leaves(batch);
  if (static_cast<std::int64_t>(tree_.size()) != size) throw Broken("a batch that leaves a gap");
  take_salts(batch);
  take_entries(batch);
  see(batch);
  return true;
}

std::optional<std::int64_t> Copy::place(const Signed& what) const {
  const auto at = places_.find(what);
  return at == places_.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace kasane::kill_loop
