from . import test_cockpit
from . import test_cockpit_browser
from . import test_guide
from . import test_i18n
from . import test_readiness
from . import test_signal
