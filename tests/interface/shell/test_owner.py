"""Who a learner is: the browser, by a hash of the secret that it keeps."""

from hashlib import sha256

from streamlit.testing.v1 import AppTest

from tests.support.browser import PATIENCE, SECRET, expect

GIVEN = "0123456789abcdef0123456789abcdef"
HASH = sha256(GIVEN.encode()).hexdigest()


def whose():
    import streamlit as st

    from mlpviz.interface.shell import owner

    for said in st.session_state.get("said", ()):
        owner.take(said)
    st.text(owner.owner())
    st.text(owner.offered())
    st.text(" ".join(owner.names()))


def test_it_is_the_hash_of_the_secret_and_of_the_one_offered_until_that_is_told():
    app = AppTest.from_function(whose, default_timeout=PATIENCE).run()
    for_now, offered = app.text[0].value, app.text[1].value
    assert for_now == sha256(offered.encode()).hexdigest()
    assert for_now == app.run().text[0].value != AppTest.from_function(whose).run().text[0].value
    app.session_state["said"] = ["", None, {"secret": GIVEN}, HASH, GIVEN.upper(), GIVEN + "\n", for_now]
    assert app.run().text[0].value == for_now, "what is no secret is not taken for one"
    app.session_state["said"] = [GIVEN]
    assert [each.value for each in app.run().text] == [HASH, offered, f"{HASH} {for_now}"]
    app.session_state["said"] = [offered]
    assert app.run().text[2].value == for_now


def test_a_browser_keeps_its_secret_in_all_tabs_and_in_two_places(open_app):
    """One that has none takes what it is offered, to each session another: above."""
    page = open_app("/derive")
    expect(page, f"{SECRET}?.length", 32)
    secret = page.evaluate(SECRET)
    page.context.clear_cookies()
    second = page.context.new_page()
    second.goto(page.url)
    expect(second, SECRET, secret)  # from the second place where it is kept
    assert secret not in page.url + page.content()
