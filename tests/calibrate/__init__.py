"""Whether the estimates of `app/api/cost.py` are true: `make calibrate` prints them beside what is measured."""
