"""What other readers make of a calendar: read_calendar.py icalendar|libical <file>, or read_calendar.py tzif <zone> ...

Prints JSON. `icalendar` is Debian's python3-icalendar (it looks zones up in its own data), `libical` Debian's libical3
(it obeys the definitions in the file), `tzif` Python's own reader of the system's compiled zones.
"""

import ctypes
import ctypes.util
import datetime
import json
import sys


def with_icalendar(data):
    import icalendar

    events = []
    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        events.append(
            {
                "uid": str(event["UID"]),
                "start": int(event["DTSTART"].dt.timestamp()),
                "end": int(event["DTEND"].dt.timestamp()),
                "summary": str(event.get("SUMMARY", "")),
                "description": str(event.get("DESCRIPTION", "")),
                "location": str(event.get("LOCATION", "")),
                "status": str(event.get("STATUS", "")),
                "properties": sorted(event.keys()),
            }
        )
    return events


class IcalTime(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = [(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "date", "dst")] + [
        ("zone", ctypes.c_void_p)
    ]


VEVENT = 4  # ICAL_VEVENT_COMPONENT
ANY = 1  # ICAL_ANY_COMPONENT


def libical():
    found = ctypes.util.find_library("ical")
    if found is None:
        raise SystemExit("libical is not installed")
    lib = ctypes.CDLL(found)
    for name in ("icalparser_parse_string", "icalcomponent_get_first_component", "icalcomponent_get_next_component"):
        getattr(lib, name).restype = ctypes.c_void_p
    lib.icalcomponent_get_first_component.argtypes = [ctypes.c_void_p, ctypes.c_int]
    lib.icalcomponent_get_next_component.argtypes = [ctypes.c_void_p, ctypes.c_int]
    lib.icalcomponent_count_errors.argtypes = [ctypes.c_void_p]
    lib.icalcomponent_isa.argtypes = [ctypes.c_void_p]
    for name in ("uid", "summary", "description", "location"):
        reader = getattr(lib, f"icalcomponent_get_{name}")
        reader.argtypes, reader.restype = [ctypes.c_void_p], ctypes.c_char_p
    for name in ("dtstart", "dtend"):
        reader = getattr(lib, f"icalcomponent_get_{name}")
        reader.argtypes, reader.restype = [ctypes.c_void_p], IcalTime
    lib.icaltime_as_timet_with_zone.argtypes = [IcalTime, ctypes.c_void_p]
    lib.icaltime_as_timet_with_zone.restype = ctypes.c_long
    return lib


def with_libical(data):
    lib = libical()
    calendar = lib.icalparser_parse_string(data)
    if not calendar or lib.icalcomponent_count_errors(calendar) > 0:
        raise SystemExit("libical found errors")
    text = lambda value: (value or b"").decode("utf-8")
    events = []
    event = lib.icalcomponent_get_first_component(calendar, VEVENT)
    while event:
        start, end = lib.icalcomponent_get_dtstart(event), lib.icalcomponent_get_dtend(event)
        events.append(
            {
                "uid": text(lib.icalcomponent_get_uid(event)),
                "start": lib.icaltime_as_timet_with_zone(start, start.zone),
                "end": lib.icaltime_as_timet_with_zone(end, end.zone),
                "summary": text(lib.icalcomponent_get_summary(event)),
                "description": text(lib.icalcomponent_get_description(event)),
                "location": text(lib.icalcomponent_get_location(event)),
            }
        )
        event = lib.icalcomponent_get_next_component(calendar, VEVENT)
    return events


FIRST = int(datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
LAST = int(datetime.datetime(2032, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
DAY = 86400


def changes(name):
    """[instant, offset from then on], the first one at the beginning of 2026; nothing changes for less than a day."""
    import zoneinfo

    zone = zoneinfo.ZoneInfo(name)
    offset = lambda at: int(datetime.datetime.fromtimestamp(at, zone).utcoffset().total_seconds())
    found = [[FIRST, offset(FIRST)]]
    for at in range(FIRST, LAST, DAY):
        if offset(at + DAY) == found[-1][1]:
            continue
        low, high = at, at + DAY
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == found[-1][1] else (low, middle)
        found.append([high, offset(high)])
    return found


def main(how, *rest):
    if how == "tzif":
        return {name: changes(name) for name in rest}
    with open(rest[0], "rb") as file:
        data = file.read()
    return with_icalendar(data) if how == "icalendar" else with_libical(data)


print(json.dumps(main(*sys.argv[1:])))
