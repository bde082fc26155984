# The guard of ballot: outlives ballot and kills what ballot was running.
#
# Standard input is a pipe that ballot holds open; its end means that ballot is gone. It is moved to
# descriptor 3, where wrappers find it through /proc. A message is one line; it ends in " ." so that
# half of one is never taken for a whole one. N is a run of ballot.
#   until N CENTISECONDS|never  a run is to be expected; kill it when /proc/uptime says so
#   run N PID START             it is a session: its leader, and when that one started
#   job N PID START TTY MARK    it is a foreground job: a process group, and whatever in the
#                               terminal's session TTY carries MARK in its environment
#   kill N    forget N    signal SEQ NAME GROUP    refuse N WHY    ping SEQ    quit    tick
# Answers: ready, unfit WHY, run N PID, job N PID, refuse N WHY, expired N, did SEQ, pong SEQ.
#
# Builtins only, so that it works when no more processes can be made. Where `read` knows no time
# limit, a sleeping child writes a tick instead.

# While a builtin reads from a file, that file is descriptor 0: no place for others to write to.
exec 3<&0 < /dev/null
trap '' TERM INT HUP QUIT USR1 USR2 PIPE TSTP TTIN TTOU
cd /
exec 2> /dev/null
set -f
echo -500 > /proc/self/oom_score_adj

runs=    # the runs that are expected or running; the deadline of run 7 is in until_7
work=' ' # what has been registered for them, as "KIND:N:PID:START:TTY:MARK "
doomed=  # what is being killed, likewise
found=   # whether the last sweep found anybody of it
clean=0  # how many sweeps in a row found nobody
sweeps=0 # how many there have been
gone=    # set when ballot has gone, or has told us to go
part=    # the beginning of a line
sleeper= # the child that will write the next tick

clock() {
  read -r now rest < /proc/uptime || return 1
  now=$((${now%.*} * 100 + 1${now#*.} - 100))
}

are_numbers() {
  for number; do
    case $number in '' | *[!0-9]* | ????????????????*) return 1 ;; esac
  done
}

# A number that is safe to send a signal to: 0, 1 and their groups are other people.
is_process() {
  are_numbers "$1" && [ "$1" -gt 1 ]
}

# Whether process $1 is there and started at another time than $2. Its number was given away again,
# so of the session that had it nothing is left.
is_another() {
  read -r stat < "/proc/$1/stat" || return 1
  born=$2
  set -- ${stat##*) }
  [ "${20}" != "$born" ]
}

# Whether the environment of process directory $1 carries one of the marks.
is_marked() {
  while read -r words || [ "$words" ]; do
    for mark in $marks; do
      case $words in *"BALLOT_RUN_JOB=$mark"*) return 0 ;; esac
    done
    words=
  done < "$1/environ"
  return 1
}

# Whether a process belongs to what is doomed, by the end of its stat line.
is_doomed() {
  case $sessions in *" $4 "*) return 0 ;; esac
  case $groups in *" $3 "*) return 0 ;; esac
  case $terminals in *" $4 "*) is_marked "$process" ;; *) return 1 ;; esac
}

aim() {
  sessions=' ' groups=' ' terminals=' ' marks=
  for token in $doomed; do
    IFS=:
    set -- $token
    IFS=$blanks
    is_another "$3" "$4" && continue
    # Most of them at once, before looking around.
    kill -KILL "-$3"
    if [ "$1" = run ]; then
      sessions="$sessions$3 "
    else
      groups="$groups$3 " terminals="$terminals$5 " marks="$marks $6"
    fi
  done
}

# One look at every process there is.
sweep() {
  aim
  found=
  set +f
  for process in /proc/[0-9]*; do
    read -r stat < "$process/stat" || continue
    # The command's name is in brackets and may hold brackets and blanks: what follows the last one.
    set -- ${stat##*) }
    case $1 in [ZXx]) continue ;; esac
    is_doomed "$@" || continue
    found=1
    kill -KILL "${process#/proc/}"
  done
  set -f
  sweeps=$((sweeps + 1))
  # One may be born behind the back of a look; two looks in a row that find nobody settle it.
  if [ "$found" ]; then clean=0; else clean=$((clean + 1)); fi
  [ $clean -lt 2 ] || doomed=
}

doom() {
  doomed="$doomed $1" clean=0 sweeps=0
  sweep
}

# Takes run $1 off the books; what was registered for it is in $taken.
strike() {
  left= taken=
  for run in $runs; do [ "$run" = "$1" ] || left="$left $run"; done
  runs=$left left=' '
  # One variable a run adds up over thousands.
  are_numbers "$1" && unset "until_$1"
  for token in $work; do
    case $token in ???:"$1":*) taken="$taken $token" ;; *) left="$left$token " ;; esac
  done
  work=$left
}

end_run() {
  strike "$1"
  [ -z "$taken" ] || doom "$taken"
}

