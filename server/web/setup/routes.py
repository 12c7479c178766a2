"""The first setup: six pages behind the code from the console. What was answered is kept until the hall is made."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from server.app.accounts import SHORTEST_PASSWORD, WeakPasswordError, csrf_of, refuse_weak
from server.app.catalogue_editing.beginning import WEEKDAYS
from server.app.catalogue_editing.schema import HOURS
from server.app.catalogue_editing.sheets_in import LARGEST
from server.app.catalogue_editing.tables import tables_of
from server.app.setup_code import SetupCode, TooManyWrongError
from server.net.forms import read_form
from server.web.admin.exchange import Wrong, wrong_in_text
from server.web.house.house import HEADERS, StaticFilesOfHouse, language_of, other_language
from server.web.house.words import WORDS as HOUSE_WORDS
from server.web.house.words import in_language
from server.web.setup import answers as a
from server.web.setup.answers import Complaints, Texts, text
from server.web.setup.first_version import first_version, read_file, take_hours_of
from server.web.setup.keeping import AnswersFile
from server.web.setup.words import WORDS
from shared.vocabulary import Language, OfficerId

_HERE = Path(__file__).parent
_HOUSE = _HERE.parent / "house"
_COOKIE = "loket_setup"
_STEPS = ("hall", "offer", "hours", "person", "check")
_ROOM_FOR_THE_FORM = 65_536
Page = Callable[[Request], Awaitable[Response]]


class Founder(Protocol):
    """Makes the hall."""

    def sample(self) -> str:
        """The text of the sample's file."""

    def found(self, text: str, officer: OfficerId, password: str) -> None:
        """Publish the first version and give the first administrator the password. Raises CatalogueError."""

    def go_on(self) -> None:
        """The hall is there: begin to serve it."""


def setup_routes(founder: Founder, code: SetupCode, kept: AnswersFile) -> Sequence[BaseRoute]:
    return _Setup(founder, code, kept).routes()


