"""Both houses at one address, as in the demonstration: the agency's pages and then the region's."""

from statsbidrag.portal import routes as agency
from statsbidrag.region.routes import PAGES

urlpatterns = [*agency.urlpatterns, *PAGES]

handler400, handler404, handler500 = agency.handler400, agency.handler404, agency.handler500
