#pragma once

#include "policy/decision.hpp"
#include "server/wire/payload.hpp"

namespace kasane::conference {

/// `{ground, until, cites, obligations, size}`: why the server let go of a key, as it stands in the `key.release`.
/// `size`: of the ledger that it was decided on.
wire::Json write_permit(const policy::Decision& decision, std::int64_t size);

}  // namespace kasane::conference
