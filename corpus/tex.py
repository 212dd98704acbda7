"""Inline TeX as plain words can show it: `x_1, \\dots, x_T` becomes "x_1, …, x_T".

Only for texts that people read where no mathematics is set: summaries, listings, questions. What is quoted,
searched for or compared keeps the words of its author.
"""

import re
from unicodedata import normalize

_SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω",
    "dots": "…", "ldots": "…", "cdots": "⋯", "vdots": "⋮", "cdot": "·", "times": "×", "div": "÷", "pm": "±",
    "circ": "∘", "odot": "⊙", "oplus": "⊕", "otimes": "⊗", "ast": "*", "star": "⋆", "prime": "′",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "equiv": "≡",
    "sim": "∼", "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆",
    "cup": "∪", "cap": "∩", "setminus": "∖", "emptyset": "∅", "forall": "∀", "exists": "∃", "neg": "¬",
    "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "mapsto": "↦", "Rightarrow": "⇒", "implies": "⇒", "iff": "⇔", "sum": "∑", "prod": "∏", "int": "∫",
    "partial": "∂", "nabla": "∇", "infty": "∞", "sqrt": "√", "langle": "⟨", "rangle": "⟩", "mid": "|",
    "lvert": "|", "rvert": "|", "vert": "|", "lVert": "‖", "rVert": "‖", "Vert": "‖", "ell": "ℓ", "top": "⊤",
    "perp": "⊥", "log": "log", "ln": "ln", "exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan",
    "max": "max", "min": "min", "det": "det", "dim": "dim", "lim": "lim", "arg": "arg", "quad": " ",
    "qquad": " ", "left": "", "right": "", "big": "", "Big": "", "displaystyle": "", "limits": "",
}  # fmt: skip
_LETTERS = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "𝔼", "P": "ℙ"}
_ACCENTS = {
    "hat": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "bar": "\N{COMBINING MACRON}",
    "tilde": "\N{COMBINING TILDE}",
}
_DRESSED = re.compile(
    r"\\(?P<name>mathbb|mathbf|mathrm|mathit|mathcal|mathsf|boldsymbol|operatorname|text|textbf|textit|textrm|vec|hat|bar"
    r"|tilde|overline)\s*\{(?P<inner>[^{}\\]{0,80})\}"
)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{(?P<above>[^{}\\]{1,60})\}\s*\{(?P<below>[^{}\\]{1,60})\}")
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+)")
_SPACE = re.compile(r"\\[,;:! ]")
_RAISED = re.compile(r"(?P<mark>[_^])\{(?P<inner>[^{}\\]{1,60})\}")
_DEEPEST = 3


def readable(text: str) -> str:
    """A text with its inline TeX as signs, as far as a line of words can show it.

    >>> readable(r"x_1, x_2, \\dots, x_T with \\mathbf{x} \\in \\mathbb{R}^{n}")
    'x_1, x_2, …, x_T with x ∈ ℝ^n'
    >>> readable(r"60{,}000 turns")
    '60,000 turns'
    >>> readable(r"C:\\notes and \\frac{a+b}{2}")
    'C:\\\\notes and (a+b)/2'
    """
    if "\\" not in text and "{,}" not in text:
        return text
    shown = _SPACE.sub(" ", text.replace("{,}", ","))
    shown = shown.replace(r"\{", "{").replace(r"\}", "}").replace(r"\|", "‖")
    for _ in range(_DEEPEST):
        shown = _COMMAND.sub(lambda m: _SIGNS.get(m["name"], m[0]), shown)
        shown = _FRACTION.sub(lambda m: f"{_whole(m['above'])}/{_whole(m['below'])}", shown)
        shown = _DRESSED.sub(_undressed, shown)
    return _RAISED.sub(lambda m: m["mark"] + _whole(m["inner"]), shown)


def _undressed(match: re.Match[str]) -> str:
    name, inner = match["name"], match["inner"]
    if name == "mathbb":
        return _LETTERS.get(inner, inner)
    return normalize("NFC", inner + _ACCENTS[name]) if name in _ACCENTS and len(inner) == 1 else inner


def _whole(words: str) -> str:
    """Words that stand together, in brackets where they would not."""
    bare = words.strip()
    return bare if bare.isalnum() or len(bare) == 1 else f"({bare})"
