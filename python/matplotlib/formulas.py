"""The TeX between dollar signs as one line of text, with the marks for indices and exponents that Plotly reads."""

import re

_letters = {
    'alpha': 'α', 'beta': 'β', 'gamma': 'γ', 'delta': 'δ', 'epsilon': 'ϵ', 'varepsilon': 'ε', 'zeta': 'ζ', 'eta': 'η', 'theta': 'θ', 'vartheta': 'ϑ',
    'iota': 'ι', 'kappa': 'κ', 'lambda': 'λ', 'mu': 'μ', 'nu': 'ν', 'xi': 'ξ', 'pi': 'π', 'rho': 'ρ', 'sigma': 'σ', 'tau': 'τ', 'upsilon': 'υ', 'phi': 'ϕ',
    'varphi': 'φ', 'chi': 'χ', 'psi': 'ψ', 'omega': 'ω', 'Gamma': 'Γ', 'Delta': 'Δ', 'Theta': 'Θ', 'Lambda': 'Λ', 'Xi': 'Ξ', 'Pi': 'Π', 'Sigma': 'Σ',
    'Upsilon': 'Υ', 'Phi': 'Φ', 'Psi': 'Ψ', 'Omega': 'Ω', 'ell': 'ℓ', 'hbar': 'ℏ', 'infty': '∞', 'partial': '∂', 'nabla': '∇', 'emptyset': '∅', 'Re': 'ℜ', 'Im': 'ℑ',
    'int': '∫', 'iint': '∬', 'oint': '∮', 'sum': '∑', 'prod': '∏', 'cdot': '·', 'times': '×', 'div': '÷', 'pm': '±', 'mp': '∓', 'ast': '∗', 'star': '⋆', 'circ': '∘',
    'otimes': '⊗', 'oplus': '⊕', 'leq': '≤', 'le': '≤', 'geq': '≥', 'ge': '≥', 'neq': '≠', 'ne': '≠', 'approx': '≈', 'sim': '∼', 'simeq': '≃', 'equiv': '≡', 'propto': '∝',
    'll': '≪', 'gg': '≫', 'in': '∈', 'notin': '∉', 'subset': '⊂', 'subseteq': '⊆', 'cup': '∪', 'cap': '∩', 'forall': '∀', 'exists': '∃', 'to': '→', 'rightarrow': '→',
    'leftarrow': '←', 'Rightarrow': '⇒', 'Leftrightarrow': '⇔', 'mapsto': '↦', 'langle': '⟨', 'rangle': '⟩', 'Vert': '‖', 'vert': '|', 'lfloor': '⌊', 'rfloor': '⌋',
    'lceil': '⌈', 'rceil': '⌉', 'dots': '…', 'ldots': '…', 'cdots': '⋯', 'vdots': '⋮', 'perp': '⊥', 'parallel': '∥', 'angle': '∠', 'prime': '′', 'dagger': '†', 'top': '⊤',
    '|': '‖', '{': '{', '}': '}', '%': '%', '#': '#', '_': '_', '&': '&amp;', '$': '$', ',': '\u2009', ':': '\u2005', ';': '\u2004', ' ': ' ', '!': '', '\\': ' ',
    'quad': '\u2003', 'qquad': '\u2003\u2003',
}  # fmt: skip
_relations = set('≤≥≠≈∼≃≡∝≪≫∈∉⊂⊆→←⇒⇔↦')
# Put over the letter before them.
_accents = {'hat': '\u0302', 'widehat': '\u0302', 'bar': '\u0304', 'overline': '\u0304', 'tilde': '\u0303', 'widetilde': '\u0303', 'vec': '\u20d7', 'dot': '\u0307', 'ddot': '\u0308'}
_faces = {'mathbf': 'b', 'boldsymbol': 'b', 'bm': 'b'}
_plain = {'mathrm', 'mathit', 'mathcal', 'mathbb', 'text', 'textrm', 'operatorname', 'mathsf', 'mathtt', 'mathregular'}
_silent = {'left', 'right', 'big', 'Big', 'bigg', 'Bigg', 'displaystyle', 'limits', 'nolimits'}
_doubled = dict(zip('RCNZQPE', 'ℝℂℕℤℚℙ𝔼'))
_token = re.compile(r'\\(?:[a-zA-Z]+|.)|.', re.DOTALL)


def written(text):
    """
    Text with the TeX between dollar signs made readable.

    >>> written('$\\\\frac{1}{2}\\\\sqrt{x^2}$')
    '1/2√(x<sup>2</sup>)'
    """
    text = str(text)
    if '$' in text:
        text = re.sub(r'(?<!\\)\$((?:[^$\\]|\\.)*)\$', lambda found: _Formula(found[1]).all(), text).replace('\\$', '$')
    return text.replace('\n', '<br>')


class _Formula:
    """Reads one formula from left to right."""

    def __init__(self, tex):
        self._tokens = _token.findall(tex)
        self._at = 0

    def all(self, end=None):
        made = ''
        while self._at < len(self._tokens):
            if self._tokens[self._at] == end:
                self._at += 1
                break
            made += self._atom()
        return made

    def _atom(self):
        """The next letter, command or group, with what it takes."""
        token = self._tokens[self._at]
        self._at += 1
        if token == '{':
            return self.all('}')
        if token in '^_':
            mark = 'sup' if token == '^' else 'sub'
            return f'<{mark}>{self._argument()}</{mark}>'
        if token == "'":
            return '′'
        if token == '-':
            return '−'
        if token in '<>':
            return {'<': '&lt;', '>': '&gt;'}[token]
        if token[0] != '\\' or token == '\\':
            return '' if token.isspace() or token in '{}' else ' = ' if token == '=' else token
        return self._command(token[1:])

    def _command(self, name):
        if name in ('frac', 'dfrac', 'tfrac'):
            above, below = self._argument(), self._argument()
            return f'{_closed(above)}/{_closed(below)}'
        if name == 'sqrt':
            root = ''
            if self._at < len(self._tokens) and self._tokens[self._at] == '[':
                self._at += 1
                root = f'<sup>{self.all("]")}</sup>'
            return f'{root}√{_closed(self._argument())}'
        if name in _accents:
            base = self._argument()
            return base + _accents[name] if len(base) == 1 else base
        if name in _faces:
            return f'<{_faces[name]}>{self._argument()}</{_faces[name]}>'
        if name in _plain:
            spaced = name in ('text', 'textrm')
            inner = self._words() if spaced else self._argument()
            return _doubled.get(inner, inner) if name == 'mathbb' else inner
        if name in _silent:
            return ''
        # What is not known, such as \sin, is its name, apart from the letter that follows.
        if name not in _letters:
            following = next((token for token in self._tokens[self._at:] if not token.isspace()), '')[:1]
            return f'{name} ' if following.isalnum() or following == '\\' else name
        letter = _letters[name]
        return f' {letter} ' if letter in _relations else letter

    def _argument(self):
        return self._atom() if self._at < len(self._tokens) else ''

    def _words(self):
        """A group whose spaces count."""
        if self._at >= len(self._tokens) or self._tokens[self._at] != '{':
            return self._argument()
        end = self._tokens.index('}', self._at) if '}' in self._tokens[self._at:] else len(self._tokens)
        words = ''.join(self._tokens[self._at + 1:end])
        self._at = end + 1
        return words


def _closed(text):
    """In parentheses, unless it is one number or one letter."""
    return text if re.fullmatch(r'[\w.∞ℓ]*', text) and (len(text) < 2 or text.isdecimal()) else f'({text})'
