#!/usr/bin/env python3
"""An agent for WORKFLOW=remote that books through the API, with Python's standard library only.

    $ ADMIN_TOKEN=… WORKFLOW_SECRET=… python3 examples/agent.py     # listens on 127.0.0.1:8001
    $ ADMIN_TOKEN=… WORKFLOW=remote WORKFLOW_URL=http://127.0.0.1:8001 WORKFLOW_SECRET=… frontdesk

FRONTDESK_URL says where frontdesk is (default http://127.0.0.1:3000). A question is answered with
200 and JSON. The booking has the question's id as its Idempotency-Key, so that a question that is
repeated books once.
"""

import base64
import hashlib
import hmac
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FRONTDESK = os.environ.get("FRONTDESK_URL", "http://127.0.0.1:3000")
TOKEN = os.environ["ADMIN_TOKEN"]
SECRET = os.environ["WORKFLOW_SECRET"]
MAX_BODY = 1024 * 1024
TOLERANCE_SECS = 300
SHOWN_TIMES = 5


def key():
    """The key of a Standard Webhooks secret: what follows whsec_, decoded; another as it is."""
    if SECRET.startswith("whsec_"):
        return base64.b64decode(SECRET.removeprefix("whsec_"))
    return SECRET.encode()


def is_signed(headers, body):
    """Whether the call is frontdesk's: Standard Webhooks, made within five minutes."""
    sent_id, sent_at = headers.get("webhook-id"), headers.get("webhook-timestamp", "")
    if not sent_id or not sent_at.isdigit():
        return False
    if abs(time.time() - int(sent_at)) > TOLERANCE_SECS:
        return False
    signed = f"{sent_id}.{sent_at}.".encode() + body
    expected = base64.b64encode(hmac.new(key(), signed, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(f"v1,{expected}", one) for one in given)


def call(method, path, body=None, headers=None):
    """A call of frontdesk's API: the status and what came back."""
    request = urllib.request.Request(
        FRONTDESK + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {TOKEN}",
            "Content-Type": "application/json",
            **(headers or {}),
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def answer(question, question_id):
    """What is said, and what is to be remembered."""
    chosen_id, title = chosen(question)
    kind, _, rest = chosen_id.partition(" ")
    if kind == "service":
        return times(question, rest)
    if kind == "time":
        service, _, start = rest.partition(" ")
        return book(question, question_id, service, start, title)
    services = question["business"]["services"]
    return offer(
        f"This is {question['business']['name']}. What may it be?",
        [{"id": f"service {one['id']}", "title": one["name"]} for one in services],
    )


def times(question, service):
    """The next times that are free, as the API has them."""
    query = {"business": question["business"]["id"], "service": service, "from": question["now"]}
    status, found = call("GET", "/api/availability?" + urllib.parse.urlencode(query))
    if status != 200 or not found["slots"]:
        return {"handoff": True}
    return offer("When?", [time_choice(service, slot) for slot in found["slots"][:SHOWN_TIMES]])


def time_choice(service, slot):
    local = slot["local_start"]
    return {"id": f"time {service} {slot['start']}", "title": f"{local[:10]} {local[11:16]}"}


def book(question, question_id, service, start, title):
    """Books, once however often the question is repeated; else says why not."""
    contact = question["contact"]
    wish = {"service": service, "start": start, "phone": contact["phone"], "name": contact["name"]}
    wish = {name: value for name, value in wish.items() if value is not None}
    path = "/api/bookings?" + urllib.parse.urlencode({"business": question["business"]["id"]})
    status, booked = call("POST", path, wish, {"Idempotency-Key": question_id})
    if status == 201:
        return {"replies": [said(f"Booked: {service}, {title}.")], "state": None}
    details = booked.get("details", {})
    nearest = details.get("alternatives", [])
    if not nearest:
        return {"handoff": True}
    choices = [time_choice(service, slot) for slot in nearest]
    return offer(f"That is not possible ({details['reason']}). What about one of these?", choices)


def offer(text, choices):
    """Words and choices, which are remembered, since not everybody taps."""
    return {
        "replies": [{"kind": "choices", "text": text, "choices": choices}],
        "state": {"offered": choices},
    }


def said(text):
    return {"kind": "text", "text": text}


def chosen(question):
    """The id and title of what the customer chose: by a tap, by its number, or by its title."""
    last = question["messages"][-1]
    if last["content"]["type"] == "choice":
        return last["content"]["id"], last["content"]["title"]
    words = (last["text"] or "").strip()
    offered = (question["state"] or {}).get("offered", [])
    if words.isdigit() and 1 <= int(words) <= len(offered):
        choice = offered[int(words) - 1]
        return choice["id"], choice["title"]
    by_title = {choice["title"].casefold(): choice for choice in offered}
    choice = by_title.get(words.casefold(), {"id": "", "title": ""})
    return choice["id"], choice["title"]


class Agent(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if length > MAX_BODY:
            return self.reply(413, {})
        body = self.rfile.read(length)
        if not is_signed(self.headers, body):
            return self.reply(401, {})
        return self.reply(200, answer(json.loads(body), self.headers["webhook-id"]))

    def reply(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """What customers write belongs in no log."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8001"))), Agent)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
