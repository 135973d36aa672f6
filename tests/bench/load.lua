-- wrk's request maker. Arguments after '--': FILE FIRST LAST PAUSE [FIELDS] (lines of the file that
-- are used, milliseconds between two requests of a connection, fields to add)
-- A line: host path fields cookie. Every POST carries an idempotency key of its own.
local n = 0
function setup(thread) n = n + 1; thread:set("tid", n) end
function init(args)
  local first, last = tonumber(args[2]), tonumber(args[3])
  made, count, sent = {}, 0, 0
  pause = tonumber(args[4])
  local more = args[5] or ""
  if pause == 0 then delay = nil end
  local i = 0
  for line in io.lines(args[1]) do
    i = i + 1
    if i >= first and i <= last then
      local host, path, fields, cookie = line:match("^(%S+) (%S+) (%S+) (.*)$")
      count = count + 1
      made[count] = {path, fields .. more, {Host = host, Cookie = cookie, Accept = "text/html",
        ["Content-Type"] = "application/x-www-form-urlencoded"}}
    end
  end
  math.randomseed(os.time() * 1000 + tid * 7919)
  run = string.format("%d-%d-%d", os.time(), tid, math.random(1, 1000000000))
  other = 0
end
function request()
  sent = sent + 1
  local r = made[math.random(1, count)]
  return wrk.format("POST", r[1], r[3], r[2] .. "&key=kunci-" .. run .. "-" .. sent)
end
function delay() return math.random(0, 2 * pause) end
function response(status) if status ~= 302 and status ~= 201 then other = other + 1 end end
local threads = {}
local own = setup
function setup(thread) own(thread); table.insert(threads, thread) end
function done(summary, latency, requests)
  local refused = 0
  for _, t in ipairs(threads) do refused = refused + t:get("other") end
  io.write(string.format("RESULT rps=%.1f p50=%.2f p99=%.2f max=%.1f requests=%d others=%d socket_errors=%d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.requests, refused,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
