"""Firefox in a window nobody sees, led over its own wire (WebDriver BiDi): another browser than the one that prints."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
BEGINS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "browser.safebrowsing.provider.mozilla.updateURL": "", "app.normandy.enabled": False,
    "services.settings.server": "data:,", "dom.push.connection.enabled": False,
}
"""It asks nobody but the pages it is shown."""


class Firefox:
    """One tab. What pages ask for is written down, by address."""

    def __init__(self, wire: WebSocketClientConnection, loop: asyncio.AbstractEventLoop) -> None:
        self._wire, self._loop = wire, loop
        self._count = 0
        self.asked: list[str] = []
        self._send("session.new", capabilities={"alwaysMatch": {"unhandledPromptBehavior": {"default": "dismiss"}}})
        self._send("session.subscribe", events=["network.beforeRequestSent", "script.message"])
        self._tab = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def at_start(self, script: str) -> None:
        """Runs in each page before anything of its own."""
        self._send("script.addPreloadScript", functionDeclaration=f"() => {{{script}}}")

    def goto(self, address: str) -> None:
        self._send("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """What comes out, by way of JSON."""
        told = self._send("script.evaluate", expression=f"JSON.stringify({expression})", awaitPromise=True,
                          target={"context": self._tab})
        if told["type"] != "success":
            raise AssertionError(told["exceptionDetails"]["text"])
        return json.loads(told["result"].get("value", "null"))

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        return asyncio.run_coroutine_threadsafe(self._ask(method, params), self._loop).result(120)

    async def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._count += 1
        await self._wire.write_message(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            told = json.loads(str(await self._wire.read_message()))
            if told.get("method") == "network.beforeRequestSent":
                self.asked.append(told["params"]["request"]["url"])
            if told.get("id") == self._count:
                if told["type"] == "error":
                    raise AssertionError(f"{method}: {told['message']}")
                return dict(told["result"])


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """With a profile of its own in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("\n".join(rows), "utf-8")
    told = (folder / "told.txt").open("w+", encoding="utf-8")
    process = subprocess.Popen([FIREFOX, "--headless", "--no-remote", "--profile", str(folder),
                                "--remote-debugging-port", "0", "about:blank"], stdout=told, stderr=told)
    loop = asyncio.new_event_loop()  # a thread's own: the driver of the other browser runs one in this thread
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        address = _address(folder / "told.txt", process)
        wire = asyncio.run_coroutine_threadsafe(_connect(f"{address}/session"), loop).result(60)
        yield Firefox(wire, loop)
    finally:
        process.kill()
        process.wait()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        told.close()


async def _connect(address: str) -> WebSocketClientConnection:
    return await websocket_connect(address, max_message_size=64_000_000)


def _address(told: Path, process: subprocess.Popen[bytes]) -> str:
    for _ in range(1200):
        if found := BEGINS.search(told.read_text("utf-8")):
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"Firefox did not start: {told.read_text('utf-8')[-500:]}")
