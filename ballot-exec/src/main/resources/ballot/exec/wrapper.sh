# Becomes the command: tells the guard who it is, then executes it.
#
# Arguments: "run" for a session of its own or "job" for a foreground job of this terminal; the
# guard's pid and when it started; ballot's pid; the number of the run; its deadline on the boot
# clock, "never", or "ask" when it comes on standard input; the file to leave a record in,
# or nothing; the mark of a job; the command.
#
# Builtins only. The variables have odd names, since a plain one may be exported and then be changed
# for the command too. Status 125 and no registration: the command was not started.

unset BALLOT_RUN_WRAPPER
_ballot_kind=$1 _ballot_guard=$2 _ballot_born=$3 _ballot_parent=$4 _ballot_run=$5
_ballot_until=$6 _ballot_record=$7 _ballot_mark=$8
shift 8

# Reads the stat line of process $1: fields 4, 6 and 22.
_ballot_look() {
  read -r _ballot_stat < "/proc/$1/stat" || return 1
  set -- ${_ballot_stat##*) }
  _ballot_ppid=$2 _ballot_session=$4 _ballot_start=${20}
}

# Writes a line to the guard. Its pipe is opened through /proc: no file is left lying about, and
# where there is no guard there is no pipe.
_ballot_tell() {
  _ballot_look "$_ballot_guard" && [ "$_ballot_start" = "$_ballot_born" ] &&
    [ -p "/proc/$_ballot_guard/fd/3" ] && echo "$* ." >> "/proc/$_ballot_guard/fd/3"
}

_ballot_refuse() {
  _ballot_tell refuse "$_ballot_run" "$1"
  exit 125
}

_ballot_is_late() {
  [ "$_ballot_until" != never ] || return 1
  read -r _ballot_now _ballot_rest < /proc/uptime || return 0
  [ $((${_ballot_now%.*} * 100 + 1${_ballot_now#*.} - 100)) -ge "$_ballot_until" ]
}

# Waits for the deadline, for variables, one a line, and for leave to go on. With the outputs that
# the command will have: ballot opens them anew while this waits, and would otherwise get hold of
# what they are sent to in between.
_ballot_ask() {
  [ "$_ballot_until" = ask ] || return 0
  read -r _ballot_until || exit 125
  while IFS= read -r _ballot_line && [ "$_ballot_line" != go ]; do
    export "$_ballot_line"
  done
  [ "$_ballot_line" = go ] || exit 125
  exec < /dev/null
}

_ballot_become() {
  ! _ballot_is_late || _ballot_refuse late
  _ballot_look self || exit 125
  # First the record, then the guard: a record of what never ran harms nobody.
  if [ "$_ballot_record" ]; then
    echo "$_ballot_stat" >> "$_ballot_record" || _ballot_refuse record
  fi
  set -- "$_ballot_kind" "$_ballot_run" "${_ballot_stat%% *}" "$_ballot_start"
  [ "$_ballot_kind" = run ] || set -- "$@" "$_ballot_session" "$_ballot_mark"
  _ballot_tell "$@" || exit 125
  # Ballot is still there after the line was written. So the guard comes to the line before it comes
  # to the end of its input, which is ballot's death to it.
  _ballot_look $$ && [ "$_ballot_ppid" = "$_ballot_parent" ] || exit 125
  ! _ballot_is_late || _ballot_refuse late
}

if [ "$_ballot_kind" = run ]; then
  _ballot_ask
  _ballot_become 2> /dev/null
  exec "$@"
fi

# Who leads does not sleep: a job that was stopped at the terminal goes on at once. No loop: bash
# leaves one when a job is stopped.
_ballot_go_on() {
  kill -0 %1 2> /dev/null || return
  fg %1 > /dev/null
  _ballot_status=$?
  _ballot_go_on
}

# With job control on, the shell gives the command a group of its own and the terminal, and takes
# the terminal back afterwards. Bash knows the terminal only as its standard error; others find it
# themselves, and what they say about jobs is nobody's business.
exec 9>&2 2> /dev/tty
set -m
[ "$BASH_VERSION" ] || exec 2> /dev/null
(
  _ballot_become 2> /dev/null
  export BALLOT_RUN_JOB="$_ballot_mark"
  exec "$@" 2>&9 9>&-
)
_ballot_status=$?
_ballot_go_on
exit $_ballot_status
