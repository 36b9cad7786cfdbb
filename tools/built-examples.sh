# Sourced by the scripts in the project's folder: builds the connector and the examples if they are
# not built yet or have changed. Afterwards $java runs Java and $classpath has everything.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$root/examples/target

die() {
  echo "${0##*/}: $*" >&2
  exit 1
}

java=java
if [[ -n ${JAVA_HOME:-} ]]; then
  java=$JAVA_HOME/bin/java
fi
command -v "$java" >/dev/null || die "needs Java 17; install a JDK or set JAVA_HOME"

# Whether everything is built, nothing has changed since, and no jar is gone.
is_built() {
  [[ -f $target/demo.classpath && -d $target/classes ]] || return 1
  local changed
  changed=$(find "$root/pom.xml" "$root/examples/pom.xml" "$root/examples/src/main" \
    "$root/flink-connector-websocket/pom.xml" "$root/flink-connector-websocket/src/main" \
    -newer "$target/demo.classpath" -print -quit)
  [[ -z $changed ]] || return 1
  local jar
  while read -r -d : jar; do
    [[ -e $jar ]] || return 1
  done <<<"$(<"$target/demo.classpath"):"
}

if ! is_built; then
  command -v mvn >/dev/null || die "needs Maven to build; install it"
  echo "Building the connector and the examples; the first time this takes a few minutes." >&2
  # Only what runs: no tests, no static checks.
  output=$(cd "$root" && mvn -q -B -P '!static-checks' -pl examples -am -DskipTests package 2>&1) || {
    echo "$output" >&2
    die "the build failed; see above"
  }
fi

classpath=$target/classes:$(<"$target/demo.classpath")
