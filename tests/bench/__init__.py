"""How fast training is, beside the plainest loop in NumPy: `python -m tests.bench`.

To add rows, write a module with a function that returns `Row`s and name it in `__main__.py`.
"""
