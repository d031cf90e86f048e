# Runs a server and sees to it that nothing of it stays behind: not when it dies, and not when
# whoever started it does. Standard input is a pipe from the one who started it; the end of that
# pipe, for whatever reason, is the order to stop.
#   $1      seconds between asking the server to stop and killing it
#   $2 ...  the server's command
set -m # every background job gets a process group of its own

grace=$1
shift
exec 3<&0 < /dev/null

"$@" 3<&- &
server=$!
exec > /dev/null 2>&1 # what bash says of its jobs is nothing of the server's

# In a group of its own, this outlives a script that is killed.
(
  trap '' HUP INT
  while read -r -u 3 _; do :; done
  kill -TERM -- "-$server"
  for ((tenths = 0; tenths < grace * 10; tenths++)); do
    kill -0 -- "-$server" || exit 0
    sleep 0.1
  done
  kill -KILL -- "-$server"
) &
guard=$!
exec 3<&-

wait "$server"
status=$?
kill -KILL -- "-$server"
kill -KILL -- "-$guard"
exit "$status"
