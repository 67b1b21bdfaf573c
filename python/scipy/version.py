"""The SciPy whose functions are here."""

version = full_version = short_version = '1.17.1'
release = True
