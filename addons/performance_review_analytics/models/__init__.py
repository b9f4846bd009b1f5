# First: what a cycle takes from its company must be there when the column is made.
from . import res_company
from . import performance_cycle_event
from . import performance_cycle_cockpit
from . import performance_cycle_acting
from . import performance_cycle_copy
from . import performance_cycle_durations
from . import performance_cycle_guide
from . import performance_cycle_pulse
from . import performance_cycle_signals
from . import performance_cycle_waiting
from . import performance_review_landing
from . import performance_review_readiness
from . import performance_review_signals
from . import performance_signal
from . import performance_signal_opening
from . import res_config_settings
