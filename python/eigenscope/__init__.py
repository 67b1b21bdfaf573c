"""What Eigenscope adds to Python: showing values, and the way cells and scripts are run."""

from .show import HTML, SVG, Image, Latex, Markdown, Math, clear_output, display

__all__ = ['HTML', 'SVG', 'Image', 'Latex', 'Markdown', 'Math', 'clear_output', 'display']
