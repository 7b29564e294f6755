#!/usr/bin/env bash
# Builds one fault after the other into a copy of the rules themselves (RuleJudge, RuleWindow, RuleParameters, RuleLimits, RuleSignals), runs the tests of the
# rules against it, and writes which were caught. Every fault must be: exit code 1 otherwise. About ten seconds a fault.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git archive HEAD docs src/LLMscope.Spc tests/LLMscope.Spc.Tests tests/Directory.Build.props tests/Directory.Build.targets Directory.Build.props Directory.Build.targets \
  Directory.Packages.props BannedSymbols.txt global.json .editorconfig | tar -x -C "$work"
cd "$work"
rules=src/LLMscope.Spc/Rules
tests=(--filter-class '*.NelsonRulesTests' --filter-class '*.RuleVectorTests' --filter-class '*.RuleWindowTests' --filter-class '*.RuleLimitsTests' --filter-class '*.RuleParametersTests')
caught=0 missed=0

run() { dotnet build tests/LLMscope.Spc.Tests -v quiet -nologo -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false >build.log 2>&1 \
  && timeout 120 dotnet run --project tests/LLMscope.Spc.Tests --no-build -- "${tests[@]}" >test.log 2>&1; }

# fault FILE FROM TO: the first place in the file, as it stands.
fault() {
  local file=$rules/$1
  cp "$file" before.cs
  from=$2 to=$3 perl -0pi -e 'BEGIN { ($f, $t) = ($ENV{from}, $ENV{to}) } $n = index($_, $f); die "no such place: $f\n" if $n < 0; substr($_, $n, length $f) = $t' "$file"
  if run; then
    missed=$((missed + 1)); result=MISSED
  elif grep -q "error CS" build.log; then
    missed=$((missed + 1)); result='DOES NOT BUILD'
  else
    caught=$((caught + 1)); result=caught
  fi
  printf '| %s | `%s` | `%s` | %s |\n' "${1%.cs}" "$2" "$3" "$result"
  cp before.cs "$file"
}

