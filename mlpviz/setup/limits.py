"""How much is accepted, computed and drawn; every other file reads the numbers here."""

WIDTH = 4_096  # units in one layer
DEPTH = 32  # layers with parameters
BATCH = 4_096  # samples
PARAMETERS = 2_000_000  # weights and biases of one network
VALUES = 4_000_000  # activations of one pass: samples times units
NUMBERS = 200_000  # numbers that a setup gives one by one: X, Y and typed parameters, each
SEED = 2**32 - 1
DIGITS = 12  # digits shown after the decimal point
STEP = 10_000_000
TRAINED = 1_000_000  # samples that are trained on
EPOCHS = 1_000_000
UPDATES = 10**15  # updates that a run has made
RUNS = 12  # runs that are compared
FORMULA = 20_000  # characters of what a learner writes to be checked, as many as are read of a program
FORMULA_IN_LINK = 2_000  # as many of them as a link carries
FORMULA_ENCODED = 5_000  # the same percent-encoded, so that a link has room for the rest
VEILED = 40  # arrays that a link keeps back
GIVEN = 40  # names of a learner's own of which it is known what they are
NAME_LENGTH = 40  # characters of one of them
MAGNITUDE = 1e300  # of a typed number: its square may overflow, it may not

CELLS_DRAWN = 16  # rows or columns of one matrix that the stepper draws at once, then a window on it
SAMPLES_SENT = 8  # samples that travel to the browser
NUMBERS_SENT = 200_000  # numbers that travel to the browser
LINES_EDITED = 512  # rows or columns of a matrix that is edited in a grid
CELLS_EDITED = 20_000  # cells of such a matrix; of larger ones one entry is edited at a time

SCENES = 40  # of a lesson
HOME = 2_500  # characters of the link of a setup that is put aside, inside the link of a room
LINK_LENGTH = 8_000  # characters of a query, percent-encoded
FILE_BYTES = 2_000_000
PASTE_LENGTH = 2_000_000  # characters of a pasted matrix
NUMBER_LENGTH = 40  # characters of one number
UNDO_STEPS = 200
UNDO_NUMBERS = 300_000  # in all states of one session that undo and redo lead to
KEPT = 1_500  # drawn numbers of one array that stay when only the layers beside it change; larger ones are drawn anew
