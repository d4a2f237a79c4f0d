"""The page of insights, the API's numbers as tables with a plot in each, and where the desk tells its own."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_wtf.csrf import validate_csrf
from pydantic import ValidationError
from wtforms import ValidationError as FormExpired

from replyassist.errors import InvalidParameter, ReplyassistError
from replyassist.service.desk.pages import describe_page
from replyassist.service.errors import describe
from replyassist.service.insights.counting import count_feedback
from replyassist.service.insights.plots import (
    BAR,
    HEIGHT,
    plot_days,
    plot_letters,
    plot_times,
    plot_verdicts,
    plot_words,
)
from replyassist.service.insights.schemas import FeedbackIn, PeriodIn
from replyassist.service.insights.summary import tell
from replyassist.service.locales import PARAMETER, choose_page_language
from replyassist.service.runtime import runtime
from replyassist.service.strict_request import read_json

insights_page = Blueprint("insights", __name__)


@insights_page.get("/insights")
def show() -> tuple[str, int]:
    """What was counted in the period that the form asks for."""
    context = describe_page(choose_page_language()) | {"bar": BAR, "height": HEIGHT}
    try:
        period = _read_period()
        told = tell(runtime().state.counts, period.first, period.last, period.unit)
    except ReplyassistError as error:
        return render_template("insights.html", problem=describe(error), told=None, **context), error.status
    return render_template(
        "insights.html", told=told, problem=None, verdicts=plot_verdicts(told), words=plot_words(told),
        letters=plot_letters(told), days=plot_days(told), plot_times=plot_times, **context,
    ), 200  # fmt: skip


@insights_page.post("/feedback")
def note() -> tuple[str, int]:
    """What became of a suggestion or a letter on the page; its token stands for the form."""
    try:
        validate_csrf(request.form.get("csrf_token"))
        told = FeedbackIn.model_validate(read_json(request.form.get("told", "")))
    except ValidationError:
        raise InvalidParameter("The feedback does not fit its form.") from None
    except FormExpired:
        raise InvalidParameter("The form's token is none of ours.", parameter="csrf_token") from None
    count_feedback(told)
    return "", 204


def _read_period() -> PeriodIn:
    """The fields of the form; one that was left empty was not sent."""
    sent = {name: value for name, value in request.args.items() if value and name != PARAMETER}
    try:
        return PeriodIn.model_validate(sent)
    except ValidationError:
        raise InvalidParameter("The period is none.", parameter="from") from None
