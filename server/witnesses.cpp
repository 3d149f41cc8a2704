#include "server/witnesses.hpp"

#include <utility>

#include "server/diagnostics.hpp"

namespace kasane {
namespace {

constexpr std::chrono::milliseconds look_every{200};

log::Trouble trouble_of(net::Called::How how) {
  switch (how) {
    case net::Called::How::slow:
      return log::Trouble::slow;
    case net::Called::How::too_large:
      return log::Trouble::too_large;
    case net::Called::How::malformed:
      return log::Trouble::malformed;
    case net::Called::How::unreachable:
    case net::Called::How::answered:
      break;
  }
  return log::Trouble::unreachable;
}

}  // namespace

Witnesses::Witnesses(conference::Engine& engine, conference::Clock& clock, log::WitnessPolicy policy)
    : engine_(engine),
      clock_(clock),
      quorum_(policy, [&engine](std::uint64_t from, std::uint64_t to) { return engine.consistency(from, to); }) {
  std::string why;
  for (const auto& witness : policy.witnesses) urls_.push_back(log::parse_witness_url(witness.url, why).value());
  states_ = told_ = quorum_.states();
}

Witnesses::~Witnesses() { stop(); }

void Witnesses::start() {
  thread_ = std::thread([this] {
    look();
    context_.run();
  });
}

void Witnesses::stop() {
  if (!thread_.joinable()) return;
  context_.stop();
  thread_.join();
}

std::vector<log::WitnessState> Witnesses::states() const {
  const std::scoped_lock lock(mutex_);
  return states_;
}

log::Now Witnesses::now() const { return {clock_.wall_ms(), clock_.steady_ms()}; }

void Witnesses::look() {
  for (const auto& question : quorum_.questions(engine_.hello().checkpoint, now())) ask(question);
  timer_.expires_after(look_every);
  timer_.async_wait([this](boost::system::error_code stopped) {
    if (!stopped) look();
  });
}

void Witnesses::ask(const log::Question& question) {
  const log::WitnessUrl& url = urls_[question.witness];
  net::WitnessCall call;
  call.address = url.address;
  call.port = url.port;
  call.host = url.host;
  call.target = url.target;
  call.body = question.body;
  net::post_to_witness(context_, std::move(call),
                       [this, witness = question.witness](const net::Called& called) { took(witness, called); });
}

void Witnesses::took(std::size_t witness, const net::Called& called) {
  bool new_head = false;
  if (called.how == net::Called::How::answered)
    new_head = quorum_.answered(witness, called.status, called.type, called.body, now());
  else
    quorum_.failed(witness, trouble_of(called.how), now());
  tell(new_head);
}

void Witnesses::tell(bool new_head) {
  auto states = quorum_.states();
  bool changed = new_head;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i].trouble == told_[i].trouble) continue;
    changed = true;
    diagnostics::write(states[i].trouble == log::Trouble::none ? diagnostics::Level::info : diagnostics::Level::warning,
                       "witness",
                       {{"name", std::string_view(states[i].name)}, {"trouble", log::name_of(states[i].trouble)}});
  }
  told_ = states;
  {
    const std::scoped_lock lock(mutex_);
    states_ = std::move(states);
  }
  if (changed) engine_.witnessed(quorum_.answering(), new_head ? quorum_.head() : std::nullopt);
}

}  // namespace kasane
