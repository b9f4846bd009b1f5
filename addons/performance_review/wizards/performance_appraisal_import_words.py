from odoo import api, models

from ..tools.words import say_list


class PerformanceAppraisalImport(models.TransientModel):
    """What the import says about a file and its rows: one sentence per code of the reader."""

    _inherit = "performance.appraisal.import"

    @api.model
    def _get_column_labels(self):
        return {
            "employee": self.env._("Employee"),
            "kpi": self.env._("KPI"),
            "unit": self.env._("Unit"),
            "weight": self.env._("Weight"),
            "baseline": self.env._("Baseline"),
            "target": self.env._("Target"),
            "actual": self.env._("Actual"),
            "direction": self.env._("Direction"),
            "rating": self.env._("Rating"),
        }

    def _explain_sheet(self, error):
        """Return the sentence for a ``tools.kpi_sheet.SheetError``."""
        labels = self._get_column_labels()
        columns = say_list(
            self.env,
            (labels.get(column, column) for column in error.params.get("columns", [])),
        )
        sentences = {
            "type": self.env._("This is neither an xlsx nor a csv file: save the sheet as xlsx."),
            "unreadable": self.env._(
                "The file is damaged or protected: open it, save it as xlsx and try again."
            ),
            "empty": self.env._("The file has no rows below its header."),
            "missing_columns": self.env._(
                "These columns are missing: %(columns)s. The template has them all.",
                columns=columns,
            ),
            "duplicate_columns": self.env._(
                "These columns stand there twice: %(columns)s.", columns=columns
            ),
            "too_many_rows": self.env._("The file has too many rows: split it."),
            "too_large": self.env._("The file is too large: split it."),
        }
        return sentences.get(error.code) or self.env._("The file cannot be read.")

    def _explain_duplicate(self, first_row):
        return self.env._("Row %(first)s has the same KPI of this employee.", first=first_row)

    def _explain_row(self, fault):
        """Return the sentence for a ``tools.kpi_sheet.RowError``."""
        column = self._get_column_labels().get(fault.params.get("column"), "")
        value = fault.params.get("value", "")
        sentences = {
            "employee_missing": self.env._("The employee is missing."),
            "kpi_missing": self.env._("The KPI is missing."),
            "target_missing": self.env._("The target is missing."),
            "not_a_number": self.env._(
                "%(column)s: “%(value)s” is not a number.", column=column, value=value
            ),
            "weight_negative": self.env._("A weight below 0 makes no sense."),
            "target_is_baseline": self.env._("The target equals the baseline."),
            "direction_unknown": self.env._(
                "The direction “%(value)s” is unknown: write “more is better” or “less is better”.",
                value=value,
            ),
            "duplicate_kpi": self._explain_duplicate(fault.params.get("first_row", "")),
            "too_long": self.env._("%(column)s is too long.", column=column),
        }
        return sentences.get(fault.code) or self.env._("This row cannot be read.")
