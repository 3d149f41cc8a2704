#include <algorithm>

#include "crypto/random.hpp"
#include "crypto/signed_input.hpp"
#include "policy/action.hpp"
#include "server/commands/demo/participant.hpp"
#include "server/native/epoch_writer.hpp"
#include "server/native/member.hpp"

namespace kasane::commands::demo {
namespace {

struct LastEpoch {
  std::int64_t number = 0;
  crypto::Hash commit;  ///< of its envelope
  const wire::Payload* payload = nullptr;
};
LastEpoch last_epoch(const Replica& replica, std::string_view item) {
  LastEpoch last;
  for (const auto& [index, entry] : replica.entries()) {
    const auto& statement = entry.payload.statement;
    if (statement.kind == policy::Kind::epoch_commit && statement.item == item)
      last = {statement.epoch, entry.envelope, &entry.payload};
  }
  return last;
}

}  // namespace

wire::Json Participant::present(bool enters, const std::string& item, const crypto::Nonce& session) {
  const auto input =
      enters ? crypto::enter_input(hall_.log(), item, session) : crypto::leave_input(hall_.log(), item, session);
  const auto signature = crypto::base64(crypto::sign(device_.signing.private_key, input));
  if (enters) return hall_.ask(connection_, wire::EnterRequest{item, crypto::hex(session), signature});
  return hall_.ask(connection_, wire::LeaveRequest{item, crypto::hex(session), signature});
}

void Participant::enter(const std::string& item) {
  auto& talk = talks_[item];
  talk.session = crypto::random_value<crypto::Nonce>();
  present(true, item, talk.session);
}

void Participant::leave(const std::string& item) {
  const auto talk = talks_.find(item);
  if (talk == talks_.end()) return;
  present(false, item, talk->second.session);
  talks_.erase(talk);
}

void Participant::draw_epoch(const std::string& item) {
  catch_up();
  assure({std::string(world().cases.name(world().items[world().items.find_defined(item)].in_case))});
  const auto last = last_epoch(replica_, item);
  const auto persons = policy::epoch(world(), item, hall_.now_ms());
  auto epoch = native::write_epoch(standpoint(), person_, item, last.number + 1, last.commit, devices_of(persons));
  if (!epoch) throw CommandError(Exit::internal, "an epoch does not seal");
  Parcel parcel;
  parcel.drafts.push_back(draft(std::move(epoch->statement), std::move(epoch->body)));
  parcel.wraps.push_back(std::move(epoch->wraps));
  append(std::move(parcel));
}

/// Before anything is said: every device of the epoch must be one that the own fold allows (design.md §4 "Talk").
void Participant::join_epoch(const std::string& item) {
  catch_up();
  auto& talk = talks_[item];
  const auto last = last_epoch(replica_, item);
  if (last.payload == nullptr) throw CommandError(Exit::internal, "no epoch to speak in");
  if (talk.sealer && talk.epoch == last.number) return;
  const auto answer = hall_.ask(connection_, wire::OpenEpochRequest{item, last.number});
  const auto body = native::read_epoch_body(last.payload->body);
  const auto wrap = native::bytes_member(answer, "wrap");
  const auto persons = policy::epoch(world(), item, hall_.now_ms());
  const auto allowed = devices_of(persons);
  std::vector<crypto::WrapDigest> list;
  for (const auto& row : answer.find("list")->elements()) {
    const auto& device = *row.elements().at(0).text();
    if (std::ranges::find(allowed, device, &native::Recipient::device) == allowed.end())
      throw CommandError(Exit::internal, "the epoch has one device too many");
    list.push_back({device, *crypto::from_hex<crypto::Hash>(*row.elements().at(1).text())});
  }
  const auto secret = body && wrap && native::list_holds(*body, list)
                          ? native::open_epoch(hall_.log(), item, last.number, body->kc, device_, *wrap)
                          : std::nullopt;
  if (!secret) throw CommandError(Exit::internal, "the epoch does not open for " + person_);
  talk.epoch = last.number;
  talk.sealer.emplace(*secret,
                      crypto::FramePlace{hall_.log(), item, static_cast<std::uint64_t>(last.number), device_.id},
                      talk.session);
}

void Participant::say(const std::string& item, std::string_view text) {
  join_epoch(item);
  auto& talk = talks_.at(item);
  auto message = native::write_message(*talk.sealer, talk.epoch, person_, item, crypto::random_id('m'), text, device_);
  if (!message) throw CommandError(Exit::internal, "a message does not seal");
  Parcel parcel;
  parcel.drafts.push_back(draft(std::move(message->statement), std::move(message->body)));
  parcel.blobs.push_back(std::move(message->frame));
  append(std::move(parcel));
}

}  // namespace kasane::commands::demo
