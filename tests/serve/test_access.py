"""Users, sessions and permissions in the store, and what a write asks before it writes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ccmlib.access.backoff import Backoff
from ccmlib.access.permissions import permissions
from ccmlib.access.session import Refused, Session, current, require
from ccmlib.access.sessions import end_session, live_session, open_session, session_id, why_over
from ccmlib.access.sign_in import sign_in
from ccmlib.access.tables import SESSIONS, TRAIL, USERS
from ccmlib.access.users import add_user, bar, change_role, demo_users, list_users
from ccmlib.problem import Problem

from .browser import PASSWORD

T = 1_800_000_000
TABLE = permissions()
PAGE = '[[page]]\nname="x"\ntitle=""\nsays=""\nnotebook="{notebook}"\nroles=["{role}"]'


def session(role: str, *practices: str) -> Session:
    return Session("somebody", role, practices, "sqlite://")


@pytest.mark.parametrize("role", TABLE.roles)
@pytest.mark.parametrize("action", TABLE.actions)
def test_a_write_is_refused_unless_the_table_gives_it_to_the_role(role, action):
    if role in TABLE.actions[action].roles:
        require(session(role, "p1"), action, "p1")
    else:
        with pytest.raises(Refused, match="Who may: "):
            require(session(role, "p1"), action, "p1")


def test_a_write_is_refused_for_a_practice_the_user_does_not_work_for():
    require(session("practitioner", "*"), "approve_care_plan", "p2")
    for practice in ("p2", ""):
        with pytest.raises(Refused, match="do not work for it"):
            require(session("practitioner", "p1"), "approve_care_plan", practice)


def test_an_action_that_is_not_in_the_table_is_refused_to_everybody():
    for role in TABLE.roles:
        with pytest.raises(Refused, match="not in the permission table"):
            require(session(role, "*"), "drop_tables", "p1")


def test_only_a_practitioner_approves_a_plan_and_no_auditor_writes_anything():
    assert TABLE.actions["approve_care_plan"].roles == {"practitioner"}
    reads = {"view_patient", "download_claims"}
    assert {name for name in TABLE.actions if TABLE.allows("auditor", name)} == reads
    assert {name for name in TABLE.actions if TABLE.allows("administrator", name)} == {"manage_users"}


def test_a_kernel_without_identity_is_nobodys():
    told = session("auditor", "p1", "p2").environment()
    assert current(told) == session("auditor", "p1", "p2")
    for name in told:
        with pytest.raises(Refused, match="Nobody is signed in"):
            current(told | {name: ""})


@pytest.mark.parametrize(
    "broken, told",
    [
        (PAGE.format(notebook="x.ipynb", role="b"), "no role"),
        (PAGE.format(notebook="../x.ipynb", role="a"), "plain name"),
        (PAGE.format(notebook="*", role="a"), "plain name"),
        ('[[action]]\nname="x"\nsays=""\nroles=["a"]\n' * 2, "twice"),
    ],
)
def test_a_permission_table_that_could_be_misread_is_refused(tmp_path, broken, told):
    path = tmp_path / "permissions.toml"
    path.write_text('[policy]\n[[role]]\nname="a"\nlabel="a"\n' + broken, "utf-8")
    with pytest.raises(Problem, match=told):
        permissions(path)


def test_each_failure_doubles_the_wait_of_a_name_up_to_the_longest_and_success_ends_it():
    backoff, waits = Backoff(TABLE.policy), []
    for _ in range(16):
        backoff.failed("ann", T)
        waits.append(backoff.waits("ann", T))
    free = TABLE.policy.free_failures
    assert waits[:free] == [0] * free and waits[free : free + 4] == [2, 4, 8, 16]
    assert waits[-1] == TABLE.policy.longest_wait_seconds and backoff.waits("bob", T) == 0
    backoff.succeeded("ann")
    assert backoff.waits("ann", T) == 0


@pytest.mark.parametrize(
    "name, role, password, practices, told",
    [
        ("ann", "boss", PASSWORD, ["p1"], "no role"),
        ("ann", "auditor", "short", ["p1"], "at least"),
        ("ann", "auditor", "aaaaaaaaaaaaaaaa", ["p1"], "repeats"),
        ("ann", "auditor", "ann likes long words", ["p1"], "holds the user name"),
        ("a b", "auditor", PASSWORD, ["p1"], "cannot be a user name"),
        ("../x", "auditor", PASSWORD, ["p1"], "cannot be a user name"),
        ("ann", "auditor", PASSWORD, [], "at least one practice"),
        ("BOB", "auditor", PASSWORD, ["p1"], "already"),
    ],
)
def test_a_user_who_cannot_be_is_refused_in_words(store, name, role, password, practices, told):
    add_user(store, "bob", "auditor", PASSWORD, ["p1"], T)
    with pytest.raises(Problem, match=told):
        add_user(store, name, role, password, practices, T)
    assert [user.user_name for user in list_users(store)] == ["bob"]


def test_the_store_holds_no_password_and_no_token(store):
    user = add_user(store, "Ann", "auditor", PASSWORD, ["p1"], T)
    token = open_session(store, user, T)
    with store.connect() as connection:
        kept = [str(row) for table in (USERS, SESSIONS, TRAIL) for row in connection.execute(sa.select(table))]
    assert kept and not any(PASSWORD in row or token in row for row in kept)
    assert any("$argon2id$" in row for row in kept)
    assert live_session(store, session_id(token), T).user.user_name == "ann"


@pytest.mark.parametrize(
    "change, why",
    [
        (lambda store, key: end_session(store, key, T, "signed_out"), "signed_out"),
        (lambda store, key: bar(store, "ann", T), "changed"),
        (lambda store, key: change_role(store, "ann", "care_manager", ["p1"], T), "changed"),
    ],
    ids=["signed out", "barred", "another role"],
)
def test_a_session_ends_at_once_when_its_user_signs_out_or_changes(store, change, why):
    key = session_id(open_session(store, add_user(store, "ann", "auditor", PASSWORD, ["p1"], T), T))
    assert why_over(store, key, T) == ""
    change(store, key)
    assert live_session(store, key, T) is None and why_over(store, key, T) == why


def test_a_barred_user_signs_in_no_more(store):
    add_user(store, "ann", "auditor", PASSWORD, ["p1"], T)
    assert sign_in(store, Backoff(TABLE.policy), "ANN ", PASSWORD, T)
    bar(store, "ann", T)
    with pytest.raises(Problem, match="wrong"):
        sign_in(store, Backoff(TABLE.policy), "ann", PASSWORD, T)


def test_the_trail_is_append_only(store):
    add_user(store, "ann", "auditor", PASSWORD, ["p1"], T)
    for change in (sa.update(TRAIL).values(at=0), sa.delete(TRAIL)):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.begin() as connection:
            connection.execute(change)


def test_demo_users_are_one_a_role_with_new_passwords_each_time(store):
    first, second = demo_users(store, T), demo_users(store, T + 1)
    assert [role for _, role, _ in first] == list(TABLE.roles) and len(list_users(store)) == len(TABLE.roles)
    for (name, _, old), (_, _, new) in zip(first[:2], second[:2], strict=True):
        assert sign_in(store, Backoff(TABLE.policy), name, new, T + 2)
        with pytest.raises(Problem, match="wrong"):
            sign_in(store, Backoff(TABLE.policy), name, old, T + 2)
