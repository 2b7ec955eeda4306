"""The model that the window starts with."""

from app.model_in_use import ModelWish
from app.options import Options
from app.settings import Settings


def first_models(options: Options, remembered: Settings) -> tuple[ModelWish, ...]:
    """Return what to load: the wish of the command line and of the settings, then what stands in where it is refused.

    What somebody asks for now is not replaced, what is only remembered is: the device first, which may be gone
    today, then the model.
    """
    wish = ModelWish(options.model or remembered.model, options.device or remembered.device)
    if options.device is not None:
        return (wish,)
    wishes = [wish, ModelWish(wish.name, "auto")]
    if options.model is None:
        wishes.append(ModelWish(None, "auto"))
    return tuple(dict.fromkeys(wishes))
