"""Carries a lesson out in a room: a teacher leads through every scene, two follow, and both answer each question."""

from mlpviz.derivation.errata import EXERCISES
from mlpviz.interface.room.asking import offers
from mlpviz.lessons.lesson import Guessed, Reached
from tests.support.browser import expect, expect_count, expect_text
from tests.support.lessons import DONE, do, in_order, next_scene
from tests.support.rooms import LINE, STEP, ask, does, opened_room, shown
from tests.support.stepping import settled

TYPED = EXERCISES["E46"].answer, EXERCISES["E46"].formula
"""A right formula and a wrong one, for the question that is answered by one."""
COUNTS = """[...document.querySelectorAll(".mlp-class-bars li")]
  .map(bar => [bar.classList.contains("mlp-class-right"), Number(bar.querySelector("b").textContent)])"""
FOUND = "() => [location.pathname, location.search]"
TOLD = """() => {
  const [step, places] = [document.querySelector("[data-step]")?.dataset.step, new URLSearchParams(location.search)]
  return step === undefined || (places.get("line") ?? places.get("step") ?? "0") === step
}"""
"""Whether the address tells the step that is shown, a moment after it was reached."""


def taught(opened, lesson, pictures=None):
    """The number, the scene and what was answered, scene by scene; ``opened`` are the teacher's page and the others."""
    teacher = opened[0].open(f"/?lesson={lesson.name}&scene=1")
    code = opened_room(teacher)
    students = [each.open(f"/?room={code}") for each in opened[1:]]
    for number, scene in enumerate(lesson.scenes, start=1):
        for page in (teacher, *students):
            expect_text(page, ".mlp-lesson-place b", scene.title)
            settled(page)
        said = list(carried_out(scene, teacher, students))
        if pictures:
            for name, page in zip(("teacher", "laptop", "phone"), (teacher, *students), strict=True):
                page.screenshot(path=str(pictures / f"room-{lesson.name}-{number}-{name}.png"), animations="disabled")
        yield number, scene, ", ".join(said)
        back(students)
        if number < len(lesson.scenes):
            next_scene(teacher, number)


def carried_out(scene, teacher, students):
    """Do what the scene asks for, its question in the room."""
    own = [each for each in scene.done if not isinstance(each, Guessed)]
    if scene.ask and len(own) == len(scene.done):  # before the teacher writes the answer on the wall
        yield answered(teacher, students)
    for done in in_order(scene.done):
        if isinstance(done, Guessed):
            yield answered(teacher, students)
            continue
        do(teacher, done)
        expect(teacher, DONE, True, own.index(done))
        follow(teacher, students, done)


def follow(teacher, students, done):
    """Wait until all are where the teacher is: at the same step or, otherwise, at the same numbers."""
    for student in students:
        expect_text(student, LINE, "following")
        if isinstance(done, Reached):
            expect(student, STEP, teacher.evaluate(STEP))
            expect(student, "document.querySelectorAll('.mlp-lesson-tasks .mlp-lesson-done').length > 0")


def back(students):
    """Whoever has worked at something of their own goes back to the class."""
    for student in students:
        if student.locator(".mlp-class-aparts button").count():
            does(student, "go back")
            expect_text(student, LINE, "following")


def answered(teacher, students):
    """Ask the scene's question; the first answers rightly, the others not; what was counted."""
    expect(teacher, TOLD)
    path, search = teacher.evaluate(FOUND)
    page = path.strip("/") or "step"
    query = "&".join(each for each in search[1:].split("&") if not each.startswith(("room=", "kept=")))
    question = offers({"page": page, "query": query})[0]
    ask(teacher)
    for number, student in enumerate(students):
        give(student, question, number == 0)
        expect_text(student, LINE, "sent")
    shown(teacher, len(students), len(students))
    for page in (teacher, *students):
        expect_count(page, ".mlp-class-bars", 1)
        bars = page.evaluate(COUNTS)
        assert sum(count for _right, count in bars) == len(students), bars
        assert sum(count for right, count in bars if right) == 1, bars
    for student in students:
        expect_text(student, ".mlp-class-bars", "yours")
    told = students[-1].locator(".mlp-class-question .mlp-class-note").inner_text()
    assert told and told not in ("right", "closed"), told
    does(teacher, "Done with it")
    for page in (teacher, *students):
        expect_count(page, ".mlp-class-question", 0)
    return f"{len(bars)} bars, {len(students)} of {len(students)} counted, wrong: {told}"


def give(student, question, rightly):
    """Answer, rightly or not."""
    student.wait_for_selector(".mlp-class-question")
    if question.judged is not None:
        student.fill(".mlp-class-field", TYPED[not rightly])
        student.locator(".mlp-class-question button[type=submit]").click()
        return
    at = next(at for at, option in enumerate(question.options) if option.right == rightly)
    student.locator(".mlp-class-choice").nth(at).click()
