// What the C and C++ libraries would import from a host, answered here: policy.wasm imports nothing. Whatever would
// print and abort traps instead, and the caller throws the instance away.
#include <__verbose_abort>
#include <cstddef>
#include <cstdint>

#define VISIBLE __attribute__((visibility("default")))

extern "C" {
VISIBLE std::uintptr_t __stack_chk_guard = 0x57a3c91b;  // Debian's wasm32 builtins refer to it
[[noreturn]] VISIBLE void __stack_chk_fail() { __builtin_trap(); }
[[noreturn]] VISIBLE void abort_message(const char*, ...) { __builtin_trap(); }
[[noreturn]] VISIBLE void __assert_fail(const char*, const char*, int, const char*) { __builtin_trap(); }
VISIBLE int __stdio_close(void*) { return 0; }
VISIBLE std::size_t __stdio_write(void*, const unsigned char*, std::size_t length) { return length; }
VISIBLE long long __stdio_seek(void*, long long, int) { return -1; }
}

[[noreturn]] VISIBLE void std::__libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }
