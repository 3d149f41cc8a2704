#include "server/commands/demo/participant.hpp"

#include <algorithm>

#include "crypto/signed_input.hpp"
#include "server/native/member.hpp"
#include "server/wire/unit.hpp"

namespace kasane::commands::demo {
namespace {

std::vector<std::vector<wire::WrapEntry>> print_wraps(const std::vector<std::vector<native::NamedWrap>>& lists) {
  std::vector<std::vector<wire::WrapEntry>> out;
  for (const auto& list : lists) {
    auto& printed = out.emplace_back();
    for (const auto& wrap : list) printed.emplace_back(wrap.device, crypto::base64(wrap.wrap));
  }
  return out;
}

std::string person_in(const wire::Json& welcome) { return native::text_member(welcome, "person").value_or(""); }

}  // namespace

Participant::Participant(Hall& hall, crypto::Device device)
    : hall_(hall), device_(std::move(device)), replica_("", "") {
  const auto welcome = hall_.admit(device_);
  connection_ = welcome.connection;
  person_ = person_in(welcome.answer);
  replica_ = Replica(person_, hall_.log());
  catch_up();
  const auto time = native::text_member(welcome.answer, "time");
  const auto at = time ? policy::parse_instant(*time) : std::nullopt;
  const auto signature = native::base64_member<crypto::Signature>(welcome.answer, "time_signature");
  if (!at || !signature ||
      !crypto::verify(replica_.founding().server_key,
                      crypto::time_input(hall_.log(), welcome.nonce, static_cast<std::uint64_t>(*at)), *signature))
    throw CommandError(Exit::broken_data, "the server's time is not signed by the key of the founding entry");
  if (const auto wrap = native::bytes_member(welcome.answer, "directory_wrap"))
    directory_key_ = native::open_directory_key(hall_.log(), device_, *wrap);
  if (!directory_key_) throw CommandError(Exit::internal, "the directory key does not open for " + person_);
}

Participant::~Participant() {
  try {
    hall_.leave(connection_);
  } catch (...) {  // NOLINT(bugprone-empty-catch): the hall is closing too, and has said why
  }
}

void Participant::catch_up() {
  auto part = hall_.ask(connection_, replica_.held());
  while (!replica_.take(part)) part = hall_.ask(connection_, wire::FeedRequest{true, 0, {}});
}

native::Standpoint Participant::standpoint() const { return {hall_.log(), replica_.seen(), hall_.now_ms()}; }

native::Draft Participant::draft(policy::Statement statement, wire::Json body) const {
  statement.by = person_;
  statement.at_ms = hall_.now_ms();
  native::Draft out;
  out.unit = wire::unit_name(world(), statement);
  out.statement = std::move(statement);
  out.body = std::move(body);
  return out;
}

std::string Participant::envelope(native::Draft draft) const {
  auto text = native::write_envelope(standpoint(), std::move(draft), device_);
  if (!text) throw CommandError(Exit::internal, "a statement of the demonstration is too long");
  return std::move(*text);
}

void Participant::state(policy::Statement statement, wire::Json body) {
  catch_up();
  Parcel parcel;
  parcel.drafts.push_back(draft(std::move(statement), std::move(body)));
  append(std::move(parcel));
}

void Participant::append(Parcel parcel) {
  wire::AppendRequest ask;
  for (auto& one : parcel.drafts) ask.envelopes.push_back(envelope(std::move(one)));
  for (const auto& blob : parcel.blobs) ask.blobs.push_back(crypto::base64(blob));
  ask.wraps = print_wraps(parcel.wraps);
  hall_.ask(connection_, std::move(ask));
}

std::vector<native::Recipient> Participant::devices_of(const std::vector<std::string>& persons) const {
  std::vector<native::Recipient> out;
  for (const auto& [id, device] : replica_.devices()) {
    const auto row = world().devices.find_defined(id);
    if (row.known() && world().devices[row].live() && std::ranges::find(persons, device.person) != persons.end())
      out.push_back(device.recipient);
  }
  return out;
}

}  // namespace kasane::commands::demo
