# %% setup
import numpy as np
x = np.array([1.0, 2.5, -1.0, 0.5, 3.0])
m = np.arange(12.).reshape(3, 4)
def shown(a):
    print(a.dtype, a.shape, np.round(a, 8) + 0.0)

# %% one axis | f=fft,ifft,rfft,ihfft
shown(np.fft.$f(x))
shown(np.fft.$f(x, 8))
shown(np.fft.$f(x, n=3, norm='ortho'))
shown(np.fft.$f(m, axis=0))
shown(np.fft.$f(m.astype('float32')))
shown(np.fft.$f(np.arange(4), norm='forward'))

# %% back | f=irfft,hfft
shown(np.fft.$f(np.fft.rfft(x)))
shown(np.fft.$f(np.fft.rfft(x), 5))
shown(np.fft.$f([1, 2j, 3]))

# %% several axes | f=fft2,ifft2,fftn,rfft2,rfftn
shown(np.fft.$f(m))
shown(np.fft.$f(m, s=(2, 6), axes=(0, 1)))
shown(np.fft.$f(m, axes=(1, 0), norm='ortho'))

# %% there and back
print(np.allclose(np.fft.ifft(np.fft.fft(x)), x), np.allclose(np.fft.irfft2(np.fft.rfft2(m), s=m.shape), m), np.allclose(np.fft.ifftn(np.fft.fftn(m)), m))
print(np.allclose(np.fft.irfftn(np.fft.rfftn(m), m.shape, axes=(0, 1)), m))

# %% frequencies
print(np.fft.fftfreq(8), np.fft.fftfreq(5, 0.1), np.fft.rfftfreq(8, d=0.5), np.fft.rfftfreq(5))
print(np.fft.fftshift(np.arange(5)), np.fft.ifftshift(np.fft.fftshift(np.arange(5))), np.fft.fftshift(m, axes=1), np.fft.fftshift(m), sep='\n')

# %%% refused
np.fft.fft([])
np.fft.fft(x, 0)
np.fft.fft(x, norm='half')
np.fft.fft(x, axis=3)
np.fft.fft(3.0)
np.fft.fftfreq(2.5)
np.fft.rfft([1j, 2])

# %% spectrum of a signal
fs = 100
t = np.arange(0, 1, 1 / fs)
s = 2 * np.sin(2 * np.pi * 5 * t) + 0.5 * np.cos(2 * np.pi * 20 * t)
amp = 2 * np.abs(np.fft.rfft(s)) / len(s)
freq = np.fft.rfftfreq(len(s), 1 / fs)
for k in np.argsort(amp)[::-1][:2]:
    print(f'{freq[k]:.1f} Hz: {amp[k]:.3f}')
S = np.fft.fft(s)
S[np.abs(np.fft.fftfreq(len(s), 1 / fs)) > 10] = 0
print(np.allclose(np.fft.ifft(S).real, 2 * np.sin(2 * np.pi * 5 * t)))

# %% where the result goes, and lengths that are left open
import numpy as np, warnings
for bad in (lambda: np.fft.fft([1, 2], out=np.zeros(2)), lambda: np.fft.fft([1, 2], out=np.zeros(3, complex)), lambda: np.fft.ifft([1, 2], norm='x'), lambda: np.fft.rfft([1, 2], norm='x')):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter('always')
    print(np.fft.fftn(np.ones((2, 2)), s=(2, None), axes=(0, 1)).real, np.fft.fftn(np.ones((2, 2)), s=(2,)).real)
    print([(w.category.__name__, str(w.message)[:60]) for w in said])
