#include "tests/kill/tenant.hpp"

#include <stdlib.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "server/commands/demo/participant.hpp"
#include "server/log/keys.hpp"
#include "server/net/content_policy.hpp"
#include "server/store/sqlite_store.hpp"
#include "tests/kill/process.hpp"

namespace kasane::kill_loop {
namespace {

using commands::demo::Participant;

/// The value behind a word at the start of a line, as `init` prints it.
std::string after(const std::string& said, const std::string& word) {
  const auto line = ("\n" + said).find("\n" + word + " ");
  if (line == std::string::npos) throw std::runtime_error("init printed no " + word);
  const auto from = line + word.size() + 1;
  return said.substr(from, said.find('\n', from) - from);
}

policy::Statement of_kind(policy::Kind kind) {
  policy::Statement statement;
  statement.kind = kind;
  return statement;
}

/// A person with a device, in one append, as the registrar's screen adds them.
void add_person(Participant& registrar, const std::string& log, const Member& member, bool coordinator) {
  registrar.catch_up();
  auto person = of_kind(policy::Kind::person_add);
  person.person = member.person;
  person.agency = member.agency;
  if (coordinator) person.roles.push_back(policy::Role::coordinator);
  const auto keys = member.device();
  auto device = of_kind(policy::Kind::device_add);
  device.device = keys.id;
  device.person = member.person;
  auto wrap = native::wrap_directory_key(registrar.directory_key(), log, native::recipient_of(keys)).value();
  commands::demo::Parcel parcel;
  parcel.drafts.push_back(registrar.draft(
      std::move(person), native::name_body(registrar.directory_key(), log, member.person, {member.person, "職員"})));
  parcel.drafts.push_back(registrar.draft(
      std::move(device), native::device_body(crypto::public_bundle(keys), crypto::sha256(crypto::View(wrap)))));
  parcel.blobs.push_back(std::move(wrap));
  registrar.append(std::move(parcel));
}

}  // namespace

Tenant::Tenant() {
  std::string name = (std::filesystem::temp_directory_path() / "kasane-kill-XXXXXX").string();
  folder = mkdtemp(name.data());
  data = folder / "data";
  web = folder / "web";
  std::filesystem::create_directories(web / "assets");
  std::ofstream(web / "assets" / "main-1.js") << "run()";
  std::ofstream(web / "index.html") << "<script src=/assets/main-1.js integrity=" << net::integrity_of("run()")
                                    << "></script>";
  const auto said = run_program({"init", "--data", data.string(), "--tenant", "machi", "--agency", "a-city", "--name",
                                 "森 花子", "--person", "mori"});
  log = after(said, "log");
  sit_down(after(said, "seed"));
}

Tenant::~Tenant() {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

void Tenant::sit_down(const std::string& registrar_seed) {
  const auto now_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  std::string why;
  auto keys = log::read_keys(data, why);
  if (!keys) throw std::runtime_error(why);
  log_key = keys->log.public_key;
  commands::demo::TownClock clock(now_ms);
  store::SqliteStore store(data);
  commands::demo::Hall hall(store, log::Writer(std::move(*keys)), clock);
  Participant registrar(hall, crypto::device_from_seed(native::parse_seed(registrar_seed).value()));

  const char* agencies[] = {"a-city", "a-elder", "a-clinic", "a-school"};
  for (const char* agency : {"a-elder", "a-clinic", "a-school"}) {
    auto add = of_kind(policy::Kind::agency_add);
    add.agency = agency;
    add.agency_type = policy::AgencyType::elderly;
    registrar.state(std::move(add));
  }
  for (std::size_t i = 0; i < members_at_the_table; ++i) {
    members.push_back({"p-" + std::to_string(i), agencies[i % 4], crypto::random_secret<crypto::Seed>()});
    add_person(registrar, log, members.back(), i == 0);
  }
  auto notice = of_kind(policy::Kind::notice_publish);
  notice.basis = basis;
  notice.version = 1;
  registrar.state(std::move(notice));

  Participant chair(hall, members[0].device());
  case_id = crypto::random_id('c');
  subject = crypto::random_id('s');
  conference = crypto::random_id('k');
  item = crypto::random_id('i');
  auto open_case = of_kind(policy::Kind::case_open);
  open_case.case_id = case_id;
  open_case.subjects = {{subject, {}}};
  chair.state(std::move(open_case));
  auto convene = of_kind(policy::Kind::conference_convene);
  convene.conference = conference;
  convene.starts_at = now_ms / policy::minute_ms * policy::minute_ms;
  chair.state(std::move(convene));
  auto add = of_kind(policy::Kind::item_add);
  add.item = item;
  add.conference = conference;
  add.case_id = case_id;
  add.basis = basis;
  for (std::size_t i = 0; i < members.size(); ++i)
    add.seats.push_back({members[i].person,
                         i == 0   ? policy::Seat::chair
                         : i == 1 ? policy::Seat::recorder
                                  : policy::Seat::member,
                         {}});
  chair.state(std::move(add));
  auto open = of_kind(policy::Kind::item_open);
  open.item = item;
  chair.state(std::move(open));
  for (const auto& member : members) {
    auto read = of_kind(policy::Kind::notice_acknowledge);
    read.conference = conference;
    read.basis = basis;
    read.version = 1;
    Participant(hall, member.device()).state(std::move(read));
  }
  chair.draw_epoch(item);
}

}  // namespace kasane::kill_loop
