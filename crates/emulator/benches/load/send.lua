-- Sends the requests of a file, each thread its own share of them, and ends with one line for the program that asked.
-- Arguments: the file, the length of each request in it, how many there are, how many threads.

local started = 0

function setup(thread)
  thread:set("number", started)
  started = started + 1
end

function init(args)
  length = tonumber(args[2])
  share = math.floor(tonumber(args[3]) / tonumber(args[4]))
  first = number * share * length
  file = assert(io.open(args[1], "rb"))
  file:setvbuf("full", 262144)
  file:seek("set", first)
  left = share
end

-- From the start again when all are sent: a static file does not mind, and the emulator refuses what it has seen.
function request()
  if left == 0 then
    file:seek("set", first)
    left = share
  end
  left = left - 1
  return file:read(length)
end

function done(summary)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("outcome %d %d %d %d\n", summary.requests, summary.duration, errors.status, broken))
end
