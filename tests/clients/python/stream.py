"""Server-sent events through httpx: prints what arrives, one line of JSON for each part as it was read.

    stream.py URL BODY [TOKEN]
"""

import json
import sys

import httpx

url, body, *token = sys.argv[1:]
headers = {"authorization": f"Bearer {token[0]}"} if token else {}
with httpx.Client(timeout=30, trust_env=False) as client:
    with client.stream("POST", url, json=json.loads(body), headers=headers) as response:
        print(json.dumps({"status": response.status_code, "type": response.headers["content-type"]}), flush=True)
        for part in response.iter_raw():
            print(json.dumps(part.decode()), flush=True)
