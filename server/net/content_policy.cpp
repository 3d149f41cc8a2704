#include "server/net/content_policy.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>

namespace kasane::net {
namespace {

bool plain_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 &&
         host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") ==
             std::string_view::npos;
}

}  // namespace

std::string content_policy(const std::vector<std::string>& script_hashes, std::string_view host) {
  std::string policy = "default-src 'none'; script-src";
  for (const auto& hash : script_hashes) policy.append(" '").append(hash).append("'");
  policy += " 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";
  if (plain_host(host)) policy.append(" ws://").append(host).append(" wss://").append(host);
  policy +=
      "; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
      "object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  return policy;
}

std::vector<std::pair<std::string, std::string>> fence_headers() {
  return {
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Embedder-Policy", "require-corp"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy",
       "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
       "midi=(), payment=(), serial=(), usb=()"},
  };
}

std::string integrity_of(std::string_view bytes) {
  std::array<unsigned char, 48> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha384(), nullptr) != 1) std::abort();
  std::array<unsigned char, 65> text{};  // 48 bytes are 64 characters, and EVP ends them with a zero
  EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  return "sha384-" + std::string(reinterpret_cast<const char*>(text.data()), 64);
}

}  // namespace kasane::net
