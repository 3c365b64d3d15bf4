"""Runs generated CUDA kernels on the CPU: g++ compiles their own sources, a small header plays the GPU.

The threads of a block are fibers, which run one after the other, in an order drawn by lot, up to the next barrier or
exchange; blocks run in turn, in an order drawn by lot too. So a barrier that is missing or not reached by all, and
blocks that depend on one another, show. Every buffer lies between guards of NaN.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from mlpviz.engine.gpu.schedule.launches import Kernel, Product
from mlpviz.maths.expressions import Symbol

HEADER = r"""
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>
#include <cstdio>
#include <cstdlib>
#include <utility>

#define __global__
#define __device__
#define __shared__ static
#define __launch_bounds__(threads)
#define __forceinline__ inline
#define __syncthreads() wait_for_block(__LINE__)
#define __syncwarp() wait_for_warp(__LINE__)

struct Place { unsigned x, y, z; };
static Place threadIdx, blockIdx, blockDim, gridDim;

static inline float normcdff(float x) { return 0.5f * erfcf(-x * 0.70710678f); }
static inline double normcdf(double x) { return 0.5 * erfc(-x * 0.70710678118654752440); }
static inline float __int_as_float(int bits) { float x; memcpy(&x, &bits, sizeof x); return x; }
static inline double __longlong_as_double(long long bits) { double x; memcpy(&x, &bits, sizeof x); return x; }

enum { MOST = 1024, STACK = 1 << 16, WARP = 32 };
struct Fiber { jmp_buf place; int line; bool block_wide, waiting, done, begun; unsigned exchanges; };
static Fiber fibers[MOST];
static char* stacks;
static jmp_buf scheduler;
static double slots[MOST / WARP][2][WARP];
static void (*call)(void**);
static void** arguments;
static unsigned now, lot;

static unsigned draw(unsigned below) { lot = lot * 1664525u + 1013904223u; return (lot >> 8) % below; }

static void leave(Fiber& own) { if (!_setjmp(own.place)) _longjmp(scheduler, 1); }  // asks nothing of the system

static void yield(int line, bool block_wide)
{
    Fiber& own = fibers[now];
    own.line = line, own.block_wide = block_wide, own.waiting = true;
    leave(own);
}
static void wait_for_block(int line) { yield(line, true); }
static void wait_for_warp(int line) { yield(line, false); }

template <class T> static T exchange(unsigned mask, T value, unsigned from, int line)
{
    unsigned warp = now / WARP, lane = now % WARP, turn = fibers[now].exchanges++ % 2;
    if (mask != 0xffffffffu) { fprintf(stderr, "an exchange of a part of a warp\n"); abort(); }
    slots[warp][turn][lane] = value;
    wait_for_warp(line);
    return (T)slots[warp][turn][from];
}
template <class T> static T shuffled_xor(unsigned mask, T value, int apart, int line)
{
    return exchange(mask, value, (now % WARP) ^ apart, line);
}
#define __shfl_xor_sync(mask, value, apart) shuffled_xor(mask, value, apart, __LINE__)

static void body()  // of a fiber, which takes part in all launches
{
    for (;;) {
        call(arguments);
        fibers[now].done = true;
        leave(fibers[now]);
    }
}

static void enter(unsigned t)  // comes back when the fiber leaves
{
    static ucontext_t first;
    if (_setjmp(scheduler)) return;
    if (fibers[t].begun) _longjmp(fibers[t].place, 1);
    fibers[t].begun = true;
    getcontext(&first);
    first.uc_stack.ss_sp = stacks + (size_t)t * STACK;
    first.uc_stack.ss_size = STACK;
    makecontext(&first, body, 0);
    setcontext(&first);
}

static int released(unsigned first, unsigned last)  // lets a group of threads go on if all wait at the same place
{
    for (unsigned t = first; t < last; t++)
        if (fibers[t].done || !fibers[t].waiting || fibers[t].line != fibers[first].line
            || fibers[t].block_wide != fibers[first].block_wide)
            return 0;
    for (unsigned t = first; t < last; t++) fibers[t].waiting = false;
    return 1;
}

