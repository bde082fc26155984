# What the commands here share; source it. They run classes of ballot-e2e against the program as it
# is packaged, and a real Consul where one is needed.

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib/jdk"
. "$root/scripts/lib/consul"

# run_class CLASS ARGUMENT…
run_class() {
  find_jdk 21 || { echo "bench: no JDK 21 or newer; install one" >&2; exit 78; }
  [ -d "$root/ballot-e2e/target/test-classes" ] ||
    (cd "$root" && mvn -q -pl ballot-e2e -am -DskipTests package >&2)
  "$root/ballot" --version >/dev/null
  bring_consul || exit 69
  class=$1
  shift
  exec "$jdk/bin/java" -cp "$root/ballot-e2e/target/test-classes" "ballot.e2e.$class" "$@"
}

scratch() {
  mktemp -d "${TMPDIR:-/tmp}/ballot-bench.XXXXXX"
}
