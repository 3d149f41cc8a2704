#include "server/conference/engine.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "server/conference/inside.hpp"

namespace kasane::conference {

namespace {
constexpr std::int64_t disk_every_ms = 1'000;
constexpr std::size_t jobs_a_batch = 1'024;

}  // namespace

Engine::Inside::Inside(Store& store_, log::Writer writer, Outlet& outlet_, Clock& clock_, Random& random_,
                       Options options_)
    : store(store_),
      outlet(outlet_),
      clock(clock_),
      random(random_),
      options(options_),
      ledger(store_, std::move(writer), random_),
      guard(clock_, ledger.least_time_ms()),
      intake([this] {
        const std::scoped_lock lock(published_mutex);
        return published_keyring;
      }) {
  if (ledger.writer().size() == 0) throw StoreError("the folder holds no ledger yet: run kasane init");
  log_name = ledger.writer().log();
  log_vkey = {ledger.writer().origin(), ledger.writer().log_key(), crypto::NoteKeyType::log};
  checkpoint = store.last_checkpoint().value_or("");
  checkpoint_text = wire::quoted(checkpoint);
  published_keyring = std::make_shared<const Keyring>(ledger.keyring());
  for (const Attending& one : ledger.attending())  // nobody is connected after a restart; they have time to come back
    unattended[{one.device, crypto::hex(one.session)}] =
        clock.steady_ms() + std::chrono::milliseconds(wire::limits::lost_after).count();
  begin_heads();
  publish();
}

void Engine::Inside::handle(Job& job) {
  const Connection from = job.connection;
  if (auto* who = std::get_if<Authenticated>(&job.what)) return attach(from, std::move(*who));
  if (std::holds_alternative<Detach>(job.what)) return detach(from);
  if (auto* word = std::get_if<Witnessed>(&job.what)) return witnessed(*word);
  auto& request = std::get<wire::Request>(job.what);
  if (!members.contains(from)) return;  // closed meanwhile
  const std::string& id = request.id;
  std::visit(
      [&](auto& ask) {
        using T = std::decay_t<decltype(ask)>;
        if constexpr (std::is_same_v<T, wire::AuthenticateRequest>)
          refuse(from, id, wire::Refusal{wire::Fault::invalid});
        else if constexpr (std::is_same_v<T, wire::FeedRequest>)
          feed(from, id, ask);
        else if constexpr (std::is_same_v<T, wire::AppendRequest>)
          append(from, id, job);
        else if constexpr (std::is_same_v<T, wire::PutRequest>)
          put(from, id, job);
        else if constexpr (std::is_same_v<T, wire::OpenRequest>)
          open(from, id, job.checked);
        else if constexpr (std::is_same_v<T, wire::OpenEpochRequest>)
          open_epoch(from, id, ask);
        else if constexpr (std::is_same_v<T, wire::EnterRequest>)
          enter(from, id, ask);
        else if constexpr (std::is_same_v<T, wire::LeaveRequest>)
          leave(from, id, ask);
        else if constexpr (std::is_same_v<T, wire::SignalRequest>)
          signal(from, id, ask);
        else if constexpr (std::is_same_v<T, wire::WhatIfRequest>)
          what_if(from, id, ask);
        else if constexpr (std::is_same_v<T, wire::ReadRequest>)
          read(from, id, ask);
        else if constexpr (std::is_same_v<T, wire::HeadsRequest>)
          heads(from, id, ask);
        else
          ping(from, id, ask);
      },
      request.ask);
  if (ledger.fresh().size() >= options.batch_entries) commit();
}

bool Engine::Inside::appends_allowed() {
  const std::int64_t steady = clock.steady_ms();
  if (disk_asked_ms < 0 || steady - disk_asked_ms >= disk_every_ms) {
    disk_asked_ms = steady;
    disk_roomy = store.free_bytes() >= options.least_free_bytes;
  }
  guard.now_ms();
  return guard.steady() && disk_roomy;
}

// Acknowledged means on disk: whatever is said of a batch is said after its COMMIT (design.md §6).
void Engine::Inside::commit() {
  state_heads();
  bool written = false;
  if (!ledger.pending().empty()) {
    try {
      std::string note = ledger.commit();
      written = !note.empty();
      if (written) {
        checkpoint = std::move(note);
        checkpoint_text = wire::quoted(checkpoint);
      }
    } catch (const StoreError& error) {
      end_process(error.what());
    }
    publish();
    const std::scoped_lock lock(published_mutex);
    published_health.commits += 1;
  }
  for (const auto& act : std::exchange(after_commit, {})) act();
  const auto due = audiences.due(ledger.time_at(now_ms()));
  if (written || !due.empty()) announce(checkpoint, due);
  ledger.begin_batch();
  flush();
}

void Engine::Inside::flush() {
  if (!outgoing.empty()) outlet.deliver(std::exchange(outgoing, {}));
  for (const auto& [connection, code] : std::exchange(closing, {})) outlet.close(connection, code);
}

// No undo: the World is ahead of the disk, so this process may not say another word. The next start replays.
void Engine::Inside::end_process(const char* why) const {
  std::fprintf(stderr, "kasane: the ledger could not be written (%s); nothing unwritten was acknowledged; stopping\n",
               why);
  std::fflush(stderr);
  std::_Exit(74);
}

void Engine::Inside::publish() {
  auto keyring = ledger.keyring_changed() ? std::make_shared<const Keyring>(ledger.keyring()) : nullptr;
  const bool open = appends_allowed();
  const std::scoped_lock lock(published_mutex);
  if (keyring) published_keyring = std::move(keyring);
  published_hello = {log_name, checkpoint, ledger.demo(), ledger.time_at(now_ms()), ledger.committed_size(), 1};
  published_health.appends = open;
  published_health.why = open ? "" : guard.steady() ? "the disk is nearly full" : guard.why();
  published_health.size = ledger.committed_size();
  published_health.time_ms = ledger.writer().last_time_ms();
  published_health.connections = members.size();
  witnesses.extends = ledger.extends(now_ms());
  published_health.witnesses = witnesses;
  published_quorum_note = quorum_note;
  published_own_note = own_note;
}

void Engine::Inside::timers() {
  const std::int64_t steady = clock.steady_ms();
  lost_attendance();
  if (!cases_to_look_at.empty() && steady >= look_at_ms) look_for_wants();
  ask_holders();
  cosign();
  tell_heads();
}

std::optional<std::int64_t> Engine::Inside::next_timer() const {
  std::optional<std::int64_t> next;
  const auto sooner = [&](std::int64_t at) { next = next ? std::min(*next, at) : at; };
  if (!members.empty()) sooner(std::min(head_due_ms, own_due_ms));
  for (const auto& [session, at] : unattended) sooner(at);
  for (const auto& [pair, one] : wants) sooner(one.due_ms);
  if (!cases_to_look_at.empty()) sooner(look_at_ms);
  if (const auto due = audiences.next_due())
    sooner(clock.steady_ms() + std::max<std::int64_t>(0, *due - clock.wall_ms()));
  return next;
}

Engine::Engine(Store& store, log::Writer writer, Outlet& outlet, Clock& clock, Random& random, Options options)
    : inside_(std::make_unique<Inside>(store, std::move(writer), outlet, clock, random, options)) {}

Engine::~Engine() { stop(); }

void Engine::start() {
  inside_->intake.start(inside_->options.check_threads);
  inside_->thread = std::thread([this] {
    Inside& in = *inside_;
    while (true) {
      // Once a second at least, so that health and timers move on while nothing comes.
      std::int64_t wait = 1'000;
      if (const auto next = in.next_timer()) wait = std::clamp<std::int64_t>(*next - in.clock.steady_ms(), 0, wait);
      const bool last = in.stopping;
      const auto jobs = in.intake.take(jobs_a_batch, std::chrono::milliseconds(last ? 0 : wait));
      for (const auto& job : jobs) in.handle(*job);
      in.timers();
      in.commit();
      if (jobs.empty()) in.publish();
      if (last && jobs.empty() && in.intake.queued() == 0) return;
    }
  });
}

void Engine::stop() {
  if (!inside_->thread.joinable()) return;
  inside_->stopping = true;
  inside_->intake.wake();
  inside_->thread.join();
  inside_->intake.stop();
}

bool Engine::step() {
  Inside& in = *inside_;
  const auto jobs = in.intake.take_now(jobs_a_batch);
  for (const auto& job : jobs) in.handle(*job);
  in.timers();
  const bool did = !jobs.empty() || !in.ledger.pending().empty() || !in.outgoing.empty() || !in.after_commit.empty();
  in.commit();
  in.publish();
  return did;
}

void Engine::run_until_idle() {
  while (step()) {
  }
}

std::optional<std::int64_t> Engine::next_timer() const { return inside_->next_timer(); }

void Engine::attach(Connection connection, Authenticated who) {
  auto job = std::make_shared<Job>();
  job->connection = connection;
  job->what = std::move(who);
  inside_->intake.push(std::move(job));
}

bool Engine::request(Connection connection, wire::Request request) {
  if (inside_->intake.queued() >= inside_->options.queued_requests) return false;
  auto job = std::make_shared<Job>();
  job->connection = connection;
  job->what = std::move(request);
  inside_->intake.push(std::move(job));
  return true;
}

void Engine::detach(Connection connection) {
  auto job = std::make_shared<Job>();
  job->connection = connection;
  job->what = Detach{};
  inside_->intake.push(std::move(job));
}

std::shared_ptr<const Keyring> Engine::keyring() const {
  const std::scoped_lock lock(inside_->published_mutex);
  return inside_->published_keyring;
}
wire::Hello Engine::hello() const {
  const std::scoped_lock lock(inside_->published_mutex);
  wire::Hello hello = inside_->published_hello;
  hello.time_ms = std::max(hello.time_ms, inside_->clock.wall_ms());
  return hello;
}
Health Engine::health() const {
  const auto queued = inside_->intake.queued();  // before the lock: neither is ever taken within the other
  const std::scoped_lock lock(inside_->published_mutex);
  Health health = inside_->published_health;
  health.queued = queued;
  return health;
}
std::optional<crypto::Bytes> Engine::tile(const crypto::TileName& name) const {
  const auto size = static_cast<std::uint64_t>(health().size);
  if (crypto::tile_width_at(name, size) < name.width) return std::nullopt;  // not, or not yet, on disk
  return inside_->ledger.writer().tile(name);
}
std::optional<std::vector<crypto::Hash>> Engine::consistency(std::uint64_t from, std::uint64_t to) const {
  if (to > static_cast<std::uint64_t>(health().size)) return std::nullopt;
  return inside_->ledger.writer().consistency(from, to);
}
void Engine::witnessed(std::size_t answering, std::optional<log::QuorumHead> head) {
  auto job = std::make_shared<Job>();
  job->what = Witnessed{answering, std::move(head)};
  inside_->intake.push(std::move(job));
}
std::string Engine::public_checkpoint() const {
  const std::scoped_lock lock(inside_->published_mutex);
  const Inside& in = *inside_;
  if (!in.published_quorum_note.empty()) return in.published_quorum_note;
  const std::string& newest = in.published_hello.checkpoint;
  return in.published_own_note.starts_with(newest) ? in.published_own_note : newest;
}
const crypto::VerifierKey& Engine::log_key() const { return inside_->log_vkey; }
const StartReport& Engine::start_report() const { return inside_->ledger.start_report(); }
const std::string& Engine::log() const { return inside_->log_name; }

}  // namespace kasane::conference
