"""Fetches the listed public repositories at their snapshots and writes out their pictures.

`pictures/SET/` holds the pictures of a set. In a set of people each person has a folder there, as `faces.list_pictures` reads them.
A set that is complete has a list of its objects, `pictures/SET.done`, and is not fetched again; what one set holds already, later ones
leave out.
"""
import fnmatch
import os
import random
import re
import shutil
import subprocess
import threading

ORIGIN = 'https://github.com/'
PICTURES = ('.jpg', '.jpeg', '.png')
LEAST_BYTES = 1000
POINTER = b'version https://git-lfs'
# Pictures that are named as LFW names its own, which measures the accuracy and is never trained on.
LIKE_LFW = re.compile(r'(^|/)[A-Z][A-Za-z-]+_[A-Z][A-Za-z_-]+_\d{4}\.(jpg|png)$')
IDENTITIES = 'identity_CelebA.txt'  # a line a picture of CelebA: file name, number of the person


class FetchError(Exception):
    """A repository or a set cannot be had; the text says why and what to do."""


def fetch_all(sources, folder, mirror=None, only=None):
    """Fetches every set that is not there yet, and prints what came of each.

    `sources`: rows of sources.tsv; `folder`: where `SET/` is written; `mirror`: a folder of git repositories that are here already, named
    OWNER+NAME; `only`: names of sets. A set that fails does not stop the others: SystemExit names the failed ones at the end."""
    os.makedirs(folder, exist_ok=True)
    rows = [row for row in sources if not only or row['set'] in only]
    unknown = sorted(set(only or ()) - {row['set'] for row in rows})
    if unknown:
        raise SystemExit(f'sources.tsv lists no set {", ".join(unknown)}.')
    failed = []
    for i, row in enumerate(rows):
        if os.path.exists(_mark(folder, row)):
            print(f'{row["set"]}: complete', flush=True)
            continue
        try:
            repository = _mirrored(mirror, row) if mirror else _fetched(folder, row)
            counts, objects = write_pictures(repository, row, folder, _objects_of(folder, sources, row))
        except FetchError as error:
            print(f'{row["set"]}: {error}', flush=True)
            failed.append(row['set'])
            continue
        text = ', '.join(f'{count} {what}' for what, count in counts.items() if count or what == 'pictures')
        with open(_mark(folder, row), 'w', encoding='utf-8') as file:
            file.write('\n'.join([text, *objects, '']))
        print(f'{row["set"]}: {text}', flush=True)
        if not mirror and row['repository'] not in {r['repository'] for r in rows[i + 1:]}:
            shutil.rmtree(repository)
    if failed:
        raise SystemExit(f'Not fetched: {", ".join(failed)}. The same command tries these again; the recipe also works without them.')


def _mark(folder, row):
    return os.path.join(folder, row['set'] + '.done')


def _objects_of(folder, sources, row):
    """Returns the objects of the complete sets above this one in sources.tsv."""
    objects = set()
    for other in sources[:[r['set'] for r in sources].index(row['set'])]:
        if os.path.exists(_mark(folder, other)):
            with open(_mark(folder, other), encoding='utf-8') as file:
                objects.update(file.read().splitlines()[1:])
    return objects


def _git(repository, *arguments, **options):
    return subprocess.run(['git', '--git-dir', repository, *arguments], env={**os.environ, 'GIT_TERMINAL_PROMPT': '0'}, **options)


def _has(repository, snapshot):
    return _git(repository, 'cat-file', '-e', snapshot + '^{commit}', capture_output=True).returncode == 0


def _fetched(folder, row):
    """Returns a bare repository that holds the snapshot; an interrupted fetch begins again."""
    repository = os.path.join(folder, '.repositories', row['repository'].replace('/', '+'))
    if os.path.isdir(repository) and _has(repository, row['snapshot']):
        return repository
    shutil.rmtree(repository, ignore_errors=True)
    print(f'{row["set"]}: fetching {row["repository"]}', flush=True)
    subprocess.run(['git', 'init', '-q', '--bare', repository], check=True)
    result = _git(repository, 'fetch', '--depth', '1', '--no-tags', ORIGIN + row['repository'], row['snapshot'],
                  stderr=subprocess.PIPE, text=True, errors='replace')
    if result.returncode:
        shutil.rmtree(repository, ignore_errors=True)
        said = (result.stderr.strip().splitlines() or ['git said nothing'])[-1]
        if 'resolve host' in result.stderr or 'onnect to' in result.stderr:
            raise FetchError(f'no network ({said}). Fetch where there is one, and copy the folder of pictures here; or give --mirror a '
                             'folder of git repositories, OWNER+NAME each.')
        raise FetchError(f'{row["repository"]} at {row["snapshot"]} cannot be fetched: {said}')
    return repository


