# What .ci/run and .ci/nightly share: sourced from the root of the repository.
export CI=true NO_COLOR=1
exec </dev/null

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed_steps=0

# step NAME COMMAND...: runs a command, says how long it took, and counts it where it fails.
step() {
  local name=$1 started=$SECONDS
  shift
  echo "── $name: $*"
  if "$@"; then
    echo "── $name: done in $((SECONDS - started)) s"
  else
    echo "── $name: FAILED after $((SECONDS - started)) s"
    failed_steps=$((failed_steps + 1))
    return 1
  fi
}

# tests NAME COMMAND...: a step whose tests are counted; the command takes vitest's words.
tests() {
  step "$@" --reporter=default --reporter=json --outputFile.json="$results/${1//[^a-z0-9]/-}.json"
}

# Says how long all took, how many tests passed and failed, and ends with 1 if anything did.
finish() {
  echo "── all: $SECONDS s"
  count
  [ "$failed_steps" -eq 0 ]
}

count() {
  node -e '
    const { readFileSync } = require("node:fs");
    const [failedSteps, ...files] = process.argv.slice(1);
    let [passed, failed] = [0, Number(failedSteps)];
    for (const file of files) {
      try {
        const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8"));
        passed += numPassedTests;
        // A failed test run is one of the failed steps; where single tests failed, they are counted instead.
        failed += numFailedTests > 0 ? numFailedTests - 1 : 0;
      } catch {}
    }
    console.log(`${passed} passed, ${failed} failed`);
  ' "$failed_steps" "$results"/*.json
}

# The places where the browser tests look, too.
has_chromium() {
  [ -x "${CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-browser ] || [ -x /usr/bin/google-chrome ]
}

install_chromium() {
  has_chromium && return
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  "${as_root[@]}" apt-get update -q && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -q -y --no-install-recommends chromium
}

