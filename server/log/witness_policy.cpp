#include "server/log/witness_policy.hpp"

#include <algorithm>
#include <map>

#include "crypto/cosignature.hpp"
#include "crypto/lines.hpp"
#include "server/log/witness_url.hpp"

namespace kasane::log {

namespace {

using crypto::NoteKeyType;
constexpr std::string_view none = "none";

std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> out;
  for (;;) {
    const auto begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return out;
    line.remove_prefix(begin);
    const auto end = std::min(line.find_first_of(" \t"), line.size());
    out.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

bool allowed(std::string_view line) {
  return std::ranges::all_of(line, [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet == '\t' || (octet >= 0x20 && octet != 0x7f);
  });
}

/// Reads line by line; `why` is what is wrong with the line at hand.
class Reader {
 public:
  WitnessPolicy policy;
  std::string why;

  bool take(std::span<const std::string_view> line) {
    if (policy.logs.size() + policy.witnesses.size() + policy.groups.size() >= policy_names_max)
      return wrong("more than 64 logs, witnesses and groups");
    if (line[0] == "log") return log(line);
    if (line[0] == "witness") return witness(line);
    if (line[0] == "group") return group(line);
    if (line[0] == "quorum") return quorum(line);
    return wrong("it begins with no word of a policy file");
  }
  bool ended() { return has_quorum_ || wrong("no quorum line stands in it"); }

 private:
  bool wrong(std::string what) {
    why = std::move(what);
    return false;
  }
  bool known(std::string_view name) const {
    return std::ranges::find(policy.witnesses, name, &WitnessPolicy::Witness::name) != policy.witnesses.end() ||
           std::ranges::find(policy.groups, name, &WitnessPolicy::Group::name) != policy.groups.end();
  }
  bool log(std::span<const std::string_view> line) {
    if (line.size() < 2 || line.size() > 3) return wrong("log takes a verifier key and perhaps a URL");
    auto key = crypto::parse_verifier_key(line[1]);
    if (!key || key->type != NoteKeyType::log) return wrong("that is no log's verifier key");
    for (const auto& one : policy.logs)
      if (one.key.key == key->key) return wrong("that log's key stands there twice");
    policy.logs.push_back({std::move(*key), line.size() > 2 ? std::string(line[2]) : std::string()});
    return true;
  }
  bool witness(std::span<const std::string_view> line) {
    if (line.size() < 3 || line.size() > 4) return wrong("witness takes a name, a verifier key and perhaps a URL");
    if (line[1] == none || known(line[1])) return wrong("that name is taken");
    auto key = crypto::parse_verifier_key(line[2]);
    if (!key || key->type != NoteKeyType::cosigner) return wrong("that is no witness's verifier key (type 4)");
    for (const auto& one : policy.witnesses)
      if (one.key.key == key->key) return wrong("that witness's key stands there twice");
    policy.witnesses.push_back(
        {std::string(line[1]), std::move(*key), line.size() > 3 ? std::string(line[3]) : std::string()});
    return true;
  }
  bool group(std::span<const std::string_view> line) {
    if (line.size() < 4) return wrong("group takes a name, all, any or a number, and its members");
    if (line[1] == none || known(line[1])) return wrong("that name is taken");
    WitnessPolicy::Group out{std::string(line[1]), 1, {}};
    for (const auto member : line.subspan(3)) {
      if (!known(member)) return wrong("a member is not defined above");
      if (std::ranges::find(members_, member) != members_.end()) return wrong("a member is in two groups");
      members_.emplace_back(member);
      out.members.emplace_back(member);
    }
    const auto least = line[2] == "all"   ? std::optional<std::uint64_t>(out.members.size())
                       : line[2] == "any" ? std::optional<std::uint64_t>(1)
                                          : crypto::read_count(line[2]);
    if (!least || *least < 1 || *least > out.members.size()) return wrong("the number does not fit the members");
    out.least = static_cast<std::size_t>(*least);
    policy.groups.push_back(std::move(out));
    return true;
  }
  bool quorum(std::span<const std::string_view> line) {
    if (has_quorum_) return wrong("a second quorum line");
    if (line.size() != 2 || (line[1] != none && !known(line[1]))) return wrong("quorum takes a name defined above");
    policy.quorum = line[1];
    has_quorum_ = true;
    return true;
  }

  std::vector<std::string> members_;
  bool has_quorum_ = false;
};

std::size_t least_of(const WitnessPolicy& policy, std::string_view name) {
  const auto group = std::ranges::find(policy.groups, name, &WitnessPolicy::Group::name);
  if (group == policy.groups.end()) return 1;
  std::vector<std::size_t> each;
  for (const auto& member : group->members) each.push_back(least_of(policy, member));
  std::ranges::sort(each);
  std::size_t sum = 0;
  for (std::size_t i = 0; i < group->least; ++i) sum += each[i];
  return sum;
}

}  // namespace

std::optional<WitnessPolicy> parse_policy(std::string_view text, std::string& why) {
  if (text.size() > policy_bytes_max) {
    why = "it is larger than 16 KiB";
    return std::nullopt;
  }
  Reader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = crypto::take_line(text);
    bool good = line && allowed(*line);
    if (!good) reader.why = line ? "an octet that may not stand there" : "the last line does not end";
    if (good) {
      const auto parts = words(*line);
      good = parts.empty() || parts[0].starts_with('#') || reader.take(parts);
    }
    if (!good) {
      why = "line " + std::to_string(number) + ": " + reader.why;
      return std::nullopt;
    }
  }
  if (!reader.ended()) {
    why = reader.why;
    return std::nullopt;
  }
  return std::move(reader.policy);
}

std::string print_policy(const WitnessPolicy& policy) {
  std::string out;
  const auto key = [](const crypto::VerifierKey& one) {
    return crypto::note_verifier_key(one.name, one.key, one.type);
  };
  const auto url = [](const std::string& one) { return one.empty() ? "\n" : " " + one + "\n"; };
  for (const auto& log : policy.logs) out += "log " + key(log.key) + url(log.url);
  for (const auto& witness : policy.witnesses)
    out += "witness " + witness.name + " " + key(witness.key) + url(witness.url);
  for (const auto& group : policy.groups) {
    out += "group " + group.name + " " + std::to_string(group.least);
    for (const auto& member : group.members) out += " " + member;
    out += "\n";
  }
  return out + "quorum " + policy.quorum + "\n";
}

std::size_t least_cosigners(const WitnessPolicy& policy) {
  return policy.quorum == none ? 0 : least_of(policy, policy.quorum);
}

std::optional<std::string> complaint(const WitnessPolicy& policy, const crypto::VerifierKey& log) {
  if (policy.logs.size() != 1 || policy.logs[0].key != log)
    return "it must name this log and no other: log " + crypto::note_verifier_key(log.name, log.key, log.type);
  const std::size_t least = least_cosigners(policy), all = policy.witnesses.size();
  if (least == 0) return "it asks for no quorum (leave --witness-policy away where there are no witnesses)";
  if (least * 2 <= all)
    return "its quorum is " + std::to_string(least) + " of " + std::to_string(all) +
           " witnesses; it must be more than half, or two histories could find a quorum each";
  if (all > crypto::cosigners_max)
    return "it names more than " + std::to_string(crypto::cosigners_max) + " witnesses, which no checkpoint can carry";
  for (const auto& witness : policy.witnesses) {
    std::string why;
    if (!parse_witness_url(witness.url, why)) return "witness " + witness.name + ": " + why;
  }
  return std::nullopt;
}

std::optional<crypto::Cosigners> cosigners_of(const WitnessPolicy& policy, std::string& why) {
  crypto::Cosigners out{least_cosigners(policy), {}};
  for (const auto& witness : policy.witnesses) out.keys.push_back(witness.key);
  std::vector<std::string> members{policy.quorum};
  for (const auto& group : policy.groups)
    if (group.name == policy.quorum) members = group.members;
  const bool whole = std::ranges::all_of(policy.witnesses, [&](const WitnessPolicy::Witness& witness) {
    return std::ranges::find(members, witness.name) != members.end();
  });
  if (!policy.logs.empty())
    why = "it must name no log: this one is only being made, and serve asks for its line later";
  else if (out.least == 0)
    why = "it asks for no quorum (leave --witness-policy away where there are no witnesses)";
  else if (!whole || members.size() != policy.witnesses.size())
    why = "its quorum must be one group of all of its witnesses, and of no other group";
  else if (!sound(out))
    why = "its quorum is " + std::to_string(out.least) + " of " + std::to_string(out.keys.size()) +
          " witnesses; it must be more than half, and of at most " + std::to_string(crypto::cosigners_max);
  else
    return out;
  return std::nullopt;
}

std::optional<std::string> complaint(const std::optional<WitnessPolicy>& policy, const crypto::Cosigners& founded) {
  if (founded.least == 0) return std::nullopt;
  const std::string asked = std::to_string(founded.least) + " of " + std::to_string(founded.keys.size());
  if (!policy) return "this log was founded with witnesses, " + asked + ": --witness-policy must say where to ask them";
  const auto known = [&](const WitnessPolicy::Witness& one) {
    return std::ranges::find(founded.keys, one.key) != founded.keys.end();
  };
  // `parse_policy` lets no key stand twice, nor does `sound`.
  if (policy->witnesses.size() != founded.keys.size() || !std::ranges::all_of(policy->witnesses, known))
    return "it names other witnesses than the " + std::to_string(founded.keys.size()) +
           " that the log was founded with";
  if (const auto least = least_cosigners(*policy); least < founded.least)
    return "its quorum is " + std::to_string(least) + ", and the log was founded with " + asked;
  return std::nullopt;
}

WitnessPolicy without_urls(WitnessPolicy policy) {
  for (auto& log : policy.logs) log.url.clear();
  for (auto& witness : policy.witnesses) witness.url.clear();
  return policy;
}

std::optional<std::uint64_t> quorum_at(const WitnessPolicy& policy, const crypto::SignedCheckpoint& note) {
  std::map<std::string_view, std::uint64_t> at;  // of what has cosigned; groups stand after their members
  for (const auto& witness : policy.witnesses)
    if (const auto time = crypto::cosigned_at(note, witness.key.name, witness.key.key)) at[witness.name] = *time;
  for (const auto& group : policy.groups) {
    std::vector<std::uint64_t> times;
    for (const auto& member : group.members)
      if (const auto one = at.find(member); one != at.end()) times.push_back(one->second);
    if (times.size() < group.least) continue;
    std::ranges::sort(times, std::greater<>());
    at[group.name] = times[group.least - 1];
  }
  const auto quorum = at.find(policy.quorum);
  return quorum == at.end() ? std::nullopt : std::optional(quorum->second);
}

}  // namespace kasane::log
