"""
e^x and log x to 50 digits: python3 test/core/kernels/exp-log.py > test/core/kernels/exp-log.json. Needs mpmath.

Each entry is [x, y, rest]: y the number nearest to the true value, rest what is left of it, rounded, so that y + rest is the true
value to about 32 digits. The arguments are drawn with a fixed seed over the whole range of each function and near its hard places.
"""
import json
import math
import random

import mpmath

mpmath.mp.prec = 400
draw = random.Random(1)


def entry(function, x):
    true = function(mpmath.mpf(x))
    # mpmath has no smallest exponent: float() rounds once, subnormal numbers too.
    y = float(true)
    return [x, y, float(true - mpmath.mpf(y))]


def spread(count, low, high):
    return [draw.uniform(low, high) for _ in range(count)]


halves = [(n + 0.5) * math.log(2) for n in range(-1070, 1020, 30)]
exp_at = (
    spread(600, -708, 709.7)
    + spread(150, -745, -708)
    + spread(300, -1, 1)
    + [sign * 10.0 ** -draw.uniform(0, 20) for sign in (-1, 1) for _ in range(60)]
    # Where the reduction turns from one power of two to the next.
    + [math.nextafter(x, x + side) for x in halves for side in (-1, 1)]
    + [0.0, -745.1, -744.44, -708.4, 709.782712893384]
)
log_at = (
    [2.0 ** draw.uniform(-1022, 1023.9) for _ in range(400)]
    + spread(400, 1, 16)
    + [1 + sign * 10.0 ** -draw.uniform(0.4, 15.5) for sign in (-1, 1) for _ in range(200)]
    + [math.nextafter(2.0**m * math.sqrt(0.5), side) for m in range(-20, 21, 4) for side in (0, 1e9)]
    + [1.0, 2.0, 4.0, 2.2250738585072014e-308, 1.7976931348623157e308, math.nextafter(1, 0), math.nextafter(1, 2)]
)
lines = [
    f'  "{name}": [\n' + ",\n".join(f"    {json.dumps(entry(function, x))}" for x in at) + "\n  ]"
    for name, function, at in [("exp", mpmath.exp, exp_at), ("log", mpmath.log, log_at)]
]
print("{\n" + ",\n".join(lines) + "\n}")
