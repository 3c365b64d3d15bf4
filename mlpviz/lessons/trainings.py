"""The trainings that lessons end with, as links."""

from __future__ import annotations

MOONS = (
    "/train?preset=xor&dataset=moons&widths=2,8,1&reduction=mean_samples&entries=only"
    "&X=0.44437,-0.00666;-0.53009,0.01751;-1.28653,0.05367;-0.71618,0.85054"
    "&Y=0;1;0;0&optimizer=adam&learning_rate=0.01&batch_size=32&epochs=200&validation=0.2&pace=30"
)
"""Two moons, as the Train page suggests them; the four samples are those that the stepper would show."""
