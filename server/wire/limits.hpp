#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every limit of PROTOCOL.md on one page.
namespace kasane::wire::limits {

using namespace std::chrono_literals;

inline constexpr std::size_t kib = 1024, mib = 1024 * kib;

inline constexpr std::size_t message_bytes = mib;
inline constexpr std::size_t message_values = 131'072;  ///< of JSON: each takes some 70 bytes of memory
inline constexpr std::uint32_t frames_a_message = 1'000;
inline constexpr std::chrono::milliseconds message_time = 10s;
inline constexpr std::chrono::milliseconds unauthenticated_time = 10s;
inline constexpr std::size_t requests_in_flight = 64;  ///< a connection
inline constexpr double requests_a_second = 50;        ///< a device
inline constexpr double requests_burst = 200;
inline constexpr std::size_t connections_a_device = 16;
inline constexpr std::size_t queue_messages = 256;
inline constexpr std::size_t queue_bytes = 4 * mib;

inline constexpr std::size_t envelope_bytes = 64'000;
inline constexpr std::size_t append_envelopes = 64;
inline constexpr std::size_t record_bytes = 256 * kib;
inline constexpr std::size_t frame_bytes = 16 * kib;  ///< ciphertext of a message of the talk
inline constexpr std::size_t wraps_a_list = 1'024;
inline constexpr std::size_t wrap_bytes = 4 * kib;
inline constexpr std::size_t blobs_a_message = 256;
inline constexpr std::size_t lists_a_message = 64;
inline constexpr std::size_t signal_bytes = 4'096;  ///< of base64
inline constexpr std::size_t feed_units = 16'384;
inline constexpr std::size_t heads_units = 256;  ///< asked for in one `heads`
inline constexpr std::size_t what_if_statements = 64;
inline constexpr std::size_t what_if_flips = 2'000;
inline constexpr std::size_t request_id_bytes = 64;

inline constexpr std::size_t part_bytes = 512 * kib;    ///< of an answer that comes in parts
inline constexpr std::size_t opened_bytes = 256 * kib;  ///< of what opens within a batch; beyond, `refeed`

inline constexpr std::chrono::milliseconds staged_time = 10min;
inline constexpr std::size_t staged_bytes = 64 * mib;  ///< of all devices
inline constexpr std::size_t staged_device_bytes = 4 * mib;
inline constexpr std::size_t half_signed_a_person = 64;

inline constexpr std::chrono::milliseconds quorum_age = 10min;  ///< beyond, nothing is extended under the head
inline constexpr std::chrono::milliseconds head_every = 30s;
inline constexpr std::chrono::milliseconds own_head_least = 15s;  ///< between two that the log cosigns
inline constexpr std::chrono::milliseconds lost_after = 15s;
inline constexpr std::chrono::milliseconds ask_next_holder_after = 2s;

}  // namespace kasane::wire::limits
