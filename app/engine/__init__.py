"""The engine: pure functions of (parameters, data) that return frozen records.

It needs NumPy and the standard library only and imports nothing else of this project.
Read `network.py` first: it is the algorithm, whole, in the order it is taught.
"""
