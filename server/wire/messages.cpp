#include "server/wire/messages.hpp"

#include <charconv>

#include "server/wire/payload.hpp"

namespace kasane::wire {

namespace {

/// Reads the members of one params object. Anything missing, of the wrong type, too long or unknown makes it `bad`.
class Reader {
 public:
  explicit Reader(const Json& object) : object_(object), bad_(!object.is_object()) {}

  std::string text(std::string_view name, std::size_t bytes_max) {
    const Json* value = take(name);
    if (value == nullptr || value->text() == nullptr || value->text()->size() > bytes_max) return fail<std::string>();
    return *value->text();
  }
  std::string optional_text(std::string_view name, std::size_t bytes_max) {
    return has(name) ? text(name, bytes_max) : std::string();
  }
  std::int64_t count(std::string_view name) {
    const Json* value = take(name);
    if (value == nullptr || value->integer() == nullptr || *value->integer() < 0) return fail<std::int64_t>();
    return *value->integer();
  }
  bool flag(std::string_view name) {
    const Json* value = take(name);
    if (value == nullptr || value->boolean() == nullptr) return fail<bool>();
    return *value->boolean();
  }
  /// An absent list is empty.
  const std::vector<Json>& list(std::string_view name, std::size_t elements_max) {
    static const std::vector<Json> none;
    if (!has(name)) return none;
    const Json* value = take(name);
    if (!value->is_array() || value->elements().size() > elements_max) {
      bad_ = true;
      return none;
    }
    return value->elements();
  }
  std::vector<std::string> texts(std::string_view name, std::size_t elements_max, std::size_t bytes_max) {
    std::vector<std::string> out;
    for (const Json& element : list(name, elements_max)) {
      if (element.text() == nullptr || element.text()->size() > bytes_max) return fail<std::vector<std::string>>();
      out.push_back(*element.text());
    }
    return out;
  }
  std::vector<std::vector<WrapEntry>> wraps() {
    std::vector<std::vector<WrapEntry>> lists;
    for (const Json& list_of : list("wraps", limits::lists_a_message)) {
      if (!list_of.is_array() || list_of.elements().size() > limits::wraps_a_list) return fail<decltype(lists)>();
      auto& wraps = lists.emplace_back();
      for (const Json& pair : list_of.elements()) {
        const auto& both = pair.elements();
        if (both.size() != 2 || both[0].text() == nullptr || both[1].text() == nullptr || both[0].text()->size() > 64 ||
            both[1].text()->size() > limits::wrap_bytes)
          return fail<decltype(lists)>();
        wraps.emplace_back(*both[0].text(), *both[1].text());
      }
    }
    return lists;
  }
  bool has(std::string_view name) const { return object_.find(name) != nullptr; }
  void refuse() { bad_ = true; }
  /// Nothing was bad, and every member was asked for.
  bool whole() const { return !bad_ && taken_ == object_.members().size(); }

