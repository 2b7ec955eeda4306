import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pipeline.mailbox import Mailbox

PATIENCE = 10.0


@given(capacity=st.integers(1, 5), items=st.lists(st.integers(), min_size=1, max_size=30))
def test_the_newest_are_kept_in_order_and_the_others_counted(capacity: int, items: list[int]) -> None:
    mailbox: Mailbox[int] = Mailbox(capacity)
    for item in items:
        mailbox.put(item)
    assert mailbox.take() == tuple(items[-capacity:])
    assert mailbox.dropped == max(0, len(items) - capacity)


def test_what_was_taken_in_time_is_not_counted_as_dropped() -> None:
    mailbox: Mailbox[str] = Mailbox()
    for item in "abc":
        mailbox.put(item)
        assert mailbox.take() == (item,)
    assert mailbox.dropped == 0


def test_a_closed_mailbox_still_gives_what_is_inside_and_takes_nothing_more() -> None:
    mailbox: Mailbox[int] = Mailbox(2)
    mailbox.put(1)
    mailbox.close()
    mailbox.close()
    mailbox.put(2)
    assert mailbox.take() == (1,)
    assert mailbox.take() == ()
    assert mailbox.dropped == 0


def test_closing_wakes_a_consumer_that_waits() -> None:
    mailbox: Mailbox[int] = Mailbox()
    taken: list[tuple[int, ...]] = []
    consumer = threading.Thread(target=lambda: taken.append(mailbox.take()))
    consumer.start()
    mailbox.close()
    consumer.join(PATIENCE)
    assert taken == [()]


def test_an_item_wakes_a_consumer_that_waits() -> None:
    mailbox: Mailbox[int] = Mailbox()
    taken: list[tuple[int, ...]] = []
    consumer = threading.Thread(target=lambda: taken.append(mailbox.take()))
    consumer.start()
    mailbox.put(7)
    consumer.join(PATIENCE)
    assert taken == [(7,)]


@pytest.mark.parametrize("capacity", [1, 3])
def test_a_lossless_mailbox_passes_everything_on_in_order(capacity: int) -> None:
    mailbox: Mailbox[int] = Mailbox(capacity, lossless=True)

    def produce() -> None:
        for item in range(200):
            mailbox.put(item)
        mailbox.close()

    producer = threading.Thread(target=produce)
    producer.start()
    received: list[int] = []
    while items := mailbox.take():
        assert len(items) <= capacity
        received.extend(items)
    producer.join(PATIENCE)
    assert received == list(range(200))
    assert mailbox.dropped == 0


@given(most=st.integers(1, 3), items=st.lists(st.integers(), max_size=30))
def test_an_item_may_wait_where_others_are_dropped(most: int, items: list[int]) -> None:
    mailbox: Mailbox[int] = Mailbox(3)

    def produce() -> None:
        for item in items:
            mailbox.put(item, most=most)
        mailbox.close()

    producer = threading.Thread(target=produce)
    producer.start()
    received: list[int] = []
    while taken := mailbox.take():
        assert len(taken) <= most
        received.extend(taken)
    producer.join(PATIENCE)
    assert received == items
    assert mailbox.dropped == 0


def test_closing_wakes_a_producer_that_waits() -> None:
    mailbox: Mailbox[int] = Mailbox(lossless=True)
    mailbox.put(1)
    producer = threading.Thread(target=mailbox.put, args=(2,))
    producer.start()
    mailbox.close()
    producer.join(PATIENCE)
    assert not producer.is_alive()
    assert mailbox.take() == (1,)


def test_a_mailbox_without_room_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Mailbox(0)
