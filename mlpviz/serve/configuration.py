"""The configuration of nginx: who is sent to which process, and what it says and keeps back itself."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from pathlib import Path
from string import Template

from ..interface.shell.compressed import streamlits_files
from .site import Site

COOKIE = "mlpviz_place"
UPLOAD = 17
"""Megabytes of a request: those of Streamlit's maxUploadSize and the lines around a file."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}
"""What a browser is told that has come by HTTPS: not to come otherwise for a year."""

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' blob: {scripts}",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "connect-src": "'self' {sockets}",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
"""What a page may load and run. Streamlit makes components' scripts as blobs and writes styles into its elements."""

TEXT = Template("""\
# Written by python -m mlpviz.serve, anew at each start.
daemon off;$user
pid $folder/nginx.pid;
error_log stderr warn;
worker_processes auto;
worker_rlimit_nofile 16384;
events { worker_connections 16000; }  # a follower of a class takes four: two of the browser, and two to its process
http {
  access_log off;
  server_tokens off;
  client_body_temp_path $folder/tmp/body;
  proxy_temp_path $folder/tmp/proxy;
  fastcgi_temp_path $folder/tmp/fastcgi;
  uwsgi_temp_path $folder/tmp/uwsgi;
  scgi_temp_path $folder/tmp/scgi;
  types {
    text/html html;
    text/css css;
    text/javascript js;
    application/json json map;
    application/wasm wasm;
    image/png png;
    image/svg+xml svg;
    font/woff woff;
    font/woff2 woff2;
    font/ttf ttf;
  }
  default_type application/octet-stream;
  sendfile on;
  tcp_nodelay on;

  # A browser stays with the process it was first sent to. Never by its address: a class has one in common.
  map $$cookie_$cookie $$place { default $$request_id; "~^[0-9a-f]{32}$$" $$cookie_$cookie; }
  map $$cookie_$cookie $$keep {
    default "$cookie=$$request_id; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax$secure";
    "~^[0-9a-f]{32}$$" "";
  }
  map $$http_upgrade $$connection_upgrade { default upgrade; "" ""; }

  upstream processes {
    hash $$place consistent;
$upstreams
    keepalive 16;
  }

  server {
    listen $listen;$https
    absolute_redirect off;
    root $folder/static;
    client_max_body_size ${upload}m;

    add_header Set-Cookie $$keep always;
$headers

    proxy_http_version 1.1;
    proxy_set_header Host $$http_host;
    proxy_set_header X-Forwarded-For $$proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $$scheme;
    proxy_set_header Upgrade $$http_upgrade;
    proxy_set_header Connection $$connection_upgrade;
    proxy_read_timeout 1h;
    proxy_send_timeout 1h;
    proxy_connect_timeout 2s;
    proxy_next_upstream error timeout non_idempotent;

    gzip_static on;

    # pages, which are one file, and the files that this loads
    rewrite ^/(.+)/$$ /$$1 permanent;
    location / { expires epoch; try_files $$uri /index.html; }
    location /static/ { expires 1y; try_files $$uri =404; }

    # the processes; what of them is nobody's business is not found
    location /_stcore/ { proxy_pass http://processes; }
    location /media/ { proxy_pass http://processes; }
    location /component/ { proxy_pass http://processes; }
    location /room/ { proxy_pass http://processes; }
    location = /_stcore/metrics { return 404; }
    location = /_stcore/script-health-check { return 404; }
    location /_stcore/agent/ { return 404; }
    location ~ ^/.+/_stcore/ { return 404; }
  }
}
""")


HTTPS = Template("""
    ssl_certificate "$certificate";
    ssl_certificate_key "$key";
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:tls:10m;
    ssl_session_timeout 1d;
    ssl_session_tickets off;
    error_page 497 =301 https://$$http_host$$request_uri;  # who has come by plain HTTP
""")


def text(site: Site) -> str:
    """The whole configuration of a site."""
    return TEXT.substitute(
        user="\nuser root root;" if os.geteuid() == 0 else "",  # else its workers could not read what root has made
        folder=site.folder,
        cookie=COOKIE,
        listen=f"{site.place} ssl" if site.certificate else site.place,
        https=HTTPS.substitute(certificate=site.certificate, key=site.key).rstrip() if site.certificate else "",
        secure="; Secure" if site.certificate else "",
        upload=UPLOAD,
        upstreams="\n".join(f"    server unix:{path} max_fails=1 fail_timeout=2s;" for path in site.sockets),
        headers="\n".join(f'    add_header {name} "{value}" always;' for name, value in headers(site).items()),
    )


def headers(site: Site) -> dict[str, str]:
    """What is said of every answer."""
    own = HTTPS_ONLY if site.certificate else {}
    return HEADERS | own | {"Content-Security-Policy": policy(streamlits_files() / "index.html")}


def policy(page: Path) -> str:
    """What the page may do; its own few lines of script are known by what they are."""
    lines = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.S)
    digests = (base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in lines)
    scripts = " ".join(f"'sha256-{each}'" for each in digests)
    return "; ".join(f"{name} {value.format(scripts=scripts, sockets='ws: wss:')}" for name, value in POLICY.items())
