"""Every cap on what a request may ask for, with its reason. `GET /api/catalog` lists them by these names.

They are checked before any array is made: a class of thirty shares one small server.
"""

from typing import Final

# The digits given outright, 1,797 × 64 doubles with all their places, are about 2.5 MB.
BODY_BYTES: Final = 4_000_000
# What reading a body may take: all that the other limits let into one request, 650,000 numbers, takes 38 MB.
BODY_MEMORY: Final = 40_000_000
# 4 MB over a slow phone line take a minute; a line on which nothing comes for a while is dead.
BODY_SECONDS: Final = 120.0
QUIET_SECONDS: Final = 20.0
# All bodies that are arriving or wait to be read: a class of thirty that sends the digits all at once.
BODIES_BYTES: Final = 80_000_000
# The largest request has 20 names.
NAMES: Final = 50

# The head of a request. Cookies of other servers on the same machine come along, and a link to a whole experiment
# may stand in an address.
HEAD_BYTES: Final = 65_536
HEAD_FIELDS: Final = 100
ADDRESS_BYTES: Final = 32_768
# A head fits into a few packets: a line that needs longer for them is dead, or somebody's who wants to hold it.
HEAD_SECONDS: Final = 20.0
# A connection without a request: a browser opens a new one in no time.
KEEP_SECONDS: Final = 5
# An answer that nobody takes; 2 MB over a slow phone line are half a minute.
ANSWER_SECONDS: Final = 300.0
# Files and connections of a process are 1,024 on most systems; a class of thirty opens 180.
CONNECTIONS: Final = 800
# Requests that wait for the one before on their connection; browsers send none.
PIPELINED: Final = 8
# When the server is told to end, what is nearly done has so long; the rest is told to come back.
ENDING_SECONDS: Final = 2.0

# Beyond these a picture of the network, and a walk through its numbers, is no use to anybody.
INPUTS: Final = 256
LAYERS: Final = 12
UNITS: Final = 256
PARAMETERS: Final = 50_000

# The largest data set is a little smaller; a given one may have as many numbers as fit into the body.
EXAMPLES: Final = 10_000
NUMBERS: Final = 400_000
# What one trace may hold: all of the digits through 64-32-10 are half a million numbers.
TRACE_NUMBERS: Final = 1_000_000

# One request, not one training: a run goes on from the state it left.
STEPS: Final = 20_000
CHANGES: Final = 1_000
# All kept frames together, in numbers: about 20 bytes each on the way.
FRAME_NUMBERS: Final = 500_000

# A stepper with more operations than this cannot be walked through by a person.
OPERATIONS: Final = 5_000
PATHS: Final = 1_000

# Points along a side of a picture: fewer show nothing, more nobody sees.
COARSEST_GRID: Final = 4
GRID: Final = 100
# What all units together answer on a grid: 100 × 100 points through 200 units, 16 MB while it is computed.
GRID_NUMBERS: Final = 2_000_000
# A table of nudges that can be read; a line as fine as a screen shows it.
NUDGES: Final = 100
LINE_POINTS: Final = 201

# Points along a side of a map of the loss, and how far from its centre it may go.
MAP: Final = 101
RADIUS: Final = 1_000.0
# Moments of a path: as many as a picture can show; and all their numbers, about 20 bytes each on the way.
MOMENTS: Final = 500
PATH_NUMBERS: Final = 200_000
# Updates of one parameter that are drawn ahead.
GHOSTS: Final = 50

# Learning rates that one question tries, and the steps that each is tried for.
RATES: Final = 100
RATE_STEPS: Final = 1_000

# Runs of a race: as many as can be told apart; points along a side of a surface, and updates of each run.
RUNS: Final = 8
SURFACE: Final = 201
WALK_STEPS: Final = 2_000

# A formula that a person writes and its graph shows; brackets nest no deeper than a parser may call itself.
EXPRESSION_CHARACTERS: Final = 2_000
EXPRESSION_NODES: Final = 500
EXPRESSION_DEPTH: Final = 100

# Problems of a worksheet: more would be no sheet but a book, and a kind with few numbers would run out of them.
PROBLEMS: Final = 40

# Estimated seconds one request may take; longer work is to be asked for in parts.
SECONDS: Final = 20.0

# A seed has to survive JavaScript, whose whole numbers are exact up to here.
SEED: Final = 2**53 - 1

CATALOG: Final = {
    "body_bytes": BODY_BYTES,
    "body_memory": BODY_MEMORY,
    "body_seconds": BODY_SECONDS,
    "quiet_seconds": QUIET_SECONDS,
    "bodies_bytes": BODIES_BYTES,
    "names": NAMES,
    "head_bytes": HEAD_BYTES,
    "head_fields": HEAD_FIELDS,
    "address_bytes": ADDRESS_BYTES,
    "head_seconds": HEAD_SECONDS,
    "keep_seconds": KEEP_SECONDS,
    "answer_seconds": ANSWER_SECONDS,
    "connections": CONNECTIONS,
    "pipelined": PIPELINED,
    "ending_seconds": ENDING_SECONDS,
    "inputs": INPUTS,
    "layers": LAYERS,
    "units": UNITS,
    "parameters": PARAMETERS,
    "examples": EXAMPLES,
    "numbers": NUMBERS,
    "trace_numbers": TRACE_NUMBERS,
    "steps": STEPS,
    "changes": CHANGES,
    "frame_numbers": FRAME_NUMBERS,
    "operations": OPERATIONS,
    "paths": PATHS,
    "coarsest_grid": COARSEST_GRID,
    "grid": GRID,
    "grid_numbers": GRID_NUMBERS,
    "nudges": NUDGES,
    "line_points": LINE_POINTS,
    "map": MAP,
    "radius": RADIUS,
    "moments": MOMENTS,
    "path_numbers": PATH_NUMBERS,
    "ghosts": GHOSTS,
    "rates": RATES,
    "rate_steps": RATE_STEPS,
    "runs": RUNS,
    "surface": SURFACE,
    "walk_steps": WALK_STEPS,
    "expression_characters": EXPRESSION_CHARACTERS,
    "expression_nodes": EXPRESSION_NODES,
    "expression_depth": EXPRESSION_DEPTH,
    "seconds": SECONDS,
    "seed": SEED,
}
