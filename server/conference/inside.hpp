#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <unordered_map>

#include "server/conference/audiences.hpp"
#include "server/conference/clock_guard.hpp"
#include "server/conference/engine.hpp"
#include "server/conference/intake.hpp"
#include "server/conference/ledger.hpp"

namespace kasane::conference {

/// How far a connection's `feed` has come (feed.cpp).
struct Feed {
  std::int64_t leaves = 0;                                ///< leaf hashes sent
  std::unordered_map<log::UnitNumber, std::size_t> held;  ///< entries of each unit that the client has
  std::vector<std::string> closed;                        ///< tags held that may no longer be read; sent once
};
struct Member {
  Authenticated who;
  bool live = false;  ///< gets batches
  std::optional<Feed> feed;
};
/// A device that may have a key and has none (wanted.cpp).
struct Want {
  std::vector<std::string> asked;  ///< persons
  std::int64_t due_ms = 0;         ///< steady: when the next one is asked
};

/// The ledger thread's state and one handler for each message. Everything but the last group belongs to that thread.
struct Engine::Inside {
  Inside(Store& store, log::Writer writer, Outlet& outlet, Clock& clock, Random& random, Options options);

  // engine.cpp
  void handle(Job& job);
  void timers();
  std::optional<std::int64_t> next_timer() const;  ///< steady ms
  void commit();
  /// Before an answer from the store: what is pending is committed first.
  void settle() {
    if (!ledger.pending().empty() || !after_commit.empty()) commit();
  }
  void flush();
  void publish();
  [[noreturn]] void end_process(const char* why) const;
  bool appends_allowed();
  std::int64_t now_ms() { return guard.now_ms(); }

  // answers.cpp
  void send(std::vector<Connection> to, std::string text);
  void answer(Connection to, std::string_view id, std::span<const wire::Part> parts);
  void refuse(Connection to, std::string_view id, const wire::Refusal& refusal);
  void refuse(Connection to, std::string_view id, AppendRefusal refusal);
  std::string render_entry(log::UnitNumber unit, std::size_t position, bool with_frame);
  std::string render_salt(log::UnitNumber unit) const;
  /// Does the person get the ciphertexts of the messages in this unit? Only of an item whose `epoch` lists them.
  bool hears(log::UnitNumber unit, std::string_view person, policy::Instant at) const;

  // One handler a message.
  void attach(Connection from, Authenticated who);
  void detach(Connection from);
  void feed(Connection from, const std::string& id, const wire::FeedRequest& ask);
  void append(Connection from, const std::string& id, Job& job);
  void put(Connection from, const std::string& id, Job& job);
  void open(Connection from, const std::string& id, std::vector<Checked>& request);
  void open_epoch(Connection from, const std::string& id, const wire::OpenEpochRequest& ask);
  void enter(Connection from, const std::string& id, const wire::EnterRequest& ask);
  void leave(Connection from, const std::string& id, const wire::LeaveRequest& ask);
  void signal(Connection from, const std::string& id, const wire::SignalRequest& ask);
  void what_if(Connection from, const std::string& id, const wire::WhatIfRequest& ask);
  void read(Connection from, const std::string& id, const wire::ReadRequest& ask);
  void heads(Connection from, const std::string& id, const wire::HeadsRequest& ask);
  void ping(Connection from, const std::string& id, const wire::PingRequest& ask);

  // broadcast.cpp
  void announce(const std::string& checkpoint, std::span<const log::UnitNumber> due);
  void close_ended();
  // feed.cpp
  void send_part(Connection to, const std::string& id);
  // unit_heads.cpp
  struct AskedHeads {
    Connection from;
    std::string id;
    std::vector<crypto::UnitTag> tags;
  };
  void state_heads();
  void answer_heads(const AskedHeads& asked);
  // attendance.cpp
  void lost_attendance();
  void answer_attending(Connection to, std::string id, std::string item);
  // wanted.cpp
  void want(const std::string& record, const std::string& device);
  std::vector<std::string> holders(std::string_view record) const;
  void ask_holders();
  void look_for_wants();
  bool has_wrap(std::string_view record, std::string_view device);
  // heads.cpp
  void begin_heads();
  void witnessed(Witnessed& word);
  void tell_heads();
  void cosign();
  std::string render_head() const;
  // open.cpp
  bool held(const policy::Statement& asked) const;
  void deny(Connection from, const std::string& id, const policy::Statement& asked, policy::Reason reason, bool hidden,
            const crypto::Hash& request);
  void release(Connection from, const std::string& id, const policy::Statement& asked, const policy::Decision& decision,
               Receipt request, const crypto::Hash& request_hash);

  Store& store;
  Outlet& outlet;
  Clock& clock;
  Random& random;
  const Options options;
  Ledger ledger;
  ClockGuard guard;
  Audiences audiences;
  Staging staging;
  std::unordered_map<Connection, Member> members;
  std::unordered_map<std::string, std::vector<Connection>> by_person;
  std::vector<std::function<void()>> after_commit;
  std::vector<AskedHeads> asked_heads;  ///< answered with the batch at hand
  std::vector<Delivery> outgoing;
  std::vector<std::pair<Connection, std::uint16_t>> closing;
  std::string checkpoint, checkpoint_text;  ///< newest note; the same as JSON text, for the receipts of a batch
  std::map<std::pair<std::string, std::string>, Connection> attends;       ///< (device, session hex) → where from
  std::map<std::pair<std::string, std::string>, std::int64_t> unattended;  ///< → steady ms at which it counts as lost
  std::map<std::pair<std::string, std::string>, Want> wants;               ///< (record, device)
  std::map<std::string, std::int64_t> denials;  ///< person, record and reason → ledger ms of the last `access.denied`
  WitnessesState witnesses;
  std::string quorum_note;                    ///< newest with the quorum's cosignatures; empty: none
  std::string own_note;                       ///< newest with the log's own; empty: none
  std::int64_t own_due_ms = 0;                ///< steady
  std::int64_t own_least_ms = 0;              ///< steady: not before
  std::string witness_policy;                 ///< as it is kept and told: without URLs
  std::int64_t head_due_ms = 0;               ///< steady
  std::vector<Connection> head_wanted;        ///< whose feed has just become live
  std::vector<std::string> cases_to_look_at;  ///< whose records may lack keys somewhere
  std::int64_t look_at_ms = 0;                ///< steady
  std::int64_t disk_asked_ms = -1;            ///< steady
  bool disk_roomy = true;

  // Thread: any, under the mutex.
  mutable std::mutex published_mutex;
  std::shared_ptr<const Keyring> published_keyring;
  wire::Hello published_hello;
  Health published_health;
  std::string log_name, published_quorum_note, published_own_note;
  crypto::VerifierKey log_vkey;
  // Thread: their own.
  Intake intake;
  std::thread thread;
  std::atomic<bool> stopping{false};
};

}  // namespace kasane::conference
