#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "crypto/merkle.hpp"
#include "server/conference/extract.hpp"
#include "server/conference/ports.hpp"

namespace kasane::conference {

/// Reads the extract ahead of the ledger that takes it, on a thread of its own: opens each segment and builds the tree
/// of the rows up to it. A segment is believed where this folder's key sealed it, it goes on where the last one ended,
/// and the rows have the root that it had. Thread: one. Owner: store and rows outlive it; `mac` is called on its own
/// thread.
class ExtractReader {
 public:
  struct Part {
    std::int64_t from = 0, to = 0;
    std::string entries;
  };
  ExtractReader(Store& store, const std::vector<LeafRow>& leaves, Mac mac);
  ~ExtractReader() { stop(); }
  ExtractReader(const ExtractReader&) = delete;
  ExtractReader& operator=(const ExtractReader&) = delete;

  /// The next segment that is believed; none after the last. Waits for it. Errors: throws what the reading threw.
  std::optional<Part> next();
  /// Reads no further. The two below are there from then on.
  void stop();
  const std::string& doubt() const { return doubt_; }  ///< why not more of it is believed; empty: nothing is odd
  crypto::Tree& tree() { return tree_; }               ///< over the rows of every segment that is believed

 private:
  static constexpr std::size_t ahead = 2;  // segments, each of some hundred kilobytes
  void read();
  bool believe(std::string_view sealed);
  /// False: nobody wants it any more.
  bool give(Part part);

  Store& store_;
  const std::vector<LeafRow>& leaves_;
  const Mac mac_;
  // The reading thread's, until it has ended.
  std::string doubt_;
  crypto::Tree tree_;

  std::mutex mutex_;
  std::condition_variable moved_;
  std::deque<Part> ready_;      // guarded by mutex_
  std::exception_ptr failure_;  // guarded by mutex_
  bool ended_ = false;          // guarded by mutex_: no more comes
  bool stopped_ = false;        // guarded by mutex_: no more is wanted
  std::thread thread_;          // last: it uses all the others
};

}  // namespace kasane::conference
