# %% setup
import numpy as np

# %%% windows
np.bartlett(6)
np.blackman(5).round(12) + 0.0
np.hamming(7)
np.hanning(1)
np.hanning(0)
np.hanning(8)
np.kaiser(5, 8.6)

# %% histograms of columns
r = np.random.RandomState(0).randn(50, 3)
H, edges = np.histogramdd(r, bins=(2, 3, 2))
print(H, len(edges), type(edges), edges[1])
H, edges = np.histogramdd(r[:, :2], bins=3, range=((-2, 2), (-2, 2)), density=True)
print(H, edges)

# %% bands and columns
from scipy.linalg import bandwidth, khatri_rao
print(bandwidth(np.triu(np.ones((4, 4)), -1)), khatri_rao(np.arange(4).reshape(2, 2), np.arange(6).reshape(3, 2)))
