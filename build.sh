#!/usr/bin/env bash
# Prepares, builds, tests, shows and packs CnnViz where PowerShell may not be there yet. build.ps1 has the same words for PowerShell.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en POWERSHELL_TELEMETRY_OPTOUT=1

readonly chosen_backend=obj/torch-backend # what prepare found out; delete it to ask again
readonly built_backend=bin/torch-backend
torch=''

usage() {
  cat <<'TEXT'
usage: ./build.sh build|test|demo|pack|docs|prepare [--torch NuGet|System]

  build    the module (Import-Module ./CnnViz.psd1) and the command line (bin/cnnviz)
  test     builds and runs all tests; the last line counts them
  demo     builds and runs the tour: out/tour/index.html
  pack     builds and packs the module: bin/pack
  docs     builds, writes the cmdlets' facts into the pages of docs/cmdlets, and drafts of what has no page yet
  prepare  only installs what is missing and chooses the backend

  --torch  NuGet: TorchSharp and its libtorch. System: the libtorch on this machine, or the one that CNNVIZ_LIBTORCH names.
           Without it: NuGet where its packages can be restored, else System.
TEXT
}

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

require_sdk() {
  command -v dotnet > /dev/null || fail 'the .NET SDK 10 is needed and there is no dotnet here. See https://dotnet.microsoft.com/download/dotnet/10.0'
  dotnet --list-sdks | grep -qE '^[1-9][0-9]+\.' ||
    fail "the .NET SDK 10 is needed; found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' '). See https://dotnet.microsoft.com/download/dotnet/10.0"
}

# A throw-away project tells whether NuGet has TorchSharp here: a reference that fails would end the real restore.
can_restore_torchsharp() {
  local directory
  directory=$(mktemp -d)
  cat > "$directory/probe.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TorchSharp-cpu" Version="0.106.0" />
    <PackageReference Include="SixLabors.ImageSharp" Version="3.1.12" />
  </ItemGroup>
</Project>
XML
  local status=0
  # The managed half alone computes nothing: the packages with libtorch must have come along.
  { dotnet restore "$directory/probe.csproj" && grep -q '"libtorch-cpu' "$directory/obj/project.assets.json"; } > /dev/null 2>&1 || status=1
  rm -rf "$directory"
  return $status
}

choose_backend() {
  if [[ -z $torch && -n ${CNNVIZ_LIBTORCH:-} ]]; then
    torch=System
  elif [[ -z $torch && -f $chosen_backend ]]; then
    torch=$(< "$chosen_backend")
  elif [[ -z $torch ]]; then
    echo 'Looking for TorchSharp in NuGet ...'
    if can_restore_torchsharp; then torch=NuGet; else torch=System; fi
    mkdir -p obj
    echo "$torch" > "$chosen_backend"
  fi
  echo "Torch backend: $torch"
}

missing_packages() {
  local packages=(cmake g++ pkg-config libvips-dev) package
  [[ -n ${CNNVIZ_LIBTORCH:-} ]] || packages+=(libtorch-dev libopenblas0-openmp)
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'install ok installed' || echo "$package"
  done
}

install_packages() {
  [[ $torch == System ]] && command -v dpkg-query > /dev/null || return 0
  local missing
  missing=$(missing_packages | paste -sd' ')
  [[ -n $missing ]] || return 0
  local as_root=''
  if [[ $(id -u) != 0 ]]; then
    as_root=sudo
    sudo -n true 2> /dev/null || fail "these packages are missing: $missing. Install them with
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
  fi
  echo "Installing $missing ..."
  $as_root apt-get update -qq
  # shellcheck disable=SC2086 # a list of words
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > /dev/null
}

prepare() {
  require_sdk
  choose_backend
  install_packages
}

build() {
  prepare
  # The other backend's assemblies must not stay beside this one's.
  if [[ -f $built_backend && $(< "$built_backend") != "$torch" ]]; then
    rm -rf bin/module
    find bin -maxdepth 1 -type f -delete
  fi
  dotnet build CnnViz.slnx -c Release "-p:TorchBackend=$torch" --verbosity quiet
  echo "$torch" > "$built_backend"
}

module_target() {
  dotnet msbuild src/CnnViz.Module/CnnViz.Module.csproj "-t:$1" -p:Configuration=Release "-p:TorchBackend=$torch" -v:minimal
}

# Prints the path of pwsh; nothing where there is none and none can be installed.
find_pwsh() {
  command -v pwsh && return
  [[ -x bin/tools/pwsh ]] || dotnet tool install PowerShell --tool-path bin/tools > /dev/null 2>&1 || return 0
  echo bin/tools/pwsh
}

run_tests() {
  local log=obj/tests.log pwsh status=0 project
  mkdir -p obj
  : > "$log"
  for project in CnnViz.Core.Tests CnnViz.Cli.Tests; do
    dotnet test "tests/$project/bin/$torch/Release/net10.0/$project.dll" 2>&1 | tee -a "$log" || status=1
  done
  pwsh=$(find_pwsh)
  if [[ -n $pwsh ]]; then
    "$pwsh" -NoProfile -NonInteractive -File tests/CnnViz.Module.Tests/Invoke-ModuleTest.ps1 2>&1 | tee -a "$log" || status=1
  else
    echo 'Pester did not run: there is no pwsh here, and NuGet could not install it.'
  fi
  # Each prints a line that counts: Failed: 0, Passed: 12, Skipped: 0
  local counts
  counts=$(sed -nE 's/.*Failed: *([0-9]+), Passed: *([0-9]+), Skipped: *([0-9]+).*/\1 \2 \3/p' "$log" |
    awk -v status=$status '{ failed += $1; passed += $2; skipped += $3 }
      END { if (status && !failed) failed = 1; printf "%d passed, %d failed, %d skipped", passed, failed, skipped }')
  echo "$counts"
  return $status
}

word=${1:-}
[[ $# -eq 0 ]] || shift
while [[ $# -gt 0 ]]; do
  case $1 in
    --torch) torch=${2:-}; shift ;;
    --torch=*) torch=${1#*=} ;;
    *) usage >&2; fail "unknown argument '$1'" ;;
  esac
  [[ $torch == NuGet || $torch == System ]] || fail "--torch is '$torch'; expected NuGet or System"
  shift
done

case $word in
  prepare) prepare ;;
  build) build ;;
  test) build; run_tests ;;
  demo) build; bin/cnnviz tour --directory out/tour ;;
  pack) build; module_target PackModule ;;
  docs) build; module_target UpdateHelp ;;
  *) usage >&2; exit 2 ;;
esac
