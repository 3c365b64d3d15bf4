"""Where the Step page's numbers are computed: the CPU in one plain word, or another device with its differences.

The CPU in float32 stands in for the GPU.
"""

import json

import numpy as np
import pytest

import mlpviz
from mlpviz.drawing.numbers import number
from mlpviz.engine import devices
from mlpviz.engine.devices import Device
from mlpviz.interface.stepper.proofs import proof
from mlpviz.setup import setup as setups
from mlpviz.setup.arrays import data_of, parameters_of
from tests.support.opened import Opened

CARD = Device("cuda", "Some card", memory=80 * 10**9, free=50 * 10**9)
NONE = Device("cuda", missing="This machine has no NVIDIA driver, so no GPU can be used.")


@pytest.fixture
def card(monkeypatch):
    """A card whose numbers are the CPU's in float32."""
    monkeypatch.setattr(devices, "cuda", lambda: CARD)
    monkeypatch.setitem(setups.COMPUTED, "cuda32", ("cpu", "float32"))


def places(page):
    """The devices that the panel offers."""
    return [radio.options for radio in page.app.radio if radio.key == "setup.computed"]


def opened(**query):
    """The Step page with its panel open."""
    page = Opened(**query)
    page.app.session_state["notation"] = True
    return page.run()


@pytest.mark.parametrize("query", [{}, {"computed": "cuda32"}])
def test_without_a_gpu_there_is_the_word_cpu_and_nothing_else(monkeypatch, query):
    monkeypatch.setattr(devices, "cuda", lambda: NONE)
    page = opened(**query)
    assert page.payload["device"] == {"name": "CPU", "differences": {}}
    assert places(page) == []
    assert page.setup.computed == query.get("computed", "cpu")


@pytest.mark.usefixtures("card")
def test_the_numbers_are_those_of_the_device_with_their_difference_from_the_cpu():
    plain, page = Opened(), Opened(computed="cuda32")
    assert plain.payload["device"]["name"] == "CPU"
    assert "still" not in plain.payload and "GPU" in page.payload["still"]  # the hand of the browser is a CPU's
    said = page.payload["device"]
    assert said["name"] == "GPU, float32 (Some card)"
    computed = {key for key, matrix in page.payload["matrices"].items() if matrix["step"] >= 0}
    assert computed <= said["differences"].keys()
    for key in ("Z[1]", "dW[2]"):
        found, right = page.matrix(key), plain.matrix(key)
        assert np.array_equal(found, found.astype(np.float32))
        assert not np.array_equal(found, right)
        apart = np.abs(found - right).max() / np.abs(right).max()
        assert said["differences"][key] == f"{number(apart, 3)} from the CPU"
    assert page.payload["identity"] != plain.payload["identity"]


@pytest.mark.usefixtures("card")
def test_the_device_is_chosen_in_the_panel_and_kept_in_the_link():
    page = opened()
    (offered,) = places(page)
    assert offered == ["CPU", "GPU, float64", "GPU, float32"]
    page.app.radio(key="setup.computed").set_value("cuda32")
    page.run()
    assert page.setup.computed == "cuda32"
    assert page.payload["device"]["name"].startswith("GPU, float32")


@pytest.mark.usefixtures("card")
def test_a_device_that_fails_is_a_sentence_beside_the_cpus_numbers():
    page = Opened(computed="cuda")
    said = page.payload["device"]
    assert said["name"].startswith("CPU: device cuda needs ")
    assert said["differences"] == {}
    assert np.array_equal(page.matrix("Z[1]"), Opened().matrix("Z[1]"))


@pytest.mark.usefixtures("card")
def test_the_proof_is_of_the_cpus_gradients_and_the_servers_only_where_the_browser_has_none():
    page = Opened(computed="cuda32")
    (sent,) = proofs_of(page)
    assert sent["identity"] == page.payload["identity"]
    right = mlpviz.gradient_check(parameters_of(page.setup), *data_of(page.setup))
    assert sent["proofs"] == {key: proof(check) for key, check in right.items()}
    assert proofs_of(Opened()) == []
    assert len(proofs_of(Opened(widths="30,20,2"))) == 1


def proofs_of(page):
    """What the page sends of proofs."""
    sent = [each.proto for each in page.app.get("bidi_component")]
    return [proofs for each in sent if each.component_name == "mlpviz.proofs" for proofs in json.loads(each.json)]
