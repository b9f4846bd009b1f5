"""The story that the demo tells, as plain values: no records, no Odoo.

``company`` is what the years left behind, ``PREVIOUS`` the finished cycle and the other names
the open one, by the step in which a person stands. All are dictionaries by person.

Keys of a review of the open cycle: ``points`` (by kind), ``results``, ``agenda``, ``concerns``,
``files`` (name and text), ``answers`` and ``submitted`` of the self-assessment, ``talk``,
``plan``, and what became of the plan: ``proposed``, ``dispute``, ``signed`` (day), ``stance``,
``refused``, ``amended``, ``dispute_again``,
``checks``, ``targets``, ``pulse``; ``notes`` are the private ones of the reviewer, ``meeting`` the
days until the appointment.

The finished cycle was a first round in two departments, with one point of each kind. Its keys:
the three points, the talk, the plan with the outcome of each commitment, and in ``levels`` how
far the goal had come at the three checkpoints (1.0 is the target). Those in ``ENDED`` were taken
into it by mistake: their foremen had noted one gap each when HR ended their reviews.
"""

from . import company
from .current_agreement import AGREEMENT_OFFICE
from .current_dialogue import DIALOGUE_OFFICE
from .current_follow_up import FOLLOW_UP_AT_HOME
from .current_follow_up_service import FOLLOW_UP_SERVICE
from .current_preparation import PREPARATION, PROBATION
from .current_shifts import AGREEMENT_SHIFTS, DIALOGUE_SHIFTS, FOLLOW_UP_SHIFTS
from .previous_rd import REVIEWS_RD
from .previous_service import REVIEWS_SERVICE
from .previous_shifts import ENDED
from .previous_shifts import REASON as ENDED_REASON

DIALOGUE = DIALOGUE_OFFICE | DIALOGUE_SHIFTS
AGREEMENT = AGREEMENT_OFFICE | AGREEMENT_SHIFTS
FOLLOW_UP = FOLLOW_UP_AT_HOME | FOLLOW_UP_SERVICE | FOLLOW_UP_SHIFTS
PREVIOUS = REVIEWS_RD | REVIEWS_SERVICE
