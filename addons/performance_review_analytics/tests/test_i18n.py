from odoo.tests import tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon
from odoo.addons.performance_review.tests.i18n_common import TranslationFiles


@tagged("post_install", "-at_install")
class TestTranslationFiles(TranslationFiles, PerformanceCommon):
    """The files in ``i18n/`` are complete and true to the code."""

    module = "performance_review_analytics"
