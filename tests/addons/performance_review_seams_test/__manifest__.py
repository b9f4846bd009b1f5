{
    "name": "Performance Review: seams (test)",
    "summary": "Comes in through every seam of docs/DEVELOP.md; tests install it, nobody else",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "Performance Review contributors",
    "depends": ["performance_review"],
    "data": [
        "security/ir.model.access.csv",
        "security/performance_praise_rules.xml",
        "views/performance_agreement_views.xml",
        "views/performance_cycle_views.xml",
        "views/performance_review_views.xml",
        "views/portal_praise_templates.xml",
    ],
}
