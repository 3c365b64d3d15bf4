"""A learner's own table on the Train page: opened, its columns chosen, and taken as data."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...examples import csv_table
from ...jobs.bounds import AGE
from ...maths.messages import Message, counted
from ..shell import session
from ..shell.toolbar import plain
from ..shell.translation import _, told
from . import data

KEY, REMARKS = "mlpviz.table", "mlpviz.table remarks"


def opener() -> None:
    """The upload of a CSV file, and the columns of the open one."""
    most = f"{csv_table.BYTES // 1_000_000} MB"
    version = st.session_state.setdefault("train.table version", 0)
    key = f"train.table {version}"
    label = _("Your own table: a CSV file (up to {most})").format(most=most)
    st.file_uploader(label, key=key, on_change=take_file, args=(key,))
    table = st.session_state.get(KEY)
    if table is not None:
        columns(*table)
    kept(table is not None)


def kept(opened: bool) -> None:
    """How long a table is kept, the chosen one with a button that removes it with all that was made of it."""
    name, days = session.current().dataset, told(counted("{count} day", "{count} days", round(AGE / 86_400)))
    if data.is_our_table(name):
        text = _("This table and the runs made of it are kept on this server for {days} after they were last used.")
        st.caption(text.format(days=days))
        st.button(_("Delete now"), key="train.delete table", icon=":material/delete:", on_click=delete, args=(name,))
    elif opened:
        text = _("What you train on is kept on this server for {days}, or until you delete it.")
        st.caption(text.format(days=days))


def delete(name: str) -> None:
    data.delete_table(name)
    st.session_state.pop(KEY, None)


def take_file(key: str) -> None:
    uploaded: Any = st.session_state[key]
    if uploaded is None:
        return
    st.session_state["train.table version"] += 1
    try:
        csv_table.check_bytes(uploaded.size)
        table = csv_table.read_table(uploaded.getvalue())
    except ValueError as error:
        session.refuse(error)
        return
    session.refuse("")  # what was said of a file before does not hold of this one
    st.session_state[KEY] = (uploaded.name, table)
    st.session_state.pop("train.target", None)


def columns(name: str, table: csv_table.Table) -> None:
    """The content of the file, and the choice of inputs and target among its columns."""
    st.caption(plain(told(summary(name, table))))
    names = list(table.names)
    target = st.selectbox(_("Target"), names, index=len(names) - 1, key="train.target")
    inputs = st.multiselect(
        _("Inputs"), [each for each in names if each != target], default=[each for each in names if each != target]
    )
    key, make = (table, *inputs, target), lambda: csv_table.remarks(table, inputs, target)
    for remark in session.cached(REMARKS, key, make, small=True):
        st.caption(plain(told(remark)))
    scaled = st.toggle(_("Bring every input to mean 0 and standard deviation 1"), value=True, key="train.standardised")
    st.button(_("Train on this table"), key="train.take table", on_click=take, args=(table, inputs, target, scaled))


def summary(name: str, table: csv_table.Table) -> Message:
    return Message(
        "{name}: {rows}, {columns}, separated by a {delimiter}, {header}.",
        name=name,
        rows=counted("{count:,} row", "{count:,} rows", len(table)),
        columns=counted("{count} column", "{count} columns", len(table.names)),
        delimiter=_(csv_table.DELIMITERS[table.delimiter]),
        header=Message("with a header") if table.header else Message("without a header"),
    )


def take(table: csv_table.Table, inputs: list[str], target: str, scaled: bool) -> None:
    try:
        chosen = csv_table.data_of(table, inputs, target, scaled)
    except ValueError as error:
        session.refuse(error)
        return
    data.choose_table(chosen)
