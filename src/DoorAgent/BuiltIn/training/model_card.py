"""What was measured of the built-in networks, as the model card, the manifest and the guide state it. The texts stand in these files
themselves; only what lies between a line `<!-- measured: NAME -->` and the next `<!-- end -->` is written here. Python's standard
library only."""
import json
import os
import re

from needs import need_files

RATES = ['0.001', '0.0001', '3.4e-05', '1e-05', '1e-06']


def percent(share, digits=2):
    return f'{100 * share:.{digits}f}'


class Measured:
    """The reports that `changeover.py measure` made: NAME-DETECTOR.json for the names view1, view2 and all."""

    def __init__(self, folder, detectors):
        self.detectors, self.reports = detectors, {}
        for name in ('view1', 'view2', 'all'):
            for detector in detectors:
                path = os.path.join(folder, f'{name}-{detector}.json')
                need_files([path], 'changeover.py measure writes it.')
                with open(path, encoding='utf-8') as file:
                    for one in json.load(file)['encoders']:
                        self.reports[name, detector, one['networks']['flips']] = one
        people = os.path.join(folder, 'people.json')
        self.people = None
        if os.path.exists(people):
            with open(people, encoding='utf-8') as file:
                self.people = json.load(file)

    def ensure_made_with(self, digests):
        """Stops where a report was made with other files than the catalogue names."""
        for key, one in self.reports.items():
            n = one['networks']
            if digests[n['encoder']] != n['encoderDigest'] or digests[n['detector']] != n['detectorDigest']:
                raise SystemExit(f'The report {key} was made with other networks.')

    def view2(self, detector, flips=False):
        rate = self.reports['view2', detector, flips]['pairs']['accuracy']
        return f"{percent(rate['mean'])} % +- {percent(rate['standardError'])}"

    def fill(self, text, catalogue):
        """Returns the model card with its measured parts written anew."""
        parts = {'files': self._files(catalogue), 'accuracy': self._accuracy(), 'rates': self._rates(False),
                 'rates with mirror images': self._rates(True), 'former': self._former(catalogue)}
        if self.people:
            parts['people'] = self._people()
        for name, lines in parts.items():
            text, count = re.subn(rf'(<!-- measured: {name} -->\n).*?(<!-- end -->)', lambda m: m[1] + lines + m[2], text, flags=re.S)
            if count != 1:
                raise SystemExit(f'The model card has {count} places for "{name}".')
        return text

    def text(self):
        """Returns the tables of accuracy and rates, for a note."""
        return '\n'.join([self._accuracy(), self._rates(False), self._rates(True)])

    def _both(self, make):
        return ' | '.join(make(d) for d in self.detectors)

    def _files(self, catalogue):
        rows = ['| file | task | bytes | SHA-256 |', '|---|---|---|---|']
        for name, task in (('door-detector', 'finds faces and five landmarks'), ('door-encoder', 'aligned face to 128 numbers')):
            e = catalogue.find(name)
            rows.append(f"| `{e['file']}` | {task} | {e['bytes']:,} | `{e['sha256']}` |")
        return '\n'.join(rows) + '\n'

    def _former(self, catalogue):
        rows = ['| id today | was built in as | bytes | SHA-256 | accuracy |', '|---|---|---|---|---|']
        rows += [f"| `{e['id']}` | `{e['formerly']}` | {e['bytes']:,} | `{e['sha256']}` | {e.get('accuracy', '')} |"
                 for e in catalogue.entries if 'formerly' in e]
        return '\n'.join(rows) + '\n' if len(rows) > 2 else 'None.\n'

    def _accuracy(self):
        def two(flips, threshold):
            def cell(d):
                pairs = self.reports['view2', d, flips]['pairs']
                rate = pairs['accuracy']
                return (f"{percent(rate['mean'])} ± {percent(rate['standardError'])} %"
                        + (f" at {pairs['bestThreshold']:.3f}" if threshold else ''))
            return self._both(cell)

        def one(d):
            pairs = self.reports['view1', d, False]['pairs']
            return f"{percent(pairs['bestAccuracy'])} % at {pairs['bestThreshold']:.3f}"
        return '\n'.join(['| | ' + self._both(lambda d: f'with {d}') + ' |', '|---' * (1 + len(self.detectors)) + '|',
                          f'| View 2, ten folds | {two(False, True)} |', f'| the same, picture and mirror image added | {two(True, False)} |',
                          f'| View 1, 1,000 pairs, best threshold | {self._both(one)} |']) + '\n'

    def _rates(self, flips):
        rows = ['| FMR | ' + self._both(lambda d: f'distance, {d} | FNMR') + ' |', '|---' * (1 + 2 * len(self.detectors)) + '|']
        for i, rate in enumerate(RATES):
            def cell(d):
                point = self.reports['all', d, flips]['allPairs']['atRates'][i]
                return f"{point['threshold']:.3f} | {percent(point['fnmr']['rate'], 1)} %"
            rows.append(f'| {rate} | {self._both(cell)} |')
        return ('' if flips else self._words_of_rates()) + '\n'.join(rows) + '\n'

    def _words_of_rates(self):
        pairs = self.reports['all', self.detectors[0], False]['allPairs']
        return (f"Calibration over all pairs of LFW without its 24 known wrong names (with {self.detectors[0]} {pairs['mated']:,} of one person, "
                f"{pairs['nonMated']:,}\nof two), one encoding a picture: the distance below which the false match rate is at most FMR, and "
                "the false non-match\nrate (FNMR) there.\n\n")

    def _people(self):
        rows = ['| | ' + self._both(lambda d: f'with {d}') + ' |', '|---' * (1 + len(self.detectors)) + '|']
        rows += [f"| {name} | {self._both(lambda d: cells[d])} |" for name, cells in self.people.items()]
        return '\n'.join(rows) + '\n'

    def fill_guide(self, text, catalogue):
        """Returns the guide's page with the rows of the built-in encoder in its two tables written anew."""
        tables = catalogue.find('door-encoder')['calibration']
        for detector in self.detectors:
            start = f'| `{detector}` + `door-encoder` | '
            best = percent(self.reports['view1', detector, False]['pairs']['bestAccuracy'], 1)
            text = re.sub(rf'^{re.escape(start)}[0-9.]+ % at the best', f'{start}{best} % at the best', text, flags=re.M)
            rows = next(t['rows'] for t in tables if (t['detector'], t['rule']) == (detector, 'nearest'))
            cells = ' | '.join(f"{row['distance']:.3f}" for row in rows[:len(RATES)])
            text = re.sub(rf'^{re.escape(start)}[0-9.]+ \|[0-9. |]+$', f'{start}{cells} |', text, flags=re.M)
        return text


