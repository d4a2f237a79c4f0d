"""Settings come from one place and say what is wrong with them."""

import pytest

from replyassist.config import Settings, data_folder
from replyassist.errors import ConfigurationError


def test_the_environment_comes_before_the_file(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('language = "sv"\nport = 9000\nprior = ["nb=1"]\n', encoding="utf-8")
    environment = {"REPLYASSIST_CONFIG": str(file), "REPLYASSIST_PORT": "9001", "OTHER": "x"}
    settings = Settings.read(environment)
    assert (settings.language, settings.port, settings.prior) == ("sv", 9001, ("nb=1",))
    assert Settings.read({}) == Settings()


@pytest.mark.parametrize(
    "environment",
    [
        {"REPLYASSIST_PORT": "eighty"},
        {"REPLYASSIST_PORT": "99999"},
        {"REPLYASSIST_TIME_LIMIT": ""},
        {"REPLYASSIST_PRIOR": "nb"},
        {"REPLYASSIST_CONFIG": "/nowhere/settings.toml"},
    ],
)
def test_a_value_that_can_not_be_is_said(environment):
    with pytest.raises(ConfigurationError):
        Settings.read(environment)


def test_an_unknown_key_is_said(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("langauge = 'sv'\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="langauge"):
        Settings.read({"REPLYASSIST_CONFIG": str(file)})


def test_models_are_found_and_what_is_not_there_is_said():
    assert (data_folder("models") / "translation").is_dir()
    with pytest.raises(ConfigurationError):
        data_folder("no-such-folder")
