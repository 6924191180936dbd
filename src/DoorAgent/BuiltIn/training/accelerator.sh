#!/usr/bin/env bash
# Trains on a machine with an accelerator that is lent for minutes. README.md tells the way; each line below is one call there.
#   accelerator.sh keep PACK...                        keeps packs on that machine
#   accelerator.sh train ENCODER TRIPLETS DETECTOR [PACK...]
#                                                      unpacks all that is kept and trains, for so many minutes each; 0 leaves out
# Results lie in $OUT, renewed every half minute: files of at most 16 MiB; a larger one in parts, which "cat NAME.part-* >NAME" joins.
# DOOR_WORK: where packs and checkpoints are kept. DOOR_DEVICE: cuda, or cpu for a dry run. DOOR_STEPS: steps of a dry run.
# DOOR_PYTHON: the Python that has PyTorch.
set -euo pipefail
usage="Usage: accelerator.sh keep PACK... | train ENCODER TRIPLETS DETECTOR [PACK...], minutes each"
here=$(cd "$(dirname "$0")" && pwd)
work=${DOOR_WORK:-/tmp/door-training} device=${DOOR_DEVICE:-cuda} out=${OUT:?names the folder of what comes back}
python=${DOOR_PYTHON:-python3}
steps=()
[[ -z ${DOOR_STEPS:-} ]] || steps=(--steps "$DOOR_STEPS")
export PYTHONUNBUFFERED=1
mkdir -p "$work/packs" "$out"

keep() {
  local pack name
  for pack in "$@"; do
    name=$(basename "$pack")
    cp "$pack" "$work/packs/$name.part"
    mv "$work/packs/$name.part" "$work/packs/$name"
  done
  ls -l "$work/packs"
}

results() {
  local file name
  for file in "$work"/{encoder-weights.pt,triplets-weights.pt,projection.npy,encoder.log,detector.pt,detector.log}; do
    [[ -f $file ]] || continue
    name=$(basename "$file")
    if [[ $(stat -c %s "$file") -le $((16 << 20)) ]]; then
      cp "$file" "$work/back.$BASHPID"
      mv "$work/back.$BASHPID" "$out/$name"
    else
      split -b 16M -d "$file" "$out/$name.part-"
    fi
  done
}

train() {
  local status=0 detector='' sets step
  local -A minutes=([encoder]=$1 [triplets]=$2 [detector]=$3)
  shift 3
  [[ $# -eq 0 ]] || keep "$@"
  "$python" "$here/recipe.py" unpack --work "$work"
  # Its output goes nowhere: whoever reads ours need not wait for the last sleep.
  (while sleep 30; do results; done) >/dev/null 2>&1 &
  copying=$!
  trap 'kill "$copying" 2>/dev/null || true; results' EXIT
  sets=("$work"/detector/*.npz)
  if [[ ${minutes[detector]} != 0 && -f ${sets[0]} ]]; then
    # Beside the encoder, which alone does not fill such a machine.
    [[ ${#steps[@]} -gt 0 ]] || sets+=(--until "$(date -u -d "+${minutes[detector]} minutes" +%H:%M)")
    "$python" "$here/detector.py" "$work/detector.pt" "${sets[@]}" "${steps[@]}" --start "$here/../models/door-detector.onnx" \
      --device "$device" --workers 4 >"$work/detector.log" 2>&1 &
    detector=$!
  fi
  for step in encoder triplets; do
    [[ ${minutes[$step]} != 0 && $status -eq 0 ]] || continue
    "$python" "$here/recipe.py" "$step" --work "$work" --device "$device" --minutes "${minutes[$step]}" "${steps[@]}" || status=$?
  done
  [[ -z $detector ]] || wait "$detector" || status=$?
  tail -n 3 "$work"/*.log || true
  return "$status"
}

case ${1:-} in
  keep) shift && keep "$@" ;;
  train)
    [[ $# -ge 4 ]] || { echo "$usage" >&2 && exit 2; }
    shift && train "$@"
    ;;
  *)
    echo "$usage" >&2
    exit 2
    ;;
esac