def manifest(catalogue, measured, before):
    """Returns the manifest: facts for other programs about the two networks, and about those that earlier versions had built in."""
    facts = json.loads(before)
    known = {one['id']: one for one in facts['models'] + facts.get('former', [])}
    models, former = [], []
    for entry in catalogue.entries:
        line = entry.get('formerly', entry['id'])
        same = next((one for one in known.values() if one['sha256'] == entry['sha256']), None)
        one = dict(same or known[line])
        for key in ('id', 'file', 'bytes', 'sha256', 'licence', 'origin', 'knownAnswer', 'accuracy'):
            if key in entry:
                one[key] = entry[key]
        if 'formerly' in entry:
            former.append(dict(one, formerly=line))
            continue
        if 'calibration' in entry:
            one['calibration'], one['calibrationWith'] = rows_of(entry, measured.detectors[0]), {
                d: rows_of(entry, d) for d in measured.detectors[1:]}
            one['calibrationDetector'] = measured.detectors[0]
            one['view1'] = {d: round(measured.reports['view1', d, False]['pairs']['bestAccuracy'], 4) for d in measured.detectors}
        models.append(one)
    facts['models'] = models
    if former:
        facts['former'] = former
    text = json.dumps(facts, indent=1, ensure_ascii=False)
    # The numbers of a known answer stand on one line.
    return re.sub(r'"knownAnswer": \[([^\]]*)\]', lambda m: '"knownAnswer": [' + ', '.join(m[1].split()).replace(',,', ',') + ']', text) + '\n'


def rows_of(entry, detector):
    """The measured rates and distances of single comparisons with a detector."""
    table = next((t for t in entry['calibration'] if (t['detector'], t['rule']) == (detector, 'nearest')), {'rows': []})
    return [{'fmr': row['fmr'], 'distance': row['distance']} for row in table['rows'] if not row.get('isEstimate')]
