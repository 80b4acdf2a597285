"""Random numbers that do not shift when a parameter changes: each has an address, and nothing else decides it.

A number is found by its seed, block, purpose and year and by its place there, not by how many were drawn before it
(SplitMix64, Steele et al. 2014). A draw with one project more so has all others as they were, and more of anything
that adds tonnes never lowers a draw.
"""

import numpy as np
import numpy.typing as npt

from model.outlook.survival import Floats, Whole

Keys = npt.NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_PLACES = np.uint64(1 << 20)
"""Places of one draw."""
EXACT = 25.0
"""Up to this rate numbers are drawn one by one; what is above it follows the normal law."""
MOST = 120
"""More than this no number about EXACT is."""


def generator(*address: int) -> np.random.Generator:
    """A generator of its own for an address, for numbers of which a fixed count is drawn."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(address)))


def uniforms(address: tuple[int, ...], draws: Whole, places: Whole) -> Floats:
    """Numbers from 0 to below 1 for places of draws; equal addresses and places give equal numbers."""
    key = np.random.SeedSequence(address).generate_state(1, np.uint64)[0]
    z = draws.astype(np.uint64)
    z *= _PLACES
    z += places.astype(np.uint64)
    z *= _GOLDEN
    z += key
    z ^= z >> np.uint64(30)
    z *= _FIRST
    z ^= z >> np.uint64(27)
    z *= _SECOND
    z ^= z >> np.uint64(31)
    z >>= np.uint64(11)
    return np.asarray(z * (1.0 / (1 << 53)), float)


def poisson(chances: Floats, rates: Floats) -> Whole:
    """Numbers with the means `rates`, at most EXACT, by inversion: a higher rate never gives a lower number."""
    number = np.zeros(len(rates), np.int64)
    place = np.arange(len(rates))
    part = np.exp(-rates)
    reached, chance, rate = part.copy(), chances, rates
    for k in range(1, MOST + 1):
        goes_on = reached < chance
        if k % 8 == 1:
            place = place[goes_on]
            part, reached, chance, rate = (some[goes_on] for some in (part, reached, chance, rate))
            goes_on = goes_on[goes_on]
            if not len(place):
                break
        number[place] += goes_on
        part = part * rate / k
        reached = reached + part
    return number


def compound(address: tuple[int, ...], rates: Floats, sizes: Floats) -> Floats:
    """Sum of the sizes of as many projects in each draw as are drawn about its rate; `sizes` are even quantiles.

    Projects up to EXACT have their own size each, the rest the sum that so many have (central limit theorem). Each
    part only grows with the rate.
    """
    draws = np.arange(len(rates))
    rng = generator(*address, 0)
    chances = rng.random(len(rates))
    how_many, how_large = rng.standard_normal(len(rates)), rng.standard_normal(len(rates))
    number = poisson(chances, np.minimum(rates, EXACT))
    ends = np.cumsum(number)
    owner = np.repeat(draws, number)
    place = np.arange(int(ends[-1])) - np.repeat(ends - number, number)
    found = uniforms((*address, 1), owner, place)
    each = sizes[(found * len(sizes)).astype(np.intp)]
    sums = np.bincount(owner, each, minlength=len(rates))
    above = np.maximum(rates - EXACT, 0.0)
    if above.any():
        more = np.floor(np.maximum(above + how_many * np.sqrt(above), 0.0))
        sums = sums + np.maximum(more * sizes.mean() + how_large * np.sqrt(more) * sizes.std(), 0.0)
    return np.asarray(sums, float)
