"""The mistakes of the text on modules and their Jacobians."""

from __future__ import annotations

from ...maths.messages import N_, NC_, Message
from .erratum import MODULES, Answer, ChoiceExercise, Erratum, FormulaExercise

MISTAKES: tuple[Erratum, ...] = (
    ChoiceExercise(
        "E1", "S0", NC_("text", "loss"), r"t = \theta^{\top}x \in \mathbb{R}^n", r"t \in \mathbb{R}",
        N_("A row times a column is one number, however many entries they have."),
        title=N_("How many numbers is t?"), own=r"t = \theta^{T}x \in \mathbb{R}^{n}",
        hint=N_("Write the two shapes side by side: a row of n entries, then a column of n entries."),
        notation=MODULES, question=N_(r"$\theta$ and $x$ have $n$ entries each. How many numbers is $t=\theta^{T}x$?"),
        answers=(
            Answer(N_("$n$ numbers"), N_("Entry by entry there are n products, but θᵀx adds them up.")),
            Answer(N_("one number")),
            Answer(N_("$n^2$ numbers"), N_("So many has the outer product θ xᵀ, a column times a row.")),
        )),
    ChoiceExercise(
        "E2", "S0", NC_("text", "affine map"), r"i \in \mathbb{R}^m", r"i \in \{1, \ldots, m\}",
        N_("i and j count entries: they are whole numbers, not vectors."),
        title=N_("Where is an index from?"), own=r"\forall\, i \in \mathbb{R}^m,\ j \in \mathbb{R}^n",
        hint=N_("Try an element of the set as an index: what would be the entry of that number?"),
        notation=MODULES, question=N_(r"$z$ has $m$ entries $z_i$. From which set is $i$?"),
        answers=(
            Answer(r"$\mathbb{R}^m$", N_("An element of it is a list of m numbers, and z has no entry of that "
                                         "number.")),
            Answer(r"$\mathbb{R}$", N_("1.5 is in it, and z has no entry 1.5.")),
            Answer(r"$\{1, \ldots, m\}$"),
        )),
    FormulaExercise(
        "E3", "S0", NC_("text", "affine map"), r"\mathrm{MM}(z)", r"\mathrm{MM}(a^{[i-1]})",
        N_("In the rule v zᵀ, z is what goes into the affine map; in the list above it that is a, not z."),
        title=N_("Which z is it?"), own=r"\mathcal{B}[\mathsf{MM}, W](v) = v z^{T}",
        hint=N_("Look up in the text's list of modules what goes into the affine map of a layer."),
        target="dW[2]", formula="δ[2] z[1]ᵀ", answer="δ[2] a[1]ᵀ", preset="binary-classifier", notation=MODULES),
    ChoiceExercise(
        "E4", "S0", NC_("text", "staircase, row 1m"), r"\frac{\partial (Wz+b)_n}{\partial W_{2n}}",
        r"\frac{\partial (Wz+b)_n}{\partial W_{1m}} = 0",
        N_("Every entry of that row is a derivative with respect to W₁ₘ, and the last output does not depend on it."),
        title=N_("Which entry of the staircase is wrong?"),
        own=r"\frac{\partial(Wz+b)_1}{\partial W_{1m}}\quad \frac{\partial(Wz+b)_2}{\partial W_{1m}}\quad \cdots\quad "
            r"\frac{\partial(Wz+b)_n}{\partial W_{2n}}",
        hint=N_("Down a row of this matrix one thing changes and another stays."),
        notation=MODULES, question=N_("This is one row of the Jacobian, transposed. Which of its entries is wrong?"),
        answers=(
            Answer(N_("the first"), N_("It is zₘ, as the row says: the first output, with respect to W₁ₘ.")),
            Answer(N_("the second"), N_("It is 0, and rightly with respect to W₁ₘ, as the whole row.")),
            Answer(N_("the last")),
            Answer(NC_("answer", "none"), N_("One of them is not a derivative with respect to W₁ₘ.")),
        )),
    Erratum(
        "E5", "S0", NC_("text", "weights"), r"\texttt{egin\{bmatrix\}},\ \texttt{dots}",
        r"\texttt{\textbackslash begin\{bmatrix\}},\ \texttt{\textbackslash vdots}",
        N_("The first letters of the commands are lost, so the long vector is no vector on the page."),
        unposed=N_("is broken LaTeX, which nobody can read as any formula")),
    ChoiceExercise(
        "E6", "S0", NC_("text", "weights"), r"\mathcal{B}[\mathsf{MM}, W](v) = vz^{\top}",
        r"\mathcal{B}[\mathsf{MM}, W](v) \in \mathbb{R}^{nm}\ \to\ vz^{\top} \in \mathbb{R}^{n\times m}",
        N_("A matrix times v is a long vector; it is v zᵀ only when it is folded into the shape of W."),
        title=N_("A matrix, or a function?"), own=r"\mathcal{B}[\mathsf{MM}, W](v) = v z^{T}",
        hint=N_("Multiply the shapes: nm×n times n×1."), notation=MODULES,
        question=N_(r"$\mathcal{B}[\mathsf{MM},W]$ stands there as a matrix of $nm$ rows and $n$ columns. What is its "
                    r"product with $v$?"),
        answers=(
            Answer(N_("the $n\\times m$ matrix $v z^{T}$"),
                   N_("That is what it becomes once it is folded into the shape of W; the product itself is not.")),
            Answer(N_("a vector of $n$ entries"), N_("v has n entries; the matrix has nm rows, and so has the "
                                                     "product.")),
            Answer(N_("a vector of $nm$ entries")),
        )),
    ChoiceExercise(
        "E7", "S0", NC_("text", "second proof"), r"\partial J / \partial y", r"\partial J / \partial z",
        N_("y is the label; what the proof differentiates with respect to is what comes out of the affine map."),
        title=N_("Which y is it?"), own=r"\frac{\partial J}{\partial W_{ij}} = \sum_{k=1}^{n} \frac{\partial "
                                        r"J}{\partial y_k}"
            r"\cdot\frac{\partial y_k}{\partial W_{ij}}",
        hint=N_("The proof itself goes on with what yₖ is: a sum over weights."), notation=MODULES,
        question=N_("What is $y_k$ in this proof?"),
        answers=(
            Answer(N_("a label"), N_("Labels are given: no weight changes them, so ∂y/∂W would be 0.")),
            Answer(N_("the output of the affine map, called $z^{[i]}$ before")),
            Answer(N_("the output of the activation, called $a^{[i]}$ before"),
                   N_("Then σ′ would stand in ∂y/∂W; the proof finds just the input.")),
        )),
    Erratum(
        "E8", "S0", NC_("text", "batch"),
        r"\begin{bmatrix} & & \\ z^{[1](1)} & z^{[1](2)} & z^{[1](3)} \end{bmatrix}",
        r"\begin{bmatrix} \vert & \vert & \vert \\ z^{[1](1)} & z^{[1](2)} & z^{[1](3)} \\ "
        r"\vert & \vert & \vert \end{bmatrix}",
        N_("Each z is a whole column, which bars above and below it say, as they do for X."),
        unposed=N_("is a picture of a matrix whose bars are lost")),
    ChoiceExercise(
        "E9", "S0", NC_("text", "broadcasting"), r"b \in \mathbb{R}^{n}", r"b \in \mathbb{R}^{n \times 1}",
        N_("A plain list of biases is added along the last axis, so with examples in columns it acts as a row: it "
           "raises, or is silently wrong where m = n; b must be a column."),
        title=N_("Does NumPy repair the bias?"), own="Z^{[1]} = W^{[1]}X + b^{[1]}",
        hint=N_("NumPy lines shapes up from the right: the only axis of b meets the last axis of W X."),
        notation=MODULES, preset="broadcast-trap",
        question=N_("The text says not to worry: broadcasting fills up the shape of $b$. Here $W X$ is 3×3, one column "
                    "for each example, and b is a plain list of three numbers, of shape (3,). What does NumPy do?"),
        answers=(
            Answer(N_("It adds each unit's bias to the unit's row, as it should."),
                   N_("So it would be with b of shape (3, 1); a plain list has no second axis to say so.")),
            Answer(N_("It raises an error."), N_("So it does where the numbers of examples and units differ; here both "
                                                 "are 3.")),
            Answer(N_("It adds one unit's bias to all units of one example, without a word.")),
            Answer(N_("It adds the sum of the biases to every entry."), N_("Broadcasting repeats and never adds up.")),
        )),
    ChoiceExercise(
        "E10", "S0", NC_("text", "last line"), "Z = XW + b,\\ m",
        r"Z = X_{\mathrm{row}}W_{\mathrm{row}} + b,\ X_{\mathrm{row}} = X^{\top},\ W_{\mathrm{row}} = W^{\top}",
        N_("The line is right once all of its letters stand for the transposes, which have no names of their own; m is "
           "the number of inputs above and of units here."),
        title=N_("The same letters, other matrices"), own=r"Z^{[1]} = XW^{[1]} + b^{[1]} \in \mathbb{R}^{3\times m}",
        hint=N_("Before, Z = W X + b with examples as columns: take the transpose of both sides."),
        notation=MODULES,
        question=N_("Before, $W^{[1]}$ had a row for each unit, in $Z = W^{[1]}X + b$. Now the examples are the rows "
                    "of "
                    "$X$. What is $W^{[1]}$ in this line?"),
        answers=(
            Answer(N_("the same matrix as before"),
                   N_("X has a column for each input, and that W has a row for each unit: they do not meet.")),
            Answer(N_("its transpose")),
            Answer(N_("its inverse"), N_("Nothing is undone here: rows and columns only change places.")),
        )),
    Erratum(
        "E11", "S0", NC_("text", "row-major convention"), r"\text{列}", Message(r"\text{{行}}\ (\text{{column}})"),
        N_("The points are columns: 行 where the text is from, where 列 is a row, and the other way round on the "
           "mainland."),
        unposed=N_("is about the words 行 and 列, which change places between Taiwan and the mainland")),
    ChoiceExercise(
        "E53", "S0", NC_("text", "weights"), Message(r"\partial z / \partial W:\ \text{{four axes}}"),
        Message(r"\partial z / \partial W:\ \text{{three axes}}"),
        N_("One axis for z and two for W make three; a fourth comes only with a batch, for its examples."),
        title=N_("How many axes has ∂z/∂W?"), own=r"\frac{\partial (Wz+b)}{\partial W},\quad W \in "
                                                  r"\mathbb{R}^{n\times m}",
        hint=N_("How many indices does one of its entries need?"), notation=MODULES,
        question=N_("The text speaks of a tensor with four axes. How many has the derivative of the vector $Wz+b$ of "
                    "one example with respect to the matrix $W$?"),
        answers=(
            Answer(N_("two"), N_("So it is after W is flattened into one long vector.")),
            Answer(N_("three")),
            Answer(N_("four"), N_("A fourth axis would count the examples of a batch, and this is one example.")),
        )),
    Erratum(
        "E54", "S0", NC_("text", "before the chain"), r"\text{連鎖率}", r"\text{連鎖律}",
        N_("律 is a law, 率 a rate: the chain rule is a law."),
        unposed=N_("is one wrong character in a word")),
    ChoiceExercise(
        "E55", "S0", NC_("text", "row-major convention"),
        Message(r"\text{{row-major}}"), Message(r"\text{{examples as rows}}"),
        N_("Row-major is an order of the entries in memory; what is meant is that each example is a row of X."),
        title=N_("Row-major, or examples as rows?"),
        hint=N_("A library may store a matrix by columns and still have one example in each row."), notation=MODULES,
        question=N_("The text calls it the row-major convention that each example is a row of the data matrix. What "
                    "does row-major mean?"),
        answers=(
            Answer(N_("Each example is a row of the matrix."),
                   N_("That is what the text describes, but not what the word means.")),
            Answer(N_("In memory, the entries of a row lie side by side.")),
            Answer(N_("The number of rows is named before that of columns."),
                   N_("So it is in every shape, in whatever order the entries lie.")),
            Answer(N_("There are more rows than columns."), N_("A matrix of any shape can be stored row by row.")),
        )),
    Erratum(
        "E56", "S0", NC_("text", "loss"), Message(r"\text{{vector form: }}\ (\sigma(t) - y)\cdot v"),
        Message(r"\text{{numbers: }}\ (\sigma(t) - y)\cdot v"),
        N_("The formula that follows at once is about single numbers; only those after it are about vectors."),
        unposed=N_("is a remark that stands one formula too early")),
    Erratum(
        "E57", "S0", NC_("text", "affine map"), r"\frac{\partial\, b_j + \sum_k W_{jk} z_k}{\partial z_i}",
        r"\frac{\partial \left(b_j + \sum_k W_{jk} z_k\right)}{\partial z_i}",
        N_("Without brackets ∂ takes bⱼ alone, which does not depend on z."),
        unposed=N_("lacks a pair of brackets, and what follows is right")),
)  # fmt: skip
