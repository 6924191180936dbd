#!/usr/bin/env bash
# Copies README, guide and installation page into the package's directory of documents: documents.sh DIRECTORY.
# The pages have other places there than in the repository, and their links are changed to match.
set -euo pipefail
cd "$(dirname "$0")/.."

to=${1:?"Usage: bash deploy/documents.sh DIRECTORY"}
mkdir -p "$to/guide"
# The developers' page is not in the package.
sed -e '/(src\/README\.md)/d' -e 's:(deploy/README\.md:(INSTALL.md:g' -e 's:(deploy/guide/:(guide/:g' README.md >"$to/README.md"
cp deploy/README.md "$to/INSTALL.md"
for page in deploy/guide/*.md; do
  sed -e 's:(\.\./README\.md:(../INSTALL.md:g' -e 's:(\.\./\.\./README\.md:(../README.md:g' "$page" >"$to/guide/${page##*/}"
done
cp deploy/guide/*.svg "$to/guide/"
chmod 0644 "$to"/*.md "$to"/guide/*
