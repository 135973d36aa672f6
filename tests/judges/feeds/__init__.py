"""What feed readers and search engines refuse in a feed or a site map; see README.md."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

HERE = Path(__file__).parent
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC_822 = "%a, %d %b %Y %H:%M:%S %z"
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+( \(.+\))?")
MOST_IN_A_MAP = 50_000
PERSON = ("author", "contributor")
IN_FEED = {
    *("id", "title", "updated", "link", "author", "subtitle", "category", "rights"),
    *("generator", "icon", "logo", "contributor", "entry"),
}
IN_ENTRY = {
    *("id", "title", "updated", "published", "link", "author", "summary", "content"),
    *("category", "rights", "contributor", "source"),
}
IN_CHANNEL = {
    *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster"),
    *("pubDate", "lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image"),
    *("textInput", "skipHours", "skipDays", "item"),
}
IN_ITEM = {
    *("title", "link", "description", "author", "category", "comments", "enclosure"),
    *("guid", "pubDate", "source"),
}
FORMATS = FormatChecker(formats=[])


def is_absolute(address: str) -> bool:
    """Tell whether an address has a scheme and a host, and no blank."""
    parts = urlsplit(address)
    return bool(parts.scheme and parts.netloc) and not re.search(r"\s", address)


@FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or is_absolute(value)


@FORMATS.checks("date-time")
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(RFC_3339.fullmatch(value))


def atom_faults(content_type: str, content: bytes) -> list[str]:
    """Return what RFC 4287 refuses in an Atom feed."""
    feed = _read(content)
    if feed.tag != f"{ATOM}feed":
        return [f"the root is {feed.tag}"]
    entries = feed.findall(f"{ATOM}entry")
    faults = _of_type(content_type, "application/atom+xml")
    faults += _atom_thing(feed, "feed", IN_FEED)
    faults += [] if LANGUAGE.fullmatch(feed.get(XML_LANGUAGE, "")) else ["feed: no xml:lang"]
    if len(feed.findall(f"{ATOM}link[@rel='self']")) != 1:
        faults.append("feed: not one link to itself")
    for place, entry in enumerate(entries, 1):
        faults += _atom_thing(entry, f"entry {place}", IN_ENTRY)
        if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
            faults.append(f"entry {place}: nobody wrote it")
        alternates = entry.findall(f"{ATOM}link[@rel='alternate']")
        if entry.find(f"{ATOM}content") is None and not alternates:
            faults.append(f"entry {place}: neither content nor a link")
    return faults + _twice("entry id", [each.findtext(f"{ATOM}id", "") for each in entries])


def _atom_thing(thing: Any, name: str, known: set[str]) -> list[str]:
    """Return what is wrong with a feed or an entry by itself."""
    faults = []
    for part in ("id", "title", "updated"):
        found = thing.findall(f"{ATOM}{part}")
        if len(found) != 1 or not (found[0].text or "").strip():
            faults.append(f"{name}: not one {part}")
    faults += [
        f"{name}: several {part}"
        for part in ("published", "summary", "content", "subtitle", "rights")
        if len(thing.findall(f"{ATOM}{part}")) > 1
    ]
    for child in thing:
        plain = child.tag.removeprefix(ATOM)
        text = child.text or ""
        if child.tag.startswith(ATOM) and plain not in known:
            faults.append(f"{name}: unknown {plain}")
        if plain == "id" and not is_absolute(text):
            faults.append(f"{name}: id {text}")
        if plain in {"updated", "published"} and not RFC_3339.fullmatch(text):
            faults.append(f"{name}: {plain} {text}")
        if plain == "link" and not is_absolute(child.get("href", "")):
            faults.append(f"{name}: link {child.get('href')}")
        if plain in {"title", "summary", "subtitle"} and child.get("type", "text") not in {
            *("text", "html", "xhtml"),
        }:
            faults.append(f"{name}: {plain} of type {child.get('type')}")
        if plain == "category" and not child.get("term"):
            faults.append(f"{name}: category without a term")
        if plain in PERSON and not child.findtext(f"{ATOM}name"):
            faults.append(f"{name}: {plain} without a name")
    links = [
        (each.get("type"), each.get("hreflang"))
        for each in thing.findall(f"{ATOM}link[@rel='alternate']")
    ]
    return faults + _twice(f"{name}: alternate", links)


def rss_faults(content_type: str, content: bytes) -> list[str]:
    """Return what RSS 2.0 and its Best Practices Profile refuse in a feed."""
    root = _read(content)
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        return ["not one channel of RSS 2.0"]
    channel = channels[0]
    faults = _of_type(content_type, "application/rss+xml")
    for part in ("title", "link", "description"):
        if len(channel.findall(part)) != 1 or not (channel.findtext(part) or "").strip():
            faults.append(f"channel: not one {part}")
    if not LANGUAGE.fullmatch(channel.findtext("language", "")):
        faults.append("channel: no language")
    own = channel.findall(f"{ATOM}link[@rel='self']")
    if len(own) != 1 or not is_absolute(own[0].get("href", "")):
        faults.append("channel: not one link to itself")
    faults += _rss_thing(channel, "channel", IN_CHANNEL)
    items = channel.findall("item")
    for place, item in enumerate(items, 1):
        faults += _rss_thing(item, f"item {place}", IN_ITEM)
        if item.find("title") is None and item.find("description") is None:
            faults.append(f"item {place}: neither title nor description")
        if len(item.findall("guid")) != 1:
            faults.append(f"item {place}: not one guid")
    return faults + _twice("guid", [item.findtext("guid", "") for item in items])


def _rss_thing(thing: Any, name: str, known: set[str]) -> list[str]:
    faults = []
    for child in thing:
        text = child.text or ""
        if not isinstance(child.tag, str) or child.tag.startswith("{"):
            continue
        if child.tag not in known:
            faults.append(f"{name}: unknown {child.tag}")
        if child.tag in {"pubDate", "lastBuildDate"} and not _is_rfc_822(text):
            faults.append(f"{name}: {child.tag} {text}")
        if child.tag in {"link", "comments"} and not is_absolute(text):
            faults.append(f"{name}: {child.tag} {text}")
        if child.tag == "guid" and child.get("isPermaLink", "true") == "true":
            faults += [] if is_absolute(text) else [f"{name}: guid {text}"]
        if child.tag in {"author", "managingEditor", "webMaster"} and not ADDRESS.fullmatch(text):
            faults.append(f"{name}: {child.tag} is no mail address")
        if child.tag == "category" and not text.strip():
            faults.append(f"{name}: empty category")
    return faults


def _is_rfc_822(text: str) -> bool:
    """Tell whether a text is a date of RFC 822 with a year of four digits."""
    try:
        moment = datetime.strptime(text, RFC_822)
    except ValueError:
        return False
    return moment.strftime("%a") == text[:3]


def json_feed_faults(content_type: str, content: bytes) -> list[str]:
    """Return what JSON Feed 1.1 refuses in a feed."""
    feed = json.loads(content)
    faults = _of_type(content_type, "application/feed+json")
    faults += sorted(f"{each.json_path}: {each.message}" for each in _schema().iter_errors(feed))
    return faults + _twice("item id", [item.get("id") for item in feed.get("items", [])])


@cache
def _schema() -> Draft202012Validator:
    rules = json.loads((HERE / "json-feed-1.1.json").read_text())
    return Draft202012Validator(rules, format_checker=FORMATS)


def site_map_faults(content_type: str, content: bytes, *, of_news: bool = False) -> list[str]:
    """Return what sitemaps.org (and Google, for news) refuses in a site map."""
    root = _read(content)
    if root.tag != f"{MAP}urlset":
        return [f"the root is {root.tag}"]
    places = root.findall(f"{MAP}url")
    faults = _of_type(content_type, "application/xml", "text/xml")
    if len(places) > MOST_IN_A_MAP:
        faults.append(f"{len(places)} places")
    for place in places:
        address = place.findtext(f"{MAP}loc", "")
        changed = place.findtext(f"{MAP}lastmod")
        if not is_absolute(address):
            faults.append(f"loc {address}")
        if changed is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", changed):
            faults += [] if RFC_3339.fullmatch(changed) else [f"{address}: lastmod {changed}"]
        faults += _news_faults(place, address) if of_news else []
    hosts = {urlsplit(place.findtext(f"{MAP}loc", "")).netloc for place in places}
    faults += [] if len(hosts) <= 1 else [f"several hosts: {sorted(hosts)}"]
    return faults + _twice("loc", [place.findtext(f"{MAP}loc", "") for place in places])


def _news_faults(place: Any, address: str) -> list[str]:
    told = place.find(f"{NEWS}news")
    if told is None:
        return [f"{address}: no news"]
    wanted = [f"{NEWS}publication/{NEWS}name", f"{NEWS}title"]
    faults = [f"{address}: no {part}" for part in wanted if not told.findtext(part)]
    if not LANGUAGE.fullmatch(told.findtext(f"{NEWS}publication/{NEWS}language", "")):
        faults.append(f"{address}: no language")
    if not RFC_3339.fullmatch(told.findtext(f"{NEWS}publication_date", "")):
        faults.append(f"{address}: no publication date")
    return faults


def _read(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _of_type(told: str, *wanted: str) -> list[str]:
    return [] if told.partition(";")[0] in wanted else [f"content type {told}"]


def _twice(name: str, values: Iterable[object]) -> list[str]:
    return [f"{name} twice: {value}" for value, count in Counter(values).items() if count > 1]
