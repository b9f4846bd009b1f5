from . import performance_cycle_deadline
from . import performance_review_move
from . import performance_cycle_preview
