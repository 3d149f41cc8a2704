#pragma once

#include <memory>

#include "server/conference/engine.hpp"

namespace kasane::session {

/// What a session asks of the conference: `conference::Engine` in the program, a list in the tests.
/// Thread: any.
class Conference {
 public:
  virtual ~Conference() = default;
  virtual wire::Hello hello() const = 0;
  virtual std::shared_ptr<const conference::Keyring> keyring() const = 0;
  /// From here on answers and batches come through the `Outlet`, the answer to `authenticate` first.
  virtual void attach(conference::Connection connection, conference::Authenticated who) = 0;
  /// False, and nothing taken, where too many requests wait.
  [[nodiscard]] virtual bool request(conference::Connection connection, wire::Request request) = 0;
  virtual void detach(conference::Connection connection) = 0;
};

}  // namespace kasane::session
