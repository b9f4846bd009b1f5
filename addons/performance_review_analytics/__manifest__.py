{
    "name": "Performance Review: analytics",
    "summary": "HR's morning screen of a cycle: who waits for whom, and what to do about it",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Appraisals",
    "license": "LGPL-3",
    "author": "Performance Review contributors",
    "maintainers": ["Performance Review contributors"],
    "depends": ["performance_review"],
    "data": [
        "security/ir.model.access.csv",
        "security/performance_cycle_event_rules.xml",
        "security/performance_cycle_deadline_rules.xml",
        "views/performance_cycle_event_views.xml",
        "views/performance_cycle_views.xml",
        "views/performance_review_views.xml",
        "wizards/performance_cycle_deadline_views.xml",
        "views/performance_review_analytics_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "performance_review_analytics/static/src/backend/**/*",
        ],
    },
    "auto_install": True,
}
