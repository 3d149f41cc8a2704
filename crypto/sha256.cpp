#include "crypto/sha256.hpp"

#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>

namespace kasane::crypto {

namespace {

[[noreturn]] void fail() {
  std::fputs("kasane::crypto::sha256: OpenSSL offers no SHA-256\n", stderr);
  std::abort();
}

/// One context a thread, initialised once: fetching the algorithm costs more than hashing a leaf (performance.md §d).
class Context {
 public:
  Context() : context_(EVP_MD_CTX_new()) {
    if (context_ == nullptr || EVP_DigestInit_ex2(context_, EVP_sha256(), nullptr) != 1) fail();
  }
  ~Context() { EVP_MD_CTX_free(context_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  void start() {
    if (EVP_DigestInit_ex2(context_, nullptr, nullptr) != 1) fail();
  }
  void add(View bytes) {
    if (EVP_DigestUpdate(context_, bytes.data(), bytes.size()) != 1) fail();
  }
  Hash finish() {
    Hash hash;
    if (EVP_DigestFinal_ex(context_, hash.bytes.data(), nullptr) != 1) fail();
    return hash;
  }

 private:
  EVP_MD_CTX* context_;
};

Context& context() {
  thread_local Context one;
  return one;
}

}  // namespace

Hash sha256(View bytes) { return sha256_joined({bytes}); }

Hash sha256_joined(std::initializer_list<View> parts) {
  Context& hasher = context();
  hasher.start();
  for (const View part : parts) hasher.add(part);
  return hasher.finish();
}

Hash sha256_prefixed(std::initializer_list<View> parts) { return sha256(prefixed(parts)); }

}  // namespace kasane::crypto
