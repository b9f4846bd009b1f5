"""Rules of the performance review that need neither Odoo nor a database.

Everything in here is plain Python: values go in, values come out, and nothing is
translated. Where a rule is broken the functions answer with a code and its figures; the
models turn these into a sentence in the user's language.
"""

from . import achievement
from . import agenda
from . import closure
from . import digest
from . import hierarchy
from . import kpi_sheet
from . import labels
from . import ladder
from . import path
from . import rhythm
from . import slots
from . import smart