def _mirrored(mirror, row):
    """Returns the repository in a folder of repositories: OWNER+NAME itself, or its folder `repo`, bare or with a work tree."""
    base = os.path.join(mirror, row['repository'].replace('/', '+'))
    places = [os.path.join(base, *parts) for parts in ((), ('.git',), ('repo',), ('repo', '.git'))]
    found = next((p for p in places if os.path.isfile(os.path.join(p, 'HEAD'))), None)
    if found is None:
        raise FetchError(f'no git repository in {base}.')
    if not _has(found, row['snapshot']):
        raise FetchError(f'{found} does not hold the snapshot {row["snapshot"]}.')
    return found


def listed_blobs(repository, row):
    """Returns (object, path) of the set's pictures, each object once, and counts of what was left out."""
    result = _git(repository, 'ls-tree', '-r', '-z', row['snapshot'], capture_output=True)
    if result.returncode:
        raise FetchError(f'git cannot list {row["snapshot"]}: {result.stderr.decode(errors="replace").strip()}')
    blobs, seen, counts = [], set(), {'named as LFW': 0, 'identical': 0}
    for entry in result.stdout.split(b'\0')[:-1]:
        facts, path = entry.split(b'\t', 1)
        kind, name = facts.split()[1:3]
        path = path.decode('utf-8', 'replace')
        if kind != b'blob' or not path.lower().endswith(PICTURES) or not _is_in(path, row['folder']):
            continue
        if LIKE_LFW.search(path):
            counts['named as LFW'] += 1
        elif name in seen:
            counts['identical'] += 1
        else:
            seen.add(name)
            blobs.append((name, path))
    most = int(row.get('most') or 0)
    if most and row['use'] != 'people' and len(blobs) > most:
        blobs = sorted(random.Random(1).sample(blobs, most), key=lambda blob: blob[1])
    return blobs, counts


def _is_in(path, folder):
    """Says whether a path belongs to the column `folder`: beginnings of paths, or patterns with *, divided by commas."""
    return folder == '(all)' or any(fnmatch.fnmatchcase(path, part) if '*' in part else path.startswith(part) for part in folder.split(','))


