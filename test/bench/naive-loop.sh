#!/bin/bash
# One writer as a bash user would write it: edit, add, commit, pull --rebase, push, until it lands.
# naive-loop.sh <writer> <operations> own|board, in a clone of its own: notes go into a file each, where nothing ever
# conflicts, or all to the end of one file, where every race is a conflict. It waits for a line with the instant, in microseconds,
# at which it gives up. Prints a line an operation: begun, ended, id or -.
writer=$1 operations=$2 place=$3

now() { printf -v "$1" %s "${EPOCHREALTIME/[.,]/}"; }

write() {
  mkdir -p coordination/NOTES
  if [[ $place == board ]]; then path=coordination/BOARD.md; else path=coordination/NOTES/$id.md; fi
  printf 'Note of %s\n' "$id" >> "$path"
  git add "$path" && git commit -q -m "note $id" -m "Naive-Op: $id"
}

# What git cannot rebase is done again on what is there now.
land() {
  write
  while now at && ((at < limit)); do
    if ! git pull -q --rebase; then
      git rebase --abort
      git reset -q --hard '@{upstream}'
      write
    fi
    git push -q && return 0
  done
  return 1
}

echo ready
read -r limit
for ((count = 1; count <= operations; count++)); do
  now begun
  ((begun < limit)) || break
  id=$writer-$count
  landed=-
  land > /dev/null 2>&1 && landed=$id
  now ended
  echo "$begun $ended $landed"
done
