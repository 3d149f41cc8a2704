#include "server/log/quorum.hpp"

#include <algorithm>
#include <array>

#include "crypto/cosignature.hpp"
#include "crypto/lines.hpp"
#include "server/log/add_checkpoint.hpp"

namespace kasane::log {

namespace {

constexpr unsigned corrections_max = 2;  // 409 in a row: what it says next must fit

constexpr std::array<std::string_view, 14> trouble_names = {
    "none",      "unasked",    "unreachable", "slow",  "too_large", "malformed",     "refused",
    "unwatched", "not_signed", "conflict",    "ahead", "wrong_key", "bad_signature", "clock"};

}  // namespace

std::string_view name_of(Trouble trouble) { return trouble_names.at(static_cast<std::size_t>(trouble)); }

Quorum::Quorum(WitnessPolicy policy, Proof proof)
    : policy_(std::move(policy)), proof_(std::move(proof)), ones_(policy_.witnesses.size()) {}

bool Quorum::may_begin(const std::string& newest, Now now) const {
  if (round_ == 0) return true;
  const std::int64_t gone = now.steady_ms - round_began_ms_;
  if (gone >= renew_ms) return true;
  if (gone < round_ms || newest == round_text_) return false;
  return reached_ || std::ranges::none_of(ones_, &One::in_flight);
}

std::vector<Question> Quorum::questions(const std::string& newest, Now now) {
  if (may_begin(newest, now)) {
    auto note = crypto::parse_checkpoint(newest);
    if (!note) return {};
    ++round_;
    round_began_ms_ = now.steady_ms;
    round_text_ = newest;
    round_note_ = std::move(*note);
    reached_ = false;
    for (One& one : ones_) one.line.reset();
  }
  const std::uint64_t size = round_note_.checkpoint.size;
  std::vector<Question> out;
  for (std::size_t i = 0; i < ones_.size(); ++i) {
    One& one = ones_[i];
    if (one.in_flight || one.line || one.due_ms > now.steady_ms) continue;
    AddCheckpoint request{std::min(one.known.value_or(0), size), {}, round_text_};
    if (request.old_size > 0 && request.old_size < size) {
      auto proof = proof_(request.old_size, size);
      if (!proof) continue;  // not of the committed tree yet
      request.proof = std::move(*proof);
    }
    one.in_flight = true;
    one.round = round_;
    one.asked = round_note_.checkpoint;
    out.push_back({i, print(request)});
  }
  return out;
}

bool Quorum::answered(std::size_t witness, unsigned status, std::string_view type, std::string_view body, Now now) {
  One& one = ones_[witness];
  one.in_flight = false;
  if (status == 200) return cosigned(witness, body, now);
  if (status == 409 && type.starts_with("text/x.tlog.size"))
    corrected(one, body, now);
  else
    trouble(one,
            status == 403   ? Trouble::not_signed
            : status == 404 ? Trouble::unwatched
            : status == 422 ? Trouble::conflict
                            : Trouble::refused,
            now);
  return false;
}

void Quorum::corrected(One& one, std::string_view body, Now now) {
  const auto line = crypto::take_line(body);
  const auto size = line && body.empty() ? crypto::read_count(*line) : std::nullopt;
  if (!size) return trouble(one, Trouble::malformed, now);
  one.known = size;
  if (*size > one.asked.size) return trouble(one, Trouble::ahead, now);
  if (++one.corrections > corrections_max) return trouble(one, Trouble::conflict, now);
  one.due_ms = now.steady_ms;
}

bool Quorum::cosigned(std::size_t witness, std::string_view body, Now now) {
  One& one = ones_[witness];
  const crypto::VerifierKey& key = policy_.witnesses[witness].key;
  const auto lines = parse_cosignatures(body);
  const auto refuse = [&](Trouble why) {
    trouble(one, why, now);
    return false;
  };
  if (!lines) return refuse(Trouble::malformed);
  const auto key_id = crypto::note_key_id(key.name, key.key, crypto::NoteKeyType::cosigner);
  const auto line = std::ranges::find_if(
      *lines, [&](const crypto::NoteSignature& each) { return each.name == key.name && each.key_id == key_id; });
  if (line == lines->end()) return refuse(Trouble::wrong_key);
  const auto at_s = crypto::verify_cosignature(one.asked, *line, key.name, key.key);
  if (!at_s) return refuse(Trouble::bad_signature);
  const auto at_ms = static_cast<std::int64_t>(*at_s) * 1'000;  // below 2^53 s: no overflow
  if (at_ms > now.wall_ms + clock_ms || at_ms < now.wall_ms - clock_ms) return refuse(Trouble::clock);
  one.known = one.asked.size;
  one.failures = one.corrections = 0;
  one.due_ms = now.steady_ms;
  one.trouble = Trouble::none;
  one.size = static_cast<std::int64_t>(one.asked.size);
  one.at_ms = at_ms;
  if (one.round != round_) return false;
  one.line = *line;
  return settle(now);
}

bool Quorum::settle(Now now) {
  crypto::SignedCheckpoint note = round_note_;
  for (const One& one : ones_)
    if (one.line) note.signatures.push_back(*one.line);
  const auto at_s = quorum_at(policy_, note);
  if (!at_s) return false;
  reached_ = true;
  head_ = QuorumHead{print(note), static_cast<std::int64_t>(note.checkpoint.size),
                     std::min(static_cast<std::int64_t>(*at_s) * 1'000, now.wall_ms)};
  return true;
}

void Quorum::failed(std::size_t witness, Trouble why, Now now) {
  ones_[witness].in_flight = false;
  trouble(ones_[witness], why, now);
}

void Quorum::trouble(One& one, Trouble why, Now now) {
  one.trouble = why;
  one.corrections = 0;
  one.due_ms = now.steady_ms + std::min(backoff_ms << std::min(one.failures, 6U), backoff_max_ms);
  ++one.failures;
}

std::vector<WitnessState> Quorum::states() const {
  std::vector<WitnessState> out;
  out.reserve(ones_.size());
  for (std::size_t i = 0; i < ones_.size(); ++i)
    out.push_back({policy_.witnesses[i].name, ones_[i].trouble, ones_[i].size, ones_[i].at_ms});
  return out;
}

std::size_t Quorum::answering() const {
  return static_cast<std::size_t>(std::ranges::count(ones_, Trouble::none, &One::trouble));
}

}  // namespace kasane::log