def _contents(repository, objects):
    """Yields the bytes of each object in turn, None for one that the repository lacks."""
    process = subprocess.Popen(['git', '--git-dir', repository, 'cat-file', '--batch'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env={**os.environ, 'GIT_NO_LAZY_FETCH': '1'})

    def ask():
        with process.stdin as stdin:
            stdin.write(b''.join(name + b'\n' for name in objects))
    threading.Thread(target=ask, daemon=True).start()
    for _ in objects:
        header = process.stdout.readline().split()
        if not header:
            raise FetchError(f'git ended while {repository} was read.')
        if header[-1] == b'missing':
            yield None
        else:
            yield process.stdout.read(int(header[2]))
            process.stdout.read(1)
    process.wait()


def _identities(repository, row, folder):
    """Returns {number of a picture of CelebA: person}. One of the repositories holds the list; it is kept for the others."""
    kept = os.path.join(folder, IDENTITIES)
    if not os.path.exists(kept):
        result = _git(repository, 'show', f'{row["snapshot"]}:{IDENTITIES}', capture_output=True)
        if result.returncode:
            raise FetchError(f'the list {IDENTITIES} is not here yet: fetch the first set of sources.tsv whose people come from it.')
        with open(kept, 'wb') as file:
            file.write(result.stdout)
    with open(kept, encoding='utf-8') as file:
        return {os.path.splitext(fields[0])[0]: 'c' + fields[1] for fields in (line.split() for line in file) if len(fields) == 2}


def _person_rule(repository, row, folder):
    """Returns a function from a path to (person or None, name of the file).

    The column `person` says who is shown: `-` nobody in particular, `folder` the person after whom the picture's folder is named,
    `folder N` the Nth folder above it, `identities` CelebA's list, anything else an expression whose group is the person."""
    rule = row.get('person') or '-'
    if rule == '-':
        return lambda path: (None, path.replace('/', '__')[-200:])
    if rule == 'identities':
        people = _identities(repository, row, folder)

        def by_number(path):
            number = re.search(r'(?:^|/)(\d{6})\.(?:jpg|png)', path)
            return (people.get(number[1]) if number else None), os.path.basename(path)
        return by_number
    if rule.split()[0] == 'folder':
        level = int((rule.split() + ['1'])[1])

        def by_folder(path):
            parts = path.split('/')
            return (parts[-1 - level] if len(parts) > level else None), '__'.join(parts[-level:])
        return by_folder

    def by_expression(path):
        found = re.search(rule, path)
        return (found[1] if found else None), os.path.basename(path)
    return by_expression


def _safe(name, longest):
    """A name of a repository's file as a name of ours: one part of a path of at most `longest` bytes, never the folder above."""
    name = re.sub(r'[/\\\0]', '_', name.strip())
    return name.encode()[-longest:].decode('utf-8', 'ignore').lstrip('.') or '_'


def write_pictures(repository, row, folder, known=()):
    """Writes a set's pictures to `folder/SET/`; returns ({what: count}, the objects written). An unfinished folder is written again.

    `known`: objects of other sets. The column `most` is the greatest number of pictures, in a set of people of each person."""
    blobs, counts = listed_blobs(repository, row)
    counts = {'pictures': 0, **counts, 'missing': 0, 'pointers': 0, 'too small': 0, 'without a person': 0, 'in another set': 0,
              'more of a person': 0}
    person_of, is_set_of_people = _person_rule(repository, row, folder), (row.get('person') or '-') != '-'
    others = _known_names(folder, row)
    most, of_person, written = int(row.get('most') or 0), {}, []
    to, part = os.path.join(folder, row['set']), os.path.join(folder, row['set'] + '.part')
    shutil.rmtree(part, ignore_errors=True)
    os.makedirs(part)
    for i, ((name, path), content) in enumerate(zip(blobs, _contents(repository, [name for name, _ in blobs])), 1):
        if i % 100 == 0 or i == len(blobs):
            print(f'\r{row["set"]}: {i} of {len(blobs)} ', end='\r' if i == len(blobs) else '', flush=True)
        person, file_name = person_of(path)
        reason = ('missing' if content is None else 'pointers' if content.startswith(POINTER) else
                  'too small' if len(content) < LEAST_BYTES else 'without a person' if is_set_of_people and not person else
                  'in another set' if name.decode() in known or _known_name(person, path) in others else
                  'more of a person' if person and most and of_person.get(person, 0) >= most else 'pictures')
        counts[reason] += 1
        if reason == 'pictures':
            of_person[person] = of_person.get(person, 0) + 1
            written.append(name.decode())
            where = os.path.join(part, _safe(person, 100)) if person else part
            os.makedirs(where, exist_ok=True)
            target = os.path.join(where, _safe(file_name, 200))
            if os.path.exists(target):
                target = '{}_{}{}'.format(os.path.splitext(target)[0], name[:6].decode(), os.path.splitext(target)[1])
            with open(target, 'wb') as file:
                file.write(content)
    if not counts['pictures']:
        shutil.rmtree(part)
        raise FetchError(f'no pictures in {row["folder"]} of {row["repository"]}.')
    shutil.rmtree(to, ignore_errors=True)
    os.replace(part, to)
    return counts, written


def _known_name(person, path):
    """Returns what names a picture of UTKFace or CelebA in any repository, where it may be compressed anew, or None."""
    face = re.search(r'\d+_\d+_\d+_\d{17}', os.path.basename(path))
    if face:
        return face[0]
    return (person, os.path.splitext(os.path.basename(path))[0]) if person and re.match(r'c\d+$', person) else None


def _known_names(folder, row):
    """Returns the names of that kind in the sets that are complete."""
    names = {_known_name(os.path.basename(where), name) for other in os.listdir(folder)
             if other + '.done' in os.listdir(folder) and other != row['set']
             for where, _, files in os.walk(os.path.join(folder, other)) for name in files}
    return names - {None}
