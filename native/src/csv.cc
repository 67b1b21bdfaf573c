// Delimited numbers, read from a file by two threads.
//
// The range is cut into segments that begin at the start of a line; a first pass counts the rows of each (so that every
// segment knows where its rows go), a second one parses. Files are read, not mapped: one that shrinks meanwhile must
// not end the process.
#include <array>
#include <atomic>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#if !defined(__cpp_lib_to_chars)
#include <locale.h>
#include <stdlib.h>
#if defined(__APPLE__)
#include <xlocale.h>
#endif
#endif

#include "job.h"
#include "modules.h"
#include "scratch.h"
#include "strided.h"
#include "threads.h"

namespace eigenscope {
namespace {

constexpr int64_t kSegment = 4 << 20;
constexpr int64_t kThreads = 2;
constexpr size_t kReported = 100;
constexpr size_t kText = 40;

/// Shared with JavaScript: bytes done, and a flag to stop.
class State {
 public:
  explicit State(int64_t* words) : words_(words) {}
  void add(int64_t bytes) { word(0).fetch_add(bytes, std::memory_order_relaxed); }
  void check() {
    if (word(1).load(std::memory_order_relaxed) != 0) throw std::runtime_error("cancelled");
  }

 private:
  std::atomic<int64_t>& word(int i) { return *reinterpret_cast<std::atomic<int64_t>*>(words_ + i); }
  int64_t* words_;
};

class File {
 public:
  explicit File(const std::string& path) : file_(std::fopen(path.c_str(), "rb")) {
    if (file_ == nullptr) throw std::runtime_error("The file cannot be opened: " + std::string(std::strerror(errno)));
    std::setvbuf(file_, nullptr, _IONBF, 0);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { std::fclose(file_); }

  /// Reads up to n bytes at a place; fewer only at the end of the file.
  int64_t read(int64_t at, char* to, int64_t n) {
#if defined(_WIN32)
    if (_fseeki64(file_, at, SEEK_SET) != 0) fail();
#else
    if (fseeko(file_, static_cast<off_t>(at), SEEK_SET) != 0) fail();
#endif
    size_t got = std::fread(to, 1, static_cast<size_t>(n), file_);
    if (std::ferror(file_)) fail();
    return static_cast<int64_t>(got);
  }

 private:
  [[noreturn]] void fail() { throw std::runtime_error("The file cannot be read: " + std::string(std::strerror(errno))); }
  std::FILE* file_;
};

struct Segment {
  int64_t start, stop;
  /// Of its first line: index among the rows, and number of the line in the range.
  int64_t row = 0, line = 0;
};

struct Layout {
  std::vector<Segment> segments;
  int64_t rows = 0, lines = 0;
};

/// Lines that end in the text, and those of them with something in them. The text begins at the start of a line.
void count_lines(const char* p, int64_t n, int64_t* lines, int64_t* rows) {
  auto* bytes = reinterpret_cast<const uint8_t*>(p);
  int64_t total = 0, empty = 0;
  auto at = [&](int64_t i) { return i < 0 ? uint8_t('\n') : bytes[i]; };
  int64_t i = 0;
  for (; i < std::min<int64_t>(n, 2); i++) {
    if (bytes[i] != '\n') continue;
    total++;
    empty += at(i - 1) == '\n' || (at(i - 1) == '\r' && at(i - 2) == '\n');
  }
  while (i < n) {
    int64_t stop = std::min(n, i + 128);
    uint8_t ends = 0, blanks = 0;
    for (; i < stop; i++) {
      uint8_t end = bytes[i] == '\n';
      uint8_t before = bytes[i - 1], further = bytes[i - 2];
      uint8_t blank = static_cast<uint8_t>((before == '\n') | ((before == '\r') & (further == '\n')));
      ends = static_cast<uint8_t>(ends + end);
      blanks = static_cast<uint8_t>(blanks + (end & blank));
    }
    total += ends;
    empty += blanks;
  }
  // The last line may have no end.
  if (n > 0 && bytes[n - 1] != '\n') {
    total++;
    empty += bytes[n - 1] == '\r' && at(n - 2) == '\n';
  }
  *lines = total;
  *rows = total - empty;
}

/// Where the first line starts at or after `from`.
int64_t next_line(File& file, int64_t from, int64_t end) {
  std::vector<char> buffer(64 << 10);
  for (int64_t at = from - 1; at < end;) {
    int64_t got = file.read(at, buffer.data(), std::min<int64_t>(end - at, static_cast<int64_t>(buffer.size())));
    if (got == 0) return end;
    if (void* found = std::memchr(buffer.data(), '\n', static_cast<size_t>(got))) {
      return at + (static_cast<char*>(found) - buffer.data()) + 1;
    }
    at += got;
  }
  return end;
}

/// A segment's bytes; throws when the file has become shorter.
void load(File& file, const Segment& s, std::vector<char>& buffer) {
  buffer.resize(static_cast<size_t>(s.stop - s.start));
  int64_t got = file.read(s.start, buffer.data(), s.stop - s.start);
  if (got != s.stop - s.start) throw std::runtime_error("The file became shorter while it was read");
}

/// Files with quoted fields one byte after another: a line end between quotes ends no row.
Layout layout_with_quotes(const std::string& path, int64_t start, int64_t end, char delimiter, State state) {
  File file(path);
  Layout layout;
  Scratch<char> buffer(static_cast<double>(kSegment));
  bool quoted = false, closed_just_now = false, field_start = true, line_empty = true, return_seen = false;
  Segment current{start, start};
  int64_t at = start;
  while (at < end) {
    state.check();
    int64_t got = file.read(at, buffer.get(), std::min(kSegment, end - at));
    if (got == 0) throw std::runtime_error("The file became shorter while it was read");
    for (int64_t i = 0; i < got; i++) {
      char c = buffer.get()[i];
      if (c == '"') {
        // A doubled quote ends the field and opens it again at once.
        bool opens = field_start || closed_just_now;
        closed_just_now = quoted;
        quoted = quoted ? false : opens;
        field_start = false;
        line_empty = false;
        continue;
      } else if (c == '\n') {
        layout.lines++;
        if (quoted) continue;
        if (!line_empty) layout.rows++;
        line_empty = true;
        return_seen = false;
        field_start = true;
        int64_t next = at + i + 1;
        if (next - current.start >= kSegment) {
          current.stop = next;
          layout.segments.push_back(current);
          current = {next, next, layout.rows, layout.lines};
        }
      } else if (c == delimiter && !quoted) {
        field_start = true;
        line_empty = false;
      } else if (c == '\r' && line_empty && !return_seen) {
        // Part of the line's end, or nothing.
        return_seen = true;
      } else {
        if (c != ' ' && c != '\t') field_start = false;
        line_empty = false;
      }
      closed_just_now = false;
    }
    at += got;
  }
  if (!line_empty) {
    layout.lines++;
    layout.rows++;
  }
  if (end > current.start) {
    current.stop = end;
    layout.segments.push_back(current);
  }
  return layout;
}

Layout layout_of(const std::string& path, int64_t start, int64_t end, char delimiter, State state) {
  std::vector<Segment> segments;
  {
    File file(path);
    for (int64_t at = start; at < end;) {
      state.check();
      int64_t stop = end - at <= kSegment + kSegment / 2 ? end : next_line(file, at + kSegment, end);
      segments.push_back({at, stop});
      at = stop;
    }
  }
  std::vector<std::array<int64_t, 2>> counts(segments.size());
  std::atomic<bool> quotes{false};
  in_parallel(kThreads, kThreads, [&, next = std::make_shared<std::atomic<size_t>>(0)](int64_t) {
    File file(path);
    std::vector<char> buffer;
    for (size_t i = (*next)++; i < segments.size() && !quotes; i = (*next)++) {
      state.check();
      load(file, segments[i], buffer);
      if (std::memchr(buffer.data(), '"', buffer.size()) != nullptr) quotes = true;
      count_lines(buffer.data(), static_cast<int64_t>(buffer.size()), &counts[i][0], &counts[i][1]);
    }
  });
  if (quotes) return layout_with_quotes(path, start, end, delimiter, state);
  Layout layout;
  for (size_t i = 0; i < segments.size(); i++) {
    segments[i].line = layout.lines;
    segments[i].row = layout.rows;
    layout.lines += counts[i][0];
    layout.rows += counts[i][1];
  }
  layout.segments = std::move(segments);
  return layout;
}

// ---- one number

enum class Cell { number, missing, invalid };

bool blank(char c) { return c == ' ' || c == '\t'; }

bool is_word(const char* p, const char* end, const char* word) {
  for (; p < end && *word != 0; p++, word++) {
    char c = *p >= 'A' && *p <= 'Z' ? static_cast<char>(*p + 32) : *p;
    if (c != *word) return false;
  }
  return p == end && *word == 0;
}

/// The general case, correctly rounded; `text` has a decimal point.
bool parse_slowly(const char* p, const char* end, double* out) {
#if defined(__cpp_lib_to_chars)
  auto [stop, error] = std::from_chars(p, end, *out);
  if (stop != end) return false;
  if (error == std::errc()) return true;
  if (error != std::errc::result_out_of_range) return false;
#endif
  // Too large or too small for a double: the C library says which, in no one's locale.
  std::string copy(p, end);
  char* after = nullptr;
#if defined(_WIN32)
  static _locale_t c_locale = _create_locale(LC_ALL, "C");
  *out = _strtod_l(copy.c_str(), &after, c_locale);
#else
  static locale_t c_locale = newlocale(LC_ALL_MASK, "C", static_cast<locale_t>(nullptr));
  *out = strtod_l(copy.c_str(), &after, c_locale);
#endif
  return after == copy.c_str() + copy.size();
}

constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// A cell's text [p, end) as a number.
Cell parse_cell(const char* p, const char* end, char decimal, double* out) {
  while (p < end && blank(*p)) p++;
  while (end > p && blank(end[-1])) end--;
  *out = std::numeric_limits<double>::quiet_NaN();
  if (p == end) return Cell::missing;
  const char* start = p;
  bool negative = *p == '-';
  if (*p == '-' || *p == '+') p++;
  // Digits without rounding as long as they fit; exact when digits and power of ten are (Clinger).
  uint64_t digits = 0;
  int count = 0, exponent = 0;
  const char* first = p;
  for (; p < end && static_cast<unsigned char>(*p - '0') < 10; p++) {
    digits = digits * 10 + static_cast<uint64_t>(*p - '0');
    count += digits != 0;
  }
  bool any = p != first;
  if (p < end && *p == decimal) {
    const char* after = ++p;
    for (; p < end && static_cast<unsigned char>(*p - '0') < 10; p++) {
      digits = digits * 10 + static_cast<uint64_t>(*p - '0');
      count += digits != 0;
    }
    exponent = -static_cast<int>(std::min<int64_t>(p - after, 100000));
    any = any || p != after;
  }
  if (any && p < end && (*p == 'e' || *p == 'E')) {
    const char* q = p + 1;
    bool minus = q < end && *q == '-';
    if (q < end && (*q == '-' || *q == '+')) q++;
    int power = 0;
    const char* power_start = q;
    for (; q < end && static_cast<unsigned char>(*q - '0') < 10; q++) power = std::min(power * 10 + (*q - '0'), 100000);
    if (q != power_start) {
      exponent += minus ? -power : power;
      p = q;
    }
  }
  if (any && p == end) {
    if (count <= 19 && digits <= (uint64_t(1) << 53) && exponent >= -22 && exponent <= 22) {
      double x = static_cast<double>(digits);
      x = exponent < 0 ? x / kPowers[-exponent] : x * kPowers[exponent];
      *out = negative ? -x : x;
      return Cell::number;
    }
    const char* from = *start == '+' ? start + 1 : start;
    if (decimal == '.') return parse_slowly(from, end, out) ? Cell::number : Cell::invalid;
    std::string text(from, end);
    for (char& c : text) {
      if (c == decimal) c = '.';
    }
    return parse_slowly(text.data(), text.data() + text.size(), out) ? Cell::number : Cell::invalid;
  }
  if (is_word(first, end, "inf") || is_word(first, end, "infinity")) {
    double infinity = std::numeric_limits<double>::infinity();
    *out = negative ? -infinity : infinity;
    return Cell::number;
  }
  for (const char* word : {"nan", "na", "n/a", "null", "none", "-", "?", "#n/a"}) {
    if (is_word(start, end, word)) return Cell::missing;
  }
  return Cell::invalid;
}

// ---- parsing

struct Ragged {
  int64_t line, fields;
};
struct InvalidCell {
  int64_t line, column;
  std::string text;
};

struct Findings {
  std::vector<int64_t> missing, invalid;
  std::vector<Ragged> ragged;
  int64_t ragged_total = 0;
  std::vector<InvalidCell> cells;
};

struct ParseRequest {
  std::string path;
  int64_t start = 0, end = 0, line0 = 1;
  char delimiter = ',', decimal = '.';
  int64_t fields = 0;
  /// Place in the result of each field, −1 for those left out.
  std::vector<int64_t> place;
  int64_t columns = 0;
  double* out = nullptr;
  double out_rows = 0;
};

class Parser {
 public:
  Parser(const ParseRequest& request, Findings& findings) : q_(request), found_(findings) {}

