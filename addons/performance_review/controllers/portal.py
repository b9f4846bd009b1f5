from odoo.addons.portal.controllers.portal import CustomerPortal


class PerformancePortal(CustomerPortal):
    pass
