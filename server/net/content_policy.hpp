#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kasane::net {

/// The fence around the page: nothing runs but the bundle whose hash stands here, nothing is loaded or sent elsewhere,
/// no text becomes HTML (Trusted Types 'none'). A byte more in the bundle, and nothing runs. ASVS 3.4.3 L3.
/// `script_hashes`: `sha384-…` of each script; they bind external scripts through their `integrity` (CSP3 §6.7.1.1).
/// `host`: the Host of the request, for browsers in which 'self' does not cover ws; left out unless it is plain.
[[nodiscard]] std::string content_policy(const std::vector<std::string>& script_hashes, std::string_view host);

/// What every answer of the web client carries besides the policy.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> fence_headers();

/// `sha384-` and base64, as CSP and `integrity` write it.
[[nodiscard]] std::string integrity_of(std::string_view bytes);

}  // namespace kasane::net