class _Setup:
    def __init__(self, founder: Founder, code: SetupCode, kept: AnswersFile) -> None:
        self._founder = founder
        self._code = code
        self._kept = kept
        self._answers = kept.load()
        self._pages = Environment(
            loader=ChoiceLoader([FileSystemLoader(_HERE / "templates"), FileSystemLoader(_HOUSE / "templates")]),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def routes(self) -> Sequence[BaseRoute]:
        large = LARGEST + _ROOM_FOR_THE_FORM
        return [
            Route("/", self.to_the_setup),
            Route("/health", self.health),
            Route("/sign-in", self.soon),
            Route("/setup", self.door),
            Route("/setup", self.enter, methods=["POST"]),
            Route("/setup/hall", self._known(self.hall)),
            Route("/setup/hall", self._known(self.take_hall), methods=["POST"]),
            Route("/setup/offer", self._known(self.offer)),
            Route("/setup/offer", self._known(self.take_offer), methods=["POST"], max_body_size=large),
            Route("/setup/hours", self._known(self.hours)),
            Route("/setup/hours", self._known(self.take_hours), methods=["POST"]),
            Route("/setup/person", self._known(self.person)),
            Route("/setup/person", self._known(self.take_person), methods=["POST"]),
            Route("/setup/check", self._known(self.check)),
            Route("/setup/check", self._known(self.found), methods=["POST"]),
            Mount("/static/setup", StaticFiles(directory=_HERE / "static")),
            Mount("/static/house", StaticFilesOfHouse(directory=_HOUSE / "static")),
        ]

    # --- the door ---

    async def to_the_setup(self, _: Request) -> Response:
        return RedirectResponse("/setup", 303)

    async def health(self, _: Request) -> Response:
        return JSONResponse({"ok": False, "setup": True}, 503, headers={"cache-control": "no-store"})

    async def soon(self, http: Request) -> Response:
        """Whoever is faster than the hall that begins waits here for it."""
        if not self._is_founded:
            return RedirectResponse("/setup", 303)
        page = self._page(http, "soon.html")
        page.headers.update({"refresh": "1", "connection": "close"})
        return page

    async def door(self, http: Request) -> Response:
        if self._code.knows(http.cookies.get(_COOKIE, "")):
            return RedirectResponse("/setup/hall", 303)
        return self._page(http, "door.html")

    async def enter(self, http: Request) -> Response:
        language = language_of(http)
        try:
            token = self._code.enter(text(await read_form(http, max_files=0, max_fields=5), "code"))
        except TooManyWrongError:
            return self._page(http, "door.html", 429, complaint=WORDS["too_many"].in_(language))
        if token is None:
            return self._page(http, "door.html", 422, complaint=WORDS["wrong_code"].in_(language))
        entered = RedirectResponse("/setup/hall", 303, headers=HEADERS)
        secure = http.url.scheme == "https"
        entered.set_cookie(_COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/setup")
        return entered

    def _known(self, page: Page) -> Page:
        """Nothing of it runs for a browser that did not say the code, or for a form that we did not show."""

        async def guarded(http: Request) -> Response:
            token = http.cookies.get(_COOKIE, "")
            if not self._code.knows(token):
                return RedirectResponse("/setup", 303)
            if http.method != "GET":
                form = await read_form(http, max_files=1, max_fields=500)
                if not hmac.compare_digest(text(form, "csrf").encode(), csrf_of(token).encode()):
                    return RedirectResponse("/setup", 303)
            return await page(http)

        return guarded

    # --- the steps ---

    async def hall(self, http: Request) -> Response:
        return self._hall(http, self._answers.hall, {})

    async def take_hall(self, http: Request) -> Response:
        form = await read_form(http)
        given = {key: text(form, key) for key in ("name_id", "name_en", "time_zone", "languages")}
        wrong = a.check_hall(given, language_of(http))
        if wrong:
            return self._hall(http, given, wrong)
        self._answers.hall = given
        return self._go_on("hall")

    def _hall(self, http: Request, given: Texts, wrong: Complaints) -> Response:
        return self._page(
            http, "hall.html", 422 if wrong else 200, step="hall", given=given, wrong=wrong, zones=a.ZONES,
            languages=list(a.LANGUAGES),
        )  # fmt: skip

    async def offer(self, http: Request) -> Response:
        return self._offer(http, {})

    async def take_offer(self, http: Request) -> Response:
        form, language = await read_form(http), language_of(http)
        self._answers.way = text(form, "way") if text(form, "way") in ("hand", "sample", "file") else "hand"
        count = min(int(text(form, "count")[:3] or 0) if text(form, "count").isdecimal() else 1, a.MOST_AGENCIES)
        self._answers.agencies = [
            {key: text(form, f"{key}-{index}") for key in a.empty_agency()} for index in range(max(1, count))
        ]
        if "more" in form and count < a.MOST_AGENCIES:
            self._answers.agencies.append(a.empty_agency())
            self._kept.save(self._answers)
            return self._offer(http, {})
        match self._answers.way:
            case "hand":
                wrong = a.check_agencies(self._answers.agencies, language)
                if wrong:
                    return self._offer(http, wrong)
            case "file":
                return await self._take_file(http, form.get("file"), language)
            case _:
                take_hours_of(self._answers, tables_of(self._founder.sample()))
        return self._go_on("offer")

    async def _take_file(self, http: Request, upload: object, language: Language) -> Response:
        content = await upload.read(LARGEST + 1) if isinstance(upload, UploadFile) else b""
        if not content:
            if self._answers.file:
                return self._go_on("offer")
            return self._offer(http, {"file": WORDS["no_file"].in_(language)})
        taken = await run_in_threadpool(read_file, self._answers, content, language)
        if taken.wrong:
            return self._offer(http, {"file": WORDS["file_wrong"].in_(language)}, taken.wrong[:50])
        self._answers.file = taken.text
        self._answers.file_name = str(getattr(upload, "filename", ""))[:80]
        take_hours_of(self._answers, tables_of(taken.text))
        return self._go_on("offer")

    def _offer(self, http: Request, wrong: Complaints, faults: Sequence[Wrong] = ()) -> Response:
        return self._page(
            http, "offer.html", 422 if wrong else 200, step="offer", way=self._answers.way,
            agencies=self._answers.agencies, wrong=wrong, faults=faults, file_name=self._answers.file_name,
            english=Language.ENGLISH in a.LANGUAGES[self._answers.hall["languages"]],
        )  # fmt: skip

    async def hours(self, http: Request) -> Response:
        return self._hours(http, self._answers.hours, {})

    async def take_hours(self, http: Request) -> Response:
        form = await read_form(http)
        given = {key: text(form, key) for key in (*WEEKDAYS, "friday_break")}
        wrong = a.check_hours(given, language_of(http))
        if wrong:
            return self._hours(http, given, wrong)
        self._answers.hours, self._answers.hours_said = given, True
        return self._go_on("hours")

    def _hours(self, http: Request, given: Texts, wrong: Complaints) -> Response:
        language = language_of(http)
        days = [(field.key, field.label.in_(language)) for field in HOURS.fields if field.key in WEEKDAYS]
        return self._page(http, "hours.html", 422 if wrong else 200, step="hours", given=given, wrong=wrong, days=days)

    async def person(self, http: Request) -> Response:
        return self._person(http, self._answers.person, {})

    async def take_person(self, http: Request) -> Response:
        form, language = await read_form(http), language_of(http)
        given = {key: text(form, key) for key in ("name", "officer")}
        password, again = str(form.get("password", "")), str(form.get("again", ""))
        wrong = a.check_person(given, language)
        try:
            refuse_weak(OfficerId(given["officer"] or "-"), password)
        except WeakPasswordError:
            wrong["password"] = WORDS["weak"].in_(language)
        if "password" not in wrong and password != again:
            wrong["again"] = WORDS["differ"].in_(language)
        if wrong:
            return self._person(http, given, wrong)
        self._answers.person = given
        self._password = password
        return self._go_on("person")

    _password = ""  # in memory until the hall is made
    _is_founded = False

    def _person(self, http: Request, given: Texts, wrong: Complaints) -> Response:
        hint = WORDS["password_hint"].in_(language_of(http)).format(shortest=SHORTEST_PASSWORD)
        return self._page(
            http, "person.html", 422 if wrong else 200, step="person", given=given, wrong=wrong, password_hint=hint
        )

    async def check(self, http: Request) -> Response:
        for step in _STEPS[:-1]:
            if step not in self._answers.done:
                return RedirectResponse(f"/setup/{step}", 303)
        faults = await run_in_threadpool(self._faults, language_of(http))
        return self._check(http, faults)

    async def found(self, http: Request) -> Response:
        if not self._password or self._answers.done != set(_STEPS[:-1]):
            return RedirectResponse("/setup/check", 303)
        faults = await run_in_threadpool(self._faults, language_of(http))
        if faults:
            return self._check(http, faults)
        officer = OfficerId(self._answers.person["officer"])
        await run_in_threadpool(self._founder.found, self._text(), officer, self._password)
        self._password, self._is_founded = "", True
        await run_in_threadpool(self._kept.forget)
        # The next request finds the hall itself: until it listens, connections wait in the socket's queue.
        ways = BackgroundTask(self._founder.go_on)
        return RedirectResponse("/sign-in?next=/admin/start", 303, headers=HEADERS | {"connection": "close"},
                                background=ways)  # fmt: skip

    def _check(self, http: Request, faults: Sequence[Wrong]) -> Response:
        language, tables = language_of(http), tables_of(self._text())
        hall, hours = self._answers.hall, self._answers.hours
        labels = {field.key: field.label.in_(language) for field in HOURS.fields}
        week = [(labels[day], hours[day] or WORDS["closed"].in_(language)) for day in WEEKDAYS]
        return self._page(
            http,
            "check.html",
            422 if faults else 200,
            step="check",
            names=[name for name in (hall["name_id"], hall["name_en"]) if name],
            time_zone=dict(a.ZONES)[hall["time_zone"]],
            counts=[
                (WORDS[f"count_{many}"].in_(language), len(tables[name]))
                for name, many in (
                    ("agency", "agencies"),
                    ("service", "services"),
                    ("counter", "counters"),
                    ("zone", "zones"),
                )
            ],
            week=week,
            friday_break=hours["friday_break"],
            person=self._answers.person,
            faults=faults,
        )

    # --- below ---

    def _text(self) -> str:
        return first_version(self._answers, self._founder.sample)

    def _faults(self, language: Language) -> Sequence[Wrong]:
        return wrong_in_text(self._text(), language)

    def _go_on(self, step: str) -> Response:
        self._answers.done.add(step)
        self._kept.save(self._answers)
        following = _STEPS[_STEPS.index(step) + 1]
        if self._answers.done == set(_STEPS[:-1]):
            following = "check"
        return RedirectResponse(f"/setup/{following}", 303, headers=HEADERS)

    def _page(self, http: Request, template: str, status: int = 200, **values: Any) -> Response:
        language = language_of(http)
        other = other_language(language)
        step = values.get("step", "")
        shown: Mapping[str, Any] = {
            "language": language.value,
            "other": other.value,
            "other_href": str(http.url.include_query_params(lang=other.value).replace(scheme="", netloc="")),
            "staff": None,
            "role": "",
            "csrf_field": "csrf",
            "csrf": csrf_of(http.cookies.get(_COOKIE, "")),
            "path": "/sign-in",  # there is nobody yet who could
            "site": "Loket",
            "entrances": (),
            "house": in_language(HOUSE_WORDS, language),
            "w": in_language(WORDS, language),
            "complaint": "",
            "steps": [(one, WORDS[f"step_{one}"].in_(language), one in self._answers.done) for one in _STEPS],
            "step": step,
            "step_of": WORDS["step_of"]
            .in_(language)
            .format(number=_STEPS.index(step) + 1 if step else 0, count=len(_STEPS)),
        }
        page = HTMLResponse(self._pages.get_template(template).render({**shown, **values}), status, headers=HEADERS)
        if "lang" in http.query_params:
            page.set_cookie("lang", language.value, httponly=True, samesite="lax")
        return page
