#include "tests/kill/work.hpp"

#include <algorithm>
#include <chrono>

#include "crypto/random.hpp"
#include "policy/action.hpp"
#include "server/native/epoch_writer.hpp"
#include "server/native/member.hpp"
#include "server/native/opener.hpp"
#include "server/native/record_content.hpp"
#include "server/native/record_writer.hpp"
#include "server/wire/unit.hpp"

namespace kasane::kill_loop {
namespace {

constexpr std::int64_t first_epoch = 1;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}
policy::Statement of_kind(policy::Kind kind, std::string item) {
  policy::Statement statement;
  statement.kind = kind;
  statement.item = std::move(item);
  return statement;
}
template <class T>
T need(std::optional<T> value, const char* what) {
  if (!value) throw Broken(what);
  return std::move(*value);
}
std::string content_of(const std::string& record) { return native::record_content("記録", "content of " + record); }

}  // namespace

native::Standpoint Worker::standpoint() const { return {tenant_.log, copy_.seen(), now_ms()}; }

native::Draft Worker::draft(policy::Statement statement, wire::Json body) const {
  statement.by = member_.person;
  statement.at_ms = now_ms();
  native::Draft out;
  out.unit = wire::unit_name(copy_.replica().world(), statement);
  out.statement = std::move(statement);
  out.body = std::move(body);
  out.nonce = crypto::random_value<crypto::Nonce>();
  return out;
}

Work Worker::work_of(std::vector<native::Draft> drafts) const {
  Work work;
  for (auto& one : drafts) {
    work.what.push_back({device_.id, crypto::hex(one.nonce)});
    work.envelopes.push_back(
        need(native::write_envelope(standpoint(), std::move(one), device_), "an envelope is not written"));
  }
  return work;
}

void Worker::join(const wire::Json& opened_epoch) {
  for (const auto& [index, entry] : copy_.replica().entries()) {
    if (entry.payload.statement.kind != policy::Kind::epoch_commit) continue;
    const auto body = need(native::read_epoch_body(entry.payload.body), "no body of the epoch");
    const auto wrap = need(native::bytes_member(opened_epoch, "wrap"), "no wrap of the epoch");
    const auto secret = native::open_epoch(tenant_.log, tenant_.item, first_epoch, body.kc, device_, wrap);
    if (!secret) throw Broken("the epoch does not open");
    sealer_.emplace(*secret, crypto::FramePlace{tenant_.log, tenant_.item, first_epoch, device_.id},
                    crypto::random_value<crypto::Nonce>());
    return;
  }
  throw Broken("no epoch in the ledger");
}

Work Worker::next() {
  const auto lot = draw(100);
  if (lot < 55) return message();
  if (lot < 65) return request_made();
  if (lot < 75) return acknowledgement();
  if (lot < 85) return two_at_once();
  if (lot < 92 || copy_.shares().empty()) return share();
  return request_key();
}

native::Draft Worker::message_draft(crypto::Bytes& frame) {
  auto sealed = need(native::write_message(*sealer_, first_epoch, member_.person, tenant_.item, crypto::random_id('m'),
                                           "ここまでで、ご意見はありますか。", device_),
                     "a message does not seal");
  frame = std::move(sealed.frame);
  return draft(std::move(sealed.statement), std::move(sealed.body));
}

Work Worker::message() {
  crypto::Bytes frame;
  std::vector<native::Draft> drafts;
  drafts.push_back(message_draft(frame));
  auto work = work_of(std::move(drafts));
  work.blobs.push_back(crypto::base64(frame));
  return work;
}

Work Worker::request_made() {
  auto make = of_kind(policy::Kind::request_make, tenant_.item);
  make.request = crypto::random_id('q');
  std::vector<native::Draft> drafts;
  drafts.push_back(draft(std::move(make)));
  return work_of(std::move(drafts));
}

Work Worker::acknowledgement() {
  auto read = of_kind(policy::Kind::notice_acknowledge, {});
  read.conference = tenant_.conference;
  read.basis = tenant_.basis;
  read.version = 1;
  std::vector<native::Draft> drafts;
  drafts.push_back(draft(std::move(read)));
  return work_of(std::move(drafts));
}

