-- Sends each request as another session: cookies and paths come from files, one a line. Prints what wrk measured, for run.mjs to read.
local function lines(name)
  local found = {}
  for line in io.lines(name) do found[#found + 1] = line end
  return found
end

local cookies, paths, nth

function init(args)
  cookies, paths = lines(args[1]), lines(args[2])
  math.randomseed(os.time())
  nth = math.random(#cookies)
end

function request()
  nth = nth + 1
  return wrk.format("GET", paths[nth % #paths + 1], { Cookie = cookies[nth % #cookies + 1] })
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT requests=%d seconds=%.3f p50=%.3f p99=%.3f max=%.3f bytes=%d failed=%d\n", summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
