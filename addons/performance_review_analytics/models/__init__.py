from . import performance_cycle_event
from . import performance_review_readiness
from . import performance_review_landing
from . import performance_cycle_cockpit
from . import performance_cycle_waiting
from . import performance_cycle_durations
from . import performance_cycle_copy