 private:
  const Json* take(std::string_view name) {
    const Json* value = object_.find(name);
    if (value != nullptr) ++taken_;
    return value;
  }
  template <class T>
  T fail() {
    bad_ = true;
    return T{};
  }
  const Json& object_;
  std::size_t taken_ = 0;
  bool bad_;
};

constexpr std::size_t id_bytes = 64, hex_bytes = 64, signature_bytes = 88, blob_bytes = limits::message_bytes;

Ask read_authenticate(Reader& in) {
  AuthenticateRequest ask{in.text("device", id_bytes), in.text("nonce", hex_bytes),
                          in.text("signature", signature_bytes), Language::ja};
  const std::string lang = in.optional_text("lang", 8);
  if (lang == "en")
    ask.lang = Language::en;
  else if (!lang.empty() && lang != "ja")
    in.refuse();
  return ask;
}
Ask read_feed(Reader& in) {
  FeedRequest ask;
  if (in.has("next")) {
    ask.next = in.flag("next");
    if (!ask.next) in.refuse();
    return ask;
  }
  ask.size = in.count("size");
  for (const Json& pair : in.list("units", limits::feed_units)) {
    const auto& both = pair.elements();
    if (both.size() != 2 || both[0].text() == nullptr || both[0].text()->size() != hex_bytes ||
        both[1].integer() == nullptr || *both[1].integer() < 0) {
      in.refuse();
      break;
    }
    ask.units.emplace_back(*both[0].text(), *both[1].integer());
  }
  return ask;
}
Ask read_append(Reader& in) {
  AppendRequest ask{in.texts("envelopes", limits::append_envelopes, limits::envelope_bytes),
                    in.texts("blobs", limits::blobs_a_message, blob_bytes), in.wraps()};
  if (ask.envelopes.empty()) in.refuse();
  return ask;
}
Ask read_put(Reader& in) {
  return PutRequest{in.texts("blobs", limits::blobs_a_message, blob_bytes), in.wraps(),
                    in.texts("half_signed", limits::append_envelopes, limits::envelope_bytes)};
}
Ask read_open(Reader& in) {
  if (in.has("request")) return OpenRequest{in.text("request", limits::envelope_bytes)};
  return OpenEpochRequest{in.text("item", id_bytes), in.count("epoch")};
}
Ask read_enter(Reader& in) {
  return EnterRequest{in.text("item", id_bytes), in.text("session", hex_bytes), in.text("signature", signature_bytes)};
}
Ask read_leave(Reader& in) {
  return LeaveRequest{in.text("item", id_bytes), in.text("session", hex_bytes), in.text("signature", signature_bytes)};
}
Ask read_signal(Reader& in) { return SignalRequest{in.text("item", id_bytes), in.text("data", limits::signal_bytes)}; }
Ask read_what_if(Reader& in) {
  WhatIfRequest ask;
  for (const Json& statement : in.list("statements", limits::what_if_statements))
    ask.statements.push_back(read_statement(statement, StatementForm::hypothetical));
  ask.item = in.optional_text("item", id_bytes);
  return ask;
}
Ask read_read(Reader& in) { return ReadRequest{in.text("unit", 256), in.has("from") ? in.count("from") : 0}; }
Ask read_heads(Reader& in) { return HeadsRequest{in.texts("units", limits::heads_units, hex_bytes)}; }
Ask read_ping(Reader& in) { return PingRequest{in.text("nonce", hex_bytes)}; }

struct Method {
  std::string_view name;
  Ask (*read)(Reader&);
};
constexpr Method methods[] = {{"authenticate", read_authenticate},
                              {"feed", read_feed},
                              {"append", read_append},
                              {"put", read_put},
                              {"open", read_open},
                              {"enter", read_enter},
                              {"leave", read_leave},
                              {"signal", read_signal},
                              {"what_if", read_what_if},
                              {"read", read_read},
                              {"heads", read_heads},
                              {"ping", read_ping}};

/// JSON-RPC 2.0: an integer or a text; kept as JSON text, to be given back as it came.
std::optional<std::string> read_id(const Json* id) {
  if (id == nullptr) return std::nullopt;
  if (const auto* number = id->integer()) return std::to_string(*number);
  if (id->text() != nullptr && id->text()->size() <= limits::request_id_bytes) return quoted(*id->text());
  return std::nullopt;
}

Json texts_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const auto& text : texts) list.push(text);
  return list;
}
Json wraps_json(const std::vector<std::vector<WrapEntry>>& lists) {
  Json out = Json::array();
  for (const auto& wraps : lists) {
    Json list = Json::array();
    for (const auto& [device, wrap] : wraps) list.push(Json::array({device, wrap}));
    out.push(std::move(list));
  }
  return out;
}

struct Printer {
  std::string_view method;
  Json params = Json::object();
  void operator()(const AuthenticateRequest& ask) {
    method = "authenticate";
    params.add("device", ask.device).add("nonce", ask.nonce).add("signature", ask.signature);
    params.add("lang", ask.lang == Language::ja ? "ja" : "en");
  }
  void operator()(const FeedRequest& ask) {
    method = "feed";
    if (ask.next) {
      params.add("next", true);
      return;
    }
    Json units = Json::array();
    for (const auto& [tag, count] : ask.units) units.push(Json::array({tag, count}));
    params.add("size", ask.size).add("units", std::move(units));
  }
  void operator()(const AppendRequest& ask) {
    method = "append";
    params.add("envelopes", texts_json(ask.envelopes));
    if (!ask.blobs.empty()) params.add("blobs", texts_json(ask.blobs));
    if (!ask.wraps.empty()) params.add("wraps", wraps_json(ask.wraps));
  }
  void operator()(const PutRequest& ask) {
    method = "put";
    if (!ask.blobs.empty()) params.add("blobs", texts_json(ask.blobs));
    if (!ask.wraps.empty()) params.add("wraps", wraps_json(ask.wraps));
    if (!ask.half_signed.empty()) params.add("half_signed", texts_json(ask.half_signed));
  }
  void operator()(const OpenRequest& ask) {
    method = "open";
    params.add("request", ask.request);
  }
  void operator()(const OpenEpochRequest& ask) {
    method = "open";
    params.add("item", ask.item).add("epoch", ask.epoch);
  }
  void operator()(const EnterRequest& ask) {
    method = "enter";
    params.add("item", ask.item).add("session", ask.session).add("signature", ask.signature);
  }
  void operator()(const LeaveRequest& ask) {
    method = "leave";
    params.add("item", ask.item).add("session", ask.session).add("signature", ask.signature);
  }
  void operator()(const SignalRequest& ask) {
    method = "signal";
    params.add("item", ask.item).add("data", ask.data);
  }
  void operator()(const WhatIfRequest& ask) {
    method = "what_if";
    Json statements = Json::array();
    for (const auto& statement : ask.statements)
      statements.push(statement ? write_statement(*statement, StatementForm::hypothetical) : Json());
    params.add("statements", std::move(statements));
    if (!ask.item.empty()) params.add("item", ask.item);
  }
  void operator()(const ReadRequest& ask) {
    method = "read";
    params.add("unit", ask.unit);
    if (ask.from != 0) params.add("from", ask.from);
  }
  void operator()(const HeadsRequest& ask) {
    method = "heads";
    params.add("units", texts_json(ask.units));
  }
  void operator()(const PingRequest& ask) {
    method = "ping";
    params.add("nonce", ask.nonce);
  }
};

