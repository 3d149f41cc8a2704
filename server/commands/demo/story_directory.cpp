#include "crypto/sha256.hpp"
#include "server/commands/demo/town.hpp"

namespace kasane::commands::demo {

/// Agencies, persons with sealed names, and a device each with the directory key's wrap.
void Town::register_people() {
  go_to(story_days, 9, 10);
  auto& registrar = person(personas()[0].id);
  for (const auto& agency : agencies().subspan(1)) {
    policy::Statement add;
    add.kind = policy::Kind::agency_add;
    add.agency = agency.id;
    add.agency_type = agency.type;
    add.name = std::string(agency.name);
    registrar.state(std::move(add));
  }
  for (const auto& persona : personas().subspan(1)) {
    registrar.catch_up();
    const auto device = crypto::device_from_seed(seeds_.of(persona.id));
    policy::Statement add;
    add.kind = policy::Kind::person_add;
    add.person = persona.id;
    add.agency = persona.agency;
    if (!persona.role.empty()) add.roles.push_back(policy::code_of<policy::Role>(persona.role).value());
    add.duty_source = std::string(persona.duty_source);
    policy::Statement with;
    with.kind = policy::Kind::device_add;
    with.device = device.id;
    with.person = persona.id;
    auto wrap = native::wrap_directory_key(registrar.directory_key(), hall_.log(), native::recipient_of(device));
    if (!wrap) throw CommandError(Exit::internal, "the directory key does not wrap");
    Parcel parcel;
    parcel.drafts.push_back(
        registrar.draft(std::move(add), native::name_body(registrar.directory_key(), hall_.log(), persona.id,
                                                          {std::string(persona.name), std::string(persona.post)})));
    parcel.drafts.push_back(registrar.draft(
        std::move(with), native::device_body(crypto::public_bundle(device), crypto::sha256(crypto::View(*wrap)))));
    parcel.blobs.push_back(std::move(*wrap));
    registrar.append(std::move(parcel));
  }
  go_to(story_days - 1, 9);
  for (const char* basis : {"SWA106_6", "LAYERED"}) {
    policy::Statement notice;
    notice.kind = policy::Kind::notice_publish;
    notice.basis = basis;
    notice.version = 1;
    registrar.state(std::move(notice));
  }
}

}  // namespace kasane::commands::demo
