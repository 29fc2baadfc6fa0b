-- Sends the requests of a file, each thread its own share of them.
-- Arguments: how many threads there are, the file, the length of each request in it, how many there are.

require "common"

function init(args)
  length = tonumber(args[3])
  share = math.floor(tonumber(args[4]) / tonumber(args[1]))
  first = number * share * length
  file = assert(io.open(args[2], "rb"))
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
