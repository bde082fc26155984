# What the commands here share; source it. Most run classes of ballot-e2e against the program as it is
# packaged, and a real Consul where one is needed; some run classes beside the tests of a module.

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib/jdk"
. "$root/scripts/lib/consul"

# is_built MODULE: whether its tests were compiled, to the end, after all of its sources were written.
is_built() {
  built=$root/$1/target/built-for-bench
  [ -e "$built" ] && [ -z "$(find "$root/$1/src" "$root/$1/pom.xml" -newer "$built" | head -n 1)" ]
}

# run_class CLASS ARGUMENT…
run_class() {
  find_jdk 21 || { echo "bench: no JDK 21 or newer; install one" >&2; exit 78; }
  is_built ballot-e2e ||
    (cd "$root" && mvn -q -pl ballot-e2e -am -DskipTests package >&2 &&
      touch ballot-e2e/target/built-for-bench)
  "$root/ballot" --version >/dev/null
  bring_consul || exit 69
  class=$1
  shift
  exec "$jdk/bin/java" -cp "$root/ballot-e2e/target/test-classes:$root/ballot-api/target/classes" \
    "ballot.e2e.$class" "$@"
}

# run_exec_class CLASS ARGUMENT…
run_exec_class() {
  find_jdk 21 || { echo "bench: no JDK 21 or newer; install one" >&2; exit 78; }
  is_built ballot-exec ||
    (cd "$root" && mvn -q -pl ballot-exec -am test-compile >&2 &&
      touch ballot-exec/target/built-for-bench)
  class=$1
  shift
  exec "$jdk/bin/java" -cp "$root/ballot-exec/target/classes:$root/ballot-exec/target/test-classes" \
    "ballot.exec.$class" "$@"
}

# run_cli_class CLASS ARGUMENT…
run_cli_class() {
  find_jdk 21 || { echo "bench: no JDK 21 or newer; install one" >&2; exit 78; }
  "$root/ballot" --version >/dev/null
  is_built ballot-cli ||
    (cd "$root" && mvn -q -pl ballot-cli -am -DskipTests package >&2 &&
      touch ballot-cli/target/built-for-bench)
  IFS= read -r build <"$root/target/ballot/current"
  class=$1
  shift
  exec "$jdk/bin/java" -XX:+UseSerialGC -cp "$root/ballot-cli/target/test-classes:$build/lib/*" \
    "ballot.cli.$class" "$@"
}

scratch() {
  mktemp -d "${TMPDIR:-/tmp}/ballot-bench.XXXXXX"
}
