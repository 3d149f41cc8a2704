#include "crypto/signed_input.hpp"

namespace kasane::crypto {

Bytes auth_input(std::string_view log, std::string_view browser_origin, const Nonce& server_nonce,
                 const Nonce& client_nonce) {
  return prefixed({view("kasane/auth/v1"), view(log), view(browser_origin), server_nonce, client_nonce});
}

Bytes time_input(std::string_view log, const Nonce& client_nonce, std::uint64_t time_ms) {
  return prefixed({view("kasane/time/v1"), view(log), client_nonce, u64_be(time_ms)});
}

Bytes closed_input(std::string_view log, std::string_view person, std::string_view unit, std::uint64_t size) {
  return prefixed({view("kasane/closed/v1"), view(log), view(person), view(unit), u64_be(size)});
}

Bytes wanted_input(std::string_view log, std::string_view record, std::string_view device) {
  return prefixed({view("kasane/wanted/v1"), view(log), view(record), view(device)});
}

Bytes enter_input(std::string_view log, std::string_view item, const Nonce& session) {
  return prefixed({view("kasane/enter/v1"), view(log), view(item), session});
}

Bytes leave_input(std::string_view log, std::string_view item, const Nonce& session) {
  return prefixed({view("kasane/leave/v1"), view(log), view(item), session});
}

}  // namespace kasane::crypto
