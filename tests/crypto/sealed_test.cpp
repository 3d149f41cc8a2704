#include <catch2/catch.hpp>

#include "crypto/device.hpp"
#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"
#include "crypto/names.hpp"
#include "crypto/padding.hpp"
#include "crypto/random.hpp"
#include "crypto/record_body.hpp"
#include "crypto/talk.hpp"
#include "crypto/wrap.hpp"

using namespace kasane::crypto;

namespace {

struct GivenRecord {
  ContentKey key = random_secret<ContentKey>();
  Blinding blinding = random_value<Blinding>();
  Bytes core = bytes_of(view(R"({"core":1})"));
  std::string content = "家賃の滞納が三か月ある。";
  Hash kc = key_commitment(key);
  Hash pc = content_commitment(blinding, view(content));
  Bytes sealed = seal_record(key, core, blinding, random_value<LongNonce>(), view(content));
};

struct GivenTalk {
  EpochSecret secret = random_secret<EpochSecret>();
  Device sender = device_generate();
  FramePlace place{"log", "i-1", 3, sender.id};
  Nonce session = random_value<Nonce>();
  FrameSealer sealer{secret, place, session};
};

}  // namespace

TEST_CASE("a record opens under its key, core and commitments") {
  const GivenRecord given;
  CHECK(text(open_record(given.key, given.core, given.kc, given.pc, given.sealed).value()) == given.content);
}

TEST_CASE("a record does not open under another key, core or commitment, or changed or cut") {
  GivenRecord given;
  CHECK_FALSE(open_record(random_secret<ContentKey>(), given.core, given.kc, given.pc, given.sealed));
  CHECK_FALSE(open_record(given.key, view("other"), given.kc, given.pc, given.sealed));
  CHECK_FALSE(open_record(given.key, given.core, given.pc, given.pc, given.sealed));
  CHECK_FALSE(open_record(given.key, given.core, given.kc, given.kc, given.sealed));
  for (std::size_t length = 0; length < given.sealed.size(); length += 7) {
    CHECK_FALSE(open_record(given.key, given.core, given.kc, given.pc, View(given.sealed).first(length)));
  }
  for (std::size_t i = 0; i < given.sealed.size(); i += 5) {
    given.sealed[i] ^= 1;
    CHECK_FALSE(open_record(given.key, given.core, given.kc, given.pc, given.sealed));
    given.sealed[i] ^= 1;
  }
}

TEST_CASE("two keys cannot open one ciphertext: the commitment is asked before the cipher") {
  const GivenRecord given;
  const auto other = random_secret<ContentKey>();
  CHECK_FALSE(open_record(other, given.core, key_commitment(given.key), given.pc, given.sealed));
  CHECK_FALSE(open_record(given.key, given.core, key_commitment(other), given.pc, given.sealed));
}

TEST_CASE("short contents are all of one length") {
  GivenRecord given;
  const auto sealed_length = [&](std::size_t bytes) {
    return seal_record(given.key, given.core, given.blinding, random_value<LongNonce>(), Bytes(bytes)).size();
  };
  CHECK(sealed_length(0) == sealed_length(200));
  CHECK(sealed_length(0) == 24 + 256 + 16);
}

TEST_CASE("Padme costs at most 12 % and keeps few bits of a length") {
  for (std::size_t length = 1; length < 100'000; length += 13) {
    const std::size_t padded = padme(length);
    REQUIRE(padded >= length);
    REQUIRE(static_cast<double>(padded) <= 1.12 * static_cast<double>(length) + 1);
    REQUIRE(padme(padded) == padded);
  }
  CHECK(padme(9) == 10);
  CHECK(padme(65) == 72);
  CHECK(padme(1'000'000) == 1'015'808);
}

