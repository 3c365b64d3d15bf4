"""What a rule is: the mistakes that a changed node undoes, as it would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ...maths.expressions import Expression
from .vocabulary import Vocabulary

Replacement = tuple[str, Expression, float] | tuple[str, Expression, float, Mapping[str, Any]]
"""A kind of mistake, the node that replaces another, a surcharge, and perhaps what more there is to say of it."""

Rule = Callable[[Vocabulary, Any], Iterator[Replacement]]
