#!/usr/bin/env python3
"""Makes trained networks the built-in ones: files, catalogue, manifest, model card, tables of the guide and what the package keeps.

    changeover.py install --program DOORAGENT [--encoder FILE] [--detector FILE --known-face JSON]
    (build the program; the typicality tests and the built-in people's distances are made by tests/DoorAgent.Benchmarks, see README.md)
    changeover.py measure --program DOORAGENT --lfw DIR --models DIR --out DIR [--only DETECTOR]
    changeover.py show --out DIR
    changeover.py write --out DIR

`install` moves the built-in network of before to door-encoder-1 (door-detector-1 and so on): the catalogue keeps all its facts, so that
galleries made with it stay usable. `measure` runs the program over all of LFW, with the mirror images and without; encodings are kept in
--out, so that a run that was stopped goes on. `write` puts what was measured where it belongs, and can be repeated. Python's standard
library only.
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
ERRATA = os.path.join(ROOT, 'src/DoorAgent/Evaluation/lfw-errata.txt')

sys.path.insert(0, HERE)
import catalogue_text  # noqa: E402
import model_card  # noqa: E402


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
    subprocess.run([program, *arguments], check=True)


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


def install(a):
    catalogue = catalogue_text.Catalogue(ROOT)
    typicality = catalogue_text.Typicality(ROOT)
    new = {}
    if a.detector:
        new['door-detector'] = dict(path=a.detector, knownFace=json.loads(read(a.known_face)), origin=a.detector_origin)
    if a.encoder:
        new['door-encoder'] = dict(path=a.encoder, knownAnswer=known_answer(a.program, a.encoder), origin=a.encoder_origin)
    formers = {}
    for line, facts in new.items():
        entry = catalogue.find(line)
        if digest(facts['path']) == entry['sha256']:
            sys.exit(f'{facts["path"]} is the {line} that is built in already.')
        formers[line] = set_aside(catalogue, line)['id']
        keep_in_package(catalogue.find(formers[line]))
        path = os.path.join(MODELS, entry['file'])
        shutil.copyfile(facts.pop('path'), path)
        entry.update({k: v for k, v in facts.items() if v}, bytes=os.path.getsize(path), sha256=digest(path))
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


def measure(a):
    """Runs the program over LFW: calibration tables (as the composite's: the wrong names left out), View 1, View 2, all pairs."""
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
