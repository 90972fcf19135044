-- Sends each request as another session: cookies and paths come from files, one a line; a third argument is the milliseconds that a reader
-- looks at a page before the next. Prints what wrk measured, for run.mjs to read.
local function lines(name)
  local found = {}
  for line in io.lines(name) do found[#found + 1] = line end
  return found
end

local cookies, paths, nth, looks

function init(args)
  cookies, paths = lines(args[1]), lines(args[2])
  looks = tonumber(args[3] or "0")
  if looks == 0 then delay = nil end
  math.randomseed(os.time())
  nth = math.random(#cookies)
end

-- Between half and three halves of it, or all would come together.
function delay()
  return looks * (0.5 + math.random())
end

function request()
  nth = nth + 1
  local address = "10.0." .. math.floor(nth / 250) % 250 .. "." .. nth % 250 + 1
  return wrk.format("GET", paths[nth % #paths + 1], { Cookie = cookies[nth % #cookies + 1], ["X-Forwarded-For"] = address })
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT requests=%d seconds=%.3f p50=%.3f p99=%.3f max=%.3f bytes=%d failed=%d\n", summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
