from . import (
    performance_agreement,
    performance_commitment,
    performance_cycle,
    performance_point,
    performance_praise,
    performance_review,
)