  void parse(const Segment& segment, const char* p, const char* end) {
    double* row = q_.out + segment.row * q_.columns;
    int64_t line = q_.line0 + segment.line;
    const bool blanks = q_.delimiter == ' ';
    while (p < end) {
      if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] == '\n'))) {
        p += *p == '\r' && p + 1 < end ? 2 : 1;
        line++;
        continue;
      }
      for (int64_t c = 0; c < q_.columns; c++) row[c] = std::numeric_limits<double>::quiet_NaN();
      int64_t field = 0, line_here = line;
      bool more = true;
      if (blanks) {
        while (p < end && *p == ' ') p++;
      }
      while (more) {
        const char *from = p, *to = nullptr;
        const char* look = p;
        while (look < end && blank(*look) && *look != q_.delimiter) look++;
        if (look < end && *look == '"') {
          from = look + 1;
          p = from;
          while (p < end && !(*p == '"' && !(p + 1 < end && p[1] == '"'))) {
            line += *p == '\n';
            p += *p == '"' ? 2 : 1;
          }
          to = std::min(p, end);
          if (p < end) p++;
          while (p < end && *p != q_.delimiter && *p != '\n') p++;
        } else {
          while (p < end && *p != q_.delimiter && *p != '\n') p++;
          to = p;
          if (to > from && to[-1] == '\r' && (p == end || *p == '\n')) to--;
        }
        if (blanks) {
          while (p < end && *p == ' ') p++;
          more = p < end && *p != '\n' && !(*p == '\r' && (p + 1 == end || p[1] == '\n'));
          if (!more && p < end && *p == '\r') p++;
        } else {
          more = p < end && *p == q_.delimiter;
          if (more) p++;
        }
        take(field, from, to, row, line_here);
        field++;
      }
      if (p < end) p++;
      for (int64_t f = field; f < q_.fields; f++) {
        if (q_.place[static_cast<size_t>(f)] >= 0) found_.missing[static_cast<size_t>(q_.place[static_cast<size_t>(f)])]++;
      }
      if (field != q_.fields) {
        found_.ragged_total++;
        if (found_.ragged.size() < kReported) found_.ragged.push_back({line_here, field});
      }
      row += q_.columns;
      line++;
    }
  }

 private:
  void take(int64_t field, const char* from, const char* to, double* row, int64_t line) {
    if (field >= q_.fields) return;
    int64_t place = q_.place[static_cast<size_t>(field)];
    if (place < 0) return;
    Cell cell = parse_cell(from, to, q_.decimal, row + place);
    if (cell == Cell::number) return;
    if (cell == Cell::missing) {
      found_.missing[static_cast<size_t>(place)]++;
      return;
    }
    found_.invalid[static_cast<size_t>(place)]++;
    if (found_.cells.size() < kReported) {
      found_.cells.push_back({line, field, std::string(from, std::min(to, from + kText))});
    }
  }

  const ParseRequest& q_;
  Findings& found_;
};

