"""An S3-compatible server with one bucket, in memory; ends when its input does.

    python3 tests/support/s3/server.py BUCKET

Prints the port once it answers.
"""

import os
import sys
import threading

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    # Connections stay open between requests, as those of real servers do.
    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


def main():
    server = make_server(
        "127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True, request_handler=Quiet
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.port}"
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=address, **keys).create_bucket(Bucket=sys.argv[1])
    print(server.port, flush=True)
    sys.stdin.read()
    os._exit(0)


main()
