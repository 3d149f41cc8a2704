#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/device.hpp"
#include "server/wire/payload.hpp"

/// What the server reads of statements' bodies (crypto/FORMATS.md §8, §9, §12): digests and public keys, nothing
/// sealed. Errors of all: none for another shape.
namespace kasane::conference {

/// `record.share`, `record.rebase`.
struct RecordBody {
  crypto::Hash digest, wraps_root;
  std::int64_t length = 0;
};
std::optional<RecordBody> read_record_body(const wire::Json& body);

/// `key.grant`.
std::optional<crypto::Hash> read_grant_body(const wire::Json& body);

struct MessageBody {
  crypto::Hash digest;
  std::int64_t length = 0, epoch = 0;
};
std::optional<MessageBody> read_message_body(const wire::Json& body);

struct EpochBody {
  crypto::Hash kc, wraps_root, previous;
};
std::optional<EpochBody> read_epoch_body(const wire::Json& body);

struct DeviceBody {
  crypto::PublicBundle bundle;
  std::optional<crypto::Hash> wrap;  ///< of the directory key
};
/// Errors: too, keys that are not fit, or not those of `device`.
std::optional<DeviceBody> read_device_body(const wire::Json& body, std::string_view device);

struct FoundingBody {
  crypto::PublicKey log_key, server_key, first_device;
  bool demo = false;
  std::optional<crypto::PublicKey> cosigner_key = {};  ///< none: of a log of before there was one
};
std::optional<FoundingBody> read_founding_body(const wire::Json& body);

/// `case.coordinator`: keys for the successor's devices. An absent body is an empty list.
struct HandedKey {
  std::string record, device;
  crypto::Hash digest;
};
std::optional<std::vector<HandedKey>> read_coordinator_body(const wire::Json& body);

struct AttendanceBody {
  std::string device;
  crypto::Nonce session;
};
std::optional<AttendanceBody> read_attendance_body(const wire::Json& body);

}  // namespace kasane::conference
