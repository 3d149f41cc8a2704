#include "tests/bench/town.hpp"

#include <fstream>

#include "crypto/note.hpp"
#include "crypto/random.hpp"
#include "server/conference/founding.hpp"
#include "server/log/keys.hpp"
#include "server/native/founding.hpp"
#include "server/native/member.hpp"
#include "tests/bench/figures.hpp"

namespace kasane::bench {
namespace {

constexpr int agency_count = 6;
constexpr policy::AgencyType types[agency_count] = {policy::AgencyType::elderly,    policy::AgencyType::disability,
                                                    policy::AgencyType::livelihood, policy::AgencyType::medical,
                                                    policy::AgencyType::school,     policy::AgencyType::secretariat};
/// Everything was prepared a while ago: a server that starts now never finds itself behind its own ledger.
constexpr std::int64_t ago_ms = 60'000;

std::string agency_id(int index) { return "a-" + std::to_string(index % agency_count); }

log::Writer writer_of(const std::filesystem::path& folder) {
  std::string why;
  auto keys = log::read_keys(folder, why);
  if (!keys) fail(why);
  return log::Writer(std::move(*keys));
}

}  // namespace

std::optional<wire::Payload::Seen> seen_in(const wire::Json& answer) {
  const auto text = native::text_member(answer, "checkpoint");
  const auto note = text ? crypto::parse_checkpoint(*text) : std::nullopt;
  if (!note) return std::nullopt;
  return wire::Payload::Seen{static_cast<std::int64_t>(note->checkpoint.size), crypto::hex(note->checkpoint.root)};
}

std::filesystem::path bare_page(const std::filesystem::path& scratch) {
  std::filesystem::create_directories(scratch / "web");
  std::ofstream(scratch / "web" / "index.html") << "<!doctype html><title>bench</title>";
  return scratch / "web";
}

Town::Town(const std::filesystem::path& folder, int members) : clock_(MachineClock().wall_ms() - ago_ms) {
  std::filesystem::create_directories(folder);
  registrar_ = {"registrar", "a-city", crypto::device_generate()};
  found(folder);
  hall_ = std::make_unique<commands::demo::Hall>(*store_, writer_of(folder), clock_);
  for (int i = 0; i < agency_count; ++i) {
    policy::Statement add;
    add.kind = policy::Kind::agency_add;
    add.agency = agency_id(i);
    add.agency_type = types[i];
    append(registrar_, {draft(registrar_, std::move(add), "directory")});
  }
  for (int i = 0; i < members; ++i) {
    Person person{"p-" + std::to_string(i), agency_id(i), crypto::device_generate()};
    policy::Statement add, with;
    add.kind = policy::Kind::person_add;
    add.person = person.id;
    add.agency = person.agency;
    if (i == 0) add.roles = {policy::Role::coordinator, policy::Role::consent_officer};
    with.kind = policy::Kind::device_add;
    with.device = person.device.id;
    with.person = person.id;
    auto keys = native::device_body(crypto::public_bundle(person.device));
    append(registrar_, {draft(registrar_, std::move(add), "directory"),
                        draft(registrar_, std::move(with), "directory", std::move(keys))});
    members_.push_back(std::move(person));
  }
}

void Town::found(const std::filesystem::path& folder) {
  store_ = std::make_unique<store::SqliteStore>(folder);
  const auto keys = log::generate_keys();
  if (const auto why = log::write_keys(folder, keys)) fail(*why);
  native::FoundingWish wish;
  wish.origin = "bench/0123456789abcdef";
  wish.tenant = "t-1";
  wish.person = registrar_.id;
  wish.agency = registrar_.agency;
  wish.agency_type = policy::AgencyType::secretariat;
  wish.registrar = {"登録 太郎", "登録管理者"};
  wish.log_key = keys.log.public_key;
  wish.server_key = keys.statement.public_key;
  wish.at_ms = clock_.wall_ms();
  const auto founding = native::found(wish, registrar_.device, crypto::random_secret<crypto::DirectoryKey>());
  if (!founding) fail("the founding does not hold");
  MachineRandom random;
  if (const auto refused =
          conference::found_ledger(*store_, writer_of(folder), random, clock_.wall_ms(), founding->tenant_found,
                                   founding->device_add, crypto::text(founding->directory_wrap)))
    fail(*refused);
  log_ = founding->log;
}

native::Standpoint Town::standpoint() const { return {log_, seen_, hall_->now_ms()}; }

native::Draft Town::draft(const Person& by, policy::Statement statement, std::string unit, wire::Json body) const {
  statement.by = by.id;
  native::Draft out;
  out.statement = std::move(statement);
  out.unit = std::move(unit);
  out.body = std::move(body);
  return out;
}

void Town::saw(const wire::Json& answer) {
  if (auto seen = seen_in(answer)) seen_ = std::move(*seen);
}

conference::Connection Town::desk_of(const Person& person) {
  const auto known = desks_.find(person.id);
  if (known != desks_.end()) return known->second;
  const auto welcome = hall_->admit(person.device);
  saw(welcome.answer);
  return desks_[person.id] = welcome.connection;
}

void Town::append(const Person& by, std::vector<native::Draft> drafts, std::vector<crypto::Bytes> blobs,
                  std::vector<std::vector<native::NamedWrap>> wraps) {
  const auto desk = desk_of(by);
  wire::AppendRequest ask;
  for (auto& one : drafts) {
    auto text = native::write_envelope(standpoint(), std::move(one), by.device);
    if (!text) fail("a statement is too long");
    ask.envelopes.push_back(std::move(*text));
  }
  for (const auto& blob : blobs) ask.blobs.push_back(crypto::base64(blob));
  for (const auto& list : wraps) {
    auto& printed = ask.wraps.emplace_back();
    for (const auto& wrap : list) printed.emplace_back(wrap.device, crypto::base64(wrap.wrap));
  }
  saw(hall_->ask(desk, std::move(ask)));
}

void Town::convene() {
  const auto& chair = members_.front();
  policy::Statement open, convene, add, begin;
  open.kind = policy::Kind::case_open;
  open.case_id = "c-1";
  open.subjects = {{"s-1", {}}};
  append(chair, {draft(chair, std::move(open), "case/c-1")});
  convene.kind = policy::Kind::conference_convene;
  convene.conference = "k-1";
  convene.starts_at = clock_.wall_ms();
  append(chair, {draft(chair, std::move(convene), "conference/k-1")});
  add.kind = policy::Kind::item_add;
  add.item = the_item;
  add.conference = "k-1";
  add.case_id = "c-1";
  add.basis = "SWA106_6";
  for (const auto& member : members_)
    add.seats.push_back({member.id, &member == &chair ? policy::Seat::chair : policy::Seat::member, {}});
  append(chair, {draft(chair, std::move(add), std::string("item/") + the_item)});
  begin.kind = policy::Kind::item_open;
  begin.item = the_item;
  append(chair, {draft(chair, std::move(begin), std::string("item/") + the_item)});
}

void Town::draw_epoch() {
  const auto& chair = members_.front();
  std::vector<native::Recipient> recipients;
  for (const auto& member : members_) recipients.push_back(native::recipient_of(member.device));
  auto epoch = native::write_epoch(standpoint(), chair.id, the_item, 1, {}, recipients);
  if (!epoch) fail("an epoch does not seal");
  epoch_ = std::move(epoch->secret);
  append(chair, {draft(chair, std::move(epoch->statement), std::string("item/") + the_item, std::move(epoch->body))},
         {}, {std::move(epoch->wraps)});
}

void Town::close() {
  hall_.reset();
  store_.reset();
}

}  // namespace kasane::bench
