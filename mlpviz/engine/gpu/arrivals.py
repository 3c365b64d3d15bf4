"""How a batch comes into the shared memory of the persistent kernel: asked for a step ahead, laid down when it is due.

The row numbers of its samples are asked for another step ahead, so that no thread waits for either.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.engine.gpu.codegen.c import identifier
from mlpviz.engine.gpu.codegen.scope import indented
from mlpviz.engine.gpu.schedule.launches import ORDER
from mlpviz.engine.gpu.schedule.normal_form import Size


@dataclass(frozen=True)
class Arrival:
    """One array of a batch by its name, and the data it is gathered from; ``begin`` and ``end`` bound the steps."""

    name: str
    data: str
    size: Size
    batch_size: int
    threads: int
    real: str

    def first(self) -> list[str]:
        """Fetch the samples of the first step, and the row numbers of those of the second."""
        return [
            f"{self.real} coming_{self.name}[{self.each}];",
            f"long long rows_{self.name}[{self.each}];",
            *self.unrolled(
                [
                    f"rows_{self.name}[k] = {self.row_number('begin + 1')};",
                    f"if (at < {self.count})",
                    f"    {self.name}[at] = {self.entry(self.row_number('begin'))};",
                ]
            ),
        ]

    def ask(self) -> list[str]:
        """Ask for the samples of the next step, and for the row numbers of those of the one after it."""
        return self.unrolled(
            [
                f"coming_{self.name}[k] = {self.entry(f'rows_{self.name}[k]')};",
                f"rows_{self.name}[k] = {self.row_number('step + 2')};",
            ]
        )

    def lay_down(self) -> list[str]:
        """Put the samples that have come in their place."""
        return self.unrolled([f"if (at < {self.count})", f"    {self.name}[at] = coming_{self.name}[k];"])

    @property
    def count(self) -> int:
        """Entries of the array."""
        rows, columns = self.size
        return rows * columns

    @property
    def each(self) -> int:
        """Entries that a thread fetches."""
        return -(-self.count // self.threads)

    def unrolled(self, body: list[str]) -> list[str]:
        """Statements for every entry ``at`` that is a thread's own, its k-th."""
        head = ["#pragma unroll", f"for (int k = 0; k < {self.each}; k++) {{"]
        return [*head, *indented([f"const int at = threadIdx.x + k * {self.threads};", *body]), "}"]

    def row_number(self, step: str) -> str:
        """The number of the sample that an entry belongs to at some step; 0 where there is no such entry or step."""
        place = f"{identifier(ORDER)}[({step}) * {self.batch_size} + at / {self.size[1]}]"
        return f"(at < {self.count} && {step} < end ? {place} : 0)"

    def entry(self, row: str) -> str:
        """The entry of the data in a row."""
        return f"{self.data}[{row} * {self.size[1]} + at % {self.size[1]}]"