run || { tail -n 20 build.log test.log; echo "the tests fail without a fault"; exit 1; }
printf '| file | as it is | the fault | tests |\n|---|---|---|---|\n'
# R1 to R8: the lines that each compares with.
fault RuleJudge.cs 'limits.Upper1, limits.Centre' 'limits.Upper5, limits.Centre'
fault RuleJudge.cs 'limits.Lower1, limits.Centre' 'limits.Lower5, limits.Centre'
fault RuleJudge.cs 'limits.Upper1, limits.Centre' 'limits.Upper1, limits.Upper6'
fault RuleJudge.cs 'limits.Lower1, limits.Centre' 'limits.Lower1, limits.Lower6'
fault RuleJudge.cs 'limits.Upper5, limits.Upper6, limits.Upper7' 'limits.Upper6, limits.Upper6, limits.Upper7'
fault RuleJudge.cs 'limits.Lower5, limits.Lower6, limits.Lower7' 'limits.Lower5, limits.Lower5, limits.Lower7'
fault RuleJudge.cs 'limits.Upper7, limits.Upper8' 'limits.Upper8, limits.Upper8'
fault RuleJudge.cs 'limits.Lower7, limits.Lower8' 'limits.Lower7, limits.Lower7'
# The boundaries: beyond is strict, a tie is no step.
fault RuleJudge.cs 'Vector512.GreaterThan(point, _upper)' 'Vector512.GreaterThanOrEqual(point, _upper)'
fault RuleJudge.cs 'Vector512.LessThan(point, _lower)' 'Vector512.LessThanOrEqual(point, _lower)'
fault RuleJudge.cs 'value > previous ? Step' 'value >= previous ? Step'
fault RuleJudge.cs 'value < previous ? Step' 'value <= previous ? Step'
# The lengths, one more and one less.
fault RuleJudge.cs '1, (byte)parameters.N2, steps, (byte)(parameters.N4 - 2)' '1, (byte)(parameters.N2 + 1), steps, (byte)(parameters.N4 - 2)'
fault RuleJudge.cs '1, (byte)parameters.N2, steps, (byte)(parameters.N4 - 2)' '1, (byte)(parameters.N2 - 1), steps, (byte)(parameters.N4 - 2)'
fault RuleJudge.cs '1, (byte)parameters.N2, steps, byte.MaxValue' '1, (byte)(parameters.N2 + 1), steps, byte.MaxValue'
fault RuleJudge.cs '(byte)(parameters.N3 - 1)' '(byte)parameters.N3'
fault RuleJudge.cs '(byte)(parameters.N3 - 1)' '(byte)(parameters.N3 - 2)'
fault RuleJudge.cs '(byte)(parameters.N4 - 2)' '(byte)(parameters.N4 - 1)'
fault RuleJudge.cs '(byte)(parameters.N4 - 2)' '(byte)(parameters.N4 - 3)'
fault RuleJudge.cs '1, 1, (byte)parameters.N7, mixture' '1, 1, (byte)(parameters.N7 + 1), mixture'
fault RuleJudge.cs '1, 1, (byte)parameters.N7, mixture' '1, 1, (byte)(parameters.N7 - 1), mixture'
fault RuleJudge.cs 'mixture = (byte)parameters.N8' 'mixture = (byte)(parameters.N8 + 1)'
fault RuleJudge.cs 'mixture = (byte)parameters.N8' 'mixture = (byte)(parameters.N8 - 1)'
fault RuleJudge.cs '1, 1, mixture, mixture' '1, 1, mixture, byte.MaxValue'
# R5 and R6: how many of how many, and the judged point beyond the line itself.
fault RuleJudge.cs 'var oneOfTwo = one | two' 'var oneOfTwo = one & two'
fault RuleJudge.cs 'var oneOfTwo = one | two' 'var oneOfTwo = one | two | three'
fault RuleJudge.cs '(now & oneOfTwo & TwoOfThree)' '(oneOfTwo & TwoOfThree)'
fault RuleJudge.cs '(one & two & (three | four))' '(one & two)'
fault RuleJudge.cs '(three & four & oneOfTwo)' '(three & four & one)'
fault RuleJudge.cs '(now & threeOfFour & FourOfFive)' '(threeOfFour & FourOfFive)'
# R4, R7, R8.
fault RuleJudge.cs '((now & (one >> 8)) | ((now >> 8) & one)) & Step' '(now & (one >> 8)) & Step'
fault RuleJudge.cs '((either ^ Within) & (Within | Outside))' '(either & (Within | Outside))'
fault RuleJudge.cs 'var either = now | (now >> 8)' 'var either = now'
fault RuleJudge.cs '((full >> 7) | (full >> 8)) & Outside' '(full >> 7) & Outside'
fault RuleJudge.cs '((full >> 7) | (full >> 8)) & Outside' '(full >> 8) & Outside'
# Directions, switches, missing values, memory.
fault RuleJudge.cs 'DirectedDown = 0x37' 'DirectedDown = 0x27'
fault RuleJudge.cs 'DirectedDown = 0x37' 'DirectedDown = 0x36'
fault RuleJudge.cs 'full & _enabled & ~oneSided' 'full & ~oneSided'
fault RuleJudge.cs 'DirectedDown & _enabled' 'DirectedDown'
fault RuleJudge.cs 'missing == MissingPolicy.Break' 'missing != MissingPolicy.Break'
fault RuleJudge.cs '                memory = default;' '                memory.Previous = double.NaN;'
fault RuleJudge.cs 'memory.Previous = value;' 'memory.Previous = memory.Previous;'
fault RuleJudge.cs '(memory.Sides << 16) | sides' 'sides'
fault RuleJudge.cs '& goesOn;' ';'
fault RuleSignals.cs '? Direction.Down' '? Direction.Up'
fault RuleWindow.cs 'up ? point > limits.Upper5' 'up ? point >= limits.Upper5'
fault RuleWindow.cs 'point < limits.Lower6' 'point <= limits.Lower6'
fault RuleWindow.cs 'double.IsNaN(points[^1])' 'false'
fault RuleParameters.cs 'RuleSet.R2 => N2' 'RuleSet.R2 => N2 + 1'
fault RuleLimits.cs 'Lower1 <= Centre' 'true'
printf '\n%s faults caught, %s missed\n' "$caught" "$missed"
[ "$missed" = 0 ]