Findings parse_file(const ParseRequest& q, int64_t* words, int64_t* rows) {
  State state(words);
  Layout layout = layout_of(q.path, q.start, q.end, q.delimiter, state);
  if (static_cast<double>(layout.rows) > q.out_rows) throw std::runtime_error("out too small");
  *rows = layout.rows;
  auto columns = static_cast<size_t>(q.columns);
  std::vector<Findings> found(layout.segments.size());
  in_parallel(kThreads, kThreads, [&, next = std::make_shared<std::atomic<size_t>>(0)](int64_t) {
    File file(q.path);
    std::vector<char> buffer;
    for (size_t i = (*next)++; i < layout.segments.size(); i = (*next)++) {
      state.check();
      const Segment& s = layout.segments[i];
      load(file, s, buffer);
      // What changed since it was counted must not write past its rows.
      int64_t lines = 0, here = 0;
      int64_t expected = (i + 1 < layout.segments.size() ? layout.segments[i + 1].row : layout.rows) - s.row;
      count_lines(buffer.data(), static_cast<int64_t>(buffer.size()), &lines, &here);
      bool quotes = std::memchr(buffer.data(), '"', buffer.size()) != nullptr;
      if (!quotes && here != expected) throw std::runtime_error("The file changed while it was read");
      found[i].missing.assign(columns, 0);
      found[i].invalid.assign(columns, 0);
      ParseRequest mine = q;
      Scratch<double> aside(quotes ? static_cast<double>(here) * static_cast<double>(columns) : 1);
      Segment segment = s;
      if (quotes) {
        // Rows can only be fewer than line ends here; their number is known once they are parsed.
        mine.out = aside.get();
        segment.row = 0;
      }
      Parser parser(mine, found[i]);
      parser.parse(segment, buffer.data(), buffer.data() + buffer.size());
      if (quotes) std::copy_n(aside.get(), std::min(here, expected) * q.columns, q.out + s.row * q.columns);
      state.add(s.stop - s.start);
    }
  });
  Findings all;
  all.missing.assign(columns, 0);
  all.invalid.assign(columns, 0);
  for (Findings& f : found) {
    for (size_t c = 0; c < columns; c++) {
      all.missing[c] += f.missing[c];
      all.invalid[c] += f.invalid[c];
    }
    all.ragged_total += f.ragged_total;
    for (Ragged& r : f.ragged) {
      if (all.ragged.size() < kReported) all.ragged.push_back(r);
    }
    for (InvalidCell& c : f.cells) {
      if (all.cells.size() < kReported) all.cells.push_back(std::move(c));
    }
  }
  return all;
}

