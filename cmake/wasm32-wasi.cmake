# policy.wasm: Debian's clang-19 for wasm32-wasi, no emscripten. A reactor module that imports nothing.
set(CMAKE_SYSTEM_NAME Generic) # CMake 3.25 does not know WASI
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER clang-19)
set(CMAKE_CXX_COMPILER clang++-19)
find_program(KASANE_WASM_AR NAMES llvm-ar-19 llvm-ar-14 ar REQUIRED)
find_program(KASANE_WASM_RANLIB NAMES llvm-ranlib-19 llvm-ranlib-14 ranlib REQUIRED)
set(CMAKE_AR ${KASANE_WASM_AR} CACHE FILEPATH "")
set(CMAKE_RANLIB ${KASANE_WASM_RANLIB} CACHE FILEPATH "")
set(CMAKE_C_COMPILER_TARGET wasm32-wasi) # not wasip1: Debian has no libraries under that name
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
# /usr/include of the host is shut out; libc++'s and wasi-libc's headers are named instead.
set(KASANE_WASM_FLAGS "-nostdlibinc -ffunction-sections -fdata-sections -fvisibility=hidden -fno-exceptions -fno-rtti")
set(CMAKE_CXX_FLAGS_INIT "-nostdinc++ -isystem /usr/include/wasm32-wasi/c++/v1 -isystem /usr/include/wasm32-wasi ${KASANE_WASM_FLAGS}")
# --stack-first: an overflow traps instead of writing over globals. -O0 with the kept section: the same bytes whether
# or not a wasm-opt is on the PATH. 256 MiB bound what a fold may take.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-O0 -mexec-model=reactor -Wl,--gc-sections,--strip-all,--stack-first,--fatal-warnings,--keep-section=target_features -Wl,-z,stack-size=262144 -Wl,--max-memory=268435456")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
