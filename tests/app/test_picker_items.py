from app.picker_items import device_items, model_items, source_items


def test_cameras_of_the_same_name_are_told_apart() -> None:
    items = source_items([(0, "Webcam"), (2, "Webcam"), (3, "Other")], [], ("Webcam", "camera:0"))

    assert [text for text, _ in items] == ["Webcam (0)", "Webcam (2)", "Other", "Demo"]


def test_a_machine_without_a_camera_says_so_where_one_looks_for_it() -> None:
    assert [text for text, _ in source_items([], ["/films/eat.mp4"], None)] == ["No camera", "Demo", "eat.mp4"]


def test_the_chosen_source_is_always_on_offer() -> None:
    assert ("Far camera", "camera:7") in source_items([(0, "Webcam")], [], ("Far camera", "camera:7"))


def test_a_model_from_elsewhere_is_on_offer_once_it_was_chosen() -> None:
    assert model_items(["base", "small"], "/models/mine") == [
        ("base", "base"),
        ("small", "small"),
        ("mine", "/models/mine"),
    ]
    assert model_items(["small"], "small") == [("small", "small")]


def test_the_automatic_device_says_what_it_came_to() -> None:
    assert device_items(auto_is="cpu")[0] == ("Auto (CPU)", "auto")
    assert device_items(auto_is=None)[0] == ("Auto", "auto")


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    files = ["/monday/lesson.mp4", "/tuesday/lesson.mp4", "/tuesday/eat.mp4"]
    texts = [text for text, _ in source_items([(0, "Webcam")], files, None)]
    assert texts[2:] == ["lesson.mp4 (monday)", "lesson.mp4 (tuesday)", "eat.mp4"]


def test_a_model_of_ones_own_is_told_from_the_one_that_comes_along() -> None:
    assert model_items(["small"], "/mine/small") == [("small", "small"), ("small (mine)", "/mine/small")]
