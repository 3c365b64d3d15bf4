"""Who a learner is: the browser, by a hash of the secret that it keeps."""

from hashlib import sha256

from streamlit.testing.v1 import AppTest

from tests.support.browser import PATIENCE, expect

SECRET = "0123456789abcdef0123456789abcdef"
HASH = sha256(SECRET.encode()).hexdigest()
KEPT = "/mlpviz_browser=([0-9a-f]{32})/.exec(document.cookie)?.[1]"


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
    app.session_state["said"] = ["", None, {"secret": SECRET}, HASH, SECRET.upper(), SECRET + "\n", for_now]
    assert app.run().text[0].value == for_now, "what is no secret is not taken for one"
    app.session_state["said"] = [SECRET]
    assert [each.value for each in app.run().text] == [HASH, offered, f"{HASH} {for_now}"]
    app.session_state["said"] = [offered]
    assert app.run().text[2].value == for_now


def test_a_browser_keeps_its_secret_in_all_tabs_and_after_a_reload_and_another_has_its_own(open_app):
    page = open_app("/derive")
    expect(page, f"{KEPT}?.length", 32)
    secret = page.evaluate(KEPT)
    page.context.clear_cookies()
    page.reload()
    expect(page, KEPT, secret)  # from the second place where it is kept
    second = page.context.new_page()
    second.goto(page.url)
    expect(second, KEPT, secret)
    assert secret not in page.url + page.content()
    other = open_app("/derive")
    expect(other, f"{KEPT}?.length", 32)
    assert other.evaluate(KEPT) != secret
