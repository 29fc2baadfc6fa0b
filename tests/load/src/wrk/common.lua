-- What all scripts share: threads with a number from 0, and one line at the end for the program that asked. By itself it
-- sends the same request all the time.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function done(summary, latency)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  -- wrk counts statuses from 400 on by itself; a script may be stricter.
  local refused = 0
  for _, thread in ipairs(threads) do
    refused = refused + (thread:get("refused") or 0)
  end
  refused = math.max(refused, errors.status)
  local slow = latency:percentile(99)
  io.write(string.format("outcome %d %d %d %d %d\n", summary.requests, summary.duration, refused, broken, slow))
end
