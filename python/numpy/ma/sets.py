"""Masked arrays as sets: masked elements are one element that is like no other."""

import numpy as np

from .core import MaskedArray, getdata, getmaskarray
from .extras import asanyarray, concatenate, unique


def in1d(ar1, ar2, assume_unique=False, invert=False):
    """True where an element of the first is in the second; both are flattened."""
    one, two = (asanyarray(x).ravel() for x in (ar1, ar2))
    hidden, other = getmaskarray(one), getmaskarray(two)
    found = np.isin(getdata(one), getdata(two)[~other])
    found = np.where(hidden, other.any(), found)
    return MaskedArray(~found if invert else found, mask=np.False_)


def isin(element, test_elements, assume_unique=False, invert=False):
    """True where an element is in `test_elements`."""
    return in1d(element, test_elements, assume_unique, invert).reshape(np.shape(element))


def intersect1d(ar1, ar2, assume_unique=False):
    """The sorted elements that are in both."""
    one = asanyarray(ar1).ravel() if assume_unique else unique(ar1)
    return unique(one[in1d(one, ar2)._data])


def setdiff1d(ar1, ar2, assume_unique=False):
    """The elements of the first that are not in the second."""
    one = asanyarray(ar1).ravel() if assume_unique else unique(ar1)
    return one[in1d(one, ar2, invert=True)._data]


def union1d(ar1, ar2):
    """The sorted elements that are in either."""
    return unique(concatenate([asanyarray(ar1).ravel(), asanyarray(ar2).ravel()]))


def setxor1d(ar1, ar2, assume_unique=False):
    """The sorted elements that are in one of them alone."""
    return unique(concatenate([setdiff1d(ar1, ar2, assume_unique), setdiff1d(ar2, ar1, assume_unique)]))
