"""In which order `einsum` had best take its operands, and what that costs."""

import itertools
import math

from .creation import asanyarray as asarray

_letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'


class _Sum:
    """A summation: which labels each operand has, which remain, and how long each axis is."""

    def __init__(self, subscripts, arrays):
        inputs, arrow, output = subscripts.replace(' ', '').partition('->')
        parts = inputs.split(',')
        free = [c for c in _letters if c not in subscripts]
        widest = max((a.ndim - len(p) + 3 for p, a in zip(parts, arrays) if '...' in p), default=0)
        dots = ''.join(free[len(free) - widest:]) if widest else ''
        self.parts = [p.replace('...', dots[len(dots) - (a.ndim - len(p) + 3):] if a.ndim > len(p) - 3 else '') for p, a in zip(parts, arrays)]
        if not arrow:
            text = inputs.replace(',', '').replace('.', '')
            output = ('...' if '...' in inputs else '') + ''.join(sorted(c for c in set(text) if text.count(c) == 1))
        self.output = output.replace('...', dots)
        self.lengths = {}
        for p, a in zip(self.parts, arrays):
            for label, n in zip(p, a.shape):
                self.lengths[label] = max(n, self.lengths.get(label, 1))

    def size(self, labels):
        """How many elements an array with these labels has."""
        return math.prod(self.lengths[label] for label in labels)

    def step(self, chosen, left):
        """What contracting some of the sets makes: the labels that stay, the sets then, what the step costs, and its labels."""
        together = frozenset().union(*(left[k] for k in chosen))
        rest = [labels for k, labels in enumerate(left) if k not in chosen]
        made = together & frozenset(self.output).union(*rest)
        operations = max(1, len(chosen) - 1) + (made != together)
        return made, [*rest, made], self.size(together) * operations, together

    def greedy(self, sets, limit):
        """Pair after pair, each time the one that leaves least to hold, and of these the cheapest."""
        most = self.step(range(len(sets)), sets)[2]
        path, left, spent, given = [], list(sets), 0, len(sets)
        while len(left) > 1:
            pairs = [*itertools.combinations(range(given), 2), *((i, j) for j in range(given, len(left)) for i in range(j))]

            def worth(pair):
                made, _, cost, _ = self.step(pair, left)
                if self.size(made) > limit or spent + cost > most:
                    return None
                return self.size(made) - sum(self.size(left[k]) for k in pair), cost

            found = [(worth(pair), pair) for pair in pairs if left[pair[0]] & left[pair[1]]]
            found = [f for f in found if f[0] is not None] or [f for f in ((worth(pair), pair) for pair in pairs) if f[0] is not None]
            if not found:
                return [*path, tuple(range(len(left)))]
            pair = min(found, key=lambda f: f[0])[1]
            path.append(pair)
            _, left, cost, _ = self.step(pair, left)
            spent += cost
            given -= sum(k < given for k in pair)
        return path

    def optimal(self, sets, limit):
        """The cheapest of all ways."""
        ways = [(0, [], list(sets))]
        for _ in range(len(sets) - 1):
            further = []
            for cost, path, left in ways:
                for pair in itertools.combinations(range(len(left)), 2):
                    made, then, more, _ = self.step(pair, left)
                    if self.size(made) <= limit:
                        further.append((cost + more, [*path, pair], then))
            if not further:
                cost, path, left = min(ways, key=lambda way: way[0])
                return [*path, tuple(range(len(left)))]
            ways = further
        return min(ways, key=lambda way: way[0])[1]


def path_of(subscripts, operands, optimize='greedy'):
    """The path as `einsum` takes it and a table of its steps."""
    arrays = [asarray(a) for a in operands]
    plan = _Sum(subscripts, arrays)
    sets, names = [frozenset(p) for p in plan.parts], list(plan.parts)
    every = frozenset().union(*sets)
    limit = max(plan.size(part) for part in (*names, plan.output))
    if isinstance(optimize, (list, tuple)) and len(optimize) == 2 and isinstance(optimize[0], str) and isinstance(optimize[1], (int, float)):
        optimize, limit = optimize[0], int(optimize[1])
    if isinstance(optimize, (list, tuple)) and optimize and optimize[0] == 'einsum_path':
        path = list(optimize[1:])
    elif not optimize or len(sets) < 3 or every == frozenset(plan.output):
        path = [tuple(range(len(sets)))]
    elif optimize in (True, 'greedy'):
        path = plan.greedy(sets, limit)
    elif optimize == 'optimal':
        path = plan.optimal(sets, limit)
    else:
        raise KeyError('Path name %s not found', optimize)
    inner = sum(map(len, sets)) - len(every) > 0
    naive = plan.size(every) * (max(1, len(sets) - 1) + inner)
    spent, sizes, widths, lines = 1, [], [], []
    for chosen in path:
        chosen = tuple(sorted(chosen, reverse=True))
        made, sets, cost, together = plan.step(chosen, sets)
        spent += cost
        widths.append(len(together))
        sizes.append(plan.size(made))
        taken = [names.pop(k) for k in chosen]
        names.append(plan.output if chosen and len(lines) == len(path) - 1 else ''.join(sorted(made, key=lambda label: (plan.lengths[label], label))))
        lines.append((f"{','.join(taken)}->{names[-1]}", f"{','.join(names)}->{plan.output}"))
    rows = [('Complete contraction', f"{','.join(plan.parts)}->{plan.output}"), ('Naive scaling', len(every)), ('Optimized scaling', max(widths)), ('Naive FLOP count', f'{naive:.3e}'),
            ('Optimized FLOP count', f'{spent:.3e}'), ('Theoretical speedup', f'{naive / spent:.3f}'), ('Largest intermediate', f'{max(sizes):.3e} elements')]
    rule = '-' * 74
    table = [f'{name:>22}:  {value}' for name, value in rows] + [rule, f"{'scaling':>6} {'current':>24} {'remaining':>40}", rule]
    table += [f'{width:4d}    {now:>24} {then:>40}' for width, (now, then) in zip(widths, lines)]
    return ['einsum_path', *path], '\n'.join(table)
