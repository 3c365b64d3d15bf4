"""A systemd unit for a site: started with the machine, as an ordinary user, with limits."""

from __future__ import annotations

import sys
from string import Template

from .site import ROOT, Site

MEMORY = 1_000
"""Megabytes a process of the app may take: 200 at its start, and what learners keep."""
TRAINING = 2_000
"""Megabytes for the runs that are trained beside them."""

TEXT = Template("""\
# /etc/systemd/system/mlpviz.service, written by python -m mlpviz.serve --print unit
[Unit]
Description=mlpviz for a class
After=network.target

[Service]
User=mlpviz
WorkingDirectory=$root
StateDirectory=mlpviz
StateDirectoryMode=0700
UMask=0077
ExecStart=$python -m mlpviz.serve --processes $processes --address $address --port $port --folder /var/lib/mlpviz$https
Restart=on-failure
KillMode=mixed
TimeoutStopSec=20
LimitNOFILE=65536
TasksMax=2000
MemoryHigh=${high}M
MemoryMax=${most}M
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes

[Install]
WantedBy=multi-user.target
""")


def text(site: Site) -> str:
    """The unit of a site. It goes with Debian's user of that name: adduser --system --group mlpviz."""
    most = site.processes * MEMORY + TRAINING
    return TEXT.substitute(
        root=ROOT,
        python=sys.executable,
        processes=site.processes,
        address=site.address,
        port=site.port,
        https=f" --certificate {site.certificate} --key {site.key}" if site.certificate else "",
        high=most * 9 // 10,
        most=most,
    )
