"""The stepper's sentences: they travel with the payload, in the learner's language.

The {places} in them are filled in the browser, which also finds the form for a {count}.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from ...derivation import choices
from ...derivation.printing import aloud
from ...maths.messages import N_, NC_, NN_
from ..shell.translation import _, translations

COUNTS = 200
"""The counts whose form is sent. Beyond, a language's rule looks at the last two digits alone, as from 100 on."""

MESSAGES: dict[str, str | tuple[str, str]] = {
    "stepper": N_("Step through the network: → next, ← back, Space plays, Home and End jump"),
    "previous": NC_("step", "Previous"),
    "next": NC_("step", "Next"),
    "play": N_("Play"),
    "pause": N_("Pause"),
    "speed": N_("Speed"),
    "grain": N_("One step computes"),
    "grain_matrix": N_("a matrix"),
    "grain_entry": N_("an entry"),
    "scrubber": NC_("step", "Step"),
    "position": N_("step {step} of {steps}"),
    "more": N_("More controls"),
    "projector": N_("Projector"),
    "leave_projector": N_("Leave projector"),
    "projector_keys": N_(
        "The whole screen (Esc leaves). Keys: 1 network, 2 sum, 3 product, 4 code alone, 0 all; PageDown next, "
        "PageUp back; B a black screen"
    ),
    "notation": N_("Notation"),
    "forward": N_("forward"),
    "loss": N_("loss"),
    "backward": N_("backward"),
    "update": N_("update"),
    "second": N_("second pass"),
    "layer": N_("layer {layer}"),
    "input": N_("input"),
    "loss_group": N_("loss"),
    "network": N_("The network"),
    "backwards": N_("read from right to left"),
    "gain_here": N_("f′(z) of this unit: what comes back is multiplied by it. A click shows where it comes from."),
    "gain_legend": N_("backwards each unit multiplies what comes back by its f′(z)"),
    "sum": N_("The sum"),
    "product": N_("The product"),
    "code": N_("The code"),
    "shapes": N_("shapes"),
    "letters": N_("What the letters and signs mean"),
    "letters_key": N_("What the letters and signs mean (key ?)"),
    "close": N_("Close"),
    "widen": N_("The picture over all panels, and back (Esc)"),
    "enlarge": N_("The product over all panels, and back (Esc)"),
    "latex": N_("The formula as LaTeX"),
    "latex_line": N_("Copy the formula"),
    "latex_shapes": N_("Copy it with the shapes"),
    "latex_numbers": N_("Copy it with its numbers"),
    "network_picture": N_("The network as a picture"),
    "product_picture": N_("The product as a picture"),
    "as_svg": N_("Save as SVG"),
    "as_png": N_("Save as PNG"),
    "taken": N_("Done ✓"),
    "ledger": N_("Every number so far"),
    "legend": N_("orange is negative, blue positive"),
    "sample": N_("sample {sample} of {batch}"),
    "sample_before": N_("previous sample"),
    "sample_after": N_("next sample"),
    "samples": NN_(
        "{shown} of {count} sample is shown; sums include the other {other}",
        "{shown} of {count} samples are shown; sums include the other {other}",
    ),
    "travelling": N_("{rows} × {columns} of {tall} × {wide} are here"),
    "some_neurons": NN_("{shown} of {count} neuron", "{shown} of {count} neurons"),
    "cell": N_("{name}, row {row}, column {column}"),
    "matrix": N_("{name}, {rows} by {columns}"),
    "listed": N_("{before}, {after}"),
    "among": N_("{others}, {last}"),
    "apart": N_("{first}; {second}"),
    "named": N_("{place}: {title}"),
    "together": N_("{sentence} {remark}"),
    "arrived": N_("{place}: {title}."),
    "turned": aloud.TURNED,
    "blank": N_("not computed yet"),
    "crumb": N_("step {step}"),
    "given": N_("{name} is given: nothing computes it."),
    "given_editable": N_("{name} is given: nothing computes it. Enter or a double click changes it."),
    "given_still": N_("It does not follow a hand here: {why}."),
    "given_live": N_(
        "{name} is given: nothing computes it. Drag it to the right or left, or hold Alt and press ↑ or ↓: "
        "one pixel is {step}, with Shift a tenth of it. Enter or a double click lets it be typed."
    ),
    "curve_name": N_("{J} over {name}, all else as it is"),
    "curve": N_(
        "{J} over {name}, all else as it is: at {value} {J} is {cost}, and its slope, the tangent’s, is {slope}."
    ),
    "curve_next": N_("The update moves it to {next}: the arrow below."),
    "curve_next_longer": N_("The update moves it to {next}: the arrow below, drawn {times} times as long."),
    "curve_chord": N_("Through the two dots, {near} to each side, the slope is {slope}: a central difference."),
    "curve_kinks": NN_(
        "At {count} kink (◇) the z of a unit passes 0, and the slope jumps.",
        "At {count} kinks (◇) the z of a unit passes 0, and the slope jumps.",
    ),
    "how_moved": N_("How to move it"),
    "curve_keys": N_("Or drag the point of the picture, or go to it with Tab and press an arrow key."),
    "pair": N_("{J} over two numbers"),
    "pair_keys": N_("Key J shows {J} over the number with the focus, Shift+J over it and the one of before"),
    "pair_choose": N_("Now the second number: click it, or go to it and press Shift+J. Esc leaves it at one."),
    "alone": N_("{J} over this number alone"),
    "map_name": N_("{J} over {one} (to the right) and {two} (upwards), all else as it is"),
    "map": N_("{J} over {one}, to the right, and {two}, upwards, all else as it is: at {x} and {y} {J} is {cost}."),
    "map_next": N_("The update moves them to {nx} and {ny}: the arrow downhill."),
    "map_next_longer": N_("The update moves them to {nx} and {ny}: the arrow downhill, drawn {times} times as long."),
    "map_still": N_("The update moves neither of them."),
    "function": N_(
        "The unit of {unit}: at z = {z}, {name} is {a}, and its slope {slope_name}, the tangent’s, is {slope}."
    ),
    "held": N_("the other z held"),
    "mixes": N_(
        "Softmax takes all z of the layer together: the curve is this unit’s a over its own z, the others held; "
        "its slope is ∂a/∂z of the unit by itself."
    ),
    "kept": N_("{name} is what the optimiser keeps: the updates so far have left it, and before the first it is 0."),
    "not_yet": N_("Not computed yet: step {step}, {name}, computes it."),
    "go": N_("Go there"),
    "sum_numbers": N_("the sum with its numbers"),
    "so_far": N_("after {done} of {all}:"),
    "more_terms": NN_("{count} more term", "{count} more terms"),
    "zeros": NN_("{count} zero ▸", "{count} zeros ▸"),
    "zero_terms": NN_("{count} of {all} terms is 0: show it", "{count} of {all} terms are 0: show them"),
    "rest": NN_("the other {count} sample", "the other {count} samples"),
    "add_rows": aloud.ADDED[0],
    "add_columns": aloud.ADDED[1],
    "no_product": N_("No product of whole matrices: each entry is made by itself. The sum shows how."),
    "here_row": N_("row {shown}"),
    "here_rows": N_("rows {shown}"),
    "here_column": N_("column {shown}"),
    "here_columns": N_("columns {shown}"),
    "window_row": N_("row {shown} of {all}"),
    "window_rows": N_("rows {shown} of {all}"),
    "window_column": N_("column {shown} of {all}"),
    "window_columns": N_("columns {shown} of {all}"),
    "window_left": N_("move the window left"),
    "window_right": N_("move the window right"),
    "window_up": N_("move the window up"),
    "window_down": N_("move the window down"),
    "checking": N_("checking…"),
    "proof": N_("{value} against central differences"),
    "proof_there": N_("{value} against central differences, by the server"),
    "all_entries": NN_("{count} entry", "all {count} entries"),
    "some_entries": NN_("{checked} of {count} entry, chosen by seed", "{checked} of {count} entries, chosen by seed"),
    "unchecked": N_("none of these entries was checked"),
    "skipped": N_("{skipped} at a kink left out"),
    "dead": N_("dead for every sample here: its slope is 0, so nothing runs back through this unit"),
    "flat": N_("saturated: so flat here that its slope is rounded to 0, so nothing runs back through this unit"),
    "saturated": N_("saturated: its slope is only {value}, so little runs back through this unit"),
    "overflow": N_("not a finite number: its sum leaves the range of floating-point numbers here"),
    "not_finite": N_("not a finite number"),
    "inherited": N_("not finite because {source} is {value}"),
    "was": N_("it was {value}"),
    "predict": N_("Predict"),
    "predict_key": N_("Predict: each result is hidden until you have answered for it, or press → again (key p)"),
    "veiled": N_("hidden until you have predicted it"),
    "kept_cell": N_("kept back by the link"),
    "kept_back": N_("This link keeps {name} back."),
    "veiled_product": N_("The product is hidden until you have answered."),
    **{f"ask_{kind}": sentence for kind, sentence in choices.QUESTIONS.items()},
    "negative": N_("negative"),
    "zero": N_("zero"),
    "positive": N_("positive"),
    "answer": NC_("button", "Answer"),
    "other_sign": N_("the other sign"),
    "another_question": N_("another question about the same result"),
    "guess_keys": N_("Enter: answer, →: see it"),
    "guess_first": N_("An answer comes first (Enter)"),
    "guess_next": N_("The next result is asked for before it is shown: press →."),
    "guess_nothing": N_("What do you expect? → shows it."),
    "guess_off": N_("Results are shown at once."),
    "guess_right": N_("Right: it is {value}."),
    "guess_wrong": N_("No: it is {value}."),
    "guess_right_formula": N_("Right."),
    "guess_wrong_formula": N_("No: the right one is shown now. In the one you chose this is wrong: {cause}"),
    "guess_cause": choices.COMES_OF,
    "guess_entry": choices.IS_ENTRY,
    "guess_shape": choices.SHAPE_OF,
    "guess_transpose": choices.SHAPE_OF_TRANSPOSE,
    "not_number": N_("“{typed}” is no number: type one such as −0.25."),
    "streak": NN_("{count} right", "{count} right in a row"),
    "again": N_("Again"),
    "run": NC_("button", "Run"),
    "stop": N_("Stop"),
    "run_key": N_("Update after update, until it is stopped (key R); a held key A goes on until it is let go"),
    "again_key": N_("Apply the update and compute the pass anew (key A); held down it goes on"),
    "pace": N_("updates a frame"),
    "pace_stated": NN_("{count} update a frame", "{count} updates a frame"),
    "pace_made": NN_(
        "{made} of {count} update a frame: no more fit into one",
        "{made} of {count} updates a frame: no more fit into one",
    ),
    "updates": NN_("{count} update", "{count} updates"),
    "update_axis": N_("updates"),
    "back": N_("Go back over the updates"),
    "at_update": N_("update {update}: {name} = {value}"),
    "trail": N_("{name} over the updates: {begun} at update {first}, {now} at update {at}."),
    "trail_kept": N_("These weights are the setup’s now, to share and to reload; the trail then begins here."),
    "trail_begins": NN_(
        "{count} update was made before: the trail begins there.",
        "{count} updates were made before: the trail begins there.",
    ),
    "diverged": N_("Update {update} would make the cost {cost}, so it is not made: a smaller learning rate may help."),
    "no_update": N_("The cost is {cost} with these numbers, so no update can be made of them."),
    "still_starting": N_("the numbers do not follow the hand yet: the page has only just come up"),
    "refused": N_("“{typed}” is not accepted: type a finite number such as −0.25. {name} keeps {value}."),
}
"""Each sentence by its key; where it counts, its singular and its plural."""


def messages() -> dict[str, Any]:
    """The sentences in the learner's language; of a pair, its ``forms`` and, in ``of``, the form's number by count."""
    catalog = translations()
    return {key: _(each) if isinstance(each, str) else by_count(catalog, *each) for key, each in MESSAGES.items()}


@lru_cache(maxsize=256)  # the same in every run of a page in one language
def by_count(catalog: NullTranslations, one: str, many: str) -> dict[str, Any]:
    sentences = [catalog.ngettext(one, many, count) for count in range(COUNTS)]
    forms = list(dict.fromkeys(sentences))
    return {"forms": forms, "of": "".join(str(forms.index(sentence)) for sentence in sentences)}
