#!/usr/bin/env python3
"""Runs the tests of the training recipe (src/DoorAgent/BuiltIn/training), or those that are named (`test_pack.PackTests`).

Prints a line a test: outcome (passed, failed, skipped), name, and for the last two the reason with its line breaks as \\n. Exit code 77:
this Python lacks a package. TrainingRecipeTests.cs reads these lines.
"""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True      # the checkout stays as it is
sys.path[:0] = [HERE, os.path.join(HERE, '..', '..', 'src', 'DoorAgent', 'BuiltIn', 'training')]


class Lines(unittest.TestResult):
    def _say(self, outcome, test, reason=''):
        line = [outcome, test.id(), reason.replace('\\', '\\\\').replace('\n', '\\n').replace('\t', ' ')]
        print('\t'.join(line), file=sys.__stdout__, flush=True)    # a test whose part fails may have redirected stdout

    def addSuccess(self, test):
        self._say('passed', test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._say('skipped', test, reason)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._say('failed', test, self.failures[-1][1])

    def addError(self, test, error):
        super().addError(test, error)
        self._say('failed', test, self.errors[-1][1])

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self._say('failed', test, f'{subtest}: {self._exc_info_to_string(error, test)}')


def main():
    try:
        import cv2
        import onnx     # noqa: F401
        import tomllib  # noqa: F401
        import torch
    except ImportError as error:
        print(error)
        return 77
    torch.set_num_threads(int(os.environ.get('OMP_NUM_THREADS', 2)))
    cv2.setNumThreads(1)
    loader = unittest.defaultTestLoader
    suite = loader.loadTestsFromNames(sys.argv[1:]) if sys.argv[1:] else loader.discover(HERE)
    return 0 if suite.run(Lines()).wasSuccessful() else 1


if __name__ == '__main__':
    sys.exit(main())
