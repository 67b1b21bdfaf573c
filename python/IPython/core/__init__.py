"""Where older notebooks look for parts of IPython."""
