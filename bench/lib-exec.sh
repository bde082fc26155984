# Source this to run a bench class of ballot-exec, beside its tests.

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib/jdk"

# run_exec_class CLASS ARGUMENT…
run_exec_class() {
  find_jdk 21 || { echo "bench: no JDK 21 or newer; install one" >&2; exit 78; }
  [ -d "$root/ballot-exec/target/test-classes" ] ||
    (cd "$root" && mvn -q -pl ballot-exec -am test-compile >&2)
  class=$1
  shift
  exec "$jdk/bin/java" -cp "$root/ballot-exec/target/classes:$root/ballot-exec/target/test-classes" \
    "ballot.exec.$class" "$@"
}
