from . import dashboard
from . import portal
