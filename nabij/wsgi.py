"""The WSGI application: released public pages first, everything else through Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.settings")

django_application = get_wsgi_application()

from nabij.publish.counting import VisitCounter  # noqa: E402  (Django must be set up first)
from nabij.publish.serving import serve_release_first  # noqa: E402

visits = VisitCounter()
visits.start()
application = serve_release_first(django_application, visits=visits)
