from threading import Semaphore

from engine.commands.live_benchmark import measure_live
from tests.engine.pipeline.fakes import PATIENCE, FakeExtractor, FakeSource, FakeStream, Gate


class _LetsFramesIn(FakeExtractor):
    """Loads its networks at the first frame, and from the tenth on lets one more in for each that it takes."""

    def __init__(self) -> None:
        super().__init__(before=self._take)
        self.loading = Gate(at=0)
        self._taken = Semaphore(0)

    def _take(self, number: int) -> None:
        self.loading(number)
        if number >= 9:
            self._taken.release()

    def next_frame(self, number: int) -> None:
        if number == 1:
            assert self.loading.reached.wait(PATIENCE)
        if number == 10:
            self.loading.open.set()
        if number >= 10:
            assert self._taken.acquire(timeout=PATIENCE)

    def close(self) -> None:
        super().close()
        self._taken.release()


def test_frames_of_a_camera_that_were_overtaken_while_networks_loaded_do_not_count() -> None:
    extractor = _LetsFramesIn()
    camera = FakeSource(10**9, before=extractor.next_frame)
    measured = measure_live(camera, lambda: extractor, FakeStream(), seconds=0.01)
    assert extractor.seen[:2] == [0, 9]
    assert measured["frames_dropped"] == 0
