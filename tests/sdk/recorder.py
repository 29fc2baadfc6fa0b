"""A server that writes down what it is asked, and answers as it is told."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CREATED = (200, b'{"requestId":"R-1","result":{"instanceId":"ha-cn-1"}}')


@contextmanager
def recorder(answer=CREATED):
    """Its endpoint, and the list of the requests it gets. Without an answer it hangs up when it has read one."""
    requests = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            headers = [[name.lower(), value] for name, value in self.headers.items()]
            body = self.body().decode()
            requests.append({"method": "POST", "path": self.path, "headers": headers, "body": body})
            self.close_connection = True
            if answer:
                status, text = answer
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

        def body(self):
            if self.headers.get("transfer-encoding") != "chunked":
                return self.rfile.read(int(self.headers["content-length"]))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", requests
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
