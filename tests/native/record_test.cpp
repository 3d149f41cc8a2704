#include <catch2/catch.hpp>

#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "crypto/wrap.hpp"
#include "server/native/opener.hpp"
#include "server/native/record_content.hpp"
#include "server/native/record_writer.hpp"
#include "server/native/wrapping.hpp"
#include "tests/native/given.hpp"

using namespace kasane;
using namespace kasane::native;

namespace {

/// A record shared by the first of three devices to all three.
struct Shared {
  crypto::Device author = crypto::device_generate(), reader = crypto::device_generate(),
                 late = crypto::device_generate();
  std::string content = record_content("家計の相談", "家賃の滞納が三か月ある。");
  SealedRecord sealed = write();
  wire::Payload payload = signed_payload();

  SealedRecord write() {
    const std::vector<Recipient> recipients{recipient_of(author), recipient_of(reader)};
    return write_record(given::standpoint(), "p-1", author, {"r-1", "c-1", "i-1", given::label(), content}, recipients)
        .value();
  }
  wire::Payload signed_payload() const {
    Draft draft{sealed.statement, sealed.body, "record/r-1", {}};
    return given::payload_of(write_envelope(given::standpoint(), draft, author).value());
  }
  const crypto::Bytes& wrap_of(const crypto::Device& device) const {
    for (const auto& wrap : sealed.wraps) {
      if (wrap.device == device.id) return wrap.wrap;
    }
    throw std::logic_error("no wrap for this device");
  }
  crypto::WrapPath path_of(const crypto::Device& device) const {
    return crypto::wrap_path(digests_of(sealed.wraps), device.id).value();
  }
};

}  // namespace

TEST_CASE("a shared record opens for every device that it was wrapped to") {
  const Shared shared;
  for (const auto* device : {&shared.author, &shared.reader}) {
    const auto opened = open_record(shared.payload, *device, shared.sealed.ciphertext, shared.wrap_of(*device),
                                    shared.path_of(*device), std::nullopt);
    CHECK(opened.value().content == shared.content);
  }
}

TEST_CASE("the body of a share names exactly the bytes that go with it") {
  const Shared shared;
  const auto body = read_record_body(shared.payload.body).value();
  CHECK(body.digest == crypto::sha256(crypto::View(shared.sealed.ciphertext)));
  CHECK(body.length == static_cast<std::int64_t>(shared.sealed.ciphertext.size()));
  CHECK(body.wraps_root == root_of(shared.sealed.wraps));
  CHECK(body.core == shared.sealed.core);
  CHECK(core_holds(body, shared.payload));
}

TEST_CASE("a record does not open with somebody else's wrap, path or ciphertext") {
  const Shared shared;
  const auto open = [&](const crypto::Bytes& ciphertext, const crypto::Bytes& wrap, const crypto::WrapPath& path) {
    return open_record(shared.payload, shared.reader, ciphertext, wrap, path, std::nullopt).has_value();
  };
  const auto& wrap = shared.wrap_of(shared.reader);
  const auto path = shared.path_of(shared.reader);
  CHECK(open(shared.sealed.ciphertext, wrap, path));
  CHECK_FALSE(open(shared.sealed.ciphertext, shared.wrap_of(shared.author), path));
  CHECK_FALSE(open(shared.sealed.ciphertext, wrap, shared.path_of(shared.author)));
  auto changed = shared.sealed.ciphertext;
  changed.back() ^= 1;
  CHECK_FALSE(open(changed, wrap, path));
  CHECK_FALSE(open_record(shared.payload, shared.reader, shared.sealed.ciphertext, wrap, std::nullopt, std::nullopt));
}

TEST_CASE("a wrap substituted by the server is refused though it opens") {
  const Shared shared;
  // The same key sealed anew to the same device: right content, but not what the author signed.
  const std::vector<Recipient> recipient{recipient_of(shared.reader)};
  const auto forged =
      wrap_to_all(recipient, crypto::record_wrap_info(crypto::view(shared.sealed.core)), shared.sealed.key.expose())
          .value();
  CHECK_FALSE(open_record(shared.payload, shared.reader, shared.sealed.ciphertext, forged[0].wrap,
                          shared.path_of(shared.reader), std::nullopt));
}

TEST_CASE("a core that speaks of another record, case, item, label, log or device is refused") {
  const Shared shared;
  const auto refused = [&](auto change) {
    wire::Payload other = shared.payload;
    change(other);
    return !core_holds(read_record_body(other.body).value(), other);
  };
  CHECK(refused([](auto& p) { p.log += "x"; }));
  CHECK(refused([](auto& p) { p.device = "d-other"; }));
  CHECK(refused([](auto& p) { p.statement.record = "r-2"; }));
  CHECK(refused([](auto& p) { p.statement.case_id = "c-2"; }));
  CHECK(refused([](auto& p) { p.statement.item = "i-2"; }));
  CHECK(refused([](auto& p) { p.statement.item.clear(); }));
  CHECK(refused([](auto& p) { p.statement.label->categories.push_back(policy::Category::MED); }));
  CHECK(refused([](auto& p) { p.statement.label->withhold_from_subject = true; }));
}

TEST_CASE("a later reader opens with a granted key and that grant's nonce alone") {
  const Shared shared;
  const auto grant =
      write_grant("p-1", "r-1", shared.sealed.core, shared.sealed.key, recipient_of(shared.late), "record/r-1").value();
  const auto open = [&](const crypto::Device& device, const std::optional<crypto::Nonce>& nonce) {
    return open_record(shared.payload, device, shared.sealed.ciphertext, grant.wrap, std::nullopt, nonce).has_value();
  };
  CHECK(open(shared.late, grant.draft.nonce));
  CHECK_FALSE(open(shared.late, crypto::random_value<crypto::Nonce>()));
  CHECK_FALSE(open(shared.reader, grant.draft.nonce));
  const auto payload = given::payload_of(write_envelope(given::standpoint(), grant.draft, shared.author).value());
  CHECK(payload.nonce == crypto::hex(grant.draft.nonce));
  CHECK(payload.statement.device == shared.late.id);
  CHECK(*payload.body.find("digest")->text() == crypto::hex(crypto::sha256(crypto::View(grant.wrap))));
}

TEST_CASE("nothing is sealed to one device twice or to an unfit key") {
  const Shared shared;
  const RecordDraft draft{"r-1", "c-1", "", given::label(), shared.content};
  const std::vector<Recipient> twice{recipient_of(shared.reader), recipient_of(shared.reader)};
  CHECK_FALSE(write_record(given::standpoint(), "p-1", shared.author, draft, twice));
  const std::vector<Recipient> unfit{{"d-x", crypto::KemPublicKey{}}};
  CHECK_FALSE(write_record(given::standpoint(), "p-1", shared.author, draft, unfit));
}

TEST_CASE("a decision's content carries policy, tasks and the next date") {
  const auto content = wire::read_json(
      decision_content("方針", "見守りを続ける", "相談につながった", {{"山田", "訪問", "2026-12-01"}}, "2027-01-15"));
  REQUIRE(content);
  CHECK(*content->find("policy")->text() == "見守りを続ける");
  CHECK(*content->find("tasks")->elements().at(0).find("what")->text() == "訪問");
  CHECK(*content->find("next")->text() == "2027-01-15");
}
