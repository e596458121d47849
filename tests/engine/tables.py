"""The data sets by kind, for tests that go over the table."""

from app.engine.datasets import DATASETS

EVERY = sorted(DATASETS)
CLASSIFICATION = [name for name in EVERY if DATASETS[name].task == "classification"]
REGRESSION = [name for name in EVERY if DATASETS[name].task == "regression"]
FIXED = [name for name in EVERY if DATASETS[name].is_fixed]
OPEN = [name for name in EVERY if not DATASETS[name].is_fixed]
NOISY = [name for name in EVERY if DATASETS[name].noise.maximum]
# Every value of every whole-numbered setting: ("blobs", {"classes": 2}), ("blobs", {"classes": 3}), …
VARIANTS = [
    (name, {setting.name: value})
    for name in EVERY
    for setting in DATASETS[name].settings
    for value in range(int(setting.minimum), int(setting.maximum) + 1)
]
