#!/usr/bin/env bash
# Builds, tests, shows and packs CnnViz with the .NET SDK alone. build.ps1 has the same words for PowerShell.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

usage() {
  cat <<'TEXT'
usage: ./build.sh build|test|demo|pack|docs

  build    the module (Import-Module ./CnnViz.psd1) and the command line (bin/cnnviz)
  test     builds and runs all tests; the last line counts them
  demo     builds and runs the tour: out/tour/index.html
  pack     builds and packs the module: bin/pack
  docs     builds, writes the cmdlets' facts into the pages of docs/cmdlets, and drafts of what has no page yet
TEXT
}

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

require_sdk() {
  local download='https://dotnet.microsoft.com/download/dotnet/10.0'
  command -v dotnet > /dev/null || fail "the .NET SDK 10 is needed and there is no dotnet on the PATH. See $download"
  local found
  found=$(dotnet --list-sdks)
  [[ $found =~ (^|$'\n')[1-9][0-9]+\. ]] || fail "the .NET SDK 10 is needed; found: ${found:-none}. See $download"
}

# .NET ends at its start where the libraries for the world's languages are missing and it is not told so.
prefer_invariant_without_icu() {
  [[ $(uname) == Linux ]] || return 0
  local folder extra=${LD_LIBRARY_PATH:-}
  for folder in /lib /lib64 /usr/lib /usr/lib64 /usr/local/lib /lib/*-linux-gnu /usr/lib/*-linux-gnu ${extra//:/ }; do
    compgen -G "$folder/libicuuc.so*" > /dev/null && return 0
  done
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
}

build() {
  dotnet build CnnViz.slnx -c Release --verbosity quiet
}

module_target() {
  dotnet msbuild src/CnnViz.Module/CnnViz.Module.csproj "-t:$1" -p:Configuration=Release -v:minimal
}

run_tests() {
  local log=obj/tests.log status=0 project
  mkdir -p obj
  : > "$log"
  dotnet tool restore > /dev/null
  for project in CnnViz.Core.Tests CnnViz.Cli.Tests; do
    dotnet test "tests/$project/bin/Release/net10.0/$project.dll" 2>&1 | tee -a "$log" || status=1
  done
  dotnet pwsh -NoProfile -NonInteractive -File tests/CnnViz.Module.Tests/Invoke-ModuleTest.ps1 2>&1 | tee -a "$log" || status=1
  # Each prints a line that counts: Failed: 0, Passed: 12, Skipped: 0
  local line failed=0 passed=0 skipped=0 runs=0
  while IFS= read -r line; do
    [[ $line =~ Failed:\ *([0-9]+),\ Passed:\ *([0-9]+),\ Skipped:\ *([0-9]+) ]] || continue
    failed=$((failed + BASH_REMATCH[1])) passed=$((passed + BASH_REMATCH[2])) skipped=$((skipped + BASH_REMATCH[3])) runs=$((runs + 1))
  done < "$log"
  # A run that ended without a count has failed.
  [[ $runs -eq 3 ]] || status=1
  [[ $status -eq 0 || $failed -gt 0 ]] || failed=1
  echo "$passed passed, $failed failed, $skipped skipped"
  return $status
}

word=${1:-}
[[ $# -eq 1 && $word =~ ^(build|test|demo|pack|docs)$ ]] || { usage >&2; exit 2; }
require_sdk
prefer_invariant_without_icu
build
case $word in
  test) run_tests ;;
  demo) dotnet bin/cnnviz.dll tour --directory out/tour ;;
  pack) dotnet tool restore > /dev/null; module_target PackModule ;;
  docs) module_target UpdateHelp ;;
esac