/// Of two units, so that half of it would show in none of the chains.
Work Worker::two_at_once() {
  auto make = of_kind(policy::Kind::request_make, tenant_.item);
  make.request = crypto::random_id('q');
  crypto::Bytes frame;
  std::vector<native::Draft> drafts;
  drafts.push_back(draft(std::move(make)));
  drafts.push_back(message_draft(frame));
  auto work = work_of(std::move(drafts));
  work.blobs.push_back(crypto::base64(frame));
  return work;
}

/// By the own fold, once: the directory and the seats do not change while the loop runs.
const std::vector<native::Recipient>& Worker::recipients(const native::RecordDraft& record) {
  if (!recipients_.empty()) return recipients_;
  auto shape = of_kind(policy::Kind::record_share, record.item);
  shape.record = record.record;
  shape.case_id = record.case_id;
  shape.label = record.label;
  shape.by = member_.person;
  shape.at_ms = now_ms();
  const policy::Supposed with[] = {shape};
  std::vector<policy::Rejected> rejected;
  const auto after = policy::suppose(copy_.replica().world(), with, shape.at_ms, &rejected);
  if (!rejected.empty()) throw Broken("may not share: " + std::string(policy::name_of(rejected[0].reason)));
  const auto persons = policy::wrap(after, record.record, shape.at_ms);
  for (const auto& [id, device] : copy_.replica().devices())
    if (std::ranges::find(persons, device.person) != persons.end()) recipients_.push_back(device.recipient);
  return recipients_;
}

Work Worker::share() {
  native::RecordDraft record;
  record.record = crypto::random_id('r');
  record.case_id = tenant_.case_id;
  record.item = tenant_.item;
  record.label.subjects = {tenant_.subject};
  record.label.categories = {policy::Category::HOU};
  record.label.agency = member_.agency;
  record.label.origin = "INTAKE";
  record.content = content_of(record.record);
  auto sealed =
      need(native::write_record(standpoint(), member_.person, device_, record, recipients(record)), "no record");
  std::vector<native::Draft> drafts;
  drafts.push_back(draft(std::move(sealed.statement), std::move(sealed.body)));
  auto work = work_of(std::move(drafts));
  work.blobs.push_back(crypto::base64(sealed.ciphertext));
  auto& wraps = work.wraps.emplace_back();
  for (const auto& wrap : sealed.wraps) wraps.emplace_back(wrap.device, crypto::base64(wrap.wrap));
  work.staged = draw(2) == 0;
  return work;
}

Work Worker::request_key() {
  auto ask = of_kind(policy::Kind::key_request, tenant_.item);
  ask.record = copy_.shares()[draw(copy_.shares().size())].first;
  ask.device = device_.id;
  const auto record = ask.record;
  std::vector<native::Draft> drafts;
  drafts.push_back(draft(std::move(ask)));
  auto work = work_of(std::move(drafts));
  work.requests = record;
  return work;
}

Work Worker::opened(const std::string& record, const wire::Json& answer) {
  const auto share = std::ranges::find(copy_.shares(), record, &std::pair<std::string, wire::Payload>::first);
  if (share == copy_.shares().end()) throw Broken("a key for a record that nobody shared");
  crypto::WrapPath path;
  path.position = static_cast<std::uint64_t>(need(native::count_member(answer, "position"), "no position"));
  path.leaves = static_cast<std::uint64_t>(need(native::count_member(answer, "leaves"), "no leaves"));
  for (const auto& hash : answer.find("path")->elements())
    path.path.push_back(need(crypto::from_base64<crypto::Hash>(*hash.text()), "no path"));
  const auto content =
      native::open_record(share->second, device_, need(native::bytes_member(answer, "ciphertext"), "no ciphertext"),
                          need(native::bytes_member(answer, "wrap"), "no wrap"), path, {});
  if (!content || content->content != content_of(record)) throw Broken("a record does not open to what was written");
  auto said = of_kind(policy::Kind::opened, tenant_.item);
  said.record = record;
  said.device = device_.id;
  std::vector<native::Draft> drafts;
  drafts.push_back(draft(std::move(said)));
  return work_of(std::move(drafts));
}

}  // namespace kasane::kill_loop
