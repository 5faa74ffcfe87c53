"""Reads and checks the content folder: every story, page, author, round-up and list, with every fault.

Settings: NOW (ISO 8601, the one clock; default SOURCE_DATE_EPOCH, else the time of the build), SHOW_DRAFTS,
DEFAULT_STORY_TYPE, DEK_FROM_TEXT, STORY_TYPE_URL, SITE_PATHS (the site's own pages and files), SITE_FOLDERS (its folders
without a page), MENUITEMS, LINKS, FOOTER_LINKS, ELSEWHERE_PATHS (addresses on the same host, such as "/shop/", below which
something else is served), JOBS, CACHE_PATH, and Pelican's PATH, TIMEZONE, DEFAULT_LANG, ARTICLE_URL, DRAFT_URL,
PAGE_URL, CATEGORY_URL, AUTHOR_URL, TAG_URL.
"""
