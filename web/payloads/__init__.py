"""The JSON that leaves the house, a file a noun: the only place that knows field names.

Every answer is a struct; the API's OpenAPI document is made from the same structs, so the two cannot differ.
Fields are written in camelCase and in the order in which they stand there. A text that the notes do not give
is "", a name or address that there is not is null; no key is ever left out.
"""

from web.payloads.changes import *
from web.payloads.concepts import *
from web.payloads.contents import *
from web.payloads.dump import *
from web.payloads.labels import *
from web.payloads.lessons import *
from web.payloads.maps import *
from web.payloads.names import *
from web.payloads.paths import *
from web.payloads.payload import *
from web.payloads.prerequisites import *
from web.payloads.problems import *
from web.payloads.search import *
from web.payloads.server import *
