#pragma once
// People with devices, and where they write: what the tests of the native client start from.
#include "crypto/merkle.hpp"
#include "server/native/keys.hpp"
#include "server/native/statement_writer.hpp"

namespace kasane::native::given {

inline const std::string log = "kasane.example/0123456789abcdef#" + std::string(64, 'a');

inline Standpoint standpoint() { return {log, {12, crypto::hex(crypto::empty_root())}, 1'790'000'000'123}; }

inline policy::Label label() {
  policy::Label label;
  label.subjects = {"s-1"};
  label.categories = {policy::Category::FIN};
  label.agency = "a-1";
  label.origin = "INTAKE";
  return label;
}

/// The payload as a verifier has it: out of the signed text.
inline wire::Payload payload_of(const std::string& envelope) {
  const auto parsed = crypto::parse_envelope(envelope).value();
  return wire::parse_payload(parsed.payload).value();
}

}  // namespace kasane::native::given
