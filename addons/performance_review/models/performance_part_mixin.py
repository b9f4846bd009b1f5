from odoo import models


class PerformancePartMixin(models.AbstractModel):
    """A part of a review: what people write in it asks all four guards, in this order."""

    _name = "performance.part.mixin"
    _description = "Part of a review"
    _inherit = [
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.step.guard",
    ]
