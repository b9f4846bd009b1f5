# What others inherit comes first.
from . import (
    performance_agreement_window,
    performance_agreement_dispute,
    performance_agreement_refusal,
    performance_agreement_sign,
    performance_appraisal_correct,
    performance_appraisal_import,
    performance_appraisal_import_error,
    performance_appraisal_import_words,
    performance_cycle_close,
    performance_cycle_preview,
    performance_participant_choose,
    performance_review_meeting,
    performance_review_move,
    performance_review_rhythm,
)
