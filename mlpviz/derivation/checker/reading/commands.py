"""LaTeX's commands, each in the table that says what stands for it."""

from __future__ import annotations

LETTERS = {
    **dict(
        zip(
            "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho "
            "varrho sigma varsigma tau upsilon phi varphi chi psi omega".split(),
            "αβγδεεζηθθικλμνξπρρσστυφφχψω",
            strict=True,
        )
    ),
    **dict(zip("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(), "ΓΔΘΛΞΠΣΥΦΨΩ", strict=True)),
    "ell": "ℓ",
    "imath": "i",
    "jmath": "j",
    "nabla": "∇",
    "partial": "∂",
    "sum": "Σ",
    "infty": "∞",
}

SIGNS = {
    **dict.fromkeys("odot circ star bigodot circledcirc diamond bigcirc bullet".split(), "⊙"),
    **dict.fromkeys("cdot cdotp centerdot".split(), "·"),
    "times": "×",
    "ast": "*",
    **dict.fromkeys("otimes bigotimes".split(), "⊗"),
    **dict.fromkeys("oslash div slash".split(), "/"),
    "oplus": "+",
    "pm": "±",
    **dict.fromkeys("top intercal".split(), "⊤"),
    **dict.fromkeys("dagger dag".split(), "†"),
    "prime": "'",
    **dict.fromkeys("ge geq geqslant".split(), ">="),
    **dict.fromkeys("le leq leqslant".split(), "<="),
    "gt": ">",
    "lt": "<",
    **dict.fromkeys("ne neq".split(), "!="),
    **dict.fromkeys("coloneqq coloneq colonequals leftarrow gets longleftarrow Leftarrow".split(), ":="),
    **dict.fromkeys("triangleq equiv doteq".split(), "="),
    **dict.fromkeys("mid vert lvert rvert".split(), "|"),
    **dict.fromkeys("Vert lVert rVert parallel |".split(), "‖"),
    **dict.fromkeys("ldots cdots dots dotsc dotsb vdots ddots".split(), "…"),
    **dict.fromkeys("lbrack".split(), "["),
    **dict.fromkeys("rbrack".split(), "]"),
    **dict.fromkeys("lbrace {".split(), "("),
    **dict.fromkeys("rbrace }".split(), ")"),
    **dict.fromkeys("lparen".split(), "("),
    **dict.fromkeys("rparen".split(), ")"),
    "colon": ":",
    "in": "∈",
    "_": "_",
    "%": "%",
    "&": " ",
    "#": "#",
    **dict.fromkeys(
        "to rightarrow Rightarrow implies Longrightarrow iff Leftrightarrow therefore because".split(), "⇒"
    ),
    "\\": "\n",
    "newline": "\n",
    "cr": "\n",
}
"""Signs and the plain ones."""

BLANK = frozenset(
    ", ; : ! > tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering enspace enskip "
    "thinspace medspace thickspace negthinspace left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl "
    "biggr Biggl Biggr bigm Bigm limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle nonumber "
    "notag hfill hline noindent par allowbreak nobreak relax rm bf it sf tt cal ( ) [ ] /".split()
) | {" ", "\n"}
"""Commands that only set what stands around them; the brackets are those of \\(…\\) and \\[…\\]."""

FUNCTIONS = "log ln exp tanh sinh cosh max min sin cos det diag arg".split()

PLAIN = {**dict(zip(FUNCTIONS, FUNCTIONS, strict=True)), **SIGNS, **LETTERS, "quad": "   ", "qquad": "   "}
"""What stands for a command that takes no argument."""

FONTS = frozenset(
    "mathbf boldsymbol bm mathbb mathds mathbbm mathrm mathit mathsf mathtt mathcal mathscr mathfrak mathnormal "
    "bold vec bar overline tilde widetilde widebar underline dot check breve acute grave mathring pmb symbf symbfit "
    "symbfsf symbfup symrm symit textbf textit textrm textsf texttt textnormal operatorname operatornamewithlimits "
    "mathop mathbin mathrel mathord mathopen mathclose boxed fbox mbox hbox cancel bcancel ensuremath smash textup "
    "emph overrightarrow underrightarrow mathstrut".split()
)
"""Commands of one argument that say nothing but how it looks, or that it is boxed or barred."""

ONE = frozenset("mathbb mathds mathbbm mathbf boldsymbol bm bold pmb symbf textbf".split())
"""The fonts in which a 1 is a vector of ones, or a mask such as 𝟙[z > 0]."""

CALLIGRAPHIC = frozenset("mathcal mathscr".split())
"""The fonts in which an L is a loss, and no number of layers."""

HIDDEN = {
    **dict.fromkeys("label tag eqref ref hspace vspace phantom vphantom hphantom color footnote cite hskip".split(), 1),
    **dict.fromkeys("rule".split(), 2),
}
"""Commands that leave nothing, and how many arguments they take along."""

FRACTIONS = frozenset("frac dfrac tfrac cfrac nicefrac sfrac xfrac".split())
BRACES = frozenset("underbrace overbrace underbracket overbracket underset overset stackrel".split())
TEXTS = frozenset("text textrm mbox hbox textnormal mathrm textup".split())

CONNECTIVES = frozenset(
    "where with for and if by since so then thus hence let when as because therefore or otherwise else here we have "
    "all i.e. which is gives using".split()
)
"""Words of a text inside a formula that join formulas and are no part of them."""

MATRICES = frozenset("matrix bmatrix pmatrix Bmatrix vmatrix smallmatrix psmallmatrix bsmallmatrix array".split())
LINES = frozenset(
    "align aligned alignat alignedat gather gathered equation split eqnarray multline flalign math displaymath "
    "subequations".split()
)
"""Environments that are matrices, and those whose lines are formulas."""
