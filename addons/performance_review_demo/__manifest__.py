{
    "name": "Performance Review: demo",
    "summary": "The story of a company that holds its talks for the second year",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Appraisals",
    "license": "LGPL-3",
    "author": "Performance Review contributors",
    "depends": ["performance_review"],
    "data": [
        "data/hr.department.csv",
        "data/hr.job.csv",
        "data/res.users.csv",
        "data/res.users-without-password.csv",
        "data/hr.employee.csv",
        "data/performance.goal.csv",
        "data/performance_review_demo_data.xml",
    ],
    "post_init_hook": "post_init_hook",
}
