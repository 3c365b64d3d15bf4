"""Lets the engine's tests run on a GPU as well: the same tests, with everything computed there.

Those with ``cuda`` in their name need one and are skipped without, with the reason; ``pytest -m gpu tests/engine`` runs
them alone. With MLPVIZ_STAND_IN=1 ``tests/support/recorder.py`` takes its place: slowly, since every kernel is
compiled for the CPU, but on any machine.
"""

import os

import pytest

from mlpviz.engine.devices import devices
from tests.support import on_device
from tests.support.emulator import Emulator
from tests.support.recorder import Recorder, playing

STAND_IN = os.environ.get("MLPVIZ_STAND_IN") == "1"

MODULES = {
    f"test_{name}"
    for name in "against_torch extreme gradient_check initializers optimizers schedules trace training".split()
}
"""Tests of what is computed, wherever it is computed."""

OF_THE_HOST = {
    # how NumPy's buffers lie, and what a pass takes of the host's memory
    "test_every_buffer_has_the_parameters_type",
    "test_gradients_are_views_of_one_vector",
    "test_buffers_do_not_overlap",
    "test_a_pass_allocates_nothing",
    "test_a_whole_pass_is_the_phases_one_after_another",
    "test_the_slope_of_half_the_squared_error_is_not_computed_again",
    "test_a_step_allocates_nothing",
    "test_a_million_samples_need_no_more_memory_from_epoch_to_epoch",
    "test_numpys_settings_are_left_as_they_were",
    "test_short_steps_take_one_thread_of_blas",
    # how the CPU's optimiser goes through a long vector
    "test_updates_are_pytorchs",
    "test_blocks_change_no_bit",
    "test_blocks_share_their_scratch",
    # no array at all
    "test_every_activation_and_loss_is_among_the_networks",
    "test_every_optimizer_has_its_counterpart",
    "test_what_is_frozen_has_no_part_in_the_update",
    "test_unknown_names_are_not_frozen",
    "test_no_bias_no_freezing_it",
    "test_the_table_is_the_contract",
    "test_every_entrywise_activation_is_here",
    "test_every_schedule_starts_with_a_whole_learning_rate_or_warms_up",
    "test_schedules_are_pytorchs",
    "test_what_is_wrong_is_named",
    "test_one_wrong_entry_is_noticed",
    "test_rounding_is_no_failure_of_a_zero_gradient",
    "test_right_answers",
    "test_there_is_no_array_outside_the_network",
}
"""Tests of those modules that are about the CPU, or about nothing that a device does."""


def pytest_generate_tests(metafunc):
    """Every test of what is computed runs on every device."""
    if of_both(metafunc.module) and metafunc.function.__name__ not in OF_THE_HOST:
        metafunc.parametrize("device", on_device.DEVICES, indirect=True)


def of_both(module):
    """Whether a module's tests are written for the CPU, and are tests of every device."""
    return module.__name__.rpartition(".")[2] in MODULES


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory):
    """What takes the place of a GPU, if one is asked for."""
    return Recorder(Emulator(tmp_path_factory.mktemp("stand-in")), 10**12) if STAND_IN else None


@pytest.fixture(autouse=True)
def device(request, monkeypatch, stand_in):
    """The device on which a test computes."""
    name = getattr(request, "param", "cpu")
    if name == "cpu":
        yield name
        return
    if stand_in is None and (missing := devices()[name].missing):
        pytest.skip(missing)
    if of_both(request.module):
        on_device.through(request.module, monkeypatch)
    if stand_in is None:
        yield name
    else:
        yield from (name for _ in playing(stand_in, monkeypatch))
