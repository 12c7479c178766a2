"""The bugs: what somebody might write one day, where, and which test must catch it.

`old` must be in the file exactly once. A bug that does not apply any more is a finding, too: mend this table.
"""

from __future__ import annotations

from dataclasses import dataclass

_F10 = "tests/faults/test_f10_two_officers_call_the_next.py"
_F34 = "tests/faults/test_f34_kiosk_island.py"
_DISPATCHING = "tests/unit/server/app/test_dispatching.py"
_ESTIMATING = "tests/unit/server/domain/test_estimating.py"
_STREAMS = "tests/unit/server/app/test_streams.py"
_SESSION = "tests/unit/shared/test_session.py"


@dataclass(frozen=True, slots=True)
class Bug:
    name: str
    file: str
    old: str
    new: str
    caught_by: str
    """pytest's name of the test or of its file."""
    quick: bool = False
    """Whether it is tried in CI, too."""


BUGS = (
    Bug(
        "idempotency check left out",
        "server/app/dispatcher.py",
        "        known = self._known(id_, turn)\n",
        "        known = None\n",
        f"{_DISPATCHING}::test_law_5_a_request_repeated_does_nothing_new",
        quick=True,
    ),
    Bug(
        "stored reply not stored",
        "server/app/dispatcher.py",
        "        if not isinstance(command, NOT_STORED):\n",
        "        if False:\n",
        f"{_DISPATCHING}::test_law_5_also_after_a_restart_of_the_server",
        quick=True,
    ),
    Bug(
        "another command under the same id answered with the stored reply",
        "server/app/dispatcher.py",
        "known.body in (body, ANY_BODY)",
        "known.body is not None",
        f"{_DISPATCHING}::test_the_same_id_with_another_body_or_from_another_device_is_refused",
    ),
    Bug(
        "withdrawal ignored",
        "server/app/dispatcher.py",
        "                _cancel_unseen(VisitId(reply.result.visit), session, request, lobby, turn)\n",
        "                pass\n",
        f"{_DISPATCHING}::test_a_number_that_was_given_up_after_it_was_issued_is_cancelled_because_nobody_saw_it",
    ),
    Bug(
        "withdrawal forgotten at the late reply to its request",
        "shared/session.py",
        "            if withdrawn.owed == 0 and not leaves_open:\n",
        "            if not leaves_open:\n",
        f"{_SESSION}::test_a_late_answer_to_the_request_is_no_answer_to_its_withdrawal",
        quick=True,
    ),
    Bug(
        "request not asked again after a lost connection",
        "shared/session.py",
        "        for request, asked in self._asked.items():\n            self._ask(request, asked)\n",
        "",
        f"{_SESSION}::test_a_request_is_repeated_with_its_id_until_it_is_answered",
    ),
    Bug(
        "revision not checked by the program",
        "shared/sync.py",
        "    if delta.rev != rev + 1:\n",
        "    if False:\n",
        "tests/unit/shared/test_sync.py::test_law_7_a_delta_that_is_not_the_next_one_is_a_gap",
        quick=True,
    ),
    Bug(
        "success told although the commit failed",
        "server/app/engine.py",
        "        return [_reply(job.session, refused(id_of(job), ErrorCode.STORAGE_UNAVAILABLE)) for job in asked]\n\n"
        "    def _back_to_work",
        "        return [_reply(session, reply) for session, reply in turn.replies]\n\n    def _back_to_work",
        f"{_DISPATCHING}::test_a_failed_commit_promises_nothing_and_the_lobby_heals",
        quick=True,
    ),
    Bug(
        "reply before its effect",
        "server/app/engine.py",
        "        posts += [partial(session.outbox.put, reply) for session, reply in turn.replies]\n",
        "        posts = [partial(session.outbox.put, reply) for session, reply in turn.replies] + posts\n",
        f"{_STREAMS}::test_law_6_the_effect_precedes_the_reply",
        quick=True,
    ),
    Bug(
        "committed in one trip with rows that were not there",
        "server/db/batches.py",
        "                if not changed and not entries:\n",
        "                if True:\n",
        "tests/integration/db/test_guards.py::test_a_leg_that_the_database_never_had_cannot_change",
    ),
    Bug(
        "a rehearsal kept though something happened",
        "server/domain/forecasting.py",
        "        if self._staged != (self.version, now):\n",
        "        if self._staged is None or self._staged[1] != now:\n",
        f"{_ESTIMATING}::test_what_was_told_a_moment_ago_is_not_told_again_once_something_happened",
    ),
    Bug(
        "a rehearsal shared with somebody who was played in it",
        "server/domain/rehearsing.py",
        "    if stage.last is None or not stage.last < key:\n",
        "    if stage.last is None:\n",
        "tests/unit/server/domain/test_rehearsing.py::test_whoever_shares_a_stage_hears_the_same_as_alone",
    ),
    Bug(
        "published and spoken before the commit",
        "server/app/engine.py",
        "            return self._nothing_was_promised(asked, turn, error)\n",
        "            return self._publisher.after(changes, turn.desks, lobby, turn.now)\n",
        f"{_STREAMS}::test_law_1_a_call_that_was_not_committed_is_neither_shown_nor_spoken",
    ),
    Bug(
        "a snapshot of another moment than its revision",
        "server/app/hub.py",
        "        published.rev, published.snapshot = delta.rev, None\n",
        "        published.rev = delta.rev\n",
        f"{_STREAMS}::test_law_7_who_follows_later_is_given_what_the_first_has_become",
    ),
    Bug(
        "COUNT instead of the counter's row",
        "server/domain/issuing.py",
        "next_number(self.sequences, offered.prefix)",
        "1 + sum(known.series == offered.prefix for known in self.visits.values())",
        "tests/unit/server/domain/test_laws.py::test_law_3_numbers_come_from_the_sequence_that_was_stored",
        quick=True,
    ),
    Bug(
        "order of the line reversed",
        "server/domain/line.py",
        "        return self._entries[0][2] if self._entries else None\n",
        "        return self._entries[-1][2] if self._entries else None\n",
        "tests/scenarios/test_a_plain_visit.py",
    ),
    Bug(
        "head start not fixed: who returns counts from now",
        "server/domain/visit.py",
        "            state=LegState.WAITING,\n            since=now,\n",
        "            state=LegState.WAITING,\n            since=now,\n            effective_at=now,\n",
        "tests/scenarios/test_going_on.py::test_who_does_not_come_is_missed_and_comes_back_to_the_old_place[memory]",
    ),
    Bug(
        "in-hand not checked",
        "server/domain/calls.py",
        "        if (None if hand is None else hand.id) != believed:\n",
        "        if False:\n",
        "tests/faults/test_f11_double_click.py",
        quick=True,
    ),
    Bug(
        "somebody in hand is forgotten by a further call",
        "server/domain/calls.py",
        "        if hand is not None and hand.state is not LegState.SERVING:\n",
        "        if False:\n",
        "tests/faults/test_f11_double_click.py",
    ),
    Bug(
        "the service date is UTC's",
        "server/domain/service_day.py",
        "    local = now.astimezone(ZoneInfo(time_zone))\n",
        "    local = now\n",
        "tests/unit/server/domain/test_service_day.py::test_law_13_the_service_date_is_the_sites",
        quick=True,
    ),
    Bug(
        "deferred BEGIN",
        "server/db/engine.py",
        '"BEGIN IMMEDIATE"',
        '"BEGIN"',
        "tests/integration/db/test_units_of_work.py::test_a_unit_of_work_holds_the_database_from_its_first_statement",
        quick=True,
    ),
    Bug(
        "no lock against a second server",
        "server/db/sole_server.py",
        "            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n",
        "",
        f"{_F10}::test_a_second_server_is_not_let_onto_the_database[sqlite]",
    ),
    Bug(
        "commits not flushed",
        "server/db/engine.py",
        "PRAGMA synchronous = FULL",
        "PRAGMA synchronous = NORMAL",
        "tests/faults/test_f03_power_cut.py::test_f3_every_commit_of_the_real_driver_reaches_the_disk",
    ),
    Bug(
        "the other session not told",
        "server/app/verbs.py",
        "        for other in self.seats.others(session, seat):\n",
        "        for other in ():\n",
        f"{_DISPATCHING}::test_a_taken_counter_names_who_is_there_and_a_take_over_ends_their_connection",
    ),
    Bug(
        "outbox unbounded",
        "server/net/outbox.py",
        "len(self._messages) >= MAX_FRAMES or",
        "",
        "tests/unit/server/net/test_outbox.py::test_law_9_too_many_messages_drop_the_connection_once",
    ),
    Bug(
        "token compared by its beginning",
        "server/app/tokens.py",
        "token.encode()",
        "token[:12].encode()",
        "tests/faults/test_f28_stolen_token.py::test_a_token_that_was_replaced_opens_nothing_and_revokes_its_device",
    ),
    Bug(
        "reprint unmarked",
        "kiosk/printing/slip.py",
        "    if slip.copy > 0:\n",
        "    if False:\n",
        "tests/unit/kiosk/printing/test_slip.py::test_the_original_is_not_marked_and_a_copy_is",
    ),
    Bug(
        "fence not awaited",
        "kiosk/printing/printer.py",
        "        while not dialogue.fence_answered(self.ask_again):\n",
        "        while False:\n",
        "tests/unit/kiosk/printing/test_printer.py::test_a_slip_that_ends_early_is_never_printed",
    ),
    Bug(
        "an old call spoken after the connection came back",
        "display/playlist.py",
        "self.timely_until + self.queued",
        "self.timely_until + self.queued + 3600.0",
        "tests/unit/display/test_playlist.py::test_a_call_too_old_for_the_voice_is_only_shown",
    ),
    Bug(
        "identifiers not bounded",
        "shared/protocol/values.py",
        'Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+\\Z")]',
        "Id = str",
        "tests/faults/test_f22_hostile_values.py::test_every_hostile_message_is_answered_with_a_type[postgresql-500]",
    ),
    Bug(
        "blocks of two kiosks overlap",
        "server/domain/numbering.py",
        "    first = ISLAND_FIRST if last is None else last + 1\n",
        "    first = ISLAND_FIRST\n",
        f"{_F34}::test_half_an_hour_without_the_server[sqlite]",
    ),
    Bug(
        "tickets handed in wait from when they were handed in",
        "server/domain/leasing.py",
        "        arrival = _believable(ticket.arrived_at, lease, now)\n",
        "        arrival = now\n",
        f"{_F34}::test_half_an_hour_without_the_server[sqlite]",
    ),
    Bug(
        "anybody hands in from anybody's block",
        "server/domain/leasing.py",
        " and lease.device == device\n            ),\n            None,",
        "\n            ),\n            None,",
        "tests/unit/server/domain/test_leasing.py::test_nobody_hands_in_from_anothers_block",
    ),
    Bug(
        "a number of the block shown before the journal has it",
        "kiosk/going_on.py",
        "        self._keep(given, then=written)\n",
        "        self.memory.note(given)\n        written(True)\n",
        f"{_F34}::test_half_an_hour_without_the_server[sqlite]",
    ),
    Bug(
        "a damaged journal trusted",
        "kiosk/journal.py",
        "        if not is_whole:\n            self._memory.leased = None\n",
        "",
        "tests/unit/kiosk/test_journal.py::test_a_damaged_line_costs_the_block_and_never_gives_a_number_twice",
    ),
    Bug(
        "a request of an earlier life not withdrawn",
        "kiosk/going_on.py",
        "            else:\n                self._keep(GivenUp(request))\n",
        "",
        "tests/unit/kiosk/test_going_on.py::test_after_a_start_a_young_request_is_asked_again_and_an_old_one_withdrawn",
    ),
    Bug(
        "a key of an earlier day handed in stops every commit",
        "server/domain/leasing.py",
        "if known is not None or key_given or ticket.key in self._by_key:",
        "if known is not None or ticket.key in self._by_key:",
        "tests/unit/server/app/test_islands.py::"
        "test_a_key_of_an_earlier_day_is_refused_and_keeps_nobody_elses_request_out",
    ),
    Bug(
        "a second connection voids the token that is being given",
        "server/net/introduction.py",
        " and device.id not in gate.rotating",
        "",
        "tests/faults/test_f28_stolen_token.py::test_a_copy_that_comes_while_the_next_token_is_given_cannot_void_it",
    ),
    Bug(
        "survey: the band decided on the exact index, not on the printed one",
        "server/domain/satisfaction.py",
        "    shown = round_half_up(index)\n",
        "    shown = index\n",
        "tests/unit/server/domain/test_satisfaction.py::test_the_band_is_that_of_the_printed_figure",
    ),
    Bug(
        "survey: a skipped element divided by everybody",
        "server/domain/satisfaction.py",
        "ElementResult(len(given), sum(given))",
        "ElementResult(len(counted), sum(given))",
        "tests/unit/server/domain/test_satisfaction.py::"
        "test_an_element_that_was_skipped_is_divided_by_those_who_scored_it",
    ),
    Bug(
        "survey: a visit with stops still open invited",
        "server/domain/inviting.py",
        "if visit.invited is not None or any(other.state.is_open for other in visit.legs if other.id != leg.id):",
        "if visit.invited is not None:",
        "tests/unit/server/domain/test_inviting.py::test_a_visit_with_a_further_stop_is_not_finished_yet",
    ),
    Bug(
        "survey: who was not invited answers all the same",
        "server/app/surveys.py",
        "        if visit.invited is None:\n            return Denied.NOT_INVITED\n",
        "",
        "tests/integration/server/test_opinions.py::test_who_was_not_invited_may_rate_and_that_is_no_answer",
    ),
    Bug(
        "survey: a group too small to be shown is shown",
        "server/app/satisfaction_report.py",
        "index_of(counted, finished) if len(counted) >= hidden_below else None",
        "index_of(counted, finished)",
        "tests/unit/server/app/test_satisfaction_report.py::"
        "test_below_the_least_number_of_respondents_nothing_is_shown",
    ),
    Bug(
        "survey: the mark that a visit has answered is not looked at",
        "server/db/surveys.py",
        "            if connection.scalar(mark.on_conflict_do_nothing().returning(survey_spent.c.visit)) is None:\n",
        "            if connection.execute(mark.on_conflict_do_nothing()) is None:\n",
        "tests/integration/db/test_surveys.py::test_one_visit_answers_once[sqlite]",
    ),
    Bug(
        "booking: who comes too late keeps the booked time",
        "server/app/bookings/verbs.py",
        "booked_for=None if late else booking.starts_at,",
        "booked_for=booking.starts_at,",
        "tests/unit/server/app/test_bookings.py::test_late_beyond_the_grace_is_a_walk_in",
    ),
    Bug(
        "booking: a phone number books as often as it likes",
        "server/app/bookings/verbs.py",
        "        refuse_second(person, [other for other in others if other.service_date == day])\n",
        "",
        "tests/unit/server/app/test_bookings.py::test_a_phone_number_books_a_service_once_a_day",
    ),
    Bug(
        "floor: a head steers another agency",
        "server/app/scope.py",
        "        if self.agency is not None and any(agency != self.agency for agency in agencies):\n",
        "        if False:\n",
        "tests/unit/server/app/test_steering.py::test_a_head_steers_nothing_of_another_agency",
        quick=True,
    ),
    Bug(
        "pages: a form that this session was not shown is taken",
        "server/net/doorkeeper.py",
        "    if not hmac.compare_digest(given.encode(), staff.csrf.encode()):\n",
        "    if False:\n",
        "tests/integration/server/test_pages_for_staff.py::test_a_page_for_staff_lets_in_its_roles_and_nobody_else",
    ),
    Bug(
        "pages: a visitor's key in the log",
        "server/web/house/house.py",
        "page=_without_values(http))",
        "page=http.url.path)",
        "tests/integration/server/test_pages_for_staff.py::test_a_log_of_what_failed_names_no_visitors_key",
    ),
    Bug(
        "api: a key of one agency asks for the whole hall",
        "server/net/api/scoping.py",
        "    return key.agency or (None if named is None else AgencyId(named))\n",
        "    return None if named is None else AgencyId(named)\n",
        "tests/integration/api/test_results.py::test_the_index_is_of_a_period_and_of_what_a_key_may_see",
    ),
    Bug(
        "reports: a service that lasted a moment is believed",
        "server/domain/reports/rolling.py",
        "            if took < self._trust.shortest_service:\n",
        "            if took < 0:\n",
        "tests/unit/server/domain/reports/test_rolling.py::test_times_that_cannot_be_trusted_are_counted_and_left_out",
        quick=True,
    ),
)