// ---- JavaScript

Napi::Value csv_count(Arguments& args) {
  std::vector<Napi::ObjectReference> keep;
  std::string path = args.text();
  int64_t start = args.count(), end = args.count();
  std::string delimiter = args.text();
  if (delimiter.size() != 1) args.fail("expected one character");
  auto state = args.array<int64_t>(&keep);
  args.need(state, 2);
  auto rows = std::make_shared<std::array<int64_t, 2>>();
  return Job::start(
      args.env(), std::move(keep),
      [path, start, end, delimiter, words = state.data, rows] {
        Layout layout = layout_of(path, start, end, delimiter[0], State(words));
        *rows = {layout.rows, layout.lines};
      },
      [rows](Napi::Env env) {
        auto result = Napi::Object::New(env);
        result.Set("rows", static_cast<double>((*rows)[0]));
        result.Set("lines", static_cast<double>((*rows)[1]));
        return result;
      });
}

Napi::Array to_array(Napi::Env env, const std::vector<int64_t>& numbers) {
  auto array = Napi::Array::New(env, numbers.size());
  for (size_t i = 0; i < numbers.size(); i++) array.Set(static_cast<uint32_t>(i), static_cast<double>(numbers[i]));
  return array;
}

Napi::Value csv_parse(Arguments& args) {
  std::vector<Napi::ObjectReference> keep;
  ParseRequest q;
  q.path = args.text();
  q.start = args.count();
  q.end = args.count();
  q.line0 = args.count();
  std::string delimiter = args.text(), decimal = args.text();
  if (delimiter.size() != 1 || decimal.size() != 1) args.fail("expected one character");
  q.delimiter = delimiter[0];
  q.decimal = decimal[0];
  q.fields = args.count();
  if (q.fields > 1 << 24) args.range("too many fields");
  auto columns = args.array<int32_t>();
  q.columns = static_cast<int64_t>(columns.length);
  q.place.assign(static_cast<size_t>(q.fields), -1);
  for (int64_t c = 0; c < q.columns; c++) {
    int32_t field = columns.data[c];
    if (field < 0 || field >= q.fields || q.place[static_cast<size_t>(field)] >= 0) args.range("column out of range");
    q.place[static_cast<size_t>(field)] = c;
  }
  auto out = args.array<double>(&keep);
  auto state = args.array<int64_t>(&keep);
  args.need(state, 2);
  q.out = out.data;
  q.out_rows = q.columns == 0 ? 9e15 : std::floor(out.length / static_cast<double>(q.columns));
  auto found = std::make_shared<Findings>();
  auto rows = std::make_shared<int64_t>(0);
  return Job::start(
      args.env(), std::move(keep),
      [q = std::move(q), words = state.data, found, rows] { *found = parse_file(q, words, rows.get()); },
      [found, rows](Napi::Env env) {
        auto result = Napi::Object::New(env);
        result.Set("rows", static_cast<double>(*rows));
        result.Set("missing", to_array(env, found->missing));
        result.Set("invalid", to_array(env, found->invalid));
        auto ragged = Napi::Array::New(env);
        for (const Ragged& r : found->ragged) {
          auto item = Napi::Object::New(env);
          item.Set("line", static_cast<double>(r.line));
          item.Set("fields", static_cast<double>(r.fields));
          ragged.Set(ragged.Length(), item);
        }
        result.Set("ragged", ragged);
        result.Set("ragged_total", static_cast<double>(found->ragged_total));
        auto cells = Napi::Array::New(env);
        for (const InvalidCell& c : found->cells) {
          auto item = Napi::Object::New(env);
          item.Set("line", static_cast<double>(c.line));
          item.Set("column", static_cast<double>(c.column));
          item.Set("text", c.text);
          cells.Set(cells.Length(), item);
        }
        result.Set("invalid_cells", cells);
        return result;
      });
}

}  // namespace

void define_csv(Napi::Env env, Napi::Object exports) {
  define<csv_count>(env, exports, "csvCount");
  define<csv_parse>(env, exports, "csvParse");
}

}  // namespace eigenscope
