#include "tests/kill/client.hpp"

#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "crypto/signed_input.hpp"
#include "server/native/member.hpp"

namespace kasane::kill_loop {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 60s;
constexpr std::size_t in_flight_max = 24;
constexpr int quick_requests = 150;  // of one connection; then slowly, within the allowance of a device

std::string reason_in(const wire::Json& error) {
  const auto* data = error.find("data");
  return data == nullptr ? "" : native::text_member(*data, "reason").value_or("");
}

}  // namespace

void Client::run(Gate& gate) {
  gate_ = &gate;
  std::uint64_t generation = 0;
  while (const auto up = gate.next(generation)) {
    generation = up->generation;
    try {
      attend(*up);
      gate.done();
    } catch (const Gone&) {
      gate.down();
    } catch (const std::exception& error) {
      history_.fail(member_.person + ": " + error.what());
      gate.finish();
    }
    connection_.reset();
  }
}

void Client::attend(const Gate::Up& up) {
  connection_.emplace(up.port, device_, tenant_.log);
  answers_.clear();
  refeed_ = false;
  sent_ = 0;
  copy_.see(connection_->hello);
  copy_.see(connection_->welcome);
  for (auto& [id, work] : std::exchange(pending_, {})) to_do_.push_back(std::move(work));
  catch_up();
  enter();
  if (!worker_.joined()) worker_.join(ask(wire::OpenEpochRequest{tenant_.item, 1}));
  send_again();
  gate_->live();
  next_at_ = std::chrono::steady_clock::now();
  work_on();
}

void Client::catch_up() {
  refeed_ = false;
  auto part = ask(copy_.begin_feed());
  while (!copy_.take_part(part)) part = ask(wire::FeedRequest{true, 0, {}});
  hold_receipts();
}

void Client::enter() {
  if (session_ == crypto::Nonce{}) session_ = crypto::random_value<crypto::Nonce>();
  const auto input = crypto::enter_input(tenant_.log, tenant_.item, session_);
  ask(wire::EnterRequest{tenant_.item, crypto::hex(session_),
                         crypto::base64(crypto::sign(device_.signing.private_key, input))});
}

/// The same bytes under the same nonces; and now and then what was answered long ago, which must get its first receipt.
void Client::send_again() {
  for (auto& work : std::exchange(to_do_, {})) send(std::move(work));
  if (!done_.empty()) send(done_[worker_.draw(done_.size())]);
}

void Client::send(Work work) {
  if (work.staged) connection_->send(wire::PutRequest{work.blobs, work.wraps, {}});
  send_bytes(work);
  // The request has the connection's newest id.
  pending_.insert_or_assign(last_id_, std::move(work));
}

void Client::send_bytes(const Work& work) {
  ++sent_;
  if (!work.requests.empty())
    last_id_ = connection_->send(wire::OpenRequest{work.envelopes.at(0)});
  else if (work.staged)
    last_id_ = connection_->send(wire::AppendRequest{work.envelopes, {}, {}});
  else
    last_id_ = connection_->send(wire::AppendRequest{work.envelopes, work.blobs, work.wraps});
}

void Client::work_on() {
  auto heard_at = std::chrono::steady_clock::now();
  while (true) {
    const auto now = std::chrono::steady_clock::now();
    if (gate_->last_calls_now()) {
      if (pending_.empty() && to_do_.empty()) {
        catch_up();
        return;
      }
    } else if (now >= next_at_ && pending_.size() < in_flight_max) {
      const bool quick = sent_ < quick_requests;
      for (auto left = quick ? 1 + worker_.draw(4) : 1; left > 0; --left) {
        auto work = worker_.next();
        if (work.what.size() > 1) history_.sent_together(work.what);
        send(std::move(work));
      }
      next_at_ = now + (quick ? std::chrono::milliseconds(5 + worker_.draw(55)) : 100ms);
    }
    for (auto& work : std::exchange(to_do_, {})) send(std::move(work));
    if (const auto message = connection_->read(10ms)) {
      hear(*message);
      heard_at = std::chrono::steady_clock::now();
    } else if (!pending_.empty() && std::chrono::steady_clock::now() - heard_at > patience) {
      throw Broken("no answer");
    }
    if (refeed_) catch_up();
  }
}

wire::Json Client::ask(wire::Ask ask) {
  waited_for_ = connection_->send(std::move(ask));
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!answers_.contains(*waited_for_)) {
    if (std::chrono::steady_clock::now() > until) throw Broken("no answer");
    if (const auto message = connection_->read(1s)) hear(*message);
  }
  const auto answer = answers_.extract(*waited_for_).mapped();
  waited_for_.reset();
  if (const auto* result = answer.find("result")) return *result;
  throw Broken("refused: " + wire::print_json(answer));
}

void Client::hear(const wire::Json& message) {
  if (const auto method = native::text_member(message, "method")) {
    if (method == "batch" && !copy_.take_batch(*message.find("params"))) refeed_ = true;
    return;
  }
  const auto id = native::count_member(message, "id");
  if (!id) throw Broken("an answer to nothing: " + wire::print_json(message).substr(0, 300));
  if (id == waited_for_)
    answers_.insert_or_assign(*id, message);
  else
    hear_answer(*id, message);
}

void Client::hear_answer(std::int64_t id, const wire::Json& message) {
  const auto at = pending_.find(id);
  if (at == pending_.end()) {
    if (message.find("result") == nullptr) throw Broken("a put was refused: " + wire::print_json(message));
    return;  // of a `put`
  }
  gate_->answered();
  auto work = std::move(at->second);
  pending_.erase(at);
  if (const auto* result = message.find("result")) return acknowledge(work, *result);
  const auto* error = message.find("error");
  if (error == nullptr) throw Broken("neither result nor error");
  // What was staged went with the process: it is put again, under the same statement.
  if (reason_in(*error) != "BLOB_MISSING" || !work.staged) throw Broken("refused: " + wire::print_json(message));
  to_do_.push_back(std::move(work));
}

void Client::acknowledge(const Work& work, const wire::Json& result) {
  const auto take = [&](std::size_t at, const wire::Json& receipt) {
    const auto index = native::count_member(receipt, "index");
    if (!index) throw Broken("a receipt without a place");
    const Acknowledged one{work.what.at(at), *index, crypto::sha256(work.envelopes.at(at))};
    history_.acknowledge(one);
    receipts_.push_back(one);
  };
  if (const auto* receipts = result.find("receipts")) {
    copy_.see(result);
    if (receipts->elements().size() != work.what.size()) throw Broken("not a receipt for each");
    for (std::size_t i = 0; i < work.what.size(); ++i) take(i, receipts->elements()[i]);
  } else {
    take(0, *result.find("request"));
    releases_.insert_or_assign(native::count_member(*result.find("release"), "index").value_or(-1), work.requests);
    to_do_.push_back(worker_.opened(work.requests, result));
  }
  done_.push_back(work);
  if (done_.size() > 8) done_.pop_front();
}

/// Every receipt is in the feed, at its place; every release that let a key out is in the ledger.
void Client::hold_receipts() {
  for (const auto& one : std::exchange(receipts_, {}))
    if (copy_.place(one.what) != one.index)
      throw Broken("acknowledged at " + std::to_string(one.index) + ", but the feed has it not there");
  const auto& entries = copy_.replica().entries();
  for (const auto& [index, record] : std::exchange(releases_, {})) {
    const auto at = entries.find(index);
    if (at == entries.end() || at->second.payload.statement.kind != policy::Kind::key_release ||
        at->second.payload.statement.record != record)
      throw Broken("a key left without its release in the ledger");
  }
}

}  // namespace kasane::kill_loop
