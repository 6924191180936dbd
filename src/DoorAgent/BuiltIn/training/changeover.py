#!/usr/bin/env python3
"""Makes trained networks the built-in ones: files, catalogue, manifest, model card, tables of the guide and what the package keeps.

    changeover.py install --program DOORAGENT --encoder FILE --encoder-origin TEXT
    changeover.py install --detector FILE --known-face JSON --detector-origin TEXT      (both networks: all of these options at once)
    (build the program; the typicality tests and the built-in people's distances are made by tests/DoorAgent.Benchmarks, see README.md)
    changeover.py measure --program DOORAGENT --lfw DIR --models DIR --out DIR [--only DETECTOR]
    changeover.py show --out DIR
    changeover.py write --out DIR

`install` checks everything before it changes anything, and moves the built-in network of before to door-encoder-1 (door-detector-1 and so
on): the catalogue keeps all its facts, so that galleries made with it stay usable. `measure` runs the program over all of LFW, with the
mirror images and without; encodings are kept in --out, so that a run that was stopped goes on. `write` puts what was measured where it
belongs, and can be repeated. Python's standard library only.
"""
import argparse
import copy
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, '..', '..', '..', '..'))
MODELS = os.path.join(ROOT, 'src/DoorAgent/BuiltIn/models')
PREINST = os.path.join(ROOT, 'deploy/debian/preinst')
DETECTORS = ['yunet-n', 'door-detector']
RULES = [kind + centre for kind in ('nearest', 'nearest+flip-enrolment', 'nearest+flip', 'mean') for centre in ('', '+centred')]
MEASURED_ON = 'LFW without its known wrong names'
PICTURES_OF_LFW = 13233
ERRATA = os.path.join(ROOT, 'src/DoorAgent/Evaluation/lfw-errata.txt')

sys.path.insert(0, HERE)
import catalogue_text  # noqa: E402
import model_card  # noqa: E402
from needs import need, need_files, need_folder  # noqa: E402


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def write(path, text):
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    print(os.path.relpath(path, ROOT))


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


def run(program, *arguments):
    print('  dooragent', ' '.join(arguments), flush=True)
    code = subprocess.run([program, *arguments]).returncode
    need(code == 0, f'{program} {arguments[0]} ended with the exit code {code}; what it said stands above.')


def need_program(a):
    need(a.program, 'This step needs --program FILE, the built dooragent.')
    need(shutil.which(a.program), f'{a.program} is not a program that can be run: --program names the built dooragent.')


def set_aside(catalogue, line):
    """Gives the network that is built in under `line` the next number, with its file and all its facts; returns the former entry."""
    entry = catalogue.find(line)
    name = f"{line}-{1 + sum(one.get('formerly') == line for one in catalogue.entries)}"
    former = copy.deepcopy(dict(entry, id=name, file=name + '.onnx', formerly=line))
    shutil.move(os.path.join(MODELS, entry['file']), os.path.join(MODELS, former['file']))
    catalogue.insert_before(line, former)
    return former


def keep_in_package(former):
    """Adds a line to the list of networks that the package's preinst keeps for galleries made with them."""
    line = f"{former['formerly']}.onnx {former['sha256']} {former['file']}\n"
    text = read(PREINST)
    if line not in text:
        write(PREINST, text.replace("\nEND\nfi\n", f"\n{line}END\nfi\n"))


def known_answer(program, encoder):
    """Proves an encoder as the program does before it takes one, and returns its answer to the known input (128 numbers)."""
    with tempfile.TemporaryDirectory() as folder:
        run(program, 'models', 'add', encoder, '--like', 'door-encoder', '--name', 'next', '--models', folder, '--data', folder)
        return json.loads(read(os.path.join(folder, 'own-next.json')))['knownAnswer']


def known_face(path):
    """Reads what the benchmarks' `known-face` wrote: the face that a detector finds in the known picture."""
    need_files([path], "the benchmarks' known-face FILE.onnx prints it (README.md).")
    try:
        face = json.loads(read(path))
        complete = len(face['box']) == 4 and [len(point) for point in face['landmarks']] == [2] * 5
    except (ValueError, KeyError, TypeError):
        complete = False
    need(complete, f'{path} is not what the benchmarks\' known-face prints: a box of four numbers and five landmarks.')
    return face


