"""Reads and writes the program's catalogue of networks and its typicality tables in the form in which they stand in the repository, so
that a change of one network is a change of its lines alone. Python's standard library only."""
import json
import os

NUMBERS_A_LINE = 12     # of a known answer
WEIGHTS_A_LINE = 16     # of a typicality test


def number(value):
    """A number as in the catalogue: 0.0001 as it is, 3.4e-05 as Python writes it, no .0 behind a whole number."""
    text = json.dumps(value)
    return text[:-2] if text.endswith('.0') else text


def inline(value):
    """JSON on one line, with a space after each colon and comma."""
    if isinstance(value, dict):
        return '{' + ', '.join(f'{json.dumps(k)}: {inline(v)}' for k, v in value.items()) + '}'
    if isinstance(value, list):
        return '[' + ', '.join(map(inline, value)) + ']'
    return number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def lines_of(numbers, count, indent):
    rows = [numbers[i:i + count] for i in range(0, len(numbers), count)]
    return (',\n' + indent).join(', '.join(row) for row in rows)


def calibration_text(tables):
    parts = []
    for table in tables:
        facts = [f'          {json.dumps(k)}: {inline(v)}' for k, v in table.items() if k != 'rows']
        rows = ',\n'.join('            ' + inline(row) for row in table['rows'])
        parts.append('        {\n' + ',\n'.join(facts) + ',\n          "rows": [\n' + rows + '\n          ]\n        }')
    return '[\n' + ',\n'.join(parts) + '\n      ]' if parts else '[]'


def entry_text(entry):
    """A built-in network's entry, without the comma behind it."""
    lines = []
    for key, value in entry.items():
        if key == 'calibration':
            text = calibration_text(value)
        elif key == 'alignment':
            text = '{\n        ' + ',\n        '.join(f'{json.dumps(k)}: {inline(v)}' for k, v in value.items()) + '\n      }'
        elif key == 'knownAnswer':
            text = '[\n        ' + lines_of([number(v) for v in value], NUMBERS_A_LINE, '        ') + '\n      ]'
        else:
            text = inline(value)
        lines.append(f'      {json.dumps(key)}: {text}')
    return '    {\n' + ',\n'.join(lines) + '\n    }'


class Catalogue:
    """The catalogue, of which only the entries of this project's own networks are written anew."""

    def __init__(self, root):
        self.path = os.path.join(root, 'src/DoorAgent/Networks/catalogue.json')
        with open(self.path, encoding='utf-8') as file:
            self.text = file.read()
        self.entries = [e for e in json.loads(self.text)['models'] if self._is_own(e)]
        self.before = [entry_text(e) for e in self.entries]
        for text in self.before:
            if text not in self.text:
                raise SystemExit(f'{self.path} is written in another form than catalogue_text.py writes.')

    @staticmethod
    def _is_own(entry):
        return (entry.get('formerly') or entry['id']) in ('door-detector', 'door-encoder')

    def find(self, name):
        """The entry of one of this project's networks; of another network, its entry to read."""
        return next((e for e in self.entries if e['id'] == name), None) or next(
            e for e in json.loads(self.text)['models'] if e['id'] == name)

    def insert_before(self, name, entry):
        self.entries.insert(next(i for i, e in enumerate(self.entries) if e['id'] == name), entry)

    def save(self):
        text = self.text.replace(',\n'.join(self.before), ',\n'.join(map(entry_text, self.entries)))
        json.loads(text)
        with open(self.path, 'w', encoding='utf-8') as file:
            file.write(text)
        self.text, self.before = text, [entry_text(e) for e in self.entries]


class Typicality:
    """The typicality tables, one for an encoder with a detector."""

    def __init__(self, root):
        self.path = os.path.join(root, 'src/DoorAgent/Encodings/typicality.json')
        with open(self.path, encoding='utf-8') as file:
            self.tables = json.load(file)['tables']

    def rename(self, key, name, new):
        for table in self.tables:
            table[key] = new if table[key] == name else table[key]

    def replace(self, made):
        """Puts a table in the place of the one for the same networks, or in front."""
        self.tables = [made] + [t for t in self.tables if (t['encoder'], t['detector']) != (made['encoder'], made['detector'])]

    def save(self):
        with open(self.path, 'w', encoding='utf-8') as file:
            file.write('{\n  "tables": [\n' + ',\n'.join(map(self._table, self.tables)) + '\n  ]\n}\n')

    @staticmethod
    def _table(table):
        tests = []
        for test in table['tests']:
            digits = {'least': 3, 'offset': 4, 'score': 4}
            facts = ', '.join(f'{json.dumps(k)}: ' + (f'{v:.{digits[k]}f}' if k in digits else json.dumps(v))
                              for k, v in test.items() if k != 'weights')
            weights = lines_of([f'{w:.4f}' for w in test['weights']], WEIGHTS_A_LINE, '          ')
            tests.append('        {' + facts + ', "weights": [\n          ' + weights + ']}')
        head = f'    {{\n      "encoder": {json.dumps(table["encoder"])}, "detector": {json.dumps(table["detector"])},\n      "tests": [\n'
        return head + ',\n'.join(tests) + '\n      ]\n    }'