static void run_warp(unsigned warp, unsigned threads)  // as far as its threads get without the others
{
    unsigned first = warp * WARP, last = first + WARP < threads ? first + WARP : threads;
    do {
        unsigned shift = draw(WARP);
        for (unsigned k = 0; k < WARP; k++) {
            now = first + (k + shift) % WARP;
            if (now >= last || fibers[now].done || fibers[now].waiting) continue;
            threadIdx = {now, 0, 0};
            enter(now);
        }
    } while (!fibers[first].block_wide && released(first, last));
}

static int run_fibers(unsigned threads)
{
    static unsigned order[MOST];
    if (!stacks) stacks = (char*)malloc((size_t)MOST * STACK);
    for (unsigned t = 0; t < threads; t++) {
        Fiber& one = fibers[t];
        one.waiting = one.done = false, one.exchanges = 0;
        order[t] = t;
    }
    for (;;) {
        int left = 0;
        for (unsigned t = threads; t > 1; t--) std::swap(order[t - 1], order[draw(t)]);
        for (unsigned k = 0; k < threads; k++) run_warp(order[k] / WARP, threads);
        for (unsigned t = 0; t < threads; t++) left += !fibers[t].done;
        if (!left) return 0;
        if (released(0, threads)) continue;
        for (unsigned t = 0; t < threads; t++) fibers[t].begun = false;  // none of them comes back
        return 1;
    }
}

static int launch(void (*function)(void**), void** a, unsigned blocks, unsigned threads, unsigned seed, int waits)
{
    unsigned* order = (unsigned*)malloc(blocks * sizeof(unsigned));
    int stuck = 0;
    call = function, arguments = a, lot = seed;
    blockDim = {threads, 1, 1}, gridDim = {blocks, 1, 1};
    for (unsigned b = 0; b < blocks; b++) order[b] = b;
    for (unsigned b = blocks; b > 1; b--) std::swap(order[b - 1], order[draw(b)]);
    for (unsigned b = 0; b < blocks && !stuck; b++) {
        blockIdx = {order[b], 0, 0};
        if (waits) stuck = run_fibers(threads);
        else for (unsigned t = 0; t < threads; t++) { threadIdx = {t, 0, 0}; call(arguments); }
    }
    free(order);
    return stuck;
}

template <class... A, size_t... I> static void apply(void (*f)(A...), void** a, std::index_sequence<I...>)
{
    f((A)a[I]...);
}
template <class... A> static void apply(void (*f)(A...), void** a) { apply(f, a, std::index_sequence_for<A...>()); }
"""

GUARD = 512
"""Entries on either side of a buffer that nothing may write to, and that spoil what reads them."""

UNTOUCHED = {
    "float32": np.array(0x7FC0DEAD, np.uint32),
    "float64": np.array(0x7FF8DEADDEADDEAD, np.uint64),
    "int64": np.array(0x7FF8DEADDEADDEAD, np.uint64),
}
"""What stands in the guards, bit by bit: a NaN that no computation gives."""

FLAGS = ["-shared", "-fPIC", "-std=c++17", "-O0", "-ffp-contract=off", "-U_FORTIFY_SOURCE", "-w"]


class Emulator:
    """Compiled kernels; sources are compiled together, as many as are asked for at once, and once only."""

    def __init__(self, folder: Path, flags: Sequence[str] = ()) -> None:
        self.compiler = shutil.which("g++")
        if self.compiler is None:
            pytest.skip("no g++ to compile kernels for the CPU (Debian: apt-get install g++)")
        self.folder, self.flags = folder, [*FLAGS, *flags]
        self.functions: dict[str, ctypes._NamedFuncPointer] = {}
        self.libraries = 0

    def compile(self, kernels: Iterable[Kernel]) -> None:
        """Compile those kernels that are new."""
        new = {kernel.source: kernel for kernel in kernels if kernel.source not in self.functions}
        if not new:
            return
        self.libraries += 1
        source = self.folder / f"kernels{self.libraries}.cpp"
        written = "\n".join(translated(k, kernel) for k, kernel in enumerate(new.values()))
        source.write_text(f'#include "{self.header()}"\n{written}')
        library = source.with_suffix(".so")
        subprocess.run([self.compiler, *self.flags, str(source), "-o", str(library)], check=True)
        loaded = ctypes.CDLL(str(library))
        self.functions |= {text: getattr(loaded, f"run_{k}") for k, text in enumerate(new)}

    def header(self) -> Path:
        """The header, compiled before the first kernels: all it includes takes longer to read than most of them."""
        path = self.folder / "emulator.h"
        if not path.exists():
            path.write_text(HEADER)
            subprocess.run([self.compiler, *self.flags, "-x", "c++-header", str(path), "-o", f"{path}.gch"], check=True)
        return path

    def launch(self, kernel: Kernel, arrays: Sequence[np.ndarray], seed: int = 0) -> None:
        """Run a kernel over its arguments.

        Raises AssertionError if some threads wait for others that do not come.
        """
        self.compile([kernel])
        assert kernel.grid[1:] == kernel.block[1:] == (1, 1)
        pointers = (ctypes.c_void_p * len(arrays))(*(array.ctypes.data for array in arrays))
        stuck = self.functions[kernel.source](pointers, kernel.grid[0], kernel.block[0], ctypes.c_uint(seed))
        assert not stuck, f"the threads of {kernel.name} wait at different places"


def translated(number: int, kernel: Kernel) -> str:
    """A kernel's source in a namespace of its own, and a function that runs it."""
    waits = int("_sync" in kernel.source)
    source = kernel.source.replace('extern "C"', "")
    return f"""
namespace kernel_{number} {{
{source}
static void call(void** a) {{ apply({kernel.name}, a); }}
}}
extern "C" int run_{number}(void** a, unsigned blocks, unsigned threads, unsigned seed)
{{ return launch(kernel_{number}::call, a, blocks, threads, seed, {waits}); }}
"""


