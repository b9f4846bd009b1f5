from . import (
    test_i18n,
    test_js,
    test_portal,
    test_story,
    test_tools_achievement,
    test_tools_digest,
    test_tools_hierarchy,
    test_tools_rhythm,
    test_tools_smart,
)
