#include "server/conference/intake.hpp"

#include <algorithm>

namespace kasane::conference {

namespace {
/// The envelopes of a request, moved out of it.
std::vector<std::string> envelopes_of(wire::Request& request) {
  if (auto* append = std::get_if<wire::AppendRequest>(&request.ask)) return std::move(append->envelopes);
  if (auto* put = std::get_if<wire::PutRequest>(&request.ask)) return std::move(put->half_signed);
  if (auto* open = std::get_if<wire::OpenRequest>(&request.ask)) return {std::move(open->request)};
  return {};
}
bool has_envelopes(const Job& job) {
  const auto* request = std::get_if<wire::Request>(&job.what);
  return request != nullptr && (std::holds_alternative<wire::AppendRequest>(request->ask) ||
                                std::holds_alternative<wire::PutRequest>(request->ask) ||
                                std::holds_alternative<wire::OpenRequest>(request->ask));
}
/// One envelope with little beside it: some 50 µs, less than handing it to the pool and back is worth.
bool is_light(const Job& job) {
  const auto& ask = std::get<wire::Request>(job.what).ask;
  if (std::holds_alternative<wire::OpenRequest>(ask)) return true;
  const auto* append = std::get_if<wire::AppendRequest>(&ask);
  if (append == nullptr || append->envelopes.size() != 1 || !append->wraps.empty()) return false;
  std::size_t bytes = append->envelopes.front().size();
  for (const auto& blob : append->blobs) bytes += blob.size();
  return bytes <= Intake::light_bytes;
}
}  // namespace

void Intake::start(unsigned threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

void Intake::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  to_check_.notify_all();
  to_take_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void Intake::push(std::shared_ptr<Job> job) {
  const bool any = has_envelopes(*job), for_pool = any && !is_light(*job);
  if (any && !for_pool) check(*job);
  job->ready = !for_pool;
  bool hungry = false;
  {
    const std::scoped_lock lock(mutex_);
    hungry = hungry_;
    queue_.push_back(job);
    if (for_pool) unchecked_.push_back(std::move(job));
  }
  if (for_pool)
    to_check_.notify_one();
  else if (hungry)
    to_take_.notify_one();
}

std::size_t Intake::queued() const {
  const std::scoped_lock lock(mutex_);
  return queue_.size();
}

void Intake::wake() {
  {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
  }
  to_take_.notify_one();
}

void Intake::check(Job& job) const {
  const auto ring = ring_();
  auto& request = std::get<wire::Request>(job.what);
  if (auto* append = std::get_if<wire::AppendRequest>(&request.ask))
    job.refusal = read_attachments(append->blobs, append->wraps, job.attached);
  if (auto* put = std::get_if<wire::PutRequest>(&request.ask))
    job.refusal = read_attachments(put->blobs, put->wraps, job.attached);
  for (std::string& text : envelopes_of(request)) job.checked.push_back(check_envelope(std::move(text), *ring));
}

void Intake::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    to_check_.wait(lock, [this] { return stop_ || !unchecked_.empty(); });
    if (unchecked_.empty()) return;  // stopping, and all is checked
    const auto job = std::move(unchecked_.front());
    unchecked_.pop_front();
    ++in_check_;
    lock.unlock();
    check(*job);
    lock.lock();
    --in_check_;
    job->ready = true;
    if (hungry_ && has_first()) to_take_.notify_one();
  }
}

std::vector<std::shared_ptr<Job>> Intake::pop_ready(std::size_t most) {
  std::vector<std::shared_ptr<Job>> jobs;
  while (!queue_.empty() && queue_.front()->ready && jobs.size() < most) {
    jobs.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return jobs;
}

// Several are here, or came together the last time: a pause in which none comes and nothing is left to check ends it.
void Intake::gather_more(std::unique_lock<std::mutex>& lock, std::size_t most) {
  const auto until = std::chrono::steady_clock::now() + gather;
  std::size_t before = queue_.size();
  while ((before > 1 || taken_last_ > 1) && before < most && std::chrono::steady_clock::now() < until) {
    if (to_take_.wait_for(lock, pause, [this] { return woken_ || stop_; })) return;
    if (queue_.size() == before && unchecked_.empty() && in_check_ == 0) return;
    before = queue_.size();
  }
}

std::vector<std::shared_ptr<Job>> Intake::take(std::size_t most, std::chrono::milliseconds wait) {
  std::unique_lock lock(mutex_);
  hungry_ = true;
  to_take_.wait_for(lock, wait, [this] { return woken_ || stop_ || has_first(); });
  hungry_ = false;
  if (has_first()) gather_more(lock, most);
  woken_ = false;
  auto jobs = pop_ready(most);
  taken_last_ = jobs.size();
  return jobs;
}

std::vector<std::shared_ptr<Job>> Intake::take_now(std::size_t most) {
  std::unique_lock lock(mutex_);
  while (!unchecked_.empty()) {
    const auto job = std::move(unchecked_.front());
    unchecked_.pop_front();
    lock.unlock();  // what is called takes locks of its own
    check(*job);
    lock.lock();
    job->ready = true;
  }
  return pop_ready(most);
}

}  // namespace kasane::conference