TEST_CASE("padding comes off exactly and other paddings are refused") {
  for (std::size_t length = 0; length < 700; ++length) {
    const Bytes content(length, 0x80);
    const Bytes padded = pad(content, 128);
    REQUIRE(unpad(padded, 128) == content);
    REQUIRE_FALSE(unpad(View(padded).first(padded.size() - 1), 128));
    Bytes longer = padded;
    longer.push_back(0);
    REQUIRE_FALSE(unpad(longer, 128));
  }
  CHECK_FALSE(unpad({}, 128));
  CHECK_FALSE(unpad(Bytes(128, 0), 128));
  CHECK_FALSE(unpad(Bytes(128, 1), 128));
}

TEST_CASE("a wrap opens for one device, one core and one purpose") {
  const Device device = device_generate();
  const auto key = random_secret<ContentKey>();
  const Bytes info = record_wrap_info(view("core"));
  const Bytes wrap = seal_wrap(device.kem.public_key, info, wrap_aad(device.id), key).value();
  CHECK(wrap.size() == wrap_bytes);
  CHECK(bytes_of(open_wrap<ContentKey>(device.kem, info, wrap_aad(device.id), wrap).value().expose()) ==
        bytes_of(key.expose()));
  CHECK_FALSE(open_wrap<ContentKey>(device.kem, record_wrap_info(view("other")), wrap_aad(device.id), wrap));
  CHECK_FALSE(open_wrap<ContentKey>(device.kem, info, wrap_aad("d-other"), wrap));
  CHECK_FALSE(open_wrap<ContentKey>(device.kem, info, grant_aad(device.id, Nonce{}), wrap));
  CHECK_FALSE(open_wrap<ContentKey>(device.kem, directory_wrap_info("core"), wrap_aad(device.id), wrap));
  CHECK_FALSE(open_wrap<ContentKey>(device_generate().kem, info, wrap_aad(device.id), wrap));
  Bytes other_suite = wrap;
  other_suite[1] = 2;
  CHECK_FALSE(open_wrap<ContentKey>(device.kem, info, wrap_aad(device.id), other_suite));
  Bytes longer = wrap;
  longer.push_back(0);
  CHECK_FALSE(open_wrap<ContentKey>(device.kem, info, wrap_aad(device.id), longer));
}

TEST_CASE("a frame opens for its place, sender and epoch alone") {
  GivenTalk given;
  const Bytes frame = given.sealer.seal(FrameKind::message, view("始めます"), given.sender.signing.private_key).value();
  const auto& sign_key = given.sender.signing.public_key;
  CHECK(text(open_frame(given.secret, given.place, sign_key, frame).value()) == "始めます");
  const auto place = [&](auto change) {
    FramePlace other = given.place;
    change(other);
    return other;
  };
  CHECK_FALSE(open_frame(given.secret, place([](auto& p) { p.log = "other"; }), sign_key, frame));
  CHECK_FALSE(open_frame(given.secret, place([](auto& p) { p.item = "i-2"; }), sign_key, frame));
  CHECK_FALSE(open_frame(given.secret, place([](auto& p) { p.epoch = 4; }), sign_key, frame));
  CHECK_FALSE(open_frame(given.secret, place([](auto& p) { p.device = "d-x"; }), sign_key, frame));
  CHECK_FALSE(open_frame(given.secret, given.place, signing_generate().public_key, frame));
  CHECK_FALSE(open_frame(random_secret<EpochSecret>(), given.place, sign_key, frame));
}

TEST_CASE("who is in the epoch but is not the sender cannot speak as the sender") {
  GivenTalk given;
  const Device other = device_generate();
  FrameSealer forger(given.secret, given.place, given.session);  // all in the epoch can derive the sender's key
  const Bytes frame = forger.seal(FrameKind::message, view("forged"), other.signing.private_key).value();
  CHECK_FALSE(open_frame(given.secret, given.place, given.sender.signing.public_key, frame));
}

TEST_CASE("no byte of a frame can change and no cut opens") {
  GivenTalk given;
  Bytes frame = given.sealer.seal(FrameKind::signal, view("x"), given.sender.signing.private_key).value();
  for (std::size_t i = 0; i < frame.size(); ++i) {
    frame[i] ^= 1;
    REQUIRE_FALSE(open_frame(given.secret, given.place, given.sender.signing.public_key, frame));
    frame[i] ^= 1;
    REQUIRE_FALSE(open_frame(given.secret, given.place, given.sender.signing.public_key, View(frame).first(i)));
  }
}

