#include "server/native/directory_name.hpp"

#include "crypto/random.hpp"
#include "crypto/wrap.hpp"
#include "server/native/member.hpp"

namespace kasane::native {

wire::Json sealed_name(const crypto::DirectoryKey& key, std::string_view log, std::string_view person,
                       const StaffName& name) {
  wire::Json plain = wire::Json::object();
  plain.add("name", name.name);
  plain.add("post", name.post);
  const auto sealed =
      crypto::seal_name(key, log, person, wire::print_json(plain), crypto::random_value<crypto::LongNonce>());
  wire::Json out = wire::Json::object();
  out.add("nonce", crypto::base64(sealed.nonce));
  out.add("box", crypto::base64(sealed.box));
  return out;
}

wire::Json name_body(const crypto::DirectoryKey& key, std::string_view log, std::string_view person,
                     const StaffName& name) {
  wire::Json body = wire::Json::object();
  body.add("name", sealed_name(key, log, person, name));
  return body;
}

std::optional<StaffName> open_name(const crypto::DirectoryKey& key, std::string_view log, std::string_view person,
                                   const wire::Json& body) {
  const wire::Json* sealed = body.find("name");
  if (sealed == nullptr || !has_only(*sealed, {"nonce", "box"})) return std::nullopt;
  const auto nonce = base64_member<crypto::LongNonce>(*sealed, "nonce");
  const auto box = bytes_member(*sealed, "box");
  if (!nonce || !box) return std::nullopt;
  const auto text = crypto::open_name(key, log, person, {*nonce, *box});
  const auto plain = text ? wire::read_json(*text) : std::nullopt;
  const auto name = plain ? text_member(*plain, "name") : std::nullopt;
  const auto post = plain ? text_member(*plain, "post") : std::nullopt;
  if (!name || !post) return std::nullopt;
  return StaffName{*name, *post};
}

std::optional<crypto::Bytes> wrap_directory_key(const crypto::DirectoryKey& key, std::string_view log,
                                                const Recipient& recipient) {
  return crypto::seal_wrap(recipient.kem, crypto::directory_wrap_info(log), crypto::wrap_aad(recipient.device), key);
}

std::optional<crypto::DirectoryKey> open_directory_key(std::string_view log, const crypto::Device& device,
                                                       crypto::View wrap) {
  return crypto::open_wrap<crypto::DirectoryKey>(device.kem, crypto::directory_wrap_info(log),
                                                 crypto::wrap_aad(device.id), wrap);
}

}  // namespace kasane::native
