"""Give gunicorn the application of one web instance."""

from app.config import load
from app.engine import logs
from app.factory import create_app

_settings = load()
logs.configure(_settings.instance, _settings.log_level)
application = create_app(_settings)