TEST_CASE("counters rise by one and messages and signals share them") {
  GivenTalk given;
  for (std::uint64_t i = 0; i < 5; ++i) {
    const auto kind = i % 2 == 0 ? FrameKind::message : FrameKind::signal;
    const Bytes frame = given.sealer.seal(kind, {}, given.sender.signing.private_key).value();
    CHECK(decode_frame_header(frame) == FrameHeader{kind, 3, given.session, i});
  }
}

TEST_CASE("a device id binds every key, and a bundle needs fit keys and their proof") {
  const Device device = device_generate();
  const PublicBundle good = public_bundle(device);
  CHECK(verify_bundle(good) == device.id);
  CHECK(device.id.size() == 54);
  const auto changed = [&](auto change) {
    PublicBundle other = good;
    change(other);
    return verify_bundle(other);
  };
  CHECK_FALSE(changed([](auto& b) { b.proof.bytes[0] ^= 1; }));
  CHECK_FALSE(changed([](auto& b) { b.sign = signing_generate().public_key; }));
  CHECK_FALSE(changed([](auto& b) { b.kem[0].public_key[0] ^= 1; }));
  CHECK_FALSE(changed([](auto& b) { b.kem.clear(); }));
  CHECK_FALSE(changed([](auto& b) { b.kem.push_back(b.kem[0]); }));
  CHECK_FALSE(changed([](auto& b) { b.kem[0].suite = 2; }));
  CHECK_FALSE(changed([](auto& b) { b.kem[0].public_key.pop_back(); }));

  // A proof by the right key over keys that are unfit is refused all the same.
  auto weak = device_from_keys(signing_generate(), KemKeyPair{KemPublicKey{}, KemPrivateKey{}});
  CHECK_FALSE(verify_bundle(public_bundle(weak)));
}

TEST_CASE("a seed always gives the same device") {
  const auto seed = random_secret<Seed>();
  CHECK(device_from_seed(seed).id == device_from_seed(seed).id);
  CHECK(device_from_seed(seed).id != device_from_seed(random_secret<Seed>()).id);
}

TEST_CASE("a leaf reads back, and another length or version is refused") {
  const Leaf leaf{1'790'000'000'123, random_value<UnitTag>(), 7, random_value<Hash>(), random_value<Hash>()};
  const auto bytes = encode(leaf);
  CHECK(bytes.size() == 113);
  CHECK(decode_leaf(bytes) == leaf);
  CHECK_FALSE(decode_leaf(View(bytes).first(112)));
  auto other = bytes;
  other[0] = 2;
  CHECK_FALSE(decode_leaf(other));
  CHECK(hash_of(leaf) == leaf_hash(bytes));
}

TEST_CASE("a unit's tag needs its salt") {
  const auto salt = random_value<Salt>();
  CHECK(unit_tag(salt, "item/i-1") == unit_tag(salt, "item/i-1"));
  CHECK(unit_tag(salt, "item/i-1") != unit_tag(salt, "item/i-2"));
  CHECK(unit_tag(salt, "item/i-1") != unit_tag(random_value<Salt>(), "item/i-1"));
}

TEST_CASE("a name opens with the directory key, for its person and log alone, and hides its length") {
  const auto key = random_secret<DirectoryKey>();
  const auto sealed = seal_name(key, "log", "p-1", R"({"name":"山田","post":""})", random_value<LongNonce>());
  CHECK(open_name(key, "log", "p-1", sealed).value().starts_with(R"({"name":"山田")"));
  CHECK_FALSE(open_name(key, "log", "p-2", sealed));
  CHECK_FALSE(open_name(key, "other", "p-1", sealed));
  CHECK_FALSE(open_name(random_secret<DirectoryKey>(), "log", "p-1", sealed));
  CHECK(sealed.box.size() == 64 + 16);
}