expire() {
  passed=
  for run in $runs; do
    eval "at=\$until_$run"
    [ "$at" = never ] || [ "$now" -lt "$at" ] || passed="$passed $run"
  done
  for run in $passed; do
    # Said first: ballot is to know it by the time that it sees the command end.
    echo "expired $run"
    end_run "$run"
  done
}

expect() {
  are_numbers "$2" || return
  [ "$3" = never ] || are_numbers "$3" || return
  eval "until_$2=\$3"
  for run in $runs; do [ "$run" != "$2" ] || return; done
  runs="$runs $2"
}

# A run that nobody expects any more is too late: its deadline has passed, or ballot gave it up.
register() {
  are_numbers "$2" "$4" "${5:-0}" && is_process "$3" || return
  token=$1:$2:$3:$4:$5:$6
  case "$work" in *" $token "*) ;; *)
    case "$runs " in *" $2 "*) work="$work$token " ;; *) doom "$token" ;; esac
    ;;
  esac
  echo "$1 $2 $3"
}

obey() {
  case $1 in *' .') ;; *) return ;; esac
  set -- ${1% .}
  case $1 in
    until) expect "$@" ;;
    run) register run "$2" "$3" "$4" ;;
    job) register job "$2" "$3" "$4" "$5" "$6" ;;
    forget) strike "$2" ;;
    kill) end_run "$2" ;;
    refuse) echo "refuse $2 $3" ;;
    signal)
      is_process "$4" && kill "-$3" "-$4"
      echo "did $2"
      ;;
    ping) echo "pong $2" ;;
    quit) leave 0 ;;
  esac
}

# Kills everything, and stays $1 centiseconds for registrations that were on their way.
leave() {
  [ -z "$gone" ] || return
  gone=1 leave_at=$((now + $1)) give_up_at=$((now + 3000)) runs=
  all=$work work=' '
  [ "$all" = ' ' ] || doom "$all"
  # With a hold of our own on the pipe, reading waits instead of finding the end again.
  command exec 4>> /proc/$$/fd/3
}

# How long to wait for the next message, in centiseconds; empty for as long as it takes. While there
# is a deadline never more than a second: time in suspend counts, and timers do not see it.
choose_pause() {
  pause=
  if [ "$doomed" ]; then
    pause=1
    [ $sweeps -lt 20 ] || pause=5
    [ $sweeps -lt 100 ] || pause=100
    return
  fi
  [ -z "$gone" ] || pause=25
  for run in $runs; do
    eval "at=\$until_$run"
    [ "$at" != never ] || continue
    at=$((at - now))
    [ $at -gt 0 ] || at=1
    [ $at -gt "${pause:-100}" ] || pause=$at
    pause=${pause:-100}
  done
}

in_seconds() {
  hundredths=$(($1 % 100))
  [ $hundredths -gt 9 ] || hundredths=0$hundredths
  seconds=$(($1 / 100)).$hundredths
}

listen_until_end() {
  IFS= read -r line <&3 && return
  line=
  leave 200
}

listen_timed() {
  if [ -z "$pause" ]; then
    listen_until_end
  else
    in_seconds $pause
    if ! IFS= read -r -t $seconds line <&3; then
      # Bash keeps what it had of a line when the time was over.
      part=$part$line line=
      # Was that the time or the end? Without any time `read` says whether there is something to
      # read, and the end is something.
      read -r -t 0 rest <&3 || return
      listen_until_end
    fi
  fi
  line=$part$line part=
}

drop_sleeper() {
  kill -KILL $sleeper
  wait $sleeper
  sleeper=
}

listen_ticking() {
  if [ "$pause" ]; then
    due=$((now + pause))
    # One that wakes too late, or should have written long ago, is of no use.
    if [ "$sleeper" ] && { [ $due -lt $sleeper_due ] || [ "$now" -gt $((sleeper_due + 50)) ]; }; then
      drop_sleeper
    fi
    if [ -z "$sleeper" ]; then
      in_seconds $pause
      (
        sleep $seconds || sleep 1
        echo 'tick .' >> /proc/$$/fd/3
      ) > /dev/null 3<&- 4>&- &
      sleeper=$! sleeper_due=$due
    fi
  fi
  listen_until_end
  case $line in tick*) drop_sleeper ;; esac
}

blanks=$IFS
clock || {
  echo 'unfit it cannot read /proc/uptime'
  exit 1
}
read -r -t 0 rest < /dev/null
case $? in 0 | 1) listen=listen_timed ;; *) listen=listen_ticking ;; esac
echo ready

while :; do
  clock
  expire
  if [ "$gone" ]; then
    # What cannot be killed does not keep the guard for ever.
    [ -n "$doomed" ] && [ "$now" -lt $give_up_at ] || [ "$now" -lt $leave_at ] || break
  fi
  [ -z "$doomed" ] || sweep
  choose_pause
  line=
  $listen
  [ -z "$line" ] || obey "$line"
done
[ -z "$sleeper" ] || drop_sleeper
