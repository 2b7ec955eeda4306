import subprocess
import sys


def test_opencv_leaves_qt_alone_and_is_silent_about_a_missing_camera() -> None:
    code = (
        "import os; from engine.sources.opencv import cv2; "
        "assert not any(name.startswith('QT_QPA_PLATFORM_PLUGIN') or name == 'QT_QPA_FONTDIR' for name in os.environ); "
        "assert not cv2.VideoCapture(99).isOpened(); assert not cv2.VideoCapture('none.mp4').isOpened()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
