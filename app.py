"""The front door: the Streamlit app, its routes, its start and its end. Run with ``streamlit run app.py``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from review import log
from review.pages.grid import ASSETS
from review.settings import settings
from review.steps import opening, supervising
from review.web import routes


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Open the store and start the worker before the first visitor; drain and close at the end."""
    log.set_up(settings().log_level)
    await run_in_threadpool(opening.prepare)
    worker = supervising.Worker().start()
    try:
        yield
    finally:
        await run_in_threadpool(worker.stop)
        await run_in_threadpool(opening.close)


# review/pages is a room of the house; Streamlit would take each file in it for a page of its own.
PagesManager.uses_pages_directory = False

app = st.App(
    "review/main.py",
    routes=routes(ASSETS, config.get_option("server.baseUrlPath") or ""),
    lifespan=lifespan,
)