def ensure_new(path, entry):
    """Ends the program unless `path` is a file of its own and holds another network than the built-in one."""
    need_files([path], f'the new {entry["id"]} is named with --{entry["task"]}.')
    need(digest(path) != entry['sha256'], f'{path} is the {entry["id"]} that is built in already.')
    built_in = os.path.join(MODELS, entry['file'])
    need_files([built_in], f'the {entry["id"]} of before must be there, so that it can be kept: git restores it.')
    need(not os.path.samefile(path, built_in),
         f'{path} stands in the place of the built-in {entry["id"]}: move it and let git restore that.')


def new_networks(a, catalogue):
    """Checks all arguments of `install`; returns {network: what its entry becomes, and the path}. Changes nothing."""
    need(a.encoder or a.detector, 'install needs --encoder FILE or --detector FILE, the trained network.')
    need(not a.detector or a.known_face, "--detector needs --known-face FILE: the benchmarks' known-face FILE.onnx prints it (README.md).")
    for task in ('detector', 'encoder'):
        if getattr(a, task):
            need(getattr(a, task + '_origin'), f'--{task} needs --{task}-origin "...", such as "trained by this project; teacher ...".')
            ensure_new(getattr(a, task), catalogue.find('door-' + task))
    new = {}
    if a.detector:
        new['door-detector'] = dict(path=a.detector, knownFace=known_face(a.known_face), origin=a.detector_origin)
    if a.encoder:
        need_program(a)
        new['door-encoder'] = dict(path=a.encoder, knownAnswer=known_answer(a.program, a.encoder), origin=a.encoder_origin)
    return new


def install(a):
    catalogue = catalogue_text.Catalogue(ROOT)
    typicality = catalogue_text.Typicality(ROOT)
    new, formers = new_networks(a, catalogue), {}
    for line, facts in new.items():
        entry = catalogue.find(line)
        formers[line] = set_aside(catalogue, line)['id']
        keep_in_package(catalogue.find(formers[line]))
        path = os.path.join(MODELS, entry['file'])
        shutil.copyfile(facts.pop('path'), path)
        entry.update(facts, bytes=os.path.getsize(path), sha256=digest(path))
    if 'door-detector' in formers:
        # What was measured until now was measured with the detector of before.
        for entry in catalogue.entries:
            for table in entry.get('calibration', []):
                if table['detector'] == 'door-detector':
                    table['detector'] = formers['door-detector']
        typicality.rename('detector', 'door-detector', formers['door-detector'])
    if 'door-encoder' in formers:
        catalogue.find('door-encoder')['calibration'] = []
        typicality.rename('encoder', 'door-encoder', formers['door-encoder'])
    catalogue.save()
    typicality.save()
    print('Build the program, then measure.')


def ensure_measurable(a):
    """Ends the program unless all is there that `measure` needs, which takes an hour and would stop in its middle."""
    need_program(a)
    need(a.lfw, 'measure needs --lfw DIR, the folder of LFW deep-funneled with pairs.txt and pairsDevTest.txt.')
    need_folder(a.lfw, '--lfw names the folder of LFW deep-funneled.')
    need_files([os.path.join(a.lfw, name) for name in ('pairs.txt', 'pairsDevTest.txt')], "it belongs beside the people's folders of LFW.")
    count = len(glob.glob(os.path.join(glob.escape(a.lfw), '*', '*.jpg')))
    need(count >= PICTURES_OF_LFW, f'{a.lfw} holds {count} of the {PICTURES_OF_LFW} pictures of LFW: measure needs all.')
    need(a.models, 'measure needs --models DIR, the folder of yunet_n_dynamic.onnx.')
    need_files([os.path.join(a.models, 'yunet_n_dynamic.onnx')], '--models names its folder.')
    need_out(a)


def need_out(a):
    need(a.out, 'This step needs --out DIR, the folder of what changeover.py measure writes.')


