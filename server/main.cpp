#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "server/commands/decide.hpp"
#include "server/commands/demo.hpp"
#include "server/commands/explain.hpp"
#include "server/commands/export.hpp"
#include "server/commands/init.hpp"
#include "server/commands/serve.hpp"
#include "server/commands/verify.hpp"
#include "server/commands/witness.hpp"
#include "server/exit_status.hpp"

namespace {

constexpr const char* statuses =
    "Exit status: 0 done · 64 command line · 65 data that does not add up or is of a newer program · 66 no data ·\n"
    "69 address or port not to be had · 70 internal · 73 data folder not to be written · 74 a commit failed ·\n"
    "78 not to be served so";

int line(kasane::Exit status, const char* text) {
  std::fprintf(stderr, "kasane: %s\n", text);
  return static_cast<int>(status);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("Kasane: confidential case conferences, end-to-end encrypted, under a consent ledger", "kasane");
  program.require_subcommand(1);
  program.footer(statuses);
  kasane::commands::add_serve(program);
  kasane::commands::add_init(program);
  kasane::commands::add_demo(program);
  kasane::commands::add_decide(program);
  kasane::commands::add_explain(program);
  kasane::commands::add_verify(program);
  kasane::commands::add_export(program);
  kasane::commands::add_witness(program);
  try {
    program.parse(argc, argv);
    return 0;
  } catch (const CLI::RuntimeError& error) {  // a command's own status, its line printed
    return error.get_exit_code();
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);  // --help
    return line(kasane::Exit::usage, error.what());
  } catch (const kasane::CommandError& error) {
    return line(error.status, error.what());
  } catch (const std::exception& error) {
    return line(kasane::Exit::internal, error.what());
  }
}