class Memory:
    """Buffers by symbol, all NaN (or −1) at first, each between guards."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.guarded: list[tuple[str, np.ndarray, np.ndarray]] = []
        self.arrays: dict[Symbol, np.ndarray] = {}

    def add(self, symbol: Symbol, shape: tuple[int, ...], dtype: str) -> np.ndarray:
        """A new buffer."""
        size = int(np.prod(shape))
        whole = np.full(size + 2 * GUARD, UNTOUCHED[dtype].view(dtype), dtype)
        self.guarded.append((str(symbol), whole[:GUARD], whole[GUARD + size :]))
        self.arrays[symbol] = whole[GUARD : GUARD + size].reshape(shape)
        self.arrays[symbol][...] = -1 if dtype == "int64" else np.nan
        return self.arrays[symbol]

    def add_all(self, shapes: Mapping[Symbol, tuple[int, ...]], dtype: str) -> None:
        """New buffers of some shapes."""
        for symbol, shape in shapes.items():
            self.add(symbol, shape, dtype)

    def put(self, values: Mapping[Symbol, np.ndarray]) -> None:
        """Copies of some arrays."""
        for symbol, array in values.items():
            self.add(symbol, array.shape, array.dtype.name)[...] = array

    def make(self, launches: Iterable[Product | Kernel], seed: int = 0) -> None:
        """Carry out launches in order.

        Raises AssertionError if one writes beyond a buffer.
        """
        launches = list(launches)
        self.emulator.compile(each for each in launches if isinstance(each, Kernel))
        for each in launches:
            if isinstance(each, Product):
                left, right = self.arrays[each.left], self.arrays[each.right]
                left, right = (left.T if each.left_transposed else left), (right.T if each.right_transposed else right)
                with np.errstate(all="ignore"):
                    np.matmul(left, right, out=self.arrays[each.out])
            else:
                self.emulator.launch(each, [self.arrays[symbol] for symbol in each.arguments], seed)
        for name, *sides in self.guarded:
            untouched = [side.view(UNTOUCHED[side.dtype.name].dtype) == UNTOUCHED[side.dtype.name] for side in sides]
            assert all(map(np.all, untouched)), f"something was written beyond {name}"


@pytest.fixture(scope="session")
def emulator(tmp_path_factory):
    """Runs kernels on the CPU; compiled ones are kept until the end."""
    return Emulator(tmp_path_factory.mktemp("emulator"))
