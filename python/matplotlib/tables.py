"""Tables of texts in or below axes."""

from . import colors
from .artists import change
from .reading import px, unheard, written
from .values import rows

_places = {
    'bottom': (None, 0), 'top': (None, 1), 'center': (0.5, 0.5), 'upper center': (0.5, 1), 'lower center': (0.5, 0), 'upper left': (0, 1), 'upper right': (1, 1),
    'lower left': (0, 0), 'lower right': (1, 0), 'center left': (0, 0.5), 'center right': (1, 0.5), 'best': (0.5, 0.5), 'left': (0, 0.5), 'right': (1, 0.5),
}  # fmt: skip


class TableCell:
    """One cell of a table."""

    def __init__(self, words, side, face=None):
        self.words, self.side, self.face = words, side, None if face is None else colors.color(face)
        self.color = self.edge = self.weight = self.size = None
        self.filled = True

    def get_text(self):
        """The cell itself, whose text, size and colour can be set."""
        return self

    def set_text(self, text):
        self.words = str(text)

    def set_facecolor(self, color):
        self.face = colors.color(color)

    def set_edgecolor(self, color):
        self.edge = colors.color(color)

    def set_color(self, color):
        self.color = colors.color(color)

    def set_fontweight(self, weight):
        self.weight = weight

    set_weight = set_fontweight

    def set_fontsize(self, size):
        self.size = float(size)

    set_size = set_fontsize

    def set_linewidth(self, width):
        """Lines of tables are thin; without width they are gone."""
        if not width:
            self.edge = 'rgba(0, 0, 0, 0)'

    def set_text_props(self, **properties):
        change(self, properties)

    def set_horizontalalignment(self, side):
        self.side = side

    def set(self, **properties):
        change(self, properties)


class Table:
    """Cells by (row, column); the row of names is 0 where there is one, the column of names -1."""

    def __init__(self, axes, cells, loc, widths, bbox, edges):
        self.axes, self.cells, self.loc, self.bbox, self.edges = axes, cells, loc, bbox, edges
        self.widths = widths
        self.size = 10.0
        self.wide = self.tall = 1.0

    def __getitem__(self, place):
        return self.cells[place]

    def get_celld(self):
        """All cells by their places."""
        return self.cells

    def auto_set_font_size(self, value=True):
        """Letters keep their size."""

    def auto_set_column_width(self, col):
        """Columns keep their widths."""

    def set_fontsize(self, size):
        self.size = float(size)

    def scale(self, xscale, yscale):
        """Makes columns wider and rows taller."""
        self.wide, self.tall = float(xscale), float(yscale)

    def _row_height(self):
        return 1.75 * self.size * px * self.tall

    def _names_width(self):
        """Pixels of the column of names."""
        longest = max([len(cell.words) for (_, column), cell in self.cells.items() if column < 0], default=0)
        return 0.62 * self.size * px * longest + 14 if longest else 0

    def room(self):
        """Pixels it needs left of its axes and below or above them."""
        count = 1 + max(row for row, _ in self.cells)
        tall = count * self._row_height() + 6
        return self._names_width(), tall if self.loc == 'bottom' else 0, tall if self.loc == 'top' else 0

    def drawn(self, wide, tall):
        """Lines and texts in shares of axes of so many pixels."""
        count, columns = 1 + max(row for row, _ in self.cells), 1 + max(column for _, column in self.cells)
        height = self._row_height() / tall
        across = [self.wide * width for width in self.widths]
        names = self._names_width() / wide
        if self.bbox is not None:
            left, bottom, whole, height = (float(part) for part in self.bbox)
            height /= count
            across = [width / sum(self.widths) * (whole - names) for width in self.widths]
            left, top = left + names, bottom + height * count
        else:
            place = _places[self.loc]
            left = (1 - sum(across)) * (0.5 if place[0] is None else place[0])
            top = {'bottom': 0, 'top': 1 + count * height}.get(self.loc, place[1] + (1 - place[1]) * count * height)
        shapes, notes = [], []
        for (row, column), cell in self.cells.items():
            x0 = left - names if column < 0 else left + sum(across[:column])
            x1 = left if column < 0 else x0 + across[column]
            y1 = top - row * height
            y0 = y1 - height
            css = cell.edge or ('#000000' if self.edges != 'open' else 'rgba(0, 0, 0, 0)')
            shapes.append({'type': 'rect', 'x0': x0, 'x1': x1, 'y0': y0, 'y1': y1, '_domain': 'xy', 'fillcolor': cell.face or 'rgba(0, 0, 0, 0)', 'line': {'color': css, 'width': 1}})
            look = {'size': (cell.size or self.size) * px}
            look |= {'color': cell.color} if cell.color is not None else {'color': 'black'} if cell.face is not None else {}
            look |= {'weight': cell.weight} if cell.weight is not None else {}
            pad = 6 / wide
            x = {'left': x0 + pad, 'right': x1 - pad}.get(cell.side, (x0 + x1) / 2)
            # What stands on a colour of its own says so, and keeps its ink on a dark page.
            ground = {'bgcolor': colors.color(cell.face, 1.0)} if cell.face is not None else {}
            notes.append({'text': cell.words, 'x': x, 'y': (y0 + y1) / 2, 'showarrow': False, 'xanchor': cell.side, 'yanchor': 'middle', 'borderpad': 0, 'font': look, '_domain': True, **ground})
        return shapes, notes


class Tables:
    """What writes tables."""

    def table(self, cellText=None, cellColours=None, cellLoc='right', colWidths=None, rowLabels=None, rowColours=None, rowLoc='left', colLabels=None,
              colColours=None, colLoc='center', loc='bottom', bbox=None, edges='closed', **options):  # fmt: skip
        """A table of texts, with names of rows and columns: below the axes, or at a `loc` in them."""
        unheard('table', options)
        if cellText is None and cellColours is None:
            raise ValueError('At least one argument from "cellColours" or "cellText" must be provided to create a table.')
        texts = _texts(cellText) if cellText is not None else [[''] * len(row) for row in cellColours]
        columns = len(texts[0]) if texts else 0
        if any(len(row) != columns for row in texts):
            raise ValueError(f"Each row in 'cellText' must have {columns} columns")
        if loc not in _places:
            raise ValueError(f'Unrecognized location {loc!r}. Valid locations are {", ".join(_places)}')
        first = 1 if colLabels is not None else 0
        cells = {}
        for row, words in enumerate(texts):
            for column, text in enumerate(words):
                cells[row + first, column] = TableCell(written(text), cellLoc, None if cellColours is None else cellColours[row][column])
        for column, text in enumerate(colLabels if colLabels is not None else ()):
            cells[0, column] = TableCell(written(text), colLoc, None if colColours is None else colColours[column])
        for row, text in enumerate(rowLabels if rowLabels is not None else ()):
            cells[row + first, -1] = TableCell(written(text), rowLoc, None if rowColours is None else rowColours[row])
        widths = [float(width) for width in colWidths] if colWidths is not None else [1 / columns] * columns
        made = Table(self, cells, loc, widths, bbox, edges)
        self._tables.append(made)
        self.figure._sca(self)
        return made


def _texts(values):
    return [['' if value is None else str(value) for value in row] for row in (values if isinstance(values, (list, tuple)) else rows(values))]
