"""The notebook's settings by IPython's name: InteractiveShell.ast_node_interactivity."""

from eigenscope.magic import InteractiveShell

__all__ = ['InteractiveShell']
