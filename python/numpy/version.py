"""The version of NumPy whose names and behaviour these are."""

version = full_version = short_version = '2.4.6'
release = True
git_revision = ''
