-- Sends requests that differ by a number, and takes no answer that was given before.
-- Arguments: how many threads there are, what stands before the number, what stands behind it.

require "common"

refused = 0

function init(args)
  before = args[2] .. number .. "-"
  behind = args[3]
  sent = 0
end

function request()
  sent = sent + 1
  return before .. sent .. behind
end

function response(status, headers)
  if status ~= 200 or headers["idempotency-replayed"] then
    refused = refused + 1
  end
end
