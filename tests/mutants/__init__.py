"""Rules turned round one at a time, to see whether the tests of their room notice. By hand: `make mutants`."""