def measure(a):
    """Runs the program over LFW: calibration tables (as the composite's: the wrong names left out), View 1, View 2, all pairs."""
    ensure_measurable(a)
    os.makedirs(a.out, exist_ok=True)
    cache = os.path.join(a.out, 'encodings')
    for detector in DETECTORS:
        if a.only and detector != a.only:
            continue
        common = ['--cache', cache, '--data', os.path.join(a.out, 'data'), '--models', a.models]
        for rule in RULES:
            table = os.path.join(a.out, f'table-{detector}-{rule}.json')
            if not os.path.exists(table):
                run(a.program, 'calibrate', '--dataset', a.lfw, '--except', ERRATA, '--name', MEASURED_ON, '--encoder',
                    'door-encoder', '--detector', detector, '--rule', rule, '--out', table, *common)
        both = ['--encoder', 'door-encoder,door-encoder+flip', '--set', f'Faces:Detector={detector}', *common]
        for name, more in (('view2', ['--pairs', os.path.join(a.lfw, 'pairs.txt')]),
                           ('view1', ['--pairs', os.path.join(a.lfw, 'pairsDevTest.txt')]),
                           ('all', ['--except', ERRATA])):
            report = os.path.join(a.out, f'{name}-{detector}.json')
            if not os.path.exists(report):
                run(a.program, 'evaluate', a.lfw, *more, *both, '--json', report)


def tables_of(out):
    """Returns the measured calibration tables in the catalogue's form, by detector and rule."""
    tables = {}
    for detector in DETECTORS:
        for rule in RULES:
            path = os.path.join(out, f'table-{detector}-{rule}.json')
            if os.path.exists(path):
                made = json.loads(read(path))
                tables[detector, rule] = dict(detector=detector, rule=rule, measuredOn=made['measuredOn'],
                                              comparisons=made['comparisons'], rows=made['rows'])
    return tables


def write_all(a):
    need_out(a)
    catalogue = catalogue_text.Catalogue(ROOT)
    encoder = catalogue.find('door-encoder')
    measured = model_card.Measured(a.out, DETECTORS)
    tables = tables_of(a.out)
    for path in glob.glob(os.path.join(a.out, 'table-*.json')):
        if json.loads(read(path))['encoderSha256'] != encoder['sha256']:
            sys.exit(f'{path} was measured with another encoder.')
    measured.ensure_made_with({n: catalogue.find(n)['sha256'] for n in ('door-encoder', *DETECTORS)})
    tables = {**{(t['detector'], t['rule']): t for t in encoder['calibration']}, **tables}
    encoder['calibration'] = sorted(tables.values(), key=lambda t: (DETECTORS + [t['detector']]).index(t['detector']))
    encoder['accuracy'] = 'LFW deep-funneled, whole pipeline: ' + ', '.join(
        f'with {d} {measured.view2(d)}' for d in DETECTORS)
    catalogue.save()
    typicality = catalogue_text.Typicality(ROOT)
    for path in sorted(glob.glob(os.path.join(a.out, 'typicality-*.json'))):
        typicality.replace(json.loads(read(path)))
    typicality.save()
    write(os.path.join(MODELS, 'manifest.json'), model_card.manifest(catalogue, measured, read(os.path.join(MODELS, 'manifest.json'))))
    card = os.path.join(MODELS, 'model-card.md')
    write(card, measured.fill(read(card), catalogue))
    guide = os.path.join(ROOT, 'deploy/guide/networks.md')
    write(guide, measured.fill_guide(read(guide), catalogue))


def show(a):
    """Prints what was measured, as the model card has it."""
    need_out(a)
    print(model_card.Measured(a.out, DETECTORS).text())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('command', choices=('install', 'measure', 'show', 'write'))
    parser.add_argument('--program', help='the built dooragent; for install that of before')
    parser.add_argument('--encoder', help='install: the new encoder (ONNX)')
    parser.add_argument('--detector', help='install: the new detector (ONNX)')
    parser.add_argument('--known-face', help="install: what 'DoorAgent.Benchmarks -- known-face' prints for the new detector")
    parser.add_argument('--encoder-origin', help="install: such as 'trained by this project; teachers mobilefacenet and face-reid-0095'")
    parser.add_argument('--detector-origin', help='install: the same for the detector')
    parser.add_argument('--lfw', help='measure: all of LFW deep-funneled with pairs.txt and pairsDevTest.txt')
    parser.add_argument('--models', help='measure: folder of yunet-n')
    parser.add_argument('--out', help='measure, show, write: folder of what is measured')
    parser.add_argument('--only', choices=DETECTORS, help='measure: with this detector only')
    a = parser.parse_args()
    {'install': install, 'measure': measure, 'show': show, 'write': write_all}[a.command](a)


if __name__ == '__main__':
    main()
