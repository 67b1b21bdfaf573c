"""Showing things below a cell, by IPython's names."""

from eigenscope.show import HTML, SVG, Image, Latex, Markdown, Math, clear_output, display

__all__ = ['HTML', 'SVG', 'Image', 'Latex', 'Markdown', 'Math', 'clear_output', 'display']
