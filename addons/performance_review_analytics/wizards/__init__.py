from . import performance_cycle_deadline
