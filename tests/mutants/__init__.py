"""How much the tests notice: `make mutants` changes one thing at a time in a copy of the code and runs the tests.

A mutant is *killed* if a test fails, or takes far too long; what *survives* is listed to be read: either a test is
missing, or the change changes nothing, and then it goes into `equivalents.toml` with the reason.
Groups of files, and the tests that are run for each, are in `groups.py`; what is changed, in `python.py` and
`javascript.py`.
"""