void append_parts(std::string& out, std::span<const Part> parts) {
  std::size_t bytes = out.size() + 8;
  for (const Part& part : parts) bytes += part.name.size() + part.json.size() + 4;
  out.reserve(bytes);
  bool first = true;
  for (const Part& part : parts) {
    out += first ? "\"" : ",\"";
    out.append(part.name).append("\":").append(part.json);
    first = false;
  }
}

}  // namespace

std::variant<Request, Unread> read_request(std::string_view text) {
  const auto message = read_json(text, {.bytes = limits::message_bytes, .values = limits::message_values});
  if (!message) return Unread{"null", {Fault::parse}};
  if (!message->is_object()) return Unread{"null", {Fault::invalid}};
  const auto id = read_id(message->find("id"));
  const Json* version = message->find("jsonrpc");
  const Json* method = message->find("method");
  const Json* params = message->find("params");
  const std::size_t known = (version != nullptr) + (method != nullptr) + (params != nullptr) + 1u;
  if (!id || version == nullptr || version->text() == nullptr || *version->text() != "2.0" || method == nullptr ||
      method->text() == nullptr || message->members().size() != known)
    return Unread{id.value_or("null"), {Fault::invalid}};
  for (const Method& row : methods)
    if (row.name == *method->text()) {
      static const Json none = Json::object();
      Reader reader(params != nullptr ? *params : none);
      Ask ask = row.read(reader);
      if (!reader.whole()) return Unread{*id, {Fault::malformed}};
      return Request{*id, std::move(ask)};
    }
  return Unread{*id, {Fault::method}};
}

std::string print_request(const Request& request) {
  Printer printer;
  std::visit(printer, request.ask);
  std::string out = R"({"jsonrpc":"2.0","id":)" + request.id + R"(,"method":)";
  print_text(out, printer.method);
  out += R"(,"params":)" + print_json(printer.params) + "}";
  return out;
}

std::string quoted(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16 + 2);
  print_text(out, text);
  return out;
}
std::string quoted_time(std::int64_t at_ms) {
  std::string out(1, '"');
  return out.append(policy::print_instant(at_ms)).append(1, '"');
}

std::string joined_array(std::span<const std::string> elements) {
  std::vector<const std::string*> pointers;
  for (const auto& element : elements) pointers.push_back(&element);
  return joined_array(pointers);
}
std::string joined_array(std::span<const std::string* const> elements) {
  std::size_t bytes = 2;
  for (const auto* element : elements) bytes += element->size() + 1;
  std::string out = "[";
  out.reserve(bytes);
  for (const auto* element : elements) {
    if (out.size() > 1) out += ',';
    out += *element;
  }
  return out += ']';
}
std::string text_array(std::span<const std::string> texts) {
  std::string out = "[";
  for (const auto& text : texts) {
    if (out.size() > 1) out += ',';
    print_text(out, text);
  }
  return out += ']';
}

std::string print_hello(const Hello& hello, std::string_view nonce_hex) {
  const std::string log = quoted(hello.log), nonce = quoted(nonce_hex), time = quoted_time(hello.time_ms),
                    size = std::to_string(hello.size), checkpoint = quoted(hello.checkpoint),
                    rules = std::to_string(hello.rules);
  const Part parts[] = {{"v", "1"},
                        {"log", log},
                        {"demo", hello.demo ? "true" : "false"},
                        {"nonce", nonce},
                        {"time", time},
                        {"size", size},
                        {"checkpoint", checkpoint},
                        {"rules", rules}};
  return print_notification("hello", parts);
}

std::string print_entry(const EntryLine& entry) {
  std::string out;
  out.reserve(entry.envelope.size() + entry.envelope.size() / 16 + entry.ciphertext_base64.size() + 240);
  out += R"({"i":)" + std::to_string(entry.index) + R"(,"t":)" + std::to_string(entry.time_ms) + R"(,"u":)";
  print_text(out, entry.unit);
  out += R"(,"p":)" + std::to_string(entry.position) + R"(,"v":")";
  out.append(entry.previous_hex);
  out += R"(","e":)";
  print_text(out, entry.envelope);
  if (!entry.ciphertext_base64.empty()) out.append(R"(,"c":")").append(entry.ciphertext_base64).append("\"");
  return out += '}';
}

std::string print_result(std::string_view id, std::span<const Part> parts) {
  std::string out = R"({"jsonrpc":"2.0","id":)";
  out.append(id).append(R"(,"result":{)");
  append_parts(out, parts);
  return out += "}}";
}
std::string print_notification(std::string_view method, std::span<const Part> parts) {
  std::string out = R"({"jsonrpc":"2.0","method":)";
  print_text(out, method);
  out += R"(,"params":{)";
  append_parts(out, parts);
  return out += "}}";
}

}  // namespace kasane::wire
