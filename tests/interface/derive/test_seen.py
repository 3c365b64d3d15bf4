"""From which line on an array of the pass is seen beside a walkthrough: what is to be derived does not stand there."""

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.interface.derive.payload import LinesPayload, reads
from tests.support.programs import walked


def payloads():
    for walkthrough in WALKTHROUGHS.values():
        for scene, chains in walked(walkthrough, "two-three-two", Notation()):
            yield LinesPayload(scene, lambda _scene, chains=chains: chains)


def test_no_error_is_seen_before_the_line_that_needs_it_and_nothing_before_the_one_that_derives_it():
    hidden = 0
    for payload in payloads():
        matrices = payload.frame(messages={}).content["matrices"]
        for place in payload.lines:
            for symbol in reads(place.line.value):
                assert matrices[str(symbol)]["step"] < max(place.index, 1)
        for key in [key for key in matrices if key.startswith("delta")]:
            told = [place.index for place in payload.lines if str(place.chain.target) == key]
            read = [place.index for place in payload.lines if key in map(str, reads(place.line.value))]
            first = min([*told, *(index - 1 for index in read)], default=len(payload.lines))
            assert matrices[key]["step"] == first or " line " in key
            hidden += first > 0
    assert hidden > 9
