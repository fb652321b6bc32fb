"""Makes flexmix.json: flexmix 2.3 fits (k = 2) of the UCI tables Concrete and Airfoil, and the log density of a few training rows
at its parameters, by plain Python. The sums over all training rows are printed; flexmix reports -2711.78 and -3296.53.

    python3 flexmix.py <folder of concrete.csv, airfoil.csv> <folder of flexmix_*_k2_*.csv, split_*.json> > flexmix.json
"""

import csv, json, math, sys
from pathlib import Path

data, fits = Path(sys.argv[1]), Path(sys.argv[2])


def columns(path):
    """A parameter table: one list of numbers for each component."""
    with open(path) as file:
        rows = [[float(cell) for cell in row[1:]] for row in list(csv.reader(file))[1:]]
    return [list(component) for component in zip(*rows)]


def log_sum_exp(values):
    largest = max(values)
    return largest + math.log(math.fsum(math.exp(v - largest) for v in values))


def log_density(x, y, experts, gates):
    scores = [g[0] + math.fsum(w * v for w, v in zip(g[1:], x)) for g in gates]
    total = log_sum_exp(scores)
    terms = []
    for expert, score in zip(experts, scores):
        mean, sigma = expert[0] + math.fsum(a * v for a, v in zip(expert[1:-1], x)), expert[-1]
        terms.append(score - total - math.log(sigma * math.sqrt(2 * math.pi)) - (y - mean) ** 2 / (2 * sigma**2))
    return log_sum_exp(terms)


out = {}
for name in ("concrete", "airfoil"):
    with open(data / f"{name}.csv") as file:
        table = [[float(cell) for cell in row] for row in list(csv.reader(file))[1:]]
    held_out = set(json.load(open(fits / f"split_{name}.json"))["test"])
    train = [row for at, row in enumerate(table) if at not in held_out]
    n, d = len(train), len(train[0]) - 1
    center = [math.fsum(row[j] for row in train) / n for j in range(d)]
    scale = [math.sqrt(math.fsum((row[j] - center[j]) ** 2 for row in train) / (n - 1)) for j in range(d)]
    experts = columns(fits / f"flexmix_{name}_k2_experts.csv")
    gates = columns(fits / f"flexmix_{name}_k2_gating.csv")
    rows = []
    for row in train:
        x = [(row[j] - center[j]) / scale[j] for j in range(d)]
        rows.append({"x": x, "y": row[d], "logDensity": log_density(x, row[d], experts, gates)})
    print(name, n, "rows, log-likelihood", math.fsum(row["logDensity"] for row in rows), file=sys.stderr)
    out[name] = {"experts": experts, "gates": gates, "rows": rows[:: n // 20][:20]}
json.dump(out, sys.stdout, indent=1)
